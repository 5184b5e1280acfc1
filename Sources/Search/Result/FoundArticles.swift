internal import SuoyinIndex
internal import SuoyinStorage
internal import SuoyinText
internal import Synchronization

/// Reads articles in the order in which they are wanted, some at a time in the order in which they lie:
/// so those of one compressed block are read together.
///
/// Many are read, and their snippets made, on all processors. A search that may end early makes them one
/// by one instead, so that the first hits have them and no more is done than is wanted.
struct FoundArticles {
  let places: [ArticlePlace]
  private let snapshot: IndexSnapshot
  private let maker: SnippetMaker?
  private let session: AnalysisSession
  private let sessions: SessionPool
  /// Whether many are read on all processors.
  private let isShared: Bool
  /// With the snippets that are made already.
  private var found: ArraySlice<(article: Article, snippets: SnippetMaker.Shown?)> = []
  private var read = 0

  /// Articles that memory holds.
  private static let size = 128
  /// So many take longer than another thread needs to begin.
  private static let many = 24
  /// The fewest that are worth a task.
  private static let fewest = 8

  /// - Parameters:
  ///   - maker: nil where no snippets are wanted.
  ///   - session: for this thread.
  ///   - sessions: for others.
  init(
    _ places: [ArticlePlace], of snapshot: IndexSnapshot, _ maker: SnippetMaker?,
    _ session: AnalysisSession, others sessions: SessionPool, _ watch: SearchWatch
  ) {
    self.places = places
    self.snapshot = snapshot
    self.maker = maker
    self.session = session
    self.sessions = sessions
    isShared = maker != nil && !watch.mayEnd && Workers.processorCount > 1
  }

  /// The article of the next place, and its snippets: none where it is late.
  ///
  /// - Precondition: there is one.
  mutating func next(
    isLate: Bool
  ) throws(IndexError) -> (article: Article, snippets: SnippetMaker.Shown) {
    if found.isEmpty { try readBatch() }
    let (article, snippets) = found.removeFirst()
    if let snippets { return (article, snippets) }
    let made = isLate ? nil : maker?.snippets(of: article, session)
    return (article, made ?? SnippetMaker.Shown())
  }

  private mutating func readBatch() throws(IndexError) {
    let batch = places[read...].prefix(Self.size)
    read = batch.endIndex
    let stored = batch.indices.map { place in
      (segment: batch[place].segment, record: snapshot.record(of: batch[place]), place: place)
    }.sorted(by: <).map(\.place)
    var all: [Found] = []
    if isShared, batch.count >= Self.many {
      try share(stored, into: &all)
    } else {
      try visit(stored[...]) { (place, article) in all.append((place, article, nil)) }
    }
    all.sort { $0.place < $1.place }
    found = all.map { ($0.article, $0.snippets) }[...]
  }

  private typealias Found = (place: Int, article: Article, snippets: SnippetMaker.Shown?)

  /// Reads the articles of places, which ascend as the articles lie, on all processors.
  private func share(_ stored: [Int], into all: inout [Found]) throws(IndexError) {
    let parts = min(2 * Workers.processorCount, stored.count / Self.fewest)
    // The one that this search has serves one of the threads.
    let idle = IdlePool<AnalysisSession>()
    idle.give(session)
    defer { while let own = idle.take() { if own !== session { sessions.giveBack(own) } } }
    // Only the thread of the search belongs to its task.
    let isCancelled = Atomic(false)
    try Workers(min(Workers.processorCount, parts)).produce(parts) {
      (part) throws(IndexError) in
      let own = idle.take() ?? sessions.take()
      defer { idle.give(own) }
      var found: [Found] = []
      let range = (stored.count * part / parts)..<(stored.count * (part + 1) / parts)
      try visit(stored[range]) { (place, article) in
        if Task.isCancelled { isCancelled.store(true, ordering: .relaxed) }
        let isWanted = !isCancelled.load(ordering: .relaxed)
        found.append(
          (place, article, isWanted ? maker?.snippets(of: article, own) : SnippetMaker.Shown()))
      }
      return found
    } take: { (found) throws(IndexError) in
      all += found
    }
  }

  /// Hands the articles of some places, which ascend as the articles lie, to `body`.
  private func visit(
    _ wanted: ArraySlice<Int>, _ body: (_ place: Int, Article) -> Void
  ) throws(IndexError) {
    var reader: (segment: Int, articles: ArticleReader)?
    for index in wanted {
      let place = places[index]
      var own =
        reader.flatMap { $0.segment == place.segment ? $0.articles : nil }
        ?? ArticleReader(of: snapshot.segments[place.segment])
      body(index, try own.article(place.document))
      reader = (place.segment, own)
    }
  }
}

extension IndexSnapshot {
  fileprivate func record(of place: ArticlePlace) -> UInt32 {
    segments[place.segment].record(of: place.document)
  }
}
