internal import SuoyinIndex
internal import SuoyinText

/// Reads articles in the order in which they are wanted, some at a time in the order in which they lie:
/// so those of one compressed block are read together. Many are read by all processors.
struct FoundArticles {
  /// An article, and the passages of it that are shown.
  typealias Found = (article: Article, snippets: [Snippet])

  let places: [ArticlePlace]
  private let snapshot: IndexSnapshot
  private let maker: SnippetMaker?
  private let session: AnalysisSession
  private let sessions: SessionPool
  private var found: ArraySlice<Found> = []
  private var read = 0

  /// Articles that memory holds.
  private static let size = 128
  /// So many take longer than another thread needs to begin.
  private static let many = 24

  /// - Parameters:
  ///   - maker: nil where no snippets are wanted.
  ///   - session: for this thread.
  ///   - sessions: for others.
  init(
    _ places: [ArticlePlace], of snapshot: IndexSnapshot, _ maker: SnippetMaker?,
    _ session: AnalysisSession, others sessions: SessionPool
  ) {
    self.places = places
    self.snapshot = snapshot
    self.maker = maker
    self.session = session
    self.sessions = sessions
  }

  /// The article of the next place.
  ///
  /// - Precondition: there is one.
  mutating func next() throws(IndexError) -> Found {
    if found.isEmpty { try readBatch() }
    return found.removeFirst()
  }

  private mutating func readBatch() throws(IndexError) {
    let batch = places[read...].prefix(Self.size)
    read = batch.endIndex
    let stored = batch.indices.map { place in
      (segment: batch[place].segment, record: snapshot.record(of: batch[place]), place: place)
    }.sorted(by: <).map(\.place)
    let isMany = batch.count >= Self.many
    let workers = Workers(isMany ? Workers.processorCount : 1)
    let parts = isMany ? 2 * Workers.processorCount : 1
    var all: [(place: Int, found: Found)] = []
    try workers.produce(parts) { (part) throws(IndexError) in
      let own = isMany ? sessions.take() : session
      defer { if isMany { sessions.giveBack(own) } }
      return try found(
        at: stored[(stored.count * part / parts)..<(stored.count * (part + 1) / parts)], own)
    } take: { (part) throws(IndexError) in
      all += part
    }
    all.sort { $0.place < $1.place }
    found = all.map(\.found)[...]
  }

  /// The articles of some places, which ascend as the articles lie.
  private func found(
    at wanted: ArraySlice<Int>, _ session: AnalysisSession
  ) throws(IndexError) -> [(place: Int, found: Found)] {
    var found: [(place: Int, found: Found)] = []
    var reader: (segment: Int, articles: ArticleReader)?
    for index in wanted {
      let place = places[index]
      var own =
        reader.flatMap { $0.segment == place.segment ? $0.articles : nil }
        ?? ArticleReader(of: snapshot.segments[place.segment])
      let article = try own.article(place.document)
      reader = (place.segment, own)
      found.append((index, (article, maker?.snippets(of: article, session) ?? [])))
    }
    return found
  }
}

extension IndexSnapshot {
  fileprivate func record(of place: ArticlePlace) -> UInt32 {
    segments[place.segment].record(of: place.document)
  }
}
