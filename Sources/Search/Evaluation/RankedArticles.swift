internal import SuoyinIndex

/// What a search found in all segments.
struct RankedArticles {
  /// How many articles match.
  let total: Int
  /// How many of them hold the whole query.
  let wholes: Int
  /// The best of them: those that hold the whole query, then higher scores, then what was indexed
  /// earlier. Or the first of them in another order.
  let places: [ArticlePlace]
  let facets: [Facet]
  /// How many articles have no value of the field that orders them.
  let unordered: Int
  /// Whether others follow behind the last place.
  let hasMore: Bool

  /// - Parameters:
  ///   - limit: the most places.
  ///   - shape: what else is wanted.
  ///   - cursor: where the places begin; nil for the first.
  ///   - watch: ends it early. Segments that were not looked at as a whole by then are left out; of the
  ///     others those are ranked that ranking came to.
  init(
    _ plan: QueryPlan, on snapshot: IndexSnapshot, limit: Int, shape: ResultShape,
    behind cursor: SearchCursor?, _ watch: SearchWatch
  ) throws(IndexError) {
    // What has been deleted since is not counted, so behind a cursor only one more place tells.
    let wanted = cursor == nil || limit == .max ? limit : limit + 1
    var evaluations: [SegmentEvaluation] = []
    for (index, segment) in snapshot.segments.enumerated() {
      let place = SegmentPlace(segment: segment, index: index)
      guard
        let evaluation = try SegmentEvaluation(
          plan, on: place, ordinalEnd: cursor?.ordinalEnd, watch)
      else { break }
      evaluations.append(evaluation)
    }
    total = evaluations.reduce(0) { $0 + $1.total }
    wholes = evaluations.reduce(0) { $0 + $1.wholes }
    var facets = shape.facets
    for evaluation in evaluations where !facets.isEmpty {
      let found = evaluation.found
      for index in facets.indices {
        try facets[index].add(found, of: evaluation.segment.segment)
      }
    }
    self.facets = facets.map(\.facet)
    if let (field, isDescending) = shape.order {
      var ordering = FieldOrdering(
        by: field, isDescending: isDescending, limit: wanted, behind: cursor)
      for evaluation in evaluations {
        try ordering.add(evaluation.found, of: evaluation.segment)
      }
      var places: [ArticlePlace] = []
      for entry in ordering.ordered() {
        let isWhole = evaluations[entry.segment].whole.contains(entry.document)
        let score = try plan.score(of: entry.document, in: snapshot.segments[entry.segment])
        places.append(
          ArticlePlace(
            isWhole: isWhole, score: score, segment: entry.segment, document: entry.document))
      }
      hasMore = cursor == nil ? total > places.count : places.count > limit
      self.places = Array(places.prefix(limit))
      unordered = ordering.without
      return
    }
    unordered = 0
    let scale = plan.scale
    var places: [ArticlePlace] = []
    if cursor?.isBehindWholes != true {
      var whole = TopDocuments(limit: wanted, behind: cursor?.last)
      for evaluation in evaluations { evaluation.rankWholes(into: &whole) }
      places = whole.ranked().map { ArticlePlace($0, isWhole: true, scale) }
    }
    if places.count < wanted {
      let last = cursor?.isBehindWholes == true ? cursor?.last : nil
      var partial = TopDocuments(limit: wanted - places.count, behind: last)
      for evaluation in evaluations { evaluation.rankPartials(into: &partial) }
      places += partial.ranked().map { ArticlePlace($0, isWhole: false, scale) }
    }
    hasMore = cursor == nil ? total > places.count : places.count > limit
    self.places = Array(places.prefix(limit))
  }
}

extension SearchCursor {
  /// Whether all that holds the whole query comes before.
  fileprivate var isBehindWholes: Bool {
    if case .score(_, let isWhole) = key { !isWhole } else { false }
  }

  /// The last article, among those that hold as much of the query.
  fileprivate var last: (score: UInt32, ordinal: UInt64)? {
    if case .score(let score, _) = key { (score, ordinal) } else { nil }
  }
}

/// Where a found article is, and its score.
struct ArticlePlace: Equatable, Sendable {
  let isWhole: Bool
  let score: Double
  let segment: Int
  let document: UInt32

  init(isWhole: Bool, score: Double, segment: Int, document: UInt32) {
    self.isWhole = isWhole
    self.score = score
    self.segment = segment
    self.document = document
  }

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
