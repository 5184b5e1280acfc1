import SuoyinStorage
import SuoyinTestSupport
import Testing

@testable import SuoyinText

/// Pieces found by the roles of code units against those of ICU's automaton.
@Suite struct RuleRolesTests {
  private struct Found: Equatable {
    let end: Int
    let kind: UInt8
    let flags: UInt16
  }

  private func pieces(of text: [UInt16], usesRoles: Bool, _ tables: WordTables) -> [Found] {
    var rules = RulePieces(of: tables, usesRoles: usesRoles)
    var found: [Found] = []
    var start = 0
    while start < text.count {
      rules.find(from: start, in: text.span, by: tables)
      var all: UInt8 = 0
      for i in 0..<rules.count {
        let piece = rules[i]
        found.append(Found(end: piece.end, kind: piece.kind, flags: piece.flags.bits))
        all |= piece.flags.any
      }
      // What they say of all of them holds for each.
      #expect(rules.flags.any & all == all)
      start = rules[rules.count - 1].end
    }
    return found
  }

  /// Code units of every role, some without, in stretches of one and in any order.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func piecesAreTheAutomatons(seed: UInt64) throws {
    let tables = try #require(WordTables.shared)
    var generator = SeededGenerator(seed: seed)
    let kinds: [[UInt16]] = [
      Array("aZéя".utf16), Array("07９".utf16), Array("_".utf16), Array(" \u{3000}\t".utf16),
      Array("中国龥".utf16), Array("가힣".utf16), Array("·.,;:'’，．".utf16),
      Array("\r\n\u{85}".utf16), Array("!\"“。、-".utf16), [0x301, 0x200D, 0xD842, 0xDFB7, 0x0E01],
      Array("のアー々".utf16),
    ]
    for _ in 0..<60 {
      // Some texts of few kinds, so that rules meet which seldom do.
      let some = kinds.shuffled(using: &generator).prefix(Int.random(in: 1...11, using: &generator))
      var text: [UInt16] = []
      while text.count < Int.random(in: 1...400, using: &generator) {
        guard let kind = some.randomElement(using: &generator) else { break }
        for _ in 0..<Int.random(in: 1...(seed % 2 == 0 ? 2 : 70), using: &generator) {
          text += [kind.randomElement(using: &generator) ?? 0]
        }
      }
      let expected = pieces(of: text, usesRoles: false, tables)
      #expect(pieces(of: text, usesRoles: true, tables) == expected, "seed \(seed): \(text)")
    }
  }

  /// Else nothing here would be tested, nor found faster.
  @Test(.enabled(if: RuleRoles.isOfUse))
  func theRulesOfThisICUAreKnown() throws {
    #expect(RuleRoles(of: try #require(WordTables.shared)) != nil)
  }

  /// Rules that differ in a single step, or in what they accept, are none that the kernel knows.
  @Test(.enabled(if: RuleRoles.isOfUse))
  func otherRulesHaveNoRoles() throws {
    let tables = try #require(WordTables.shared)
    func altered(
      next change: (inout [UInt8]) -> Void = { _ in },
      accepting changeAccepted: (inout [UInt8]) -> Void = { _ in }
    ) -> WordTables {
      var next = (0..<tables.next.count).map { tables.next[$0] }
      var accepting = (0..<tables.accepting.count).map { tables.accepting[$0] }
      change(&next)
      changeAccepted(&accepting)
      return WordTables(
        units: tables.units, pages: tables.pages, supplementary: tables.supplementary,
        next: MappedArray(copying: next), accepting: MappedArray(copying: accepting),
        slots: tables.slots)
    }
    #expect(RuleRoles(of: altered()) != nil)
    func step(_ units: String) -> (state: Int, place: Int) {
      var (state, place) = (1, 0)
      for unit in units.utf16 {
        place = state << 5 | tables.entry(unit).category
        state = Int(tables.next[place])
      }
      return (state, place)
    }
    for units in ["a", "a1", "1_a", "a.b", "1,2", "  ", "中国", "가가", "\r\n", "a’b"] {
      #expect(RuleRoles(of: altered(next: { $0[step(units).place] = 0 })) == nil, "\(units)")
      let wrong = altered(accepting: { $0[step(units).state] = 0 })
      #expect(RuleRoles(of: wrong) == nil, "\(units)")
    }
    for (first, second) in [("a", "!"), ("中", "a"), ("!", "!"), ("1.", "a"), ("a.", "!")] {
      let place = step(first).state << 5 | tables.entry(Array(second.utf16)[0]).category
      #expect(
        RuleRoles(of: altered(next: { $0[place] = UInt8(step("a").state) })) == nil,
        "\(first) \(second)")
    }
  }
}
