import SuoyinTestSupport
import Testing

@testable import SuoyinText

/// Words against ICU's iterator over the whole folded text at once.
@Suite struct SegmenterTests {
  private func oracle(_ text: [UInt16]) -> [Range<Int>] {
    var iterator = WordIterator()
    let count = iterator.cut(text.span)
    var start = 0
    return (0..<count).compactMap { i in
      let piece = start..<Int(iterator.ends[i])
      start = piece.upperBound
      return iterator.kinds[i] == WordIterator.Kind.none.rawValue ? nil : piece
    }
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func wordsAreICUs(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let session = Analyzer.cjk.makeSession()
    for _ in 0..<10 {
      let text = RandomText.make(length: 300, using: &generator)
      let analysis = session.analyze(text, repairingLines: false)
      let words = analysis.words.map { $0.range.lowerBound.utf16..<$0.range.upperBound.utf16 }
      #expect(words == oracle(analysis.folded.utf16), "seed \(seed)")
    }
  }

  /// Cut into stretches of a few units, a text has the same words.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func stretchesDoNotShow(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let text = (0..<40).map { _ in
      let marks = ["，", "。", "\n", "\r\n", " ", "、", ". ", "!?", "\u{301}。", "。\u{301}"]
      let words = ["中华人民共和国", "ab", "12", "", "の"]
      return RandomText.make(length: 40, using: &generator)
        + marks.randomElement(using: &generator)! + words.randomElement(using: &generator)!
    }.joined()
    let folded = Analyzer.cjk.makeSession().analyze(text, repairingLines: false).folded.utf16
    var segmenter = Segmenter(
      tables: nil, usual: Int.random(in: 1...90, using: &generator), most: 1 << 20)
    var sink = PartSink()
    segmenter.words(of: folded.span, into: &sink)
    #expect(sink.words == oracle(folded), "seed \(seed)")
  }

  @Test func aStretchWithoutAnyPlaceIsCutBetweenScalars() {
    let text = Array(String(repeating: "𠮷", count: 100).utf16)
    var segmenter = Segmenter(tables: nil, usual: 10, most: 15)
    var sink = PartSink()
    segmenter.words(of: text.span, into: &sink)
    #expect(sink.words.allSatisfy { $0.lowerBound % 2 == 0 && $0.upperBound % 2 == 0 })
    #expect(sink.words.last?.upperBound == 200)
    #expect(sink.words.reduce(0) { $0 + $1.count } == 200)
  }

  @Test func aLongLineIsCutQuickly() {
    let text = String(repeating: "依托本地电摩生态", count: 100_000)
    var words = TokenBatch()
    var grams = TokenBatch()
    Analyzer.cjk.makeSession().tokenize(text, repairingLines: false, words: &words, grams: &grams)
    #expect(grams.fieldLength == 800_000)
    #expect(grams.count == 1_599_999)
    #expect(grams.terms.last?.position == 799_999)
  }
}
