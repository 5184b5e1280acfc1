public import SuoyinIndex
public import SuoyinSearch
public import SuoyinText

/// An index, opened for searching as it was at that moment.
///
/// What others add or delete later is seen by opening it again. An opened index is immutable and
/// may be used from any number of threads.
public struct SearchIndex: Sendable {
  /// What answers its queries.
  public let searcher: Searcher

  /// Opens the index in a folder.
  ///
  /// - Throws: where there is no index, it is damaged, or another analyzer made it; the error's
  ///   description says what to do.
  /// - Complexity: independent of the number of articles; files are mapped, not read.
  public static func open(at directory: String) throws(IndexError) -> SearchIndex {
    SearchIndex(searcher: Searcher(try IndexSnapshot.open(at: directory)))
  }

  /// Opens what was last committed to an index in memory; it stays whole when that goes.
  public static func open(_ index: MemoryIndex) throws(IndexError) -> SearchIndex {
    try open(at: index.path)
  }

  /// An index of articles, in memory alone.
  ///
  /// - Throws: `articleTooLarge`, an error of the options, or that of the system where memory is short.
  public static func inMemory(
    _ articles: some Sequence<Article>, options: IndexOptions = IndexOptions()
  ) throws(IndexError) -> SearchIndex {
    let memory = MemoryIndex()
    let writer = try memory.makeWriter(options: options)
    for article in articles { _ = try writer.add(article) }
    try writer.commit()
    return try open(memory)
  }

  /// The best hits for a query, after the first `offset` of them.
  ///
  /// Words joined by blanks: any may match, and articles that hold all of them come first.
  /// `"a phrase"` matches exactly, `-word` excludes, `+word` requires; `Query` has the rest of the
  /// language. Traditional and simplified characters,
  /// full-width and half-width forms, large and small letters match one another.
  public func search(
    _ query: String, limit: Int = 10, offset: Int = 0, explains: Bool = false
  ) throws(SearchError) -> SearchResult {
    try searcher.search(
      SearchRequest(query: query, limit: limit, offset: offset, explains: explains))
  }

  /// The ids and scores of the best articles for a query, without their texts.
  ///
  /// - Parameters:
  ///   - query: as for ``search(_:limit:offset:explains:)``.
  ///   - limit: the most articles.
  ///   - similarity: the parameters of BM25; nil stands for those of the index.
  public func rank(
    _ query: String, limit: Int, similarity: Similarity? = nil
  ) throws(SearchError) -> Ranking {
    try searcher.rank(SearchRequest(query: query, limit: limit, similarity: similarity))
  }

  /// What a text that is being typed may go on as: see `Searcher.complete`.
  public func complete(_ typed: String, limit: Int = 10) throws(SearchError) -> [QueryCompletion] {
    try searcher.complete(typed, limit: limit)
  }

  /// What made the index's terms, with its options.
  public var analyzer: Analyzer { searcher.snapshot.analyzer }

  /// What the index holds, and how it was made.
  public var info: IndexInfo {
    IndexInfo(searcher.snapshot)
  }
}
