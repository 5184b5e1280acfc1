// The stages of `tokenize` one by one, as a benchmark times them; the same code on the same text.
extension AnalysisSession {
  /// Replaces `folded` by the fold of the repaired text.
  package func fold(_ text: String, edits: [LineEdit], into folded: inout [UInt16]) {
    folded.removeAll(keepingCapacity: true)
    var map = NoFoldMap()
    folder.fold(text.utf8.span, edits: edits, into: &folded, map: &map)
  }

  /// Cuts folded text into words and counts them.
  package func countWords(in folded: [UInt16]) -> Int {
    var sink = CountingSink()
    segmenter.words(of: folded.span, into: &sink)
    return sink.words
  }

  /// Cuts a text by ICU's word iterator alone and counts the pieces.
  package func countPiecesByIterator(of text: [UInt16]) -> Int {
    segmenter.cutByIterator(text.span)
  }

  /// Finds the units of folded text and replaces the contents of `grams` by their terms.
  package func makeGrams(of folded: [UInt16], into grams: inout TokenBatch) {
    grams.removeAll()
    var words = TokenBatch()
    var sink = BatchSink(words: &words, grams: &grams)
    scanner.scan(folded.span, into: &sink)
    sink.finish(words: &words, grams: &grams)
  }
}

extension AnalysisSession {
  /// The units of a text as ``analyze(_:repairingLines:)`` finds them, without words and grams: for
  /// looking where in a text something stands.
  ///
  /// - Complexity: O(n) in time and memory.
  package func findUnits(of text: String, repairingLines: Bool) -> Analysis {
    guard analyzer != .whitespace else { return BlankSeparatedWords.analyze(text) }
    let edits = repairingLines ? LineRepair.edits(of: text) : []
    var folded: [UInt16] = []
    var map = FoldMap()
    folder.fold(text.utf8.span, edits: edits, into: &folded, map: &map)
    var sink = PartSink(keepsGrams: false)
    // A unit of three bytes, as Han characters are.
    sink.units.reserveCapacity(text.utf8.count / 3)
    scanner.scan(folded.span, into: &sink)
    return Analysis(
      original: text, edits: edits, folded: FoldedText(utf16: folded, map: map), parts: sink)
  }

  /// The words of a text of which the units are found, stop words among them.
  ///
  /// - Complexity: O(n) in time and memory.
  package func findWords(of analysis: Analysis) -> [Word] {
    guard analyzer.makesWords else { return analysis.words }
    var sink = PartSink()
    segmenter.words(of: analysis.folded.utf16.span, into: &sink)
    return Analysis.words(sink.words, over: analysis.units)
  }
}

/// Keeps nothing but the number of words.
private struct CountingSink: TermSink {
  var words = 0

  mutating func word(_ range: Range<Int>, of text: Span<UInt16>) {
    words &+= 1
  }

  mutating func unit(
    _ kind: Unit.Kind, _ range: Range<Int>, at position: UInt32, pairedWith previous: Range<Int>?,
    of text: Span<UInt16>
  ) {}

  mutating func sentenceEnd(at position: UInt32) {}
}
