/// What becomes of a word between the cut and the words channel: nothing, where it is a stop word,
/// else its stem.
struct WordFilter {
  private let stopWords: Set<[UInt8]>
  private let stemmer: Stemmer?

  /// - Returns: nil where the options leave every word as it is.
  init?(_ options: AnalyzerOptions) {
    stopWords = Set((options.stopWords?.words ?? []).map { Array($0.utf8) })
    stemmer = options.stemmer.flatMap { Stemmer($0) }
    if stopWords.isEmpty, stemmer == nil { return nil }
  }

  /// Puts the stem of a word in its place.
  ///
  /// - Returns: false for a stop word.
  func keep(_ word: inout [UInt8]) -> Bool {
    if !stopWords.isEmpty, stopWords.contains(word) { return false }
    // From U+3000 on, with kana, Han and Hangul, no script has a stemmer; they are spared the call.
    if let stemmer, word.allSatisfy({ $0 < 0xE3 }) { stemmer.stem(&word) }
    return true
  }
}

/// Puts terms into batches, and words through a filter before.
struct FilteringSink: TermSink, ~Copyable {
  private var base: BatchSink
  let filter: WordFilter

  init(_ base: consuming BatchSink, filter: WordFilter) {
    self.base = base
    self.filter = filter
  }

  /// Gives the batches back, as ``BatchSink/finish(words:grams:)`` does.
  consuming func finish(words: inout TokenBatch, grams: inout TokenBatch) {
    base.finish(words: &words, grams: &grams)
  }

  mutating func word(_ range: Range<Int>, of text: Span<UInt16>) {
    var word = Term.bytes(of: CollectionOfOne(Range(folded: range)), in: text)
    guard filter.keep(&word) else { return }
    Term.bound(&word, from: 0)
    base.word(word)
  }

  mutating func unit(
    _ kind: Unit.Kind, _ range: Range<Int>, at position: UInt32, pairedWith previous: Range<Int>?,
    of text: Span<UInt16>
  ) {
    base.unit(kind, range, at: position, pairedWith: previous, of: text)
  }

  mutating func characters(
    from start: Int, at position: UInt32, pairedWith previous: Int?, of text: Span<UInt16>,
    _ classes: Span<CharacterClass?>
  ) -> CharacterRun {
    base.characters(from: start, at: position, pairedWith: previous, of: text, classes)
  }

  mutating func units(
    from state: UnitState, of text: Span<UInt16>, _ classes: Span<CharacterClass?>
  ) -> UnitState {
    base.units(from: state, of: text, classes)
  }

  mutating func sentenceEnd(at position: UInt32) {
    base.sentenceEnd(at: position)
  }
}
