internal import SuoyinIndex

/// Ranks the documents of a segment that hold any of the query's leaves, by the sum of what they give.
///
/// Bounds of all leaves are added up for each 64 documents before any posting is read, and the ranges
/// that can reach the least score that counts are looked at, in order. Ranges side by side are one
/// window. In a window the weightiest leaves are added up, until those that are left could not lift a
/// document of their own to where it counts; these are asked only for the documents that may. Leaves in
/// memory go before those that have to be decoded: they cost less in a window than a question. Where
/// leaves are few it is cheaper to go through their documents one leaf after the other, and where most of
/// many are in memory an ``Accumulation`` goes first.
///
/// Sources: bounds of intervals of documents, K. Chakrabarti, S. Chaudhuri, V. Ganti, “Interval-based
/// pruning for top-k processing over compressed lists”, ICDE 2011; inside a window MaxScore, H. Turtle,
/// J. Flood, “Query evaluation: strategies and optimizations”, Information Processing and
/// Management 31 (1995).
struct Disjunction {
  private let leaves: [SegmentLeaf]
  /// The sum of the maxima from each leaf on; one more, 0, for none.
  private let rests: [UInt32]
  private let segment: SegmentPlace
  /// What the leaves may give; those in memory are added where ``Accumulation`` does not do.
  private let sums: RangeSums
  private let candidates = Candidates()
  /// Of the documents that may be found; nil where all may.
  private let filter: DocumentSet?
  private let watch: SearchWatch?

  /// - Parameters:
  ///   - leaves: that give documents their scores.
  ///   - filter: which documents count; nil stands for all that hold a leaf.
  ///   - watch: ends it early, with what has been offered by then.
  init(
    _ leaves: [SegmentLeaf], in segment: SegmentPlace, filter: DocumentSet?,
    _ watch: SearchWatch? = nil
  ) {
    self.watch = watch
    let byLeaves = leaves.count <= Self.fewLeaves
    let keys = leaves.map { (isFirst: byLeaves || $0.isRead, maximum: $0.maximum) }
    let order = keys.indices.sorted {
      let (a, b) = (keys[$0], keys[$1])
      return a.isFirst == b.isFirst ? a.maximum > b.maximum : a.isFirst
    }
    let sorted = order.map { leaves[$0] }
    self.leaves = sorted
    rests = sorted.reversed().reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.maximum) }
      .reversed()
    self.segment = segment
    self.filter = filter
    sums = RangeSums(documentCount: segment.segment.documentCount)
    for leaf in leaves where !leaf.isRead { leaf.addBounds(to: sums, requiring: false) }
  }

  /// Offers all documents that may be among the best.
  ///
  /// The score that the last of the best will have is guessed from the bounds. If so many documents
  /// reach the guess, they are the best and nothing else was looked at; if not, it was too high.
  func rank(into top: inout TopDocuments) {
    if filter == nil, !segment.segment.hasDeletes {
      for leaf in leaves { top.raise(to: leaf.threshold(top.limit)) }
    }
    if leaves.count > Self.fewLeaves,
      let accumulation = Accumulation(leaves, bounds: sums, in: segment, filter: filter, watch),
      accumulation.rank(into: &top)
    {
      return
    }
    for leaf in leaves where leaf.isRead { leaf.addBounds(to: sums, requiring: false) }
    if let filter { sums.clear(outside: filter) }
    let greatest = Double(min(sums.greatest(top.limit), top.greatest))
    for share in shares(of: top.limit) {
      let guess = UInt32(greatest * share)
      guard guess > max(top.least, 1) else { break }
      var trial = top
      trial.raise(to: guess)
      evaluate(into: &trial)
      if trial.isFull(of: guess) || watch?.ends() ?? false {
        top = trial
        return
      }
    }
    evaluate(into: &top)
  }

  private func evaluate(into top: inout TopDocuments) {
    if leaves.count <= Self.fewLeaves {
      rankByLeaves(into: &top)
    } else {
      rankByWindows(ScoreWindow(), into: &top)
    }
  }

  /// Up to so many leaves windows cost more than they save.
  private static let fewLeaves = 3

  /// What share of the k-th greatest bound the k-th best score is guessed to be. Over pairs of words
  /// and headlines the first guess is right in eight to nine of ten cases; one too high costs more
  /// than one too low.
  private func shares(of limit: Int) -> [Double] {
    if leaves.count <= Self.fewLeaves { return [0.75, 0.5] }
    return limit <= 16 ? [0.65, 0.45] : [0.5, 0.35]
  }

  private func rankByWindows(_ scores: ScoreWindow, into top: inout TopDocuments) {
    var words = [UInt64](repeating: 0, count: (sums.count + 63) / 64)
    // What cannot be found at all has a sum of 0.
    sums.marks(atLeast: max(top.least, 1), into: &words)
    for (index, word) in words.enumerated() where word != 0 {
      if watch?.endsInLoop() ?? false { return }
      var marks = word
      let start = index * 64
      if marks.nonzeroBitCount > Self.fewRanges {
        let last = 63 - marks.leadingZeroBitCount
        rank(start + marks.trailingZeroBitCount..<start + last + 1, in: scores, into: &top)
        continue
      }
      while marks != 0 {
        let first = marks.trailingZeroBitCount
        let count = (~(marks >> UInt64(first))).trailingZeroBitCount
        rank(start + first..<start + first + count, in: scores, into: &top)
        // Shifts by 64 give 0.
        marks &= .max << UInt64(first + count)
      }
    }
  }

  /// So many ranges of 64 are a window each; where there are more, all that lies between is one.
  private static let fewRanges = 1

  /// Scores the documents of some ranges and offers those that may be among the best.
  private func rank(_ ranges: Range<Int>, in scores: ScoreWindow, into top: inout TopDocuments) {
    let first = UInt32(ranges.lowerBound * RangeSums.width)
    let end = min(
      UInt32(ranges.upperBound * RangeSums.width), UInt32(segment.segment.documentCount))
    let count = Int(end - first)
    let least = max(top.least, 1)
    // A document that only the leaves behind these hold cannot reach the least.
    let essential = rests.firstIndex { $0 < least } ?? leaves.count
    for leaf in leaves[..<essential] { leaf.add(to: scores, in: first..<end) }
    scores.places(count, atLeast: max(1, least - min(rests[essential], least))) { place in
      let document = first + UInt32(place)
      guard sums[Int(document) / RangeSums.width] >= least, filter?.contains(document) ?? true
      else { return }
      candidates.append(document, scores[place])
    }
    scores.clear(count)
    offerCandidates(from: essential, into: &top)
  }

  /// Goes through the documents of the leaves, the weightiest first. A document is ranked with the
  /// first of its leaves, which gives it most, and passed over with the others.
  private func rankByLeaves(into top: inout TopDocuments) {
    for (index, leaf) in leaves.enumerated() {
      if rests[index] < max(top.least, 1) { return }
      var batch = 0
      while true {
        if watch?.endsInLoop() ?? false { return }
        let least = max(top.least, 1)
        let own = max(1, least - min(rests[index + 1], least))
        guard
          leaf.appendCandidates(
            ofBatch: &batch, to: candidates, atLeast: own, where: sums, reach: least)
        else { break }
        if let filter { candidates.keep { filter.contains($0) } }
        for other in leaves[..<index] where candidates.count > 0 {
          candidates.keep { other.units(of: $0) == 0 }
        }
        offerCandidates(from: index + 1, into: &top)
      }
    }
  }

  /// Adds to the candidates what the leaves from one on give them, as long as they can reach the
  /// least, offers them and forgets them.
  private func offerCandidates(from index: Int, into top: inout TopDocuments) {
    let least = max(top.least, 1)
    for (leaf, rest) in zip(leaves[index...], rests[index...]) {
      candidates.keep(atLeast: least, adding: rest)
      if candidates.count == 0 { return }
      leaf.add(to: candidates)
    }
    candidates.visit { document, score in top.offer(score, document, in: segment) }
    candidates.removeAll()
  }
}
