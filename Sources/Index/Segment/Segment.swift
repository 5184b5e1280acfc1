public import SuoyinStorage
public import SuoyinText

/// One immutable part of an index, mapped into memory, and which of its documents are live.
///
/// Documents are numbered from 0, in the order in which they were added or, where they have been
/// reordered, in any (``isReordered``); their ordinals tell. A segment is self-contained, but for the
/// names of further fields of text, whose numbers are the schema's; it stays readable as long as someone
/// holds it, whatever later commits do.
public final class Segment: Sendable {
  let file: SectionedFile
  let info: SegmentInfo
  /// By records.
  let live: MappedLiveDocuments?
  /// A bit for each document; nil where all are live.
  @usableFromInline let liveWords: MappedArray<UInt64>?
  /// Nil where documents are in the order of ingestion.
  let order: DocumentOrder?
  let identifiers: Identifiers
  let articles: StoredArticles
  /// Ascending by the bytes of their names.
  let columns: [Column]
  /// Nil in segments of before there were any.
  package let suggestedWords: SuggestedWords?
  package let suggestedTitles: SuggestedTitles?
  let fingerprints: Fingerprints
  private let fields: [FieldReader]

  /// The number of documents, deleted ones included.
  public let documentCount: Int
  /// The number of documents that are not deleted.
  public var liveCount: Int { live?.liveCount ?? documentCount }

  /// Maps a segment and checks header, footer, ranges and sizes; not the bytes of its sections, but for
  /// the order of its documents.
  ///
  /// - Parameters:
  ///   - path: the segment's file.
  ///   - livePath: the file of its live documents, nil where all are.
  init(path: String, livePath: String?) throws(StorageError) {
    file = try SectionedFile(
      path: path, kind: SegmentFormat.kind, versions: SegmentFormat.readableVersions)
    let info = try SegmentInfo(file.section(SegmentFormat.info))
    self.info = info
    documentCount = info.documentCount
    live =
      if let livePath {
        try MappedLiveDocuments(path: livePath, documentCount: info.documentCount)
      } else { nil }
    order = try DocumentOrder(file, documentCount: info.documentCount)
    liveWords = Self.liveWords(live, in: order)
    identifiers = try Identifiers(file, documentCount: info.documentCount)
    articles = try StoredArticles(
      blocks: file.section(SegmentFormat.articles), index: file.section(SegmentFormat.articleIndex),
      documentCount: info.documentCount)
    columns = try file.columns(documentCount: documentCount)
    fingerprints = try Fingerprints(file, documentCount: documentCount)
    suggestedWords = file.has(SegmentFormat.wordKeys) ? try SuggestedWords(file) : nil
    suggestedTitles =
      file.has(SegmentFormat.titleKeys)
      ? try SuggestedTitles(file, documentCount: documentCount) : nil
    var fields: [FieldReader] = []
    for id in FieldID.all {
      fields.append(try FieldReader(id, info: info, file: file))
    }
    self.fields = fields
  }

  /// Whether the document has not been deleted.
  ///
  /// - Precondition: `document` is below ``documentCount``.
  /// - Complexity: O(1).
  @inlinable
  public func isLive(_ document: UInt32) -> Bool {
    guard let liveWords else { return true }
    return liveWords[Int(document) / 64] >> UInt64(document % 64) & 1 != 0
  }

  /// Which of 64 documents from `64 · range` on have not been deleted, the lowest bit first; bits behind
  /// the last document are 0.
  ///
  /// - Precondition: `range` is in `0 ..< (documentCount + 63) / 64`.
  /// - Complexity: O(1).
  public func liveDocuments(ofRange range: Int) -> UInt64 {
    precondition(range >= 0 && range * 64 < documentCount)
    if let liveWords { return liveWords[range] }
    return .max >> UInt64(max(0, range * 64 + 64 - documentCount))
  }

  /// Whether any document has been deleted.
  public var hasDeletes: Bool { liveWords != nil }

  /// The first ordinal whose article has been indexed with its further fields of text; nothing is said of
  /// those that the segment does not have.
  var firstWithTexts: UInt64 {
    guard documentCount > 0 else { return 0 }
    return min(info.firstWithTexts, identifiers.ordinal(of: UInt32(documentCount - 1)) &+ 1)
  }

  /// The number of articles, those deleted left out, whose further fields of text are not searched:
  /// they were indexed before that could be.
  ///
  /// - Complexity: O(log n), or the number of such articles where some are deleted.
  var countWithoutTexts: Int {
    let end = firstRecord(from: firstWithTexts)
    return live == nil ? end : (0..<UInt32(end)).count { isLive(record: $0) }
  }

  /// The document's ingest ordinal: it grows in the order in which the index took its articles, and
  /// is the same after merging.
  ///
  /// - Precondition: `document` is below ``documentCount``.
  /// - Complexity: O(1).
  public func ordinal(of document: UInt32) -> UInt64 {
    precondition(document < documentCount)
    return identifiers.ordinal(of: record(of: document))
  }

  /// The first record of which the document has an ingest ordinal or a greater one; the number of
  /// documents where none has.
  ///
  /// - Complexity: O(log n).
  package func firstRecord(from ordinal: UInt64) -> Int {
    (0..<documentCount).partitionPoint { identifiers.ordinal(of: UInt32($0)) < ordinal }
  }

  /// The id of the article that has an ingest ordinal, deleted or not; nil where none has it.
  ///
  /// - Complexity: O(log n + length of the id).
  package func id(ofOrdinal ordinal: UInt64) throws(IndexError) -> String? {
    let record = firstRecord(from: ordinal)
    guard record < documentCount, identifiers.ordinal(of: UInt32(record)) == ordinal
    else { return nil }
    return try id(ofRecord: UInt32(record))
  }

  /// The article as it was given; its block is verified.
  ///
  /// - Precondition: `document` is below ``documentCount``.
  /// - Complexity: O(size of the block or of the article).
  public func article(_ document: UInt32) throws(IndexError) -> Article {
    precondition(document < documentCount)
    return try indexing { () throws(StorageError) in
      try articles.article(record(of: document))
    }
  }

  /// The id of an article, which is read without the article.
  ///
  /// - Precondition: `document` is below ``documentCount``.
  /// - Complexity: O(length of the id).
  public func id(of document: UInt32) throws(IndexError) -> String {
    precondition(document < documentCount)
    return try id(ofRecord: record(of: document))
  }

  private func id(ofRecord record: UInt32) throws(IndexError) -> String {
    let bytes = try indexing { () throws(StorageError) in
      var reader = identifiers.ids.makeReader()
      return try reader.id(of: record)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  public func field(_ id: FieldID) -> SegmentField {
    SegmentField(fields[id.index])
  }

  /// The record of the live document of that id.
  func liveRecord(id: [UInt8]) throws(StorageError) -> UInt32? {
    try identifiers.ids.documents(of: id).first(where: isLive(record:))
  }
}
