import Testing

@testable import SuoyinText

@Suite struct RepairTests {
  @Test(arguments: RepairPage.kinds) func pages(_ kind: String) throws {
    for page in try RepairPage.pages(kind) {
      RepairSupport.check(LineRepair.edits(of: page.text), of: page.text, page.testDescription)
    }
  }

  /// Two in a hundred breaks may be taken for what they are not, either way.
  @Test func nearlyAllBreaksOfThePages() throws {
    var boundaries: [RepairPage.Boundary] = []
    for kind in RepairPage.kinds {
      for page in try RepairPage.pages(kind) {
        boundaries += page.boundaries(LineRepair.edits(of: page.text))
      }
    }
    let apart = boundaries.count { $0.wanted == .apart }
    let wrong = boundaries.filter(\.isWronglyJoined).map(\.description)
    let missed = boundaries.filter(\.isMissed).map(\.description)
    #expect(apart >= 600 && boundaries.count - apart >= 480, "pages are gone")
    #expect(wrong.count * 50 <= apart, "wrong joins: \(wrong.joined(separator: "\n"))")
    #expect(
      missed.count * 50 <= boundaries.count - apart, "missed: \(missed.joined(separator: "\n"))")
  }

  /// What was not scanned stays as it is, to the blank.
  @Test(arguments: ["tables", "verse", "lists"]) func nothingWhereNothingIsLabelled(
    _ kind: String
  ) throws {
    for page in try RepairPage.pages(kind) where !page.hasJoins {
      #expect(LineRepair.edits(of: page.text) == [], "\(page.testDescription)")
    }
  }

  /// Two of four lines are equally long by chance, and one between them runs on although it is short:
  /// that is no column. What was torn in numbers is mended all the same.
  @Test func fewLinesAreNoColumnByChance() {
    #expect(
      RepairSupport.repaired("江边的老码头修葺一新\n产量达46.\n2万辆，共3600\n台。")
        == "江边的老码头修葺一新\n产量达46.2万辆，共3600台。")
    #expect(
      RepairSupport.repaired("渡口\n江边的老码头修葺一新，市\n民三三两两来到江边散步，\n孩子们在草坪上放风筝。")
        == "渡口\n江边的老码头修葺一新，市民三三两两来到江边散步，孩子们在草坪上放风筝。")
  }

  @Test func letterSpacing() {
    let cases: [(raw: String, repaired: String)] = [
      ("研 发 经 费", "研发经费"),
      ("本年度研 发 经 费投入", "本年度研 发 经 费投入"),
      ("申请（研 发 经 费）", "申请（研发经费）"),
      ("被 申 请 人", "被申请人"),
      ("第一章 总 则", "第一章 总 则"),
      ("刘 波", "刘 波"),
      ("刘玉珏 龙搏 马菱涛", "刘玉珏 龙搏 马菱涛"),
      ("大中小企业融通 创新共生", "大中小企业融通 创新共生"),
      ("甲\u{3000}乙\u{3000}丙", "甲乙丙"),
      ("甲  乙  丙", "甲  乙  丙"),
      ("甲 乙 丙丁", "甲 乙 丙丁"),
      ("甲 乙 丙 丁戊", "甲乙丙 丁戊"),
      ("3 月 5 日", "3 月 5 日"),
      ("お 知 ら せ", "お知らせ"),
      ("그 때 그 는", "그 때 그 는"),
      ("# 目 录 表", "# 目录表"),
    ]
    for (raw, repaired) in cases { #expect(RepairSupport.repaired(raw) == repaired) }
  }

  @Test func softHyphen() {
    #expect(
      RepairSupport.repaired("The infor\u{AD}\nmation was wrong.") == "The information was wrong.")
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
