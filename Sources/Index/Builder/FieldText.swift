import SuoyinText

/// What an article has in one further field of text.
struct FieldText: Sendable {
  let mark: FieldMark
  /// In the order of the article; one at least, and none twice.
  let values: [String]
  /// Whether lines are repaired, as those of the article's text are.
  let repairsLines: Bool

  /// In bytes.
  var size: Int { values.reduce(0) { $0 + $1.utf8.count } }

  /// - Parameter values: of which one that comes again counts once.
  init(_ values: [String], mark: FieldMark, repairsLines: Bool) {
    self.mark = mark
    self.repairsLines = repairsLines
    var known: Set<[UInt8]> = []
    self.values =
      values.count > 1 ? values.filter { known.insert(Array($0.utf8)).inserted } : values
  }
}

/// The terms of one further field of text of an article, in both channels; used again for the next.
struct FieldTokens: Sendable {
  /// Behind the field's mark.
  private(set) var words = TokenBatch()
  private(set) var grams = TokenBatch()
  /// Those of all values, and of one, as the analyzer makes them.
  private var all = (words: TokenBatch(), grams: TokenBatch())
  private var one = (words: TokenBatch(), grams: TokenBatch())

  /// Replaces the terms by those of a field, whose values are paragraphs, so that no phrase goes from one
  /// to the next. In the channel that answers phrases the mark alone, at the first position, says that
  /// the article has the field, whatever is in it.
  mutating func set(_ text: FieldText, by session: AnalysisSession) {
    for (index, value) in text.values.enumerated() {
      if index == 0 {
        session.tokenize(
          value, repairingLines: text.repairsLines, words: &all.words, grams: &all.grams)
      } else {
        session.tokenize(
          value, repairingLines: text.repairsLines, words: &one.words, grams: &one.grams)
        all.words.append(paragraph: one.words, hasPositions: false)
        if one.grams.count > 0 { all.grams.append(paragraph: one.grams, hasPositions: true) }
      }
    }
    words.removeAll()
    grams.removeAll()
    if session.analyzer.makesGrams {
      grams.append(text.mark.bytes, position: 0)
    } else {
      words.append(text.mark.bytes)
    }
    words.append(all.words, behind: text.mark)
    grams.append(all.grams, behind: text.mark)
  }

  /// The terms in the channels that have any.
  func visit(_ body: (_ field: FieldID, borrowing TokenBatch) -> Void) {
    if words.count > 0 { body(FieldID(.further, .words), words) }
    if grams.count > 0 { body(FieldID(.further, .grams), grams) }
  }
}
