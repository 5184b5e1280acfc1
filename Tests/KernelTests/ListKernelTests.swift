import CKernels
import SuoyinTestSupport
import Testing

@Suite("Kernels over lists")
struct ListKernelTests {
  /// Counts at and around the width of every register.
  private static let counts = [0, 1, 2, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 255, 256]

  private func kernels(_ level: ck_level) throws -> ck_lists {
    unsafe try #require(unsafe ck_lists_at(level)).pointee
  }

  @Test("intersect as sets do", arguments: [CK_SCALAR] + levels)
  func intersect(level: ck_level) throws {
    let kernels = try kernels(level)
    var random = SeededGenerator(seed: 1)
    for countA in Self.counts {
      for countB in Self.counts {
        for gap in [1, 2, 5, 40] {
          let a = randomList(countA, gap: gap, using: &random)
          let b = randomList(
            countB, gap: [1, 3, gap][Int.random(in: 0..<3, using: &random)], using: &random)
          // What lies behind is not of the list, whatever it is.
          let padded = b + (0..<16).map { _ in a.randomElement(using: &random) ?? 0 }
          var atA = [UInt32](repeating: 0, count: countA + 16)
          var atB = atA
          let found = unsafe kernels.intersect(a, countA, padded, countB, &atA, &atB)
          let common = Set(a).intersection(b).sorted()
          #expect(atA.prefix(found).map { a[Int($0)] } == common)
          #expect(atB.prefix(found).map { b[Int($0)] } == common)
        }
      }
    }
  }

  @Test("select and mark what is great enough", arguments: [CK_SCALAR] + levels)
  func select(level: ck_level) throws {
    let kernels = try kernels(level)
    var random = SeededGenerator(seed: 2)
    for count in Self.counts + [4_096] {
      for least: UInt32 in [0, 1, 5, 0x8000_0000, .max] {
        let values: [UInt32] = (0..<count).map { _ in
          [0, 1, 4, 5, 6, 0x7FFF_FFFF, 0x8000_0000, .max].randomElement(using: &random) ?? 0
        }
        var places = [UInt32](repeating: 0, count: count + 16)
        let found = unsafe kernels.select_at_least(values, count, least, &places)
        let wanted = values.indices.filter { values[$0] >= least }
        #expect(places.prefix(found).map(Int.init) == wanted)
        var bits = [UInt64](repeating: .max, count: (count + 63) / 64)
        unsafe kernels.mark_at_least(values, count, least, &bits)
        let marked = (0..<bits.count * 64).filter { bits[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
        #expect(marked == wanted)
      }
    }
  }

  @Test("set the bits of a list, beside those that are set", arguments: [CK_SCALAR] + levels)
  func insert(level: ck_level) throws {
    let kernels = try kernels(level)
    var random = SeededGenerator(seed: 3)
    for count in Self.counts where count > 0 {
      for gap in [1, 2, 5, 15, 16, 17, 40, 1_000] {
        let list = randomList(count, gap: gap, using: &random)
        let size = Int(list[count - 1]) / 64 + 2
        var bits = [UInt64](repeating: 0, count: size)
        bits[0] = 0b1001
        bits[size - 1] = 1
        unsafe kernels.insert(list, count, &bits)
        let found = (0..<size * 64).filter { bits[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
        #expect(found == Set(list.map(Int.init) + [0, 3, (size - 1) * 64]).sorted())
      }
    }
  }

  @Test("count bits", arguments: [CK_SCALAR] + levels)
  func countBits(level: ck_level) throws {
    let kernels = try kernels(level)
    var random = SeededGenerator(seed: 9)
    for count in Self.counts {
      let words = (0..<count).map { _ in UInt64.random(in: 0...(.max), using: &random) }
      let wanted = words.reduce(0) { $0 + $1.nonzeroBitCount }
      #expect(unsafe kernels.count_bits(words, count) == wanted)
    }
  }

  @Test("count what is below", arguments: [CK_SCALAR] + levels)
  func countBelow(level: ck_level) throws {
    let kernels = try kernels(level)
    var random = SeededGenerator(seed: 4)
    for count in Self.counts {
      let list = randomList(count, gap: 3, using: &random)
      for limit in list + list.map({ $0 + 1 }) + [0, .max] {
        let found = unsafe kernels.count_below(list, count, limit)
        #expect(found == list.count { $0 < limit })
      }
    }
  }
}
