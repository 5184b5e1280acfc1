public import SuoyinIndex
internal import SuoyinText

/// Answers queries on one snapshot of an index.
///
/// A searcher is immutable and may be used from any number of threads; what it finds does not
/// change while others write to the index.
public struct Searcher: Sendable {
  /// The longest query that is answered, in UTF-8 bytes: some twenty thousand Han characters.
  public static let longestQuery = 65_536

  /// The state of the index that is searched.
  public let snapshot: IndexSnapshot

  private let sessions: SessionPool

  public init(_ snapshot: IndexSnapshot) {
    self.snapshot = snapshot
    sessions = SessionPool(of: snapshot.analyzer)
  }

  /// Finds the articles that match a query.
  ///
  /// Words joined by blanks: any may match, and articles that hold all of them, each as typed, come
  /// first. A phrase in quotation marks matches exactly, whichever way a segmenter would cut it.
  /// `-word` and `-"a phrase"` exclude.
  ///
  /// - Complexity: linear in the postings of the query's terms, plus one analysis of each article
  ///   that is returned.
  public func search(_ request: SearchRequest) throws(SearchError) -> SearchResult {
    let clock = ContinuousClock()
    let start = clock.now
    try check(request)
    do throws(IndexError) {
      return try search(request) { clock.now - start }
    } catch {
      throw .index(error)
    }
  }

  /// Ranks the articles that match a query as ``search(_:)`` does, and gives their ids and scores
  /// alone.
  ///
  /// - Complexity: linear in the postings of the query's terms; no article is read.
  public func rank(_ request: SearchRequest) throws(SearchError) -> Ranking {
    try check(request)
    do throws(IndexError) {
      return try rankChecked(request)
    } catch {
      throw .index(error)
    }
  }

  private func rankChecked(_ request: SearchRequest) throws(IndexError) -> Ranking {
    let session = sessions.take()
    defer { sessions.giveBack(session) }
    let plan = try QueryPlan(
      QueryParser.parse(request.query), on: snapshot, similarity: request.similarity,
      weights: request.weights, session: session)
    let top = try evaluate(plan, request)
    var places: [Ranking.Place] = []
    for place in top.places.dropFirst(request.offset) {
      places.append(
        Ranking.Place(
          id: try snapshot.segments[place.segment].id(of: place.document), score: place.score,
          match: place.isWhole ? .whole : .partial))
    }
    return Ranking(total: top.total, places: places)
  }

  private func check(_ request: SearchRequest) throws(SearchError) {
    let length = request.query.utf8.count
    guard length <= Self.longestQuery else { throw .queryTooLong(bytes: length) }
    if let similarity = request.similarity, !similarity.isValid {
      throw .index(.invalidSimilarity(similarity))
    }
    guard request.weights.isValid else { throw .invalidWeights(request.weights) }
  }

  private func search(_ request: SearchRequest, took: () -> Duration) throws(IndexError)
    -> SearchResult
  {
    let session = sessions.take()
    defer { sessions.giveBack(session) }
    let plan = try QueryPlan(
      QueryParser.parse(request.query), on: snapshot, similarity: request.similarity,
      weights: request.weights, session: session)
    let top = try evaluate(plan, request)
    let places = top.places.dropFirst(request.offset)

    let snippets = try SnippetMaker(plan, on: snapshot, session: session)
    var hits: [Hit] = []
    for (index, place) in places.enumerated() {
      let article = try snapshot.segments[place.segment].article(place.document)
      hits.append(
        Hit(
          rank: request.offset + index + 1, id: article.id, title: article.title,
          path: article.path, date: article.date, score: place.score,
          match: place.isWhole ? .whole : .partial, snippets: snippets.snippets(of: article),
          explanation: request.explains ? try plan.explain(place, in: snapshot) : nil))
    }
    var notes = plan.notes
    if plan.matchesEverythingElse {
      notes.append(
        top.total > 0
          ? "The query only excludes: every other article is listed, in no order of rank."
          : "The query only excludes, and there is no other article.")
    } else if plan.clauses.isEmpty && notes.isEmpty {
      notes.append("The query is empty.")
    } else if top.total > 0 && top.wholes == 0 {
      notes.append("No article holds the whole query; these hold parts of it.")
    }
    return SearchResult(
      query: request.query, total: top.total, took: took(), notes: notes, hits: hits)
  }

  /// Counts the matching articles and ranks those that the request wants, and the ones before.
  private func evaluate(_ plan: QueryPlan, _ request: SearchRequest) throws(IndexError)
    -> RankedArticles
  {
    let wanted = request.offset.addingReportingOverflow(request.limit)
    return try RankedArticles(
      plan, on: snapshot, limit: wanted.overflow ? Int.max : wanted.partialValue)
  }
}
