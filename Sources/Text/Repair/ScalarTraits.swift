/// The class and the width of a scalar at once, looked up where ``ScalarClass`` would compare.
struct ScalarTraits {
  let kind: ScalarClass
  /// The width in half squares.
  let width: Int

  /// Nearly all that is no Han: scalars below U+3400, and behind them those from U+F900 on.
  private static let table: [ScalarTraits] =
    (0..<0x3400).map(ScalarTraits.init(computing:))
    + (0xF900..<0x1_0000).map(ScalarTraits.init(computing:))

  private init(computing scalar: UInt32) {
    kind = ScalarClass(scalar)
    width = ScalarClass.cells(of: scalar)
  }

  /// For looking up the scalars of one line.
  struct Lookup {
    private let table = ScalarTraits.table

    @inline(__always)
    subscript(scalar: UInt32) -> ScalarTraits {
      if scalar < 0x3400 { return table[Int(scalar)] }
      if scalar >= 0xF900 && scalar < 0x1_0000 { return table[Int(scalar &- 0xC500)] }
      return ScalarTraits(computing: scalar)
    }
  }
}
