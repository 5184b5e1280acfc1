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

  let sessions: SessionPool
  let sources = SourcePaths()

  public init(_ snapshot: IndexSnapshot) {
    self.snapshot = snapshot
    sessions = SessionPool(of: snapshot.analyzer)
  }

  /// Finds the articles that match a query.
  ///
  /// Words joined by blanks: any may match, and articles that hold all of them, each as typed, come
  /// first. A phrase in quotation marks matches exactly, whichever way a segmenter would cut it.
  /// `-word` excludes, `+word` requires; ``Query`` and docs/query-language.md have the rest.
  ///
  /// - Throws: also `cancelled`, where the request's cancellation or the task's asks for it.
  /// - Complexity: linear in the postings of the query's terms, plus one analysis of each article
  ///   that is returned.
  public func search(_ request: SearchRequest) throws(SearchError) -> SearchResult {
    try search(request, SearchWatch(limit: request.timeLimit, request.cancellation))
  }

  func search(
    _ request: SearchRequest, _ watch: SearchWatch
  ) throws(SearchError) -> SearchResult {
    let clock = ContinuousClock()
    let start = clock.now
    let shape = try ResultShape(request, in: snapshot.fields)
    return try answer(request, watch) { (plan, session) throws(IndexError) in
      let top: RankedArticles
      var groups: [CollapsedPlaces.Group]?
      // The last hit, where others follow it.
      let last: ArticlePlace?
      if request.collapsesDuplicates {
        let found = try collapsed(plan, request, shape, watch)
        (top, groups) = (found.top, found.groups)
        last = found.hasMore ? found.groups.last?.first : nil
      } else {
        top = try evaluate(plan, request, shape, watch)
        last = top.hasMore ? top.places.last : nil
      }
      let hits = try hits(at: top, groups, of: plan, request, in: session, watch)
      return SearchResult(
        query: request.query, total: top.total, took: clock.now - start,
        notes: plan.notes + remarks(on: top, plan, request, watch), hits: hits,
        facets: top.facets,
        suggestion: try suggestion(in: top, of: plan, request, session, watch),
        next: try last.map { (last) throws(IndexError) in
          try cursor(behind: last, (hits.last?.rank ?? 0), of: plan, request, watch)
        } ?? nil,
        timedOut: watch.end != nil)
    }
  }

  /// The most hits that are read once the time of a search is up.
  public static let lateHits = 100

  /// Reads the articles that a request wants.
  func hits(
    at top: RankedArticles, _ groups: [CollapsedPlaces.Group]? = nil, of plan: QueryPlan,
    _ request: SearchRequest, in session: AnalysisSession, _ watch: SearchWatch
  ) throws(IndexError) -> [Hit] {
    let maker = request.makesSnippets ? try SnippetMaker(plan, on: snapshot) : nil
    var hits: [Hit] = []
    let places = groups?.map(\.first) ?? Array(top.places.dropFirst(request.offset))
    var articles = FoundArticles(places, of: snapshot, maker, session, others: sessions, watch)
    for (index, place) in articles.places.enumerated() {
      let isLate = watch.ends()
      if isLate, watch.end == .cancelled || index >= Self.lateHits { break }
      let (article, snippets) = try articles.next(isLate: isLate)
      hits.append(
        Hit(
          rank: (request.after?.rank ?? 0) + request.offset + index + 1, id: article.id,
          title: article.title,
          path: article.path, date: article.date, score: place.score,
          match: place.match,
          snippets: snippets.text, fieldSnippets: snippets.fields,
          duplicates: try duplicates(groups?[index].others ?? []),
          fields: article.fields(request.fields),
          explanation: request.explains
            ? try plan.plan(of: place.match).explain(place, in: snapshot) : nil))
    }
    return hits
  }

  private func duplicates(_ places: [ArticlePlace]) throws(IndexError) -> [Hit.Duplicate] {
    var found: [Hit.Duplicate] = []
    for place in places {
      let article = try snapshot.segments[place.segment].article(place.document)
      found.append(
        Hit.Duplicate(
          id: article.id, title: article.title, path: article.path, date: article.date))
    }
    return found
  }

  /// Ranks the articles that match a query as ``search(_:)`` does, and gives their ids and scores
  /// alone.
  ///
  /// - Complexity: linear in the postings of the query's terms; no article is read.
  public func rank(_ request: SearchRequest) throws(SearchError) -> Ranking {
    let watch = SearchWatch(limit: request.timeLimit, request.cancellation)
    let shape = try ResultShape(request, in: snapshot.fields)
    return try answer(request, watch) { (plan, _) throws(IndexError) in
      let top = try evaluate(plan, request, shape, watch)
      var places: [Ranking.Place] = []
      for place in top.places.dropFirst(request.offset) {
        places.append(
          Ranking.Place(
            id: try snapshot.segments[place.segment].id(of: place.document), score: place.score,
            match: place.match))
      }
      return Ranking(total: top.total, places: places, timedOut: watch.end != nil)
    }
  }

  /// How a query is understood, and what is looked up for it.
  ///
  /// - Complexity: a dictionary look-up for each term, field and segment; no list is read.
  public func explain(_ request: SearchRequest) throws(SearchError) -> QueryExplanation {
    try answer(request, SearchWatch()) { (plan, _) in
      QueryExplanation(parsed(request), plan)
    }
  }

  /// Plans a request and does something with the plan.
  ///
  /// - Throws: `cancelled` where the watch says so.
  func answer<Answer>(
    _ request: SearchRequest, _ watch: SearchWatch,
    _ body: (QueryPlan, AnalysisSession) throws(IndexError) -> Answer
  ) throws(SearchError) -> Answer {
    try check(request)
    let session = sessions.take()
    defer { sessions.giveBack(session) }
    let plan: QueryPlan
    do throws(IndexError) {
      plan = try QueryPlan(
        parsed(request), on: snapshot, sources: sources,
        similarity: request.similarity, weights: request.weights,
        statistics: request.after?.statistics, findsLookalikes: request.findsLookalikes,
        session: session, watch)
    } catch { throw .index(error) }
    let misunderstood = plan.notes.filter { $0.kind == .misunderstood }
    guard misunderstood.isEmpty || !request.isStrict else { throw .misunderstood(misunderstood) }
    let answer: Answer
    do throws(IndexError) { answer = try body(plan, session) } catch { throw .index(error) }
    if watch.end == .cancelled { throw .cancelled }
    return answer
  }

  private func parsed(_ request: SearchRequest) -> Query {
    request.isPlain ? QueryParser.words(of: request.query) : QueryParser.parse(request.query)
  }

  private func check(_ request: SearchRequest) throws(SearchError) {
    let length = request.query.utf8.count
    guard length <= Self.longestQuery else { throw .queryTooLong(bytes: length) }
    if let similarity = request.similarity, !similarity.isValid {
      throw .index(.invalidSimilarity(similarity))
    }
    guard request.weights.isValid else { throw .invalidWeights(request.weights) }
    if let cursor = request.after { try check(cursor, of: request) }
  }

  /// A query that brings more, where this one brings no article that holds it whole.
  private func suggestion(
    in top: RankedArticles, of plan: QueryPlan, _ request: SearchRequest,
    _ session: AnalysisSession, _ watch: SearchWatch
  ) throws(IndexError) -> QuerySuggestion? {
    guard request.suggestsQuery, top.wholes == 0, request.after == nil, request.offset == 0,
      !watch.ends(),
      let query = try QueryCorrection(plan, on: snapshot, session, watch).corrected(request.query)
    else { return nil }
    let other = try QueryPlan(
      request.isPlain ? QueryParser.words(of: query) : QueryParser.parse(query), on: snapshot,
      sources: sources, session: session, watch)
    let found = try RankedArticles(
      other, on: snapshot, limit: 0, shape: ResultShape(), behind: nil, watch)
    guard found.wholes > 0, watch.end == nil else { return nil }
    return QuerySuggestion(query: query, articles: found.wholes)
  }

  /// What a person should know of what was found.
  private func remarks(
    on top: RankedArticles, _ plan: QueryPlan, _ request: SearchRequest, _ watch: SearchWatch
  ) -> [QueryNote] {
    if watch.end == .timeUp {
      return [
        .remark("The time was up before all was looked at: there may be more, and better ones.")
      ]
    }
    if top.unordered > 0, case .field(let name, _) = request.order {
      let named = QueryNote.quoted(name)
      return [
        .remark(
          top.unordered == 1
            ? "1 article has no \(named) and comes last."
            : "\(top.unordered) articles have no \(named) and come last.")
      ]
    }
    if plan.found == nil {
      return plan.notes.isEmpty ? [.remark("The query is empty.")] : []
    }
    if plan.onlyExcludes {
      return [
        .remark(
          top.total > 0
            ? "The query only excludes: every other article is listed, in no order of rank."
            : "The query only excludes, and there is no other article.")
      ]
    }
    if top.total == 0 { return Self.remark(onKeywords: plan.found?.parts ?? []) }
    guard top.wholes == 0 else { return [] }
    if top.total == top.lookalikes {
      return [.remark("No article holds the query as it was typed; these hold what looks alike.")]
    }
    return [.remark("No article holds the whole query; these hold parts of it.")]
  }

  /// Where nothing was found, what may be expected of a keyword and is not so.
  private static func remark(onKeywords parts: [QueryPlan.Criterion]) -> [QueryNote] {
    for case .field(let name, .keyword(_, isPrefix: _)) in parts {
      let named = QueryNote.quoted(name)
      return [
        .remark(
          "\(named) holds keywords, which are compared whole or, with a star behind, by how they "
            + "begin; words within it are found where it is declared as text.")
      ]
    }
    return []
  }

  /// Counts the matching articles and ranks those that the request wants, and the ones before.
  func evaluate(
    _ plan: QueryPlan, _ request: SearchRequest, _ shape: ResultShape, _ watch: SearchWatch
  ) throws(IndexError) -> RankedArticles {
    let wanted = request.offset.addingReportingOverflow(request.limit)
    return try RankedArticles(
      plan, on: snapshot, limit: wanted.overflow ? Int.max : wanted.partialValue,
      shape: shape, behind: request.after, watch)
  }
}
