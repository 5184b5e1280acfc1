internal import SuoyinIndex

/// Answers a plan on one segment, completely: every matching article is scored and counted.
///
/// It goes through the segment in windows of documents: each leaf in its turn adds what it is worth
/// to the scores of the window, then phrases mark which clauses are held whole and which articles
/// are excluded, then what is found is offered. Leaves add in the order of the plan, so a score
/// does not depend on the width of the window or on the other articles.
struct SegmentEvaluation {
  /// Documents a window: scores, marks and counts of one stay in the first-level cache.
  static let windowWidth: UInt32 = 2_048

  private let segment: Segment
  private let segmentIndex: Int
  private let matchesEverythingElse: Bool
  private var leaves: [any LeafScorer]
  /// One for each clause of the plan.
  private var wholes: [WholeMatcher] = []
  private var exclusions: [WholeMatcher] = []

  private var scores: [Double]
  /// Whether a document of the window is found.
  private var isFound: [Bool]
  /// How many clauses a document of the window holds whole.
  private var wholeCounts: [Int]

  init(_ plan: QueryPlan, on segment: Segment, index: Int) throws(IndexError) {
    var leaves: [any LeafScorer] = []
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
    _ leaves: [any LeafScorer], on segment: Segment, index: Int, matchesEverythingElse: Bool = false
  ) {
    self.segment = segment
    segmentIndex = index
    self.matchesEverythingElse = matchesEverythingElse
    self.leaves = leaves
    let width = Int(Self.windowWidth)
    scores = Array(repeating: 0, count: width)
    isFound = Array(repeating: false, count: width)
    wholeCounts = Array(repeating: 0, count: width)
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
    for index in 0..<window.count {
      scores[index] = 0
      isFound[index] = matchesEverythingElse
      wholeCounts[index] = 0
    }
    for index in leaves.indices {
      leaves[index].add(to: &scores, found: &isFound, in: window)
    }
    for index in wholes.indices {
      wholes[index].forEach(in: window) { wholeCounts[Int($0 - window.lowerBound)] += 1 }
    }
    for index in exclusions.indices {
      exclusions[index].forEach(in: window) { isFound[Int($0 - window.lowerBound)] = false }
    }
  }

  private func offer(_ window: Range<UInt32>, into top: inout TopArticles) {
    for document in window {
      let index = Int(document - window.lowerBound)
      guard isFound[index], segment.isLive(document) else { continue }
      top.offer(
        ArticlePlace(
          isWhole: wholeCounts[index] == wholes.count, score: scores[index],
          ordinal: segment.ordinal(of: document), segment: segmentIndex, document: document))
    }
  }
}
