import SuoyinText
import Testing

@Suite("Terms of a title and of a text")
struct TokenBatchTests {
  private func batches(_ text: String) -> (words: TokenBatch, grams: TokenBatch) {
    var words = TokenBatch()
    var grams = TokenBatch()
    Analyzer.cjk.makeSession()
      .tokenize(text, repairingLines: false, words: &words, grams: &grams)
    return (words, grams)
  }

  private func listed(_ batch: TokenBatch) -> [String] {
    batch.terms.map { "\(String(decoding: $0.bytes, as: UTF8.self))\($0.position)" }
  }

  /// Nor does one that holds the end of the text, as “庆。大” does.
  @Test("are joined as paragraphs, which no phrase crosses")
  func joined() {
    var (words, grams) = batches("重庆。")
    let title = batches("大脑C9")
    words.append(paragraph: title.words, hasPositions: false)
    grams.append(paragraph: title.grams, hasPositions: true)
    #expect(listed(words) == ["重庆0", "大脑0", "c90"])
    #expect(listed(grams) == ["重0", "重庆0", "庆1", "¶2", "大4", "大脑4", "脑5", "c6", "97"])
    #expect(grams.fieldLength == 6 && words.fieldLength == 3)
    var empty = batches("").grams
    empty.append(paragraph: title.grams, hasPositions: true)
    #expect(listed(empty) == listed(title.grams) && empty.fieldLength == 4)
  }

  @Test("begin with what stands for a title")
  func lead() {
    let (words, grams) = batches("重庆。大脑")
    var lead = TokenBatch()
    let wanted: [(Int, [String], UInt32)] = [
      (1, ["重0"], 1), (2, ["重0", "重庆0", "庆1"], 2), (3, ["重0", "重庆0", "庆1", "¶2"], 2),
      (4, ["重0", "重庆0", "庆1", "¶2", "大3"], 3),
      (9, ["重0", "重庆0", "庆1", "¶2", "大3", "大脑3", "脑4"], 4),
    ]
    for (limit, terms, length) in wanted {
      lead.take(first: limit, of: grams, hasPositions: true)
      #expect(listed(lead) == terms && lead.fieldLength == length, "\(limit)")
    }
    lead.take(first: 1, of: words, hasPositions: false)
    #expect(listed(lead) == ["重庆0"] && lead.fieldLength == 1)
  }
}
