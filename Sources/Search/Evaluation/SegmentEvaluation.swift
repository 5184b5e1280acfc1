internal import SuoyinIndex

/// Answers a plan on one segment.
///
/// Which documents are found at all, and which of them hold the query whole, are sets of bits, made
/// from the lists as a whole: so totals are exact. Ranking within such a set is a ``Disjunction``,
/// which reads no more than it has to.
struct SegmentEvaluation {
  let segment: SegmentPlace
  private let leaves: [SegmentLeaf]
  /// Whether every document that is found has a leaf.
  private let scoresAll: Bool
  private let watch: SearchWatch
  /// Which live documents are found and hold the whole query.
  let whole: DocumentSet
  /// Which are found and do not.
  private let partial: DocumentSet

  /// How many documents are found.
  let total: Int
  /// How many of them hold the whole query.
  let wholes: Int

  /// - Parameters:
  ///   - ordinalEnd: articles from that ordinal on are not found; nil where all may be.
  ///   - others: what is not found either.
  /// - Returns: nil where the search had to end before it was known what is found.
  /// - Complexity: linear in the postings of the plan's leaves.
  init?(
    _ plan: QueryPlan, on segment: SegmentPlace, ordinalEnd: UInt64? = nil,
    except others: DocumentSet? = nil, _ watch: SearchWatch
  ) throws(IndexError) {
    self.segment = segment
    self.watch = watch
    var leaves: [SegmentLeaf?] = []
    let block = PostingBlock()
    for leaf in plan.leaves {
      if watch.ends() { return nil }
      leaves.append(try plan.leaf(leaf, in: segment, by: block, watch))
    }
    let conditions = SegmentConditions(plan, leaves, on: segment, watch)
    var found =
      if let condition = plan.found {
        try conditions.documents(of: condition)
      } else {
        DocumentSet(documentCount: segment.segment.documentCount)
      }
    if let ordinalEnd { found.remove(from: ordinalEnd, of: segment.segment) }
    if let others { found.subtract(others) }
    var whole = found
    try conditions.keep(plan.whole, in: &whole)
    found.subtract(whole)
    if watch.ends() { return nil }
    self.leaves = leaves.compactMap(\.self)
    scoresAll = plan.scoresAll
    self.whole = whole
    partial = found
    wholes = whole.count
    total = wholes + partial.count
  }

  /// Which documents are found.
  var found: DocumentSet {
    var found = whole
    found.formUnion(partial)
    return found
  }

  /// Offers all documents that hold the whole query and may be among the best of these.
  func rankWholes(into top: inout TopDocuments) {
    rank(whole, count: wholes, into: &top)
  }

  /// Offers all others that are found and may be among the best of these.
  func rankPartials(into top: inout TopDocuments) {
    rank(partial, count: total - wholes, into: &top)
  }

  private func rank(_ set: DocumentSet, count: Int, into top: inout TopDocuments) {
    guard count > 0 else { return }
    if count <= Self.fewDocuments {
      offerEach(of: set, into: &top)
    } else if !leaves.isEmpty {
      Disjunction(leaves, in: segment, filter: set, watch).rank(into: &top)
    }
    if leaves.isEmpty || !scoresAll, top.least == 0, !watch.ends() {
      offerOthers(of: set, into: &top)
    }
  }

  /// To score so many documents costs less than to add up the bounds of all ranges.
  private static let fewDocuments = 32

  /// Offers all documents of a small set that have a score.
  private func offerEach(of set: DocumentSet, into top: inout TopDocuments) {
    let candidates = Candidates()
    set.visit { candidates.append($0, 0) }
    for leaf in leaves { leaf.add(to: candidates) }
    candidates.visit { document, score in if score > 0 { top.offer(score, document, in: segment) } }
  }

  /// Offers the documents that nothing gives a score.
  private func offerOthers(of set: DocumentSet, into top: inout TopDocuments) {
    var scored = DocumentSet(documentCount: segment.segment.documentCount)
    for leaf in leaves { leaf.insertDocuments(into: &scored) }
    var others = set
    others.subtract(scored)
    others.visit { top.offer(0, $0, in: segment) }
  }
}
