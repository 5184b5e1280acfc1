import SuoyinTestSupport
import Testing

@testable import SuoyinText

/// What is looked up or taken at once is what would be computed one by one.
@Suite struct LookUpTests {
  @Test func traitsOfEveryScalar() {
    let traits = ScalarTraits.Lookup()
    let wrong = (0..<0x11_0000 as Range<UInt32>).filter {
      traits[$0].kind != ScalarClass($0) || traits[$0].width != ScalarClass.cells(of: $0)
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  /// ICU says of the unified Han what the tables of fold and classes take for granted.
  @Test func unifiedHanAreLettersOfEastAsiaAndTheirOwnFold() {
    let scalars = 0x4E00..<0x9F00 as Range<UInt32>
    let folded = ICU.caseFoldScalars(scalars)
    let both = ICU.CaseFoldedScalars.boundaryBefore | ICU.CaseFoldedScalars.boundaryAfter
    let properties = ICU.properties(of: scalars)
    let other: ICU.Properties = [.digit, .mark, .blank]
    for (index, scalar) in scalars.enumerated() {
      let unit = folded.units[index * ICU.CaseFoldedScalars.stride]
      guard folded.lengths[index] == 1, UInt32(unit) == scalar,
        folded.boundaries[index] & both == both,
        properties[index].isSuperset(of: [.letter, .eastAsian]),
        properties[index].isDisjoint(with: other)
      else {
        Issue.record("U+\(String(scalar, radix: 16))")
        continue
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>) func scalarTableAgainstDictionary(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let scalars = (0..<400).map { _ in UInt32.random(in: 1...0x10FFFF, using: &random) }
    var table = ScalarTable(most: scalars.count)
    var expected: [UInt32: UInt32] = [:]
    for scalar in scalars + scalars.prefix(100) {
      let number = UInt32.random(in: 0..<1 << 31, using: &random)
      table.set(scalar, number)
      expected[scalar] = number
    }
    for scalar in scalars + (0..<400).map({ _ in UInt32.random(in: 1...0x10FFFF, using: &random) })
    {
      #expect(table[scalar] == expected[scalar], "seed \(seed)")
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>) func charactersOfThreeBytesAgainstOneByOne(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "重", "鿿", "䀀", "가", "힣", "豈", "あ", "、", "a", "é", "𠮷", "㐀", "\u{D7FF}", "ꀀ", "\u{E000}",
    ]
    let length = Int.random(in: 0...30, using: &random)
    let few = (0..<3).map { _ in pieces.randomElement(using: &random) ?? "" }
    let text = (0..<length).map { _ in few.randomElement(using: &random) ?? "" }.joined()
    let bytes = text.utf8.span
    for leads in [0xE4...0xE9, 0xE4...0xED] as [ClosedRange<UInt8>] {
      var start = 0
      for scalar in text.unicodeScalars {
        var end = start
        while end < bytes.count, leads.contains(bytes[end]) { end += 3 }
        #expect(
          bytes.endOfThrees(beginningWith: leads, from: start) == end, "seed \(seed) at \(start)")
        start += UTF8.width(scalar)
      }
    }
  }
}
