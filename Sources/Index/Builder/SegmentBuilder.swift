import Dispatch
import SuoyinStorage
import SuoyinText

/// Makes one segment from documents that come one after the other.
///
/// What names a document is known at once. Its terms and what is stored of it go to
/// ``SegmentPostings`` by rounds: while one is taken apart, the next gathers. ``finish()`` writes the
/// rest.
final class SegmentBuilder {
  /// What an article weighs beside its text.
  private static let articleSize = 128

  private let file: FileWriter
  private let analyzer: AnalyzerDescription
  private let similarity: Similarity
  private let background: Background
  private let roundSize: Int
  private var round: [IndexedArticle] = []
  private var roundBytes = 0
  /// What documents of rounds before have in fields that turned out to be text.
  private var former: [(document: UInt32, text: FieldText)] = []
  private var identifiers = IdentifiersWriter()
  private var columns = ColumnGatherer()
  private var titles = SuggestedTitlesWriter()
  /// By the bytes of their ids: strings that differ in bytes only can be equal.
  private var documents = IDTable()
  private var paths: [String?] = []
  private var pathBytes = 0
  /// Which of the documents so far are live.
  private(set) var live = LiveDocuments(documentCount: 0)
  /// What the postings held before the last round began. Not now: that would depend on the threads.
  private var postingsMemory = 0

  /// - Parameters:
  ///   - path: where the segment will be; until ``FileWriter/publish()`` it has a temporary name
  ///     beside it.
  ///   - analyzer: makes the terms.
  ///   - similarity: what score bounds are made with.
  ///   - options: say with how many threads.
  init(
    path: String, analyzer: Analyzer, similarity: Similarity, options: IndexOptions
  ) throws(StorageError) {
    file = try FileWriter(path: path, kind: SegmentFormat.kind, version: SegmentFormat.version)
    self.analyzer = analyzer.description
    self.similarity = similarity
    roundSize = options.roundSize
    try file.begin(SegmentFormat.articles)
    let postings = SegmentPostings(
      analyzer, workers: Workers(options.threads), to: file)
    background = Background(postings, isConcurrent: options.threads > 1)
  }

  deinit {
    // The temporary file goes with the last that holds it, which must be this.
    background.wait()
  }

  var documentCount: Int { live.documentCount }
  var isFull: Bool { documentCount + 1 >= SegmentFormat.documentLimit }

  /// Bytes of memory held and those that writing the segment will take beside them, one or two rounds
  /// left out.
  var memory: Int {
    // A path takes 16 bytes in the array and a block of its own with a head of 32.
    let held =
      postingsMemory + identifiers.memory + columns.memory + titles.memory + documents.memory
      + paths.count * 16 + pathBytes
    // Terms in their order, lists that are encoded and not yet written: as measured from 64 MB to
    // 512 MB, and a fixed part.
    return held + held / 4
  }

  /// Adds an article under the next document number.
  ///
  /// - Parameters:
  ///   - content: the article's content as it is stored, and its hash.
  ///   - stamp: the file that it was read from.
  ///   - fields: its further fields.
  ///   - schema: takes those in that are new.
  ///   - terms: what it can be found by.
  ///   - size: bytes of title and text.
  /// - Returns: what of the fields does not fit.
  /// - Throws: what failed in a round before, too.
  func add(
    _ article: Article, content: [UInt8], hash: ContentHash, ordinal: UInt64, stamp: SourceStamp,
    fields: [WrittenField], schema: inout FieldSchema, terms: IndexedArticle.Terms, size: Int
  ) throws(StorageError) -> [FieldMisfit] {
    precondition(!isFull)
    let document = UInt32(documentCount)
    identifiers.add(id: article.id.utf8, content: hash, ordinal: ordinal, stamp: stamp)
    documents.set(document, for: article.id.utf8.span, in: identifiers.ids)
    paths.append(article.path)
    if let path = article.path { pathBytes += path.utf8.count + 32 }
    let gathered = columns.add(fields, repairingLines: article.repairsLines, to: &schema)
    if !gathered.former.isEmpty { take(gathered.former) }
    if let title = article.title { titles.add(title, of: document) }
    live.append()
    let indexed = IndexedArticle(
      document: document, id: article.id, content: content, terms: terms, texts: gathered.texts,
      size: gathered.texts.reduce(size) { $0 + $1.size }, isKept: hash != .none)
    round.append(indexed)
    roundBytes += indexed.size + Self.articleSize
    if roundBytes >= roundSize { try beginRound() }
    return gathered.misfits
  }

  /// Takes what documents so far have in a field that turned out to be text.
  private func take(_ texts: [(document: UInt32, text: FieldText)]) {
    for (document, text) in texts {
      if let first = round.first?.document, document >= first {
        round[Int(document - first)].texts.append(text)
      } else {
        former.append((document, text))
      }
    }
  }

  /// Hands the articles gathered over, when those before are done with.
  private func beginRound() throws(StorageError) {
    try background.finish()
    postingsMemory = background.postings.memory
    background.begin(round, former: former)
    round = []
    roundBytes = 0
    former = []
  }

  /// The live document of that id, and the path that its article came with.
  func liveDocument(id: Span<UInt8>) -> (document: UInt32, path: String?)? {
    guard let document = documents.document(of: id, in: identifiers.ids), live.contains(document)
    else { return nil }
    return (document, paths[Int(document)])
  }

  func remove(_ document: UInt32) {
    live.remove(document)
  }

  /// Writes the segment and syncs it, still under its temporary name.
  ///
  /// - Parameter schema: takes in what the segment decides of new fields.
  func finish(
    schema: inout FieldSchema
  ) throws(StorageError) -> (file: FileWriter, summary: FileWriter.Summary) {
    try beginRound()
    try background.finish()
    try background.postings.writeArticles()
    try identifiers.write(to: file)
    let infos = try background.postings.writeFields(
      documentCount: documentCount, similarity: similarity)
    try columns.finish(to: file, schema: &schema)
    try titles.write(to: file)
    let info = SegmentInfo(
      documentCount: documentCount, analyzer: analyzer, similarity: similarity, fields: infos)
    try file.begin(SegmentFormat.info)
    try file.append(info.encoded())
    return (file, try file.finish())
  }
}

/// Runs rounds beside the thread that gathers them, one at a time.
///
/// Sendable: ``postings`` and ``failure`` belong to the round from ``begin(_:)`` until ``finish()`` or
/// ``wait()`` has returned, and to the caller otherwise.
private final class Background: @unchecked Sendable {
  let postings: SegmentPostings
  private let isConcurrent: Bool
  private let running = DispatchGroup()
  private var failure: StorageError?

  init(_ postings: SegmentPostings, isConcurrent: Bool) {
    self.postings = postings
    self.isConcurrent = isConcurrent
  }

  /// - Precondition: ``finish()`` has been called since the last.
  func begin(_ round: [IndexedArticle], former: [(document: UInt32, text: FieldText)]) {
    guard isConcurrent else { return run(round, former) }
    DispatchQueue.global().async(group: running) { self.run(round, former) }
  }

  private func run(_ round: [IndexedArticle], _ former: [(document: UInt32, text: FieldText)]) {
    do throws(StorageError) { try postings.add(round, former: former) } catch { failure = error }
  }

  /// Waits for the round that is under way.
  ///
  /// - Throws: what failed in it.
  func finish() throws(StorageError) {
    wait()
    if let failure { throw failure }
  }

  func wait() {
    running.wait()
  }
}
