internal import SuoyinIndex

/// Ranks the documents of a segment by leaves of which most are in memory.
///
/// What these give is added up for all documents, window by window; what the long lists may add is
/// bounded for each 64 documents. The k-th greatest of the sums is a score that so many documents
/// reach, so a document whose sum and bound together stay below it is out of the question. The others
/// are scored, the greatest of these upper bounds first: leaf by leaf a bound gives way to what the
/// leaf gives, until the document is out or its score is known, and at the first whose bound does not
/// reach the least that counts all is done. So long lists are asked for a few dozen documents.
///
/// Sources: sums of rare terms that common ones only complete, A. Moffat, J. Zobel, “Self-indexing
/// inverted files for fast text retrieval”, ACM Transactions on Information Systems 14 (1996); the
/// order of the second part, N. Bruno, L. Gravano, A. Marian, “Evaluating top-k queries over
/// web-accessible databases”, ICDE 2002.
struct Accumulation {
  private struct Candidate {
    let document: UInt32
    /// No less than its score.
    let bound: UInt32
  }

  private let runs: ScoredRuns
  /// The leaves with long lists, the weightiest first.
  private let others: [SegmentLeaf]
  /// What these may give the documents of each range.
  private let bounds: RangeSums
  private let segment: SegmentPlace
  private let filter: DocumentSet?
  private let watch: SearchWatch?

  /// Each document that is wanted is asked for in every list, one by one: for a hundred this takes nearly
  /// twice as long as a ``Disjunction`` by windows.
  private static let mostWanted = 16

  /// - Parameters:
  ///   - leaves: the weightiest first, but those in memory before the others.
  ///   - bounds: of the leaves that are not in memory.
  /// - Returns: nil where these give a document more than those in memory.
  init?(
    _ leaves: [SegmentLeaf], bounds: RangeSums, in segment: SegmentPlace, filter: DocumentSet?,
    _ watch: SearchWatch?
  ) {
    let lists = leaves.compactMap(\.read)
    guard bounds.maximum < lists.reduce(0, { $0 + $1.maximum }) else { return nil }
    runs = ScoredRuns(lists)
    others = leaves.filter { !$0.isRead }
    self.bounds = bounds
    self.segment = segment
    self.filter = filter
    self.watch = watch
  }

  /// Offers all documents that may be among the best.
  ///
  /// - Returns: false where documents may be among them that no leaf in memory holds; then none was
  ///   offered.
  func rank(into top: inout TopDocuments) -> Bool {
    // What is known of documents that have been shown says nothing of the others.
    guard top.limit <= Self.mostWanted, top.greatest == .max else { return false }
    // A document that reaches more than the others give is held by a leaf in memory. A least of 1 is
    // not said: where few documents have a score, those without are found behind them.
    var trial = top
    let guess = bounds.maximum + 1
    if guess > 1 { trial.raise(to: guess) }
    var (partial, candidates) = candidates(atLeast: max(trial.least, 1), top.limit)
    // The best so far are likely to be the best: what these get tells most others off.
    var asked: Set<UInt32> = []
    for place in partial.ranked() {
      asked.insert(place.document)
      let bound = bounds[Int(place.document) / RangeSums.width]
      offer(Candidate(document: place.document, bound: place.score + bound), into: &trial)
    }
    if partial.least > 1 { trial.raise(to: partial.least) }
    candidates.removeAll { $0.bound < trial.least || asked.contains($0.document) }
    candidates.sort { $0.bound > $1.bound }
    for candidate in candidates {
      if candidate.bound < trial.least || watch?.endsInLoop() ?? false { break }
      offer(candidate, into: &trial)
    }
    guard guess <= max(top.least, 1) || trial.isFull(of: guess) || watch?.ends() ?? false
    else { return false }
    top = trial
    return true
  }

  /// The documents that may reach a score, and the best of them by what leaves in memory give.
  ///
  /// - Parameter least: more than what the others may give.
  private func candidates(
    atLeast least: UInt32, _ limit: Int
  ) -> (best: TopDocuments, all: [Candidate]) {
    let count = UInt32(segment.segment.documentCount)
    let scores = ScoreWindow()
    var candidates: [Candidate] = []
    var best = TopDocuments(limit: limit)
    best.raise(to: least)
    for first in stride(from: 0, to: count, by: ScoreWindow.width) {
      if watch?.endsInLoop() ?? false { break }
      let window = first..<min(first + UInt32(ScoreWindow.width), count)
      runs.add(to: scores, in: window)
      var ranges = scores.ranges(window, reaching: best.least, with: bounds)
      while ranges != 0 {
        let range = Int(first) / RangeSums.width + ranges.trailingZeroBitCount
        ranges &= ranges - 1
        let bound = bounds[range]
        scores.places(ofRange: range, in: window, atLeast: best.least - bound) { place in
          let (document, sum) = (first + UInt32(place), scores[place])
          guard sum + bound >= best.least, filter?.contains(document) ?? true else { return }
          candidates.append(Candidate(document: document, bound: sum + bound))
          best.offer(sum, document, in: segment)
        }
      }
      scores.clear(window.count)
    }
    return (best, candidates)
  }

  /// Offers a document, if it can reach the least.
  private func offer(_ candidate: Candidate, into top: inout TopDocuments) {
    let range = Int(candidate.document) / RangeSums.width
    var score = candidate.bound
    for leaf in others {
      let bound = leaf.bound(ofRange: range)
      guard bound > 0 else { continue }
      score = score - bound + leaf.units(of: candidate.document)
      if score < top.least { return }
    }
    top.offer(score, candidate.document, in: segment)
  }
}
