internal import SuoyinIndex

/// What a search found in all segments.
struct RankedArticles {
  /// How many articles match.
  let total: Int
  /// How many of them hold the whole query.
  let wholes: Int
  /// The best of them: those that hold the whole query, then higher scores, then what was indexed
  /// earlier.
  let places: [ArticlePlace]

  /// - Parameter limit: the most places.
  init(_ plan: QueryPlan, on snapshot: IndexSnapshot, limit: Int) throws(IndexError) {
    var evaluations: [SegmentEvaluation] = []
    for (index, segment) in snapshot.segments.enumerated() {
      evaluations.append(
        try SegmentEvaluation(plan, on: SegmentPlace(segment: segment, index: index)))
    }
    total = evaluations.reduce(0) { $0 + $1.total }
    wholes = evaluations.reduce(0) { $0 + $1.wholes }
    let scale = plan.scale
    var whole = TopDocuments(limit: limit)
    for evaluation in evaluations { evaluation.rankWholes(into: &whole) }
    var places = whole.ranked().map { ArticlePlace($0, isWhole: true, scale) }
    if places.count < limit {
      var partial = TopDocuments(limit: limit - places.count)
      for evaluation in evaluations { evaluation.rankPartials(into: &partial) }
      places += partial.ranked().map { ArticlePlace($0, isWhole: false, scale) }
    }
    self.places = places
  }
}

/// Where a found article is, and its score.
struct ArticlePlace: Equatable, Sendable {
  let isWhole: Bool
  let score: Double
  let segment: Int
  let document: UInt32

  init(segment: Int, document: UInt32, isWhole: Bool) {
    self.isWhole = isWhole
    score = 0
    self.segment = segment
    self.document = document
  }

  init(_ place: TopDocuments.Place, isWhole: Bool, _ scale: ScoreScale) {
    self.isWhole = isWhole
    score = scale.score(place.score)
    segment = place.segment
    document = place.document
  }
}
