import SuoyinTestSupport
import Testing

@testable import SuoyinText

/// Our segmentation against ICU's iterator over the same text at once: boundaries and kinds.
@Suite struct SegmentationTests {
  struct Piece: Equatable {
    let end: Int
    let kind: UInt8
  }

  static func oracle(_ text: [UInt16]) -> [Piece] {
    var iterator = WordIterator()
    return (0..<iterator.cut(text.span)).map {
      Piece(end: Int(iterator.ends[$0]), kind: iterator.kinds[$0])
    }
  }

  static func pieces(
    _ text: [UInt16], userWords: UserWords? = nil, patience: Int = 1 << 10
  ) -> [Piece] {
    var segmenter = Segmenter(userWords: userWords, patience: patience)
    segmenter.cut(text.span)
    return (0..<segmenter.pieces.count).map {
      let piece = segmenter.pieces[$0]
      return Piece(end: piece.end, kind: piece.kind)
    }
  }

  private func expectAlike(_ text: [UInt16], patience: Int = 1 << 10, _ note: String) {
    let ours = Self.pieces(text, patience: patience)
    let theirs = Self.oracle(text)
    if ours != theirs, let place = zip(ours, theirs).first(where: { $0 != $1 }) {
      let start = max(0, min(place.0.end, place.1.end) - 30)
      let around = text[start..<min(text.count, start + 60)]
      Issue.record(
        "\(note): \(place) in \(String(decoding: around, as: UTF16.self).debugDescription)")
    }
  }

  /// What stands beside one another where the rules are hardest.
  private static let hard: [String] = [
    "中", "国", "の", "ア", "ー", "カ", "ｶ", "ﾞ", "ﾟ", "ｰ", "\u{3099}", "゛", "゠", "〱", "ヿ", "㌀", "㋐", "⼀",
    "漢",
    "\u{16FF0}", "\u{16FE3}", "𠮷", "\u{2F800}", "豈", "々", "〇", "〆", "ゟ", "\u{1B000}", "🈀", "_", "‿",
    "a", "é",
    "Z", "1", "２", ".", ",", "'", "’", "\"", ":", "：", ";", "·", "・", "、", "。", " ", "　", "\u{A0}",
    "\t", "\n", "\r",
    "\r\n", "\u{85}", "\u{2028}", "\u{300}", "\u{FE0F}", "\u{E0100}", "\u{200B}", "\u{200C}",
    "\u{200D}", "\u{2060}",
    "\u{AD}", "\u{FEFF}", "א", "ב", "\u{5F4}", "ا", "ب", "\u{64B}", "가", "한", "ㄱ", "\u{1100}",
    "\u{1161}", "ก", "ั",
    "ไทย", "ภาษาไทย", "ลาว", "ພາສາລາວ", "ខ្មែរ", "မြန်မာ", "ᦅ", "ꩠ", "👍", "🏽", "👨‍👩‍👧", "🇨", "🇳", "1️⃣", "❤️",
    "#", "\u{FFFD}",
    "\u{E000}", "\u{378}", "\u{FFFF}", "\u{1}", "@", "-", "€", "ⅷ", "①", "𝟘", "ß", "ﬁ", "ꀀ", "ㄅ",
    "\u{F0000}", "\u{E0001}",
  ]

  @Test(arguments: 0..<40 as Range<UInt64>)
  func hardNeighbours(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let text = (0..<80).map { _ in Self.hard.randomElement(using: &generator)! }.joined()
      expectAlike(Array(text.utf16), "seed \(seed)")
      // The same in runs, as text has them.
      let few = (0..<4).map { _ in Self.hard.randomElement(using: &generator)! }
      let dense = (0..<60).map { _ in few.randomElement(using: &generator)! }.joined()
      expectAlike(Array(dense.utf16), "seed \(seed)")
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func textOfManyScripts(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<10 {
      let text = RandomText.make(length: 600, using: &generator)
      expectAlike(Array(text.utf16), "seed \(seed)")
    }
  }

  /// Hangul is passed over some at a time, up to what is none, and to the end.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func whereStepsMeet(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for length in 0..<70 {
      let text = RandomText.runs(count: 1 + length % 6, longest: 1 + length, using: &generator)
      expectAlike(Array(text.utf16), "seed \(seed), length \(length)")
    }
    let long = RandomText.runs(count: 30, longest: 300, using: &generator)
    expectAlike(Array(long.utf16), "long, seed \(seed)")
  }

  /// Words of the dictionary behind one another, with pieces of words and runs of katakana between.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func runsOfDictionaryWords(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let words = try #require(Self.dictionary)
    for _ in 0..<10 {
      var text: [UInt16] = []
      while text.count < 800 {
        let word = Int.random(in: 1..<words.ends.count, using: &generator)
        let range = Int(words.ends[word - 1])..<Int(words.ends[word])
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: text += words.units[range].dropLast()
        case 1:
          for _ in 0..<Int.random(in: 1...25, using: &generator) {
            text.append(UInt16.random(in: 0x30A1...0x30FF, using: &generator))
          }
        case 2: text += Array("ｶﾞｷ㌀".utf16)
        default: text += words.units[range]
        }
      }
      expectAlike(text, "seed \(seed)")
      // Settled by where all ways part, after a few units already.
      expectAlike(
        text, patience: Int.random(in: 1...40, using: &generator), "patience, seed \(seed)")
    }
  }

  private static let dictionary = DictionaryWords.read()

  @Test func halvesOfPairs() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<200 {
      let text = (0..<60).map { _ in
        [0xD842, 0xDFB7, 0xD83D, 0xDE00, 0x4E2D, 0x30AB, 0x61, 0x20].randomElement(
          using: &generator)!
      }
      expectAlike(text.map { UInt16($0) }, "half pairs")
    }
  }

  @Test func emptyAndShort() {
    for text in ["", "中", "a", "\n", "ー", "ｶ", "𠮷", "㌀"] { expectAlike(Array(text.utf16), text) }
  }

  /// A run of a million characters, one that the dictionary leaves open everywhere too.
  @Test func longRuns() {
    for word in ["依托本地电摩生态", "中国中", "カ", "アー"] {
      let text = Array(String(repeating: word, count: 200_000).utf16)
      let pieces = Self.pieces(text)
      #expect(pieces.last?.end == text.count)
      let short = Array(String(repeating: word, count: 5_000).utf16)
      expectAlike(short, word)
      // The start of the long one is cut like a shorter one.
      let whole = Self.oracle(short).prefix(1_000)
      #expect(Array(pieces.prefix(1_000)) == Array(whole), "\(word)")
    }
  }

  private func words(_ text: String, _ named: [String]) -> [String] {
    let units = Array(text.utf16)
    var start = 0
    return Self.pieces(units, userWords: UserWords(named.map { Array($0.utf16) })).map { piece in
      defer { start = piece.end }
      return String(decoding: units[start..<piece.end], as: UTF16.self)
    }
  }

  @Test func userWordsAreCutAsOnePiece() {
    #expect(words("比亚迪与宁德时代", []).contains("宁德时代") == false)
    #expect(words("比亚迪与宁德时代", ["宁德时代", "比亚迪"]) == ["比亚迪", "与", "宁德时代"])
    // The longest of those that begin alike, as much as can be covered of those that overlap.
    #expect(words("宁德时代新能源", ["宁德", "时代", "宁德时代"]).first == "宁德时代")
    #expect(words("甲乙丙丁戊", ["甲乙丙", "丙丁戊", "甲乙", "乙丙丁"]) == ["甲乙", "丙丁戊"])
    #expect(words("x甲乙 甲 乙", ["甲乙"]) == ["x", "甲乙", " ", "甲", " ", "乙"])
    #expect(words("𠮷野家です", ["𠮷野家"]).first == "𠮷野家")
    let long = String(repeating: "甲乙丙丁", count: 50)
    #expect(words(long + "子", [long]) == [long, "子"])
    #expect(UserWords([[], [1], [1]])?.count == 1)
  }
}
