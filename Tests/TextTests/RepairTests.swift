import Testing

@testable import SuoyinText

@Suite struct RepairTests {
  @Test(arguments: RepairPage.all) func page(_ page: RepairPage) {
    let edits = LineRepair.edits(of: page.text)
    RepairSupport.check(edits, of: page.text, page.name)
    #expect(RepairSupport.apply(edits, to: page.text) == page.expected)
  }

  @Test func letterSpacing() {
    for (raw, repaired) in RepairPage.letterSpacing {
      #expect(RepairSupport.repaired(raw) == repaired)
    }
  }

  @Test func everyKindOfLineBreak() {
    let kinds = [
      "\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{0B}", "\u{0C}", "\n\u{0C}", "\r\n\r\n", "\n\r",
      " \t\n\u{3000}\n ",
    ]
    for kind in kinds {
      #expect(
        RepairSupport.repaired("今年产量达46.\(kind)2万辆") == "今年产量达46.2万辆",
        "\(kind.debugDescription)")
    }
  }

  /// Unicode has one break that says what it ends.
  @Test func paragraphSeparatorEndsParagraph() {
    #expect(LineRepair.edits(of: "今年产量达46.\u{2029}2万辆") == [])
  }

  @Test func twoBlankLinesEndParagraph() {
    #expect(LineRepair.edits(of: "今年产量达46.\n\n\n2万辆") == [])
    #expect(LineRepair.edits(of: "今年产量达46.\r\n\r\n\r\n2万辆") == [])
  }

  @Test func editCoversBlanksAroundTheBreak() {
    let text = "今年产量达6520 \n\n 台套"
    let start = OriginalOffset(utf8: "今年产量达6520".utf8.count)
    let end = OriginalOffset(utf8: text.utf8.count - "台套".utf8.count)
    #expect(
      LineRepair.edits(of: text) == [LineEdit(range: start..<end, replacement: .nothing)])
  }

  @Test func nothingToRepair() {
    for text in ["", "\n", " \n\n\t", "一", "\u{FEFF}", "。", "\n。\n", "```", "-", "#\n#", "￼\n￼"] {
      #expect(LineRepair.edits(of: text) == [], "\(text.debugDescription)")
    }
  }

  @Test func longLineAndManyLines() {
    let long = String(repeating: "重庆制造业高质量发展，", count: 40_000)
    #expect(LineRepair.edits(of: long) == [])
    #expect(LineRepair.edits(of: String(repeating: "a\n", count: 50_000)) == [])
    #expect(LineRepair.edits(of: String(repeating: "\n", count: 50_000)) == [])
  }
}
