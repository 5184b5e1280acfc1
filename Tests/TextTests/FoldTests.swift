import SuoyinTestSupport
import Testing

@testable import SuoyinText

/// The fold against its definition: ICU's NFKC_Casefold of the whole text, then the tables.
@Suite struct FoldTests {
  private func fold(_ text: String, edits: [LineEdit] = []) -> FoldedText {
    var folder = Folder(tables: .shared)
    return fold(text, edits: edits, by: &folder)
  }

  private func fold(_ text: String, edits: [LineEdit] = [], by folder: inout Folder) -> FoldedText {
    var folded: [UInt16] = []
    var map = FoldMap()
    folder.fold(text.utf8.span, edits: edits, into: &folded, map: &map)
    return FoldedText(utf16: folded, map: map)
  }

  private func oracle(_ text: String, respelled: Bool = true) -> [UInt16] {
    var normalized: [UInt16] = []
    ICU.caseFold(Array(text.utf16), into: &normalized)
    var result: [UInt16] = []
    FoldTables.shared.append(normalized, to: &result)
    if respelled { KanaSpelling.respell(&result) { _ in } }
    return result
  }

  private func string(_ text: FoldedText) -> String {
    String(decoding: text.utf16, as: UTF16.self)
  }

  /// Every place where a fold of one text begins and ends, with the characters that made it.
  private func sources(_ text: String) -> [String] {
    let folded = fold(text)
    let bytes = Array(text.utf8)
    return folded.utf16.indices.map { i in
      let source = folded.source(of: FoldedOffset(utf16: i)..<FoldedOffset(utf16: i + 1))
      return String(
        decoding: bytes[source.lowerBound.utf8..<source.upperBound.utf8], as: UTF8.self)
    }
  }

  @Test(arguments: [
    ("㍿", "株式会社"), ("ﾊﾟ", "パ"), ("ﬁ", "fi"), ("㊗", "祝"), ("İ", "i"), ("e\u{301}", "e"),
    ("x\u{302}", "x"), ("и\u{306}", "й"),
    ("Ærøskøbing", "aeroskobing"), ("Łódź", "lodz"), ("ı", "i"), ("Việt", "viet"),
    ("ΆΓΙΟΣ", "αγιοσ"),
    ("人々は時々", "人人は时时"), ("馬鹿々々しい", "马鹿马鹿しい"), ("「々」", "“々”"), ("いすゞ", "いすず"),
    ("づゝ", "づつ"), ("バナヽ", "バナナ"), ("ハヾ", "ハバ"), ("人〻", "人人"), ("𠮷々", "𠮷々"),
    ("コンピューター", "コンピュータ"), ("ｻｰﾊﾞｰ", "サーバ"), ("バー", "バー"), ("コピーー", "コピーー"),
    ("サーバーー。", "サーバ。"), ("サーバー室", "サーバ室"), ("サーバーズ", "サーバーズ"), ("らーめんー", "らーめんー"),
    ("ヴァイオリン", "バイオリン"), ("ｳﾞｪﾆｽ", "ベニス"), ("㌍。", "カロリ。"), ("ヴュー", "ビュー"), ("レヴュー", "レビュ"),
    ("ルーヴル", "ルーブル"),
    ("增増", "增增"), ("回覆", "回复"), ("鰤𫚕", "鰤鰤"), ("❿🅐", "10a"),
    ("\u{1112}\u{1161}\u{11AB}", "한"), ("Ｃ９１９", "c919"), ("產業大腦", "产业大脑"),
    ("賽力斯", "赛力斯"), ("気図駅戦", "气图驿战"), ("國際論壇", "国际论坛"), ("乾隆", "干隆"),
    ("ｶﾞｷﾞ", "ガギ"), ("①②", "12"), ("ⅫⅣ", "xiiiv"), ("ß", "ss"), ("℃", "°c"), ("一ヶ月", "一ケ月"),
    ("⻓⻔⻅", "长门见"), ("𠮷野家", "𠮷野家"), ("羣眾", "群众"), ("雰囲気", "氛围气"), ("\u{AD}a\u{200D}b", "ab"),
  ])
  func folds(_ text: String, to expected: String) {
    #expect(string(fold(text)).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test func eachUnitLeadsToTheCharactersThatMadeIt() {
    #expect(sources("a㍿b") == ["a", "㍿", "㍿", "㍿", "㍿", "b"])
    #expect(sources("ﾊﾟﾝ") == ["ﾊﾟ", "ﾝ"])
    #expect(sources("ﬁx") == ["ﬁ", "ﬁ", "x"])
    #expect(sources("㊗日") == ["㊗", "日"])
    #expect(sources("İz") == ["İ", "z"])
    #expect(sources("x\u{302}y") == ["x\u{302}", "y"])
    #expect(sources("人々") == ["人", "々"])
    #expect(sources("サーバーの") == ["サ", "ー", "バー", "の"])
    #expect(sources("ｻｰﾊﾞｰ") == ["ｻ", "ｰ", "ﾊﾞｰ"])
    #expect(sources("ヴァンーの") == ["ヴァ", "ン", "ー", "の"])
    #expect(sources("xe\u{301}y") == ["x", "e\u{301}", "y"])
    #expect(sources("\u{1112}\u{1161}\u{11AB}글") == ["\u{1112}\u{1161}\u{11AB}", "글"])
    #expect(sources("𠮷野") == ["𠮷", "𠮷", "野"])
    // What vanishes belongs to neither neighbour.
    #expect(sources("中\u{200B}国") == ["中", "国"])
    #expect(sources("a\u{FE0F}b") == ["a", "b"])
    #expect(sources("e\u{200D}\u{301}") == ["e\u{200D}\u{301}"])
    #expect(sources("\u{301}a") == ["a"])
  }

  @Test func sourceLeavesRepairedBreaksAtTheEndsOut() {
    let text = "依 \n托e\n\u{301}x\ny"
    let edits = [
      LineEdit(range: OriginalOffset(utf8: 3)..<OriginalOffset(utf8: 5), replacement: .nothing),
      LineEdit(range: OriginalOffset(utf8: 9)..<OriginalOffset(utf8: 10), replacement: .nothing),
      LineEdit(range: OriginalOffset(utf8: 13)..<OriginalOffset(utf8: 14), replacement: .blank),
    ]
    let folded = fold(text, edits: edits)
    #expect(string(folded) == "依托ex y")
    func source(_ range: Range<Int>) -> Range<Int> {
      let source = folded.source(of: Range(folded: range))
      return source.lowerBound.utf8..<source.upperBound.utf8
    }
    #expect(source(0..<1) == 0..<3)
    #expect(source(1..<2) == 5..<8)
    #expect(source(0..<2) == 0..<8)
    #expect(source(2..<3) == 8..<12)
    #expect(source(3..<5) == 12..<13)
    #expect(source(4..<6) == 14..<15)
    #expect(source(3..<6) == 12..<15)
    #expect(source(4..<5).isEmpty)
    #expect(source(6..<6) == 15..<15)
    #expect(source(1..<1) == 5..<5)
  }

  @Test func emptyTextFoldsToNothing() {
    let folded = fold("")
    #expect(folded.utf16.isEmpty)
    let nothing = folded.source(of: Range(folded: 0..<0))
    #expect(nothing.lowerBound.utf8 == 0 && nothing.isEmpty)
    #expect(fold("\u{200B}\u{FE0F}").utf16.isEmpty)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func equalsICUOverRandomText(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var folder = Folder(tables: .shared)
    for _ in 0..<60 {
      let text = RandomText.make(length: 120, using: &generator)
      let edits = seed % 2 == 0 ? [] : RandomText.edits(of: text, using: &generator)
      let folded = fold(text, edits: edits, by: &folder)
      #expect(
        folded.utf16 == oracle(RandomText.repaired(text, edits)),
        "seed \(seed): \(text.unicodeScalars.map { String($0.value, radix: 16) })")
      var without: [UInt16] = []
      var none = NoFoldMap()
      folder.fold(text.utf8.span, edits: edits, into: &without, map: &none)
      #expect(without == folded.utf16, "seed \(seed)")
    }
  }

  /// Where steps of four scalars meet what they cannot take, and the end; also where the processor has
  /// no way of its own.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func equalsICUWhereStepsMeet(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var folder = Folder(tables: .shared)
    var withoutKernel = Folder(tables: .shared, foldsKorean: false)
    for round in 0..<70 {
      let text = RandomText.runs(count: round % 8, longest: 1 + round, using: &generator)
      let edits = seed % 2 == 0 ? [] : RandomText.edits(of: text, using: &generator)
      let folded = fold(text, edits: edits, by: &folder)
      let repaired = RandomText.repaired(text, edits)
      #expect(folded.utf16 == oracle(repaired), "seed \(seed), round \(round)")
      var without: [UInt16] = []
      var none = NoFoldMap()
      folder.fold(text.utf8.span, edits: edits, into: &without, map: &none)
      #expect(without == folded.utf16, "seed \(seed), round \(round)")
      without = []
      withoutKernel.fold(text.utf8.span, edits: edits, into: &without, map: &none)
      #expect(without == folded.utf16, "seed \(seed), round \(round)")
    }
  }

  /// What the fold takes for granted: ASCII has no fold but small letters, Hangul none.
  @Test func foldOfASCIIAndHangulIsAsSupposed() {
    var folder = Folder(tables: .shared)
    for scalar in Array(0...0x7F as ClosedRange<UInt16>) + Array(0xAC00...0xD7A3) {
      let text = String(decoding: [UInt16](repeating: scalar, count: 40), as: UTF16.self)
      let expected = oracle(text)
      if fold(text, by: &folder).utf16 != expected || expected.count != 40 {
        Issue.record("U+\(String(scalar, radix: 16))")
      }
    }
  }

  /// The source of any range, folded by itself, holds the range's text: no character is lost, and
  /// the source is not longer than it must be.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func sourcesFoldToTheirRange(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var folder = Folder(tables: .shared)
    let text = RandomText.make(length: 400, using: &generator)
    let folded = fold(text, by: &folder)
    let bytes = Array(text.utf8)
    var end = 0
    for i in folded.utf16.indices {
      let range = folded.source(of: Range(folded: i..<i + 1))
      let source = range.lowerBound.utf8..<range.upperBound.utf8
      #expect(source.lowerBound >= end || source.upperBound == end, "seed \(seed), unit \(i)")
      let alone = String(validating: bytes[source], as: UTF8.self)
      #expect(alone != nil, "seed \(seed), unit \(i): a cut character")
      // All units of one step: what it folds to alone, but where its neighbours tell its spelling.
      if let alone, source.upperBound != end {
        let expected = oracle(alone, respelled: false)
        if expected.contains(where: KanaSpelling.concerns) {
          end = source.upperBound
          continue
        }
        #expect(
          Array(folded.utf16[i...].prefix(expected.count)) == expected, "seed \(seed), unit \(i)")
      }
      end = source.upperBound
    }
    #expect(folded.source(of: Range(folded: 0..<folded.utf16.count)).upperBound.utf8 == end)
  }

  /// Scalar by scalar: a line end lies between any two.
  @Test func isIdempotentOverAllOfUnicode() {
    var folder = Folder(tables: .shared)
    for page in stride(from: 0, to: 0x110000, by: 256) as StrideTo<UInt32> {
      var text = String.UnicodeScalarView()
      for scalar in (page..<page + 256).compactMap(Unicode.Scalar.init) {
        text.append(scalar)
        text.append("\n")
      }
      let once = fold(String(text), by: &folder).utf16
      #expect(once == oracle(String(text)), "U+\(String(page, radix: 16))")
      let twice = fold(String(decoding: once, as: UTF16.self), by: &folder).utf16
      #expect(once == twice, "U+\(String(page, radix: 16))")
    }
  }

  /// A megabyte of combining marks in falling order would take ICU's insertion sort minutes.
  @Test func longRunsOfMarksTakeLinearTime() {
    let text = "a" + String(repeating: "\u{301}\u{323}", count: 500_000)
    let clock = ContinuousClock()
    let time = clock.measure {
      #expect(string(fold(text)) == "a")
    }
    #expect(time < .seconds(20))
  }
}
