import SuoyinStorage
import SuoyinText

/// The terms of one article, in the four fields.
struct DocumentTokens {
  var titleWords = TokenBatch()
  var titleGrams = TokenBatch()
  var textWords = TokenBatch()
  var textGrams = TokenBatch()
}

/// Makes one segment from documents that come one after the other.
///
/// The postings gather in memory; articles go, compressed, into the segment's temporary file as
/// blocks fill. ``finish()`` sorts, encodes and writes the rest.
final class SegmentBuilder {
  private let file: FileWriter
  private let analyzer: AnalyzerDescription
  private var titleWords = FieldBuilder(FieldID(.title, .words))
  private var titleGrams = FieldBuilder(FieldID(.title, .grams))
  private var textWords = FieldBuilder(FieldID(.text, .words))
  private var textGrams = FieldBuilder(FieldID(.text, .grams))
  private let articles = StoredArticlesWriter()
  private var identifiers = IdentifiersWriter()
  /// By the bytes of their ids: strings that differ in bytes only can be equal.
  private var documents: [[UInt8]: UInt32] = [:]
  private var paths: [String?] = []
  private var idBytes = 0
  /// Which of the documents so far are live.
  private(set) var live = LiveDocuments(documentCount: 0)

  /// - Parameter path: where the segment will be; until ``FileWriter/publish()`` it has a temporary
  ///   name beside it.
  init(path: String, analyzer: AnalyzerDescription) throws(StorageError) {
    file = try FileWriter(path: path, kind: SegmentFormat.kind, version: SegmentFormat.version)
    self.analyzer = analyzer
    try file.begin(SegmentFormat.articles)
  }

  var documentCount: Int { live.documentCount }
  var isFull: Bool { documentCount + 1 >= SegmentFormat.documentLimit }

  /// Bytes of memory held.
  var memory: Int {
    // An id takes 12 bytes in the table and a block of its own with a head of 32; a path 16 in the
    // array, and such a block.
    titleWords.memory + titleGrams.memory + textWords.memory + textGrams.memory
      + articles.memory + identifiers.memory + documents.capacity * 12 + paths.capacity * 16
      + idBytes
  }

  /// Adds an article under the next document number.
  ///
  /// - Parameters:
  ///   - content: the article's content as it is stored, and its hash.
  ///   - stamp: the file that it was read from.
  ///   - tokens: its terms.
  func add(
    _ article: Article, content: [UInt8], hash: ContentHash, ordinal: UInt64, stamp: SourceStamp,
    tokens: DocumentTokens
  ) throws(StorageError) {
    precondition(!isFull)
    try articles.add(id: article.id, content: content, to: file)
    identifiers.add(id: article.id.utf8, content: hash, ordinal: ordinal, stamp: stamp)
    titleWords.add(tokens.titleWords)
    titleGrams.add(tokens.titleGrams)
    textWords.add(tokens.textWords)
    textGrams.add(tokens.textGrams)
    documents[Array(article.id.utf8)] = UInt32(documentCount)
    paths.append(article.path)
    idBytes += article.id.utf8.count + 32
    idBytes += (article.path?.utf8.count ?? 0) + 32
    live.append()
  }

  /// The live document of that id, and the path that its article came with.
  func liveDocument(id: [UInt8]) -> (document: UInt32, path: String?)? {
    guard let document = documents[id], live.contains(document) else { return nil }
    return (document, paths[Int(document)])
  }

  func remove(_ document: UInt32) {
    live.remove(document)
  }

  /// Writes the segment and syncs it, still under its temporary name.
  func finish() throws(StorageError) -> (file: FileWriter, summary: FileWriter.Summary) {
    try articles.finish(to: file)
    try file.begin(SegmentFormat.articleIndex)
    try file.append(articles.index.bytes)
    try identifiers.write(to: file)
    // In the order of FieldID.all.
    let infos = [
      try titleWords.write(to: file), try titleGrams.write(to: file),
      try textWords.write(to: file), try textGrams.write(to: file),
    ]
    let info = SegmentInfo(documentCount: documentCount, analyzer: analyzer, fields: infos)
    try file.begin(SegmentFormat.info)
    try file.append(info.encoded())
    return (file, try file.finish())
  }
}
