internal import SuoyinIndex

/// Answers a plan and its look-alikes on one segment: what is found only as these comes after all that
/// is found as it was typed.
struct TieredEvaluation {
  let segment: SegmentPlace
  private let typed: SegmentEvaluation
  private let misread: SegmentEvaluation?

  /// How many documents are found.
  let total: Int

  /// - Parameter ordinalEnd: articles from that ordinal on are not found; nil where all may be.
  /// - Returns: nil where the search had to end before it was known what is found as it was typed.
  /// - Complexity: linear in the postings of the plan's leaves.
  init?(
    _ plan: QueryPlan, on segment: SegmentPlace, ordinalEnd: UInt64?, _ watch: SearchWatch
  ) throws(IndexError) {
    guard
      let typed = try SegmentEvaluation(plan, on: segment, ordinalEnd: ordinalEnd, watch)
    else { return nil }
    self.segment = segment
    self.typed = typed
    misread =
      if let lookalikes = plan.lookalikes {
        try SegmentEvaluation(
          lookalikes, on: segment, ordinalEnd: ordinalEnd, except: typed.found, watch)
      } else { nil }
    total = typed.total + (misread?.total ?? 0)
  }

  /// How many documents hold the whole query.
  var wholes: Int { typed.wholes }

  /// How many are found only by what looks alike.
  var lookalikes: Int { misread?.total ?? 0 }

  /// Which documents are found.
  var found: DocumentSet {
    var found = typed.found
    if let misread { found.formUnion(misread.found) }
    return found
  }

  /// How a document that is found is found.
  func match(of document: UInt32) -> Hit.Match {
    if typed.whole.contains(document) { return .whole }
    return misread?.found.contains(document) ?? false ? .lookalike : .partial
  }

  /// Offers all documents that are found so and may be among the best of these.
  func rank(_ match: Hit.Match, into top: inout TopDocuments) {
    switch match {
    case .whole: typed.rankWholes(into: &top)
    case .partial: typed.rankPartials(into: &top)
    case .lookalike: misread?.rankPartials(into: &top)
    }
  }
}
