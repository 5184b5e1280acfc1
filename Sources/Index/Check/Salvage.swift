import SuoyinStorage
import SuoyinText

/// Reads the articles of damaged segments and makes segments of them anew.
struct Salvage {
  /// A segment that was made, still under its temporary name.
  struct Made {
    let number: UInt64
    let file: FileWriter
    let summary: FileWriter.Summary
    let documentCount: Int
    let firstOrdinal: UInt64
  }

  let folder: IndexFolder
  let analyzer: Analyzer
  let similarity: Similarity
  let options: IndexOptions
  /// The number that the next segment gets.
  private(set) var nextSegment: UInt64
  /// The ordinal of the next article whose own cannot be read.
  private(set) var nextOrdinal: UInt64
  /// Of the index, as far as they are known, and those that articles bring.
  private(set) var fields: FieldSchema
  private(set) var rescuedCount = 0
  private(set) var lostCount = 0
  private(set) var lostIDs: [String] = []
  private var made: [Made] = []
  private var builder: SegmentBuilder?
  private var firstOrdinal: UInt64 = 0

  init(
    folder: IndexFolder, analyzer: Analyzer, fields: FieldSchema, similarity: Similarity,
    options: IndexOptions, nextSegment: UInt64, nextOrdinal: UInt64
  ) {
    self.fields = fields
    self.folder = folder
    self.analyzer = analyzer
    self.similarity = similarity
    self.options = options
    self.nextSegment = nextSegment
    self.nextOrdinal = nextOrdinal
  }

  /// Takes all live articles of a segment whose own bytes are whole.
  mutating func take(_ part: IndexRemains.Part) throws(StorageError) {
    var articles = part.articles
    var isFound = [Bool](repeating: false, count: part.documentCount)
    while let found = articles.next() {
      for (document, article) in found
      where document < part.documentCount && part.isLive(document) && !isFound[Int(document)] {
        isFound[Int(document)] = true
        let ordinal = part.ordinal(of: document) ?? nextOrdinal
        nextOrdinal = max(nextOrdinal, ordinal + 1)
        let stamp =
          part.isWhole(SegmentFormat.stamps) ? part.identifiers?.stamp(of: document) : nil
        try add(article, ordinal: ordinal, stamp: stamp ?? .none)
      }
    }
    for document in 0..<UInt32(part.documentCount)
    where part.isLive(document) && !isFound[Int(document)] {
      lostCount += 1
      if let id = part.id(of: document) { lostIDs.append(String(decoding: id, as: UTF8.self)) }
    }
    // A segment of its own for each, so that ordinals ascend in it.
    try flush()
  }

  private mutating func add(
    _ article: Article, ordinal: UInt64, stamp: SourceStamp
  ) throws(StorageError) {
    if builder == nil {
      builder = try SegmentBuilder(
        path: folder.segment(nextSegment), analyzer: analyzer, similarity: similarity,
        options: options)
      firstOrdinal = ordinal
    }
    guard let builder else { return }
    let content = ArticleRecord.content(of: article).bytes
    // What does not fit was told when the article was indexed.
    _ = try builder.add(
      article, content: content, hash: ContentHash(of: content), ordinal: ordinal, stamp: stamp,
      fields: article.fieldsAndMisfit.fields, schema: &fields, terms: .analyzed(article),
      size: article.text.utf8.count + (article.title?.utf8.count ?? 0))
    rescuedCount += 1
    let budget = min(options.memoryBudget, IndexWriter.memoryLimit)
    if builder.isFull || builder.memory >= budget { try flush() }
  }

  private mutating func flush() throws(StorageError) {
    guard let builder else { return }
    self.builder = nil
    let count = builder.documentCount
    let (file, summary) = try builder.finish(schema: &fields)
    made.append(
      Made(
        number: nextSegment, file: file, summary: summary, documentCount: count,
        firstOrdinal: firstOrdinal))
    nextSegment += 1
  }

  /// The segments that were made.
  mutating func finish() throws(StorageError) -> [Made] {
    try flush()
    return made
  }
}

extension Commit {
  /// Puts the segments into the order in which the index took their articles.
  mutating func sort(byFirstOrdinalOf kept: [IndexRemains.Part], _ made: [Salvage.Made]) {
    var first: [UInt64: UInt64] = [:]
    for part in kept where part.documentCount > 0 { first[part.number] = part.ordinal(of: 0) }
    for part in made { first[part.number] = part.firstOrdinal }
    sort { (first[$0.number] ?? 0) < (first[$1.number] ?? 0) }
  }
}
