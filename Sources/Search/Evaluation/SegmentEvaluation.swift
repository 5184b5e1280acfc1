internal import SuoyinIndex

/// Answers a plan on one segment.
///
/// Which documents are found at all, and which of them hold the query whole, are sets of bits, made
/// from the lists as a whole: so totals are exact. Ranking within such a set is a ``Disjunction``,
/// which reads no more than it has to.
struct SegmentEvaluation {
  private let segment: SegmentPlace
  private let leaves: [SegmentLeaf]
  /// Which live documents are found and hold all clauses whole.
  private let whole: DocumentSet
  /// Which are found and do not.
  private let partial: DocumentSet

  /// How many documents are found.
  let total: Int
  /// How many of them hold the whole query.
  let wholes: Int

  /// - Complexity: linear in the postings of the plan's leaves.
  init(_ plan: QueryPlan, on segment: SegmentPlace) throws(IndexError) {
    self.segment = segment
    let live = DocumentSet(live: segment.segment)
    var leaves: [SegmentLeaf] = []
    var found = DocumentSet(documentCount: segment.segment.documentCount)
    for leaf in plan.leaves {
      guard let made = try plan.leaf(leaf, in: segment.segment) else { continue }
      leaves.append(made)
      if leaf.matchesAlone { made.insertDocuments(into: &found) }
    }
    if plan.matchesEverythingElse { found = live }
    found.formIntersection(live)
    for exclusion in plan.exclusions {
      found.subtract(try exclusion.documents(in: segment.segment))
    }
    var whole = found
    for clause in plan.wholes where !whole.isEmpty {
      whole.formIntersection(try clause.documents(in: segment.segment))
    }
    found.subtract(whole)
    self.leaves = leaves
    self.whole = whole
    partial = found
    wholes = whole.count
    total = wholes + partial.count
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
    if leaves.isEmpty {
      set.visit { top.offer(0, $0, in: segment) }
    } else {
      Disjunction(leaves, in: segment, filter: set).rank(into: &top)
    }
  }
}
