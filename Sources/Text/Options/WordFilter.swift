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
    // Above U+07FF no script has a stemmer here; Han are spared the call.
    if let stemmer, word.allSatisfy({ $0 < 0xE0 }) { stemmer.stem(&word) }
    return true
  }
}

/// Puts terms into batches, and words through a filter before.
struct FilteringSink: TermSink {
  var base: BatchSink
  let filter: WordFilter
  private var word: [UInt8] = []

  init(_ base: BatchSink, filter: WordFilter) {
    self.base = base
    self.filter = filter
  }

  mutating func word(_ range: Range<Int>, of text: Span<UInt16>) {
    word.removeAll(keepingCapacity: true)
    Term.append(range, of: text, to: &word)
    guard filter.keep(&word) else { return }
    Term.bound(&word, from: 0)
    base.words.append(word, position: nil)
    base.words.fieldLength &+= 1
  }

  mutating func unit(
    _ kind: Unit.Kind, _ range: Range<Int>, at position: UInt32, pairedWith previous: Range<Int>?,
    of text: Span<UInt16>
  ) {
    base.unit(kind, range, at: position, pairedWith: previous, of: text)
  }

  mutating func sentenceEnd(at position: UInt32) {
    base.sentenceEnd(at: position)
  }
}
