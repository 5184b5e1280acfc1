internal import SuoyinIndex

/// Answers a plan on one segment, completely: every matching article is scored and counted.
///
/// It goes through the segment in windows of documents: each leaf in its turn adds what it is worth
/// to the scores of the window, then clauses mark which articles hold them whole and which are
/// excluded, then what is found is offered. Leaves add in the order of the plan, so a score does not
/// depend on the width of the window or on the other articles. Sets of documents are bits, so that a
/// window costs what is found in it.
struct SegmentEvaluation {
  /// Documents a window: scores of one stay in the first-level cache.
  static let windowWidth: UInt32 = 2_048

  private let segment: Segment
  private let segmentIndex: Int
  private let matchesEverythingElse: Bool
  private var leaves: [LeafScorer]
  /// One for each clause of the plan.
  private var wholes: [WholeMatcher] = []
  private var exclusions: [WholeMatcher] = []

  private var scores: [Double]
  /// Which documents of the window are found.
  private var found = Self.noBits
  /// Which have a score, beside those that are found.
  private var scored = Self.noBits
  /// Which hold all clauses whole.
  private var whole = Self.noBits
  /// Which hold one clause, for a moment.
  private var marked = Self.noBits
  private var matches = Matches(width: Int(windowWidth))

  private static let noBits = [UInt64](repeating: 0, count: Int(windowWidth) / 64)

  init(_ plan: QueryPlan, on segment: Segment, index: Int) throws(IndexError) {
    var leaves: [LeafScorer] = []
    for leaf in plan.leaves {
      if let scorer = try leaf.scorer(with: plan.model(of: leaf.field), in: segment) {
        leaves.append(scorer)
      }
    }
    self.init(leaves, on: segment, index: index, matchesEverythingElse: plan.matchesEverythingElse)
    for whole in plan.wholes { wholes.append(try WholeMatcher(whole, in: segment)) }
    for whole in plan.exclusions { exclusions.append(try WholeMatcher(whole, in: segment)) }
  }

  /// Leaves alone: what any of them finds, scored by their sum.
  init(
    _ leaves: [LeafScorer], on segment: Segment, index: Int, matchesEverythingElse: Bool = false
  ) {
    self.segment = segment
    segmentIndex = index
    self.matchesEverythingElse = matchesEverythingElse
    self.leaves = leaves
    scores = Array(repeating: 0, count: Int(Self.windowWidth))
  }

  /// Offers every article of the segment that the plan finds.
  ///
  /// - Complexity: linear in the postings of the plan's leaves.
  mutating func run(into top: inout TopArticles) {
    let documentCount = UInt32(segment.documentCount)
    var base = nextWindow(from: 0)
    while base < documentCount {
      let end = base + min(Self.windowWidth, documentCount - base)
      fill(base..<end)
      offer(base..<end, into: &top)
      base = nextWindow(from: end)
    }
  }

  /// The first document from which on anything may be found.
  private func nextWindow(from document: UInt32) -> UInt32 {
    if matchesEverythingElse { return document }
    var next = PostingCursor.end
    for leaf in leaves where leaf.matchesAlone { next = min(next, leaf.document) }
    return max(next, document)
  }

  private mutating func fill(_ window: Range<UInt32>) {
    if matchesEverythingElse {
      for place in 0..<window.count { found[place / 64] |= 1 << UInt64(place % 64) }
    }
    for index in leaves.indices {
      if leaves[index].matchesAlone {
        leaves[index].add(to: &scores, marking: &found, in: window, through: &matches)
      } else {
        leaves[index].add(to: &scores, marking: &scored, in: window, through: &matches)
      }
    }
    whole = found
    for index in wholes.indices {
      wholes[index].mark(&marked, in: window, through: &matches)
      for word in whole.indices {
        whole[word] &= marked[word]
        marked[word] = 0
      }
    }
    for index in exclusions.indices {
      exclusions[index].mark(&marked, in: window, through: &matches)
    }
    if exclusions.isEmpty { return }
    for word in found.indices {
      // Its score is cleared all the same.
      scored[word] |= found[word]
      found[word] &= ~marked[word]
      marked[word] = 0
    }
  }

  /// Offers what is found, and leaves the window as it was before.
  private mutating func offer(_ window: Range<UInt32>, into top: inout TopArticles) {
    for word in found.indices {
      var rest = found[word] | scored[word]
      while rest != 0 {
        let bit = rest & (0 &- rest)
        let place = word * 64 + rest.trailingZeroBitCount
        rest ^= bit
        let score = scores[place]
        scores[place] = 0
        let document = window.lowerBound + UInt32(place)
        guard found[word] & bit != 0, segment.isLive(document) else { continue }
        let isWhole = whole[word] & bit != 0
        top.offer(isWhole: isWhole, score: score) {
          ArticlePlace(
            isWhole: isWhole, score: score, ordinal: segment.ordinal(of: document),
            segment: segmentIndex, document: document)
        }
      }
      found[word] = 0
      scored[word] = 0
    }
  }
}
