internal import SuoyinIndex
internal import SuoyinText

/// Reads articles in the order in which they are wanted, some at a time in the order in which they lie:
/// so those of one compressed block are read together.
struct ArticleBatches {
  let places: [ArticlePlace]
  private let snapshot: IndexSnapshot
  private var articles: ArraySlice<Article> = []
  private var read = 0

  /// Articles that memory holds.
  private static let size = 128

  init(_ places: [ArticlePlace], of snapshot: IndexSnapshot) {
    self.places = places
    self.snapshot = snapshot
  }

  /// The article of the next place.
  ///
  /// - Precondition: there is one.
  mutating func next() throws(IndexError) -> Article {
    if articles.isEmpty { try readBatch() }
    return articles.removeFirst()
  }

  private mutating func readBatch() throws(IndexError) {
    let batch = places[read...].prefix(Self.size)
    read = batch.endIndex
    var found: [(place: Int, article: Article)] = []
    var reader: (segment: Int, articles: ArticleReader)?
    let stored = batch.indices.map { place in
      (segment: batch[place].segment, record: snapshot.record(of: batch[place]), place: place)
    }
    for (_, _, place) in stored.sorted(by: <) {
      let wanted = batch[place]
      var own =
        reader.flatMap { $0.segment == wanted.segment ? $0.articles : nil }
        ?? ArticleReader(of: snapshot.segments[wanted.segment])
      found.append((place, try own.article(wanted.document)))
      reader = (wanted.segment, own)
    }
    found.sort { $0.place < $1.place }
    articles = found.map(\.article)[...]
  }
}

extension IndexSnapshot {
  fileprivate func record(of place: ArticlePlace) -> UInt32 {
    segments[place.segment].record(of: place.document)
  }
}
