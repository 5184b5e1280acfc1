internal import SuoyinIndex

/// Places in the order of their rank, of which near-duplicates stand behind the first of them.
struct CollapsedPlaces {
  /// A place, and the near-duplicates of its article that rank below it.
  struct Group {
    let first: ArticlePlace
    let fingerprint: Fingerprint
    var others: [ArticlePlace] = []
  }

  private(set) var groups: [Group] = []

  /// How many of the groups before a place are compared with it.
  private static let compared = 4096

  /// - Complexity: O(n · g) for n places of g groups, a few nanoseconds each; of more than some thousand
  ///   groups only the last are looked at.
  init(_ places: [ArticlePlace], in snapshot: IndexSnapshot) {
    for place in places {
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
        groups.append(Group(first: place, fingerprint: fingerprint))
      }
    }
  }
}

extension Searcher {
  /// The groups that a request wants, and the articles they come from.
  ///
  /// So many places are ranked that the groups suffice: twice as many each time.
  func collapsed(
    _ plan: QueryPlan, _ request: SearchRequest, _ shape: ResultShape, _ watch: SearchWatch
  ) throws(IndexError) -> (top: RankedArticles, groups: [CollapsedPlaces.Group]) {
    let wanted = request.offset.addingReportingOverflow(request.limit)
    let limit = wanted.overflow ? Int.max : wanted.partialValue
    var count = limit > Int.max / 4 ? Int.max : limit * 2 + Self.spare
    while true {
      let top = try RankedArticles(
        plan, on: snapshot, limit: count, shape: shape, behind: nil, watch)
      let groups = CollapsedPlaces(top.places, in: snapshot).groups
      guard groups.count < limit, top.places.count == count, watch.end == nil else {
        return (top, Array(groups.prefix(limit).dropFirst(request.offset)))
      }
      count = count > Int.max / 2 ? Int.max : count * 2
    }
  }

  /// Places that are ranked beyond those that are wanted.
  private static let spare = 20
}
