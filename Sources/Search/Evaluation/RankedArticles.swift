internal import SuoyinIndex

/// What a search found in all segments.
struct RankedArticles {
  /// How many articles match.
  let total: Int
  /// How many of them hold the whole query.
  let wholes: Int
  /// How many are found only by what looks alike.
  let lookalikes: Int
  /// The best of them: in the order of ``Hit/Match``, then higher scores, then what was indexed
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
  ///   - ordinalEnd: without a cursor, articles from that ordinal on are not found; nil where all may be.
  ///   - watch: ends it early. Segments that were not looked at as a whole by then are left out; of the
  ///     others those are ranked that ranking came to.
  init(
    _ plan: QueryPlan, on snapshot: IndexSnapshot, limit: Int, shape: ResultShape,
    behind cursor: SearchCursor?, ordinalEnd: UInt64? = nil, _ watch: SearchWatch
  ) throws(IndexError) {
    // What has been deleted since is not counted, so behind a cursor only one more place tells.
    let wanted = cursor == nil || limit == .max ? limit : limit + 1
    var evaluations: [TieredEvaluation] = []
    for (index, segment) in snapshot.segments.enumerated() {
      let place = SegmentPlace(segment: segment, index: index)
      guard
        let evaluation = try TieredEvaluation(
          plan, on: place, ordinalEnd: cursor?.ordinalEnd ?? ordinalEnd, watch)
      else { break }
      evaluations.append(evaluation)
    }
    total = evaluations.reduce(0) { $0 + $1.total }
    wholes = evaluations.reduce(0) { $0 + $1.wholes }
    lookalikes = evaluations.reduce(0) { $0 + $1.lookalikes }
    var facets = shape.facets
    for evaluation in evaluations where !facets.isEmpty {
      let found = evaluation.found
      for index in facets.indices {
        try facets[index].add(found, of: evaluation.segment.segment)
      }
    }
    self.facets = facets.map(\.facet)
    var places: [ArticlePlace] = []
    if let (field, isDescending) = shape.order {
      var ordering = FieldOrdering(
        by: field, isDescending: isDescending, limit: wanted, behind: cursor)
      for evaluation in evaluations {
        try ordering.add(evaluation.found, of: evaluation.segment)
      }
      for entry in ordering.ordered() {
        let match = evaluations[entry.segment].match(of: entry.document)
        let score = try plan.plan(of: match).score(
          of: entry.document, in: snapshot.segments[entry.segment])
        places.append(
          ArticlePlace(
            match: match, score: score, segment: entry.segment, document: entry.document))
      }
      unordered = ordering.without
    } else {
      unordered = 0
      let first = cursor?.last?.match ?? .whole
      for match in Hit.Match.allCases.drop(while: { $0 != first }) where places.count < wanted {
        let last = match == first ? cursor?.last : nil
        var top = TopDocuments(
          limit: wanted - places.count, behind: last.map { ($0.score, $0.ordinal) })
        for evaluation in evaluations { evaluation.rank(match, into: &top) }
        let scale = plan.plan(of: match).scale
        places += top.ranked().map { ArticlePlace($0, match: match, scale) }
      }
    }
    hasMore = cursor == nil ? total > places.count : places.count > limit
    self.places = Array(places.prefix(limit))
  }
}

extension SearchCursor {
  /// The last article, in an order by score.
  fileprivate var last: (match: Hit.Match, score: UInt32, ordinal: UInt64)? {
    if case .score(let score, let match) = key { (match, score, ordinal) } else { nil }
  }
}

/// Where a found article is, and its score.
struct ArticlePlace: Equatable, Sendable {
  let match: Hit.Match
  let score: Double
  let segment: Int
  let document: UInt32

  init(match: Hit.Match, score: Double = 0, segment: Int, document: UInt32) {
    self.match = match
    self.score = score
    self.segment = segment
    self.document = document
  }

  init(_ place: TopDocuments.Place, match: Hit.Match, _ scale: ScoreScale) {
    self.match = match
    score = scale.score(place.score)
    segment = place.segment
    document = place.document
  }
}
