import SuoyinCorpus
import SuoyinIndex
import SuoyinText

/// `ingest`: from a file of articles to a committed index by the default analysis.
enum IngestBenchmark {
  /// What of the articles the index has.
  enum Parts: String, Encodable {
    /// The text can be found, and nothing is stored: one segment, as the peers make it.
    case text
    /// The same, and the text is stored.
    case stored
    /// All that `suoyin index` takes: titles, suggestions, the whole article.
    case whole
  }

  struct Answer: Encodable {
    let parts: Parts
    let seconds: Double
    let articles: Int
    /// Lines that gave no article.
    let failed: Int
    /// Of the file.
    let bytes: Int
    let mbPerSecond: Double
    let articlesPerSecond: Double
    let threads: Int
    let segments: Int
    /// Of each part of the index.
    let sizes: [String: Int]

    enum CodingKeys: String, CodingKey {
      case parts, seconds, articles, failed, bytes, threads, segments, sizes
      case mbPerSecond = "mb_per_second"
      case articlesPerSecond = "articles_per_second"
    }
  }

  static func run(
    file: String, in folder: String, threads: Int, parts: Parts
  ) throws -> Answer {
    try removeIndex(in: folder)
    let clock = ContinuousClock()
    let start = clock.now
    var reader = CorpusReader(paths: [file])
    var options = IndexOptions(threads: threads)
    if parts != .whole { options.memoryBudget = .max }
    let writer = try IndexWriter(at: folder, options: options)
    var added = 0
    var failed = 0
    while let item = reader.next() {
      switch item {
      case .article(let article, let place, _):
        guard try add(article, parts, to: writer) == .added else {
          throw InputError("\(place): the id \(article.id) comes a second time")
        }
        added += 1
      case .failure(let failure):
        say("warning: \(failure)")
        failed += 1
      case .skipped(let place): throw InputError("\(place) is no file of articles")
      }
    }
    try writer.commit()
    let seconds = nanoseconds(clock.now - start) / 1e9

    let snapshot = try IndexSnapshot.open(at: folder)
    guard snapshot.articleCount == added, added > 0 else {
      throw CheckFailure("ingest", "\(snapshot.articleCount) of \(added) articles are in the index")
    }
    return Answer(
      parts: parts, seconds: rounded(seconds), articles: added, failed: failed,
      bytes: reader.bytesRead,
      mbPerSecond: rounded(Double(reader.bytesRead) / 1e6 / seconds),
      articlesPerSecond: rounded(Double(added) / seconds), threads: threads,
      segments: snapshot.segments.count,
      sizes: Dictionary(uniqueKeysWithValues: snapshot.sizes.map { ($0.part, $0.bytes) }))
  }

  private static func add(
    _ article: Article, _ parts: Parts, to writer: IndexWriter
  ) throws -> AddOutcome {
    if parts == .whole { return try writer.add(article) }
    let text = Article(id: article.id, text: article.text, repairsLines: article.repairsLines)
    return try writer.addText(of: text, isStored: parts == .stored)
  }
}
