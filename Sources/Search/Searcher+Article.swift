internal import SuoyinIndex
public import SuoyinText

extension Searcher {
  /// Finds articles like one: that hold the words and pairs of characters that say most of it.
  ///
  /// - Parameters:
  ///   - id: of the article.
  ///   - request: how many; its query and cursor are not used.
  /// - Returns: nil where the index has no such article.
  /// - Complexity: that of a search for some sixty words.
  public func similar(
    to id: String, _ request: SearchRequest
  ) throws(SearchError) -> SearchResult? {
    let clock = ContinuousClock()
    let start = clock.now
    guard let (index, document) = snapshot.document(id: id) else { return nil }
    let watch = SearchWatch(limit: request.timeLimit, request.cancellation)
    var request = request
    request.after = nil
    let shape = try ResultShape(request, in: snapshot.fields)
    let session = sessions.take()
    defer { sessions.giveBack(session) }
    let result: SearchResult
    do throws(IndexError) {
      let plan = try QueryPlan(
        similarTo: try snapshot.segments[index].article(document),
        at: ArticlePlace(match: .partial, segment: index, document: document), on: snapshot,
        sources: sources, session: session)
      let top = try evaluate(plan, request, shape, watch)
      let hits = try hits(at: top, of: plan, request, in: session, watch)
      result = SearchResult(
        query: id, total: top.total, took: clock.now - start, notes: [], hits: hits,
        facets: top.facets, suggestion: nil, next: nil, timedOut: watch.end != nil)
    } catch {
      throw .index(error)
    }
    if watch.end == .cancelled { throw .cancelled }
    return result
  }

  /// Why an article matches a query, or does not.
  ///
  /// - Returns: nil where the index has no such article.
  /// - Complexity: that of finding each leaf in the article's segment, and O(u · v) for u units of the
  ///   query and v of the article.
  public func explain(
    article id: String, _ request: SearchRequest
  ) throws(SearchError) -> ArticleExplanation? {
    guard let (index, document) = snapshot.document(id: id) else { return nil }
    return try answer(request, SearchWatch()) { (plan, _) throws(IndexError) in
      let segment = SegmentPlace(segment: snapshot.segments[index], index: index)
      let article = try segment.segment.article(document)
      let judge = ArticleJudge(plan: plan, segment: segment, document: document)
      let found = try plan.found.map { (found) throws(IndexError) in try judge.node(found) }
      let whole = try judge.node(plan.whole)
      var match: Hit.Match? = found?.holds ?? false ? whole.holds ? .whole : .partial : nil
      var lookalikes: ArticleExplanation.Node?
      if match == nil, let misread = plan.lookalikes, let found = misread.found {
        let judged = try ArticleJudge(plan: misread, segment: segment, document: document)
          .node(found)
        if judged.holds { match = .lookalike }
        lookalikes = judged
      }
      let place = match.map { ArticlePlace(match: $0, segment: index, document: document) }
      return ArticleExplanation(
        article: article, match: match, found: found, whole: whole, lookalikes: lookalikes,
        score: try place.map { (place) throws(IndexError) in
          try plan.plan(of: place.match).explain(place, in: snapshot)
        },
        comparison: QueryComparison(
          request.query, with: article.text, repairingLines: article.repairsLines,
          by: snapshot.analyzer, fields: snapshot.fields),
        notes: plan.notes)
    }
  }
}

/// Why an article matches a query, or does not.
public struct ArticleExplanation: Sendable {
  /// A condition, and whether the article fulfils it.
  public struct Node: Sendable {
    public let text: String
    public let holds: Bool
    public let parts: [Node]
  }

  public let article: Article
  /// How much of the query the article holds; nil where it is not found.
  public let match: Hit.Match?
  /// What finds an article; nil where the query looks for nothing.
  public let found: Node?
  /// What of the articles found holds the whole query.
  public let whole: Node
  /// What finds an article by what looks alike, where the request asks for that and the article is not
  /// found as it was typed.
  public let lookalikes: Node?
  /// How its score comes about, where it is found.
  public let score: Explanation?
  /// What the query and the article's text have in common, and where they part.
  public let comparison: QueryComparison
  public let notes: [QueryNote]
}

/// Asks conditions of one article.
private struct ArticleJudge {
  let plan: QueryPlan
  let segment: SegmentPlace
  let document: UInt32

  func node(
    _ condition: Condition<QueryPlan.Criterion>
  ) throws(IndexError) -> ArticleExplanation.Node {
    var parts: [ArticleExplanation.Node] = []
    let holds: Bool
    switch condition {
    case .part(let criterion): holds = try self.holds(criterion)
    case .any(let members):
      for member in members { parts.append(try node(member)) }
      holds = parts.contains(where: \.holds)
    case .all(let members):
      for member in members { parts.append(try node(member)) }
      holds = parts.allSatisfy(\.holds)
    case .not(let member):
      parts = [try node(member)]
      holds = !parts[0].holds
    }
    return ArticleExplanation.Node(
      text: QueryExplanation.Node(condition, in: plan).text, holds: holds, parts: parts)
  }

  private func holds(_ criterion: QueryPlan.Criterion) throws(IndexError) -> Bool {
    switch criterion {
    case .leaf(let leaf):
      return try plan.leaves[leaf].documents(in: segment.segment).frequency(in: document) > 0
    case .whole(let whole):
      var set = DocumentSet(documentCount: segment.segment.documentCount)
      try plan.wholes[whole].insertDocuments(of: segment, into: &set, plan.terms)
      return set.contains(document)
    case .source(let part):
      var set = DocumentSet(documentCount: segment.segment.documentCount)
      set.insert(document)
      try plan.sources.keep(holding: part, in: segment, &set)
      return set.contains(document)
    case .hasText(let field):
      var set = DocumentSet(documentCount: segment.segment.documentCount)
      try segment.segment.insertDocuments(having: field, by: plan.phraseChannel, into: &set)
      return set.contains(document)
    case .field(let name, let test):
      guard let column = segment.segment.column(name, test.kind) else { return false }
      var set = DocumentSet(documentCount: segment.segment.documentCount)
      set.insert(document)
      column.keep(try test.codes(in: column), in: &set.words)
      return set.contains(document)
    case .article(let index, let other): return index == segment.index && other == document
    }
  }
}
