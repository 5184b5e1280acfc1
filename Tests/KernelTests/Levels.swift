import CKernels

/// The levels of kernels that this processor has, but for the scalar one that others are held against.
let levels: [ck_level] = [CK_AVX2, CK_AVX512].filter { ck_has_level($0) }

/// An ascending list of documents below a limit, as dense as a random one of the densities in use.
func randomList(
  _ count: Int, gap: Int, using random: inout some RandomNumberGenerator
) -> [UInt32] {
  var document: UInt32 = UInt32.random(in: 0...200, using: &random)
  return (0..<count).map { _ in
    defer { document += UInt32.random(in: 1...UInt32(gap), using: &random) }
    return document
  }
}
