import SuoyinTestSupport
import Testing

@testable import SuoyinText

@Suite("Words between blanks are taken as they are written")
struct BlankSeparatedWordsTests {
  private let session = Analyzer.whitespace.makeSession()

  private func terms(_ text: String) -> [String] {
    var words = TokenBatch()
    var grams = TokenBatch()
    session.tokenize(text, repairingLines: true, words: &words, grams: &grams)
    #expect(words.count == 0 && words.fieldLength == 0)
    #expect(grams.fieldLength == UInt32(grams.count))
    return grams.terms.map {
      "\(String(decoding: $0.bytes, as: UTF8.self))@\($0.position)"
    }
  }

  @Test func byExample() {
    #expect(terms("宁德 时代 宁德") == ["宁德@0", "时代@1", "宁德@2"])
    #expect(terms(" C919\t乾隆。\n\n𠮷，a ") == ["C919@0", "乾隆。@1", "𠮷，a@2"])
    #expect(terms("") == [] && terms(" \n ") == [])
    // The ideographic space is no blank: who separates words by blanks uses U+0020.
    #expect(terms("a\u{3000}b") == ["a\u{3000}b@0"])
  }

  @Test func anOverlongWordStaysATermOfItsOwn() {
    let long = String(repeating: "长", count: 300)
    #expect(terms(long + " " + long + "a").count == 2)
    #expect(terms(long)[0].utf8.count <= Term.longest + 2)
    #expect(terms(long)[0] != terms(long + "a")[0])
  }

  @Test("both paths find the same", arguments: 0..<20)
  func pathsAgree(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = ["a", "é", "重", "𠮷", " ", "\n", "。", "\u{3000}", "\u{0}", "b"]
    let text = (0..<200).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    let analysis = session.analyze(text, repairingLines: true)
    let found = analysis.grams.map {
      "\(String(decoding: analysis.term(of: $0), as: UTF8.self))@\(analysis.position(of: $0))"
    }
    #expect(found == terms(text), "seed \(seed)")
    for unit in analysis.units {
      let source = analysis.folded.source(of: unit.range)
      let bytes = Array(text.utf8)[source.lowerBound.utf8..<source.upperBound.utf8]
      #expect(String(decoding: bytes, as: UTF8.self) == analysis.folded.string(in: unit.range))
    }
  }
}
