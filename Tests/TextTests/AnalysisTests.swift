import SuoyinTestSupport
import Testing

@testable import SuoyinText

/// Units, words, grams, and their terms: by example, and both paths held against each other.
@Suite struct AnalysisTests {
  private let session = Analyzer.cjk.makeSession()

  private func analyze(_ text: String) -> Analysis {
    session.analyze(text, repairingLines: false)
  }

  /// Units as `word@position`.
  private func units(_ text: String) -> [String] {
    let analysis = analyze(text)
    return analysis.units.map { "\(analysis.folded.string(in: $0.range))@\($0.position)" }
  }

  private func words(_ text: String) -> [String] {
    let analysis = analyze(text)
    return analysis.words.map { String(decoding: analysis.term(of: $0), as: UTF8.self) }
  }

  private func grams(_ text: String) -> [String] {
    let analysis = analyze(text)
    return analysis.grams.map { gram in
      let term = String(decoding: analysis.term(of: gram), as: UTF8.self)
      return "\(term)@\(analysis.position(of: gram))"
    }
  }

  /// Room for terms grows with the terms, not with each end of a sentence.
  @Test func manySentencesTakeLittleMemory() {
    var words = TokenBatch()
    var grams = TokenBatch()
    let text = String(repeating: "甲。", count: 1_000)
    Analyzer.cjk.makeSession().tokenize(text, repairingLines: false, words: &words, grams: &grams)
    #expect(grams.count == 1_999 && grams.byteCount == 3_000 + 999 * 2)
    #expect(grams.bytes.capacity < 1 << 16)
  }

  @Test func lettersDigitsAndHanAreUnitsOfTheirOwn() {
    #expect(units("C919") == ["c@0", "919@1"])
    #expect(words("C919") == ["c919"])
    #expect(units("46.2万辆") == ["46@0", "2@1", "万@2", "辆@3"])
    #expect(words("46.2万辆").first == "46.2")
    #expect(grams("46.2万辆") == ["46@0", "2@1", "万@2", "万辆@2", "辆@3"])
    #expect(units("750CC单缸") == ["750@0", "cc@1", "单@2", "缸@3"])
    #expect(units("5G、X光") == ["5@0", "g@1", "x@2", "光@3"])
    #expect(units("don't foo_bar") == ["don@0", "t@1", "foo@2", "bar@3"])
    #expect(units("ジョン・スミス") == ["ジ@0", "ョ@1", "ン@2", "ス@3", "ミ@4", "ス@5"])
    #expect(units("大ー々〇𠮷한글ㄅ") == ["大@0", "ー@1", "々@2", "〇@3", "𠮷@4", "한@5", "글@6", "ㄅ@7"])
    // Scripts that set no blanks: one unit for a letter with its marks.
    #expect(units("ภาษาไทย").count == 7)
    #expect(units("ที่").count == 1)
    #expect(units("naïve cafe\u{301}") == ["naive@0", "cafe@1"])
    #expect(units("か\u{309A}き") == ["か\u{309A}@0", "き@1"])
  }

  @Test(arguments: [
    ("Ｃ９１９", "C919"), ("產業大腦", "产业大脑"), ("賽力斯", "赛力斯"), ("図書館", "图书馆"),
    ("ﾊﾟｿｺﾝ", "パソコン"), ("㍿", "株式会社"),
  ])
  func formsOfOneTextHaveOneAnalysis(_ a: String, _ b: String) {
    #expect(words(a) == words(b))
    #expect(grams(a) == grams(b))
  }

  @Test func sentencesAndParagraphsAdvanceThePositionByOne() {
    #expect(units("一。二") == ["一@0", "二@2"])
    #expect(units("一。”！？\n\n　二") == ["一@0", "二@2"])
    #expect(units("一\n二") == ["一@0", "二@2"])
    #expect(units("一\r\n二\u{2028}三") == ["一@0", "二@2", "三@4"])
    #expect(units("a. b.c d.") == ["a@0", "b@2", "c@3", "d@4"])
    #expect(units("a.\u{3000}b.\nc") == ["a@0", "b@2", "c@4"])
    #expect(units("3.14。") == ["3@0", "14@1"])
    // Full width forms are ends too; a full stop of full width is one before a blank only.
    #expect(units("一！二？三｡四．五") == ["一@0", "二@2", "三@4", "四@6", "五@7"])
    #expect(units("。一") == ["一@0"])
    #expect(units("一，二、“三”（四）—五 六") == ["一@0", "二@1", "三@2", "四@3", "五@4", "六@5"])
  }

  @Test func pairsCrossPunctuationButNoEndAndNoOtherUnit() {
    #expect(grams("一，二") == ["一@0", "一二@0", "二@1"])
    #expect(grams("一。二") == ["一@0", "¶@1", "二@2"])
    #expect(grams("。一！？\n二¶三。") == ["一@0", "¶@1", "二@2", "二三@2", "三@3"])
    #expect(grams("一a二三") == ["一@0", "a@1", "二@2", "二三@2", "三@3"])
    #expect(grams("ab cd") == ["ab@0", "cd@1"])
  }

  @Test(arguments: ["", "\u{0}", "，。！？", "\u{301}", " \u{301}\u{302} ", "\n\n\n", "\u{200B}", "—…"])
  func textWithoutUnitsHasNone(_ text: String) {
    let analysis = analyze(text)
    #expect(analysis.units.isEmpty)
    #expect(analysis.grams.isEmpty)
    #expect(analysis.words.isEmpty)
    #expect(analysis.original == text)
  }

  @Test func nulsAndLoneMarksSeparate() {
    #expect(units("a\u{0}b") == ["a@0", "b@1"])
    #expect(units("一\u{0}\u{0}二") == ["一@0", "二@1"])
    #expect(units(" \u{301}a\u{301}") == ["a@0"])
    #expect(units("1\u{20E3}2") == ["1@0", "2@1"])
  }

  @Test func overlongTermsKeepABeginningAndAHash() throws {
    let letters = String(repeating: "ж", count: 300)
    let analysis = analyze(letters + " " + letters + "x " + String(repeating: "a", count: 512))
    let terms = analysis.grams.map { analysis.term(of: $0) }
    #expect(terms.map(\.count) == [496, 496, 512])
    #expect(terms[0].prefix(480).elementsEqual(Array(letters.utf8).prefix(480)))
    #expect(terms[0] != terms[1])
    var hash = TermHash()
    for byte in letters.utf8 { hash.add(byte) }
    #expect(String(decoding: terms[0].suffix(16), as: UTF8.self) == hash.hexadecimal)
    // The cut falls between two scalars: 479 bytes here.
    let odd = analyze("x" + letters)
    let term = odd.term(of: odd.grams[0])
    #expect(term.count == 495)
    #expect(String(validating: term, as: UTF8.self) != nil)
    #expect(analysis.words.map { analysis.term(of: $0) } == terms)
    let pair = analyze("か" + String(repeating: "\u{309A}", count: 300) + "き")
    #expect(pair.grams.map { pair.term(of: $0).count }.allSatisfy { $0 <= 512 })
    #expect(Set(pair.grams.map { pair.term(of: $0) }).count == 3)
  }

  @Test func hashIsFNV1a() {
    // The vector of the algorithm's authors for "foobar".
    var hash = TermHash()
    for byte in "foobar".utf8 { hash.add(byte) }
    #expect(hash.value == 0x8594_4171_F739_67E8)
    #expect(hash.hexadecimal == "85944171f73967e8")
  }

  @Test func wordsKnowTheirUnits() {
    let analysis = analyze("C919大飞机")
    for word in analysis.words {
      for (i, unit) in analysis.units.enumerated() {
        #expect(word.units.contains(i) == word.range.overlaps(unit.range))
      }
    }
    #expect(analysis.words[0].units == 0..<2)
  }

  @Test func placesLeadToTheOriginal() {
    let text = "“㍿ＡＢＣ”的產業"
    let analysis = analyze(text)
    let bytes = Array(text.utf8)
    let sources = analysis.units.map { unit in
      let source = analysis.folded.source(of: unit.range)
      return String(
        decoding: bytes[source.lowerBound.utf8..<source.upperBound.utf8], as: UTF8.self)
    }
    #expect(sources == ["㍿", "㍿", "㍿", "㍿", "ＡＢＣ", "的", "產", "業"])
  }

  /// What the batches hold, as (term, position).
  private func expectSameTerms(_ text: String, repairing: Bool, _ comment: String) {
    var words = TokenBatch()
    var grams = TokenBatch()
    session.tokenize(text, repairingLines: repairing, words: &words, grams: &grams)
    let analysis = session.analyze(text, repairingLines: repairing)
    func terms(_ batch: TokenBatch) -> [[UInt8]] {
      batch.terms.map { Array($0.bytes) }
    }
    #expect(terms(words) == analysis.words.map(analysis.term(of:)), "\(comment)")
    #expect(terms(grams) == analysis.grams.map(analysis.term(of:)), "\(comment)")
    #expect(words.terms.allSatisfy { $0.position == 0 })
    #expect(grams.terms.map(\.position) == analysis.grams.map(analysis.position(of:)), "\(comment)")
    #expect(Int(words.fieldLength) == analysis.words.count)
    #expect(Int(grams.fieldLength) == analysis.units.count)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func placesOfAllUnitsAreThoseOfEach(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let session = Analyzer.cjk.makeSession()
    for length in [0, 1, 40, 400] {
      let text = RandomText.make(length: length, using: &random)
      let analysis = session.analyze(text, repairingLines: seed % 2 == 0)
      let each = analysis.units.map { unit in
        let source = analysis.folded.source(of: unit.range)
        return source.lowerBound.utf8..<source.upperBound.utf8
      }
      #expect(analysis.folded.sources(of: analysis.units) == each, "seed \(seed)")
      #expect(
        session.findUnits(of: text, repairingLines: seed % 2 == 0).units == analysis.units,
        "seed \(seed)")
    }
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func bothPathsFindTheSameTerms(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<10 {
      let text = RandomText.make(length: 300, using: &generator)
      expectSameTerms(text, repairing: true, "seed \(seed)")
      expectSameTerms(text, repairing: false, "seed \(seed)")
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func bothPathsFindTheSameTermsWhereStepsMeet(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for length in 0..<70 {
      let text = RandomText.runs(count: length % 9, longest: 1 + length, using: &generator)
      expectSameTerms(text, repairing: length % 2 == 0, "seed \(seed), length \(length)")
    }
    let long = RandomText.runs(count: 8, longest: 3_000, using: &generator)
    expectSameTerms(long, repairing: false, "long, seed \(seed)")
  }

  /// Units against a rule written scalar by scalar over Swift's own properties.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func unitsPartitionTheLettersAndDigits(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let analysis = analyze(RandomText.make(length: 400, using: &generator))
    var covered = [Bool](repeating: false, count: analysis.folded.utf16.count)
    var end = 0
    for unit in analysis.units {
      #expect(unit.range.lowerBound.utf16 >= end, "seed \(seed)")
      end = unit.range.upperBound.utf16
      for i in unit.range.lowerBound.utf16..<end { covered[i] = true }
    }
    var i = 0
    for scalar in String(decoding: analysis.folded.utf16, as: UTF16.self).unicodeScalars {
      let isPart: Bool? =
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
          .letterNumber, .decimalNumber:
          true
        case .nonspacingMark, .spacingMark: nil
        // ICU and Swift may know different versions of Unicode.
        case .unassigned: nil
        default: false
        }
      // What is newer than Unicode 15 the oldest supported ICU does not know.
      if let isPart, scalar.properties.age.map({ $0.major <= 15 }) ?? false {
        #expect(covered[i] == isPart, "seed \(seed): U+\(String(scalar.value, radix: 16))")
      }
      i += UTF16.width(scalar)
    }
  }
}
