internal import SuoyinIndex

/// Places in the order of their rank, of which near-duplicates stand behind the first of them.
struct CollapsedPlaces {
  /// A place, and the near-duplicates of its article that rank below it.
  struct Group {
    let first: ArticlePlace
    /// The number of places before the first.
    let rank: Int
    let fingerprint: Fingerprint
    var others: [ArticlePlace] = []
  }

  private(set) var groups: [Group] = []

  /// How many of the groups before a place are compared with it.
  private static let compared = 4096

  /// - Complexity: O(n · g) for n places of g groups, a few nanoseconds each; of more than some thousand
  ///   groups only the last are looked at.
  init(_ places: [ArticlePlace], in snapshot: IndexSnapshot) {
    for (rank, place) in places.enumerated() {
      let fingerprint = snapshot.segments[place.segment].fingerprint(of: place.document)
      let group: Int? =
        fingerprint.isNone
        ? nil
        : groups.indices.suffix(Self.compared).first {
          groups[$0].fingerprint.alike(fingerprint) >= Fingerprint.nearDuplicate
        }
      if let group {
        groups[group].others.append(place)
      } else {
        groups.append(Group(first: place, rank: rank, fingerprint: fingerprint))
      }
    }
  }
}

extension Searcher {
  /// The groups that a request wants, the articles they come from, and whether others follow.
  ///
  /// So many places are ranked that the groups suffice: twice as many each time. Behind a cursor those of
  /// the first page are ranked once more, by its statistics, since what stood on any page before has
  /// its near-duplicates with it.
  func collapsed(
    _ plan: QueryPlan, _ request: SearchRequest, _ shape: ResultShape, _ watch: SearchWatch
  ) throws(IndexError) -> (top: RankedArticles, groups: [CollapsedPlaces.Group], hasMore: Bool) {
    var next: ArticlePlace?
    if let cursor = request.after {
      let behind = try RankedArticles(
        plan, on: snapshot, limit: 1, shape: shape, behind: cursor, watch)
      guard let first = behind.places.first else { return (behind, [], false) }
      next = first
    }
    let wanted = request.offset.addingReportingOverflow(request.limit)
    let limit = wanted.overflow ? Int.max : wanted.partialValue
    let before = min(request.after?.rank ?? 0, 1 << 30)
    var count = limit > Int.max / 4 ? Int.max : limit * 2 + Self.spare + before
    while true {
      let top = try RankedArticles(
        plan, on: snapshot, limit: count, shape: shape, behind: nil,
        ordinalEnd: request.after?.ordinalEnd, watch)
      var groups = CollapsedPlaces(top.places, in: snapshot).groups
      if let next {
        let start = top.places.firstIndex { $0.isOf(next) } ?? top.places.count
        groups.removeAll { $0.rank < start }
      }
      guard groups.count <= limit, top.places.count == count, watch.end == nil else {
        return (top, Array(groups.prefix(limit).dropFirst(request.offset)), groups.count > limit)
      }
      count = count > Int.max / 2 ? Int.max : count * 2
    }
  }

  /// Places that are ranked beyond those that are wanted.
  private static let spare = 20
}

extension ArticlePlace {
  fileprivate func isOf(_ other: ArticlePlace) -> Bool {
    segment == other.segment && document == other.document
  }
}
