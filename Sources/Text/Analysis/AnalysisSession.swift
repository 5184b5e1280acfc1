/// Analyzes texts, one after the other, in one thread; made by ``Analyzer/makeSession()``.
///
/// It keeps ICU's iterator, the folds of the characters met and scratch memory from text to text.
public final class AnalysisSession {
  public let analyzer: Analyzer.Name
  private let filter: WordFilter?
  var folder = Folder(tables: .shared)
  var segmenter: Segmenter
  var scanner = UnitScanner()
  private var folded: [UInt16] = []

  /// Scratch memory beyond this many code units is given back after a text.
  private static let scratchKept = 1 << 20

  init(_ analyzer: Analyzer) {
    self.analyzer = analyzer.name
    filter = WordFilter(analyzer.options)
    // Its tables may have to be made: not for an analyzer that never asks.
    segmenter = Segmenter(
      userWords: analyzer.userWords, tables: analyzer.name.makesWords ? .shared : nil)
  }

  /// Replaces the contents of the batches by the terms of `text`; the batch of a channel that the
  /// analyzer does not have stays empty.
  ///
  /// - Parameters:
  ///   - repairingLines: whether ``LineRepair`` takes line breaks out of words and sentences first;
  ///     ``Analyzer/whitespace`` never repairs.
  ///   - text: an article's, or a part of one.
  ///   - words: words in the order of the text, without positions.
  ///   - grams: units and pairs of characters with the positions of their (first) units; a unit
  ///     comes before the pair that begins with it.
  /// - Complexity: O(n) in time and memory.
  public func tokenize(
    _ text: String, repairingLines: Bool, words: inout TokenBatch, grams: inout TokenBatch
  ) {
    words.removeAll()
    grams.removeAll()
    guard analyzer != .whitespace else {
      return BlankSeparatedWords.append(text.utf8.span, to: &grams)
    }
    let edits = repairingLines ? LineRepair.edits(of: text) : []
    folded.removeAll(keepingCapacity: true)
    var map = NoFoldMap()
    folder.fold(text.utf8.span, edits: edits, into: &folded, map: &map)
    let sink = BatchSink(words: &words, grams: &grams)
    if let filter {
      var filtering = FilteringSink(sink, filter: filter)
      find(in: folded.span, into: &filtering, units: analyzer.makesGrams)
      filtering.finish(words: &words, grams: &grams)
    } else {
      var sink = sink
      find(in: folded.span, into: &sink, units: analyzer.makesGrams)
      sink.finish(words: &words, grams: &grams)
    }
    if folded.capacity > Self.scratchKept { folded = [] }
  }

  /// The terms of `text`, the same as ``tokenize(_:repairingLines:words:grams:)`` finds, with all
  /// that led to them.
  ///
  /// - Complexity: O(n) in time and memory.
  public func analyze(_ text: String, repairingLines: Bool) -> Analysis {
    guard analyzer != .whitespace else { return BlankSeparatedWords.analyze(text) }
    let edits = repairingLines ? LineRepair.edits(of: text) : []
    var folded: [UInt16] = []
    var map = FoldMap()
    folder.fold(text.utf8.span, edits: edits, into: &folded, map: &map)
    var sink = PartSink()
    find(in: folded.span, into: &sink, units: true)
    if !analyzer.makesGrams { sink.grams = [] }
    return Analysis(
      original: text, edits: edits, folded: FoldedText(utf16: folded, map: map), parts: sink,
      filter: filter)
  }

  private func find<Sink: TermSink & ~Copyable>(
    in text: Span<UInt16>, into sink: inout Sink, units: Bool
  ) {
    if analyzer.makesWords { segmenter.words(of: text, into: &sink) }
    if units { scanner.scan(text, into: &sink) }
  }
}
