import SuoyinStorage
import SuoyinText

/// A segment that goes into a merge, with the deletes that it has by now.
struct MergeSource {
  let segment: Segment
  /// Nil where nothing is deleted: then documents only shift.
  let live: LiveDocuments?
  /// What the segment's documents are numbered from in the merged one.
  let base: UInt32

  init(_ segment: Segment, live: LiveDocuments, base: UInt32) {
    self.segment = segment
    self.live = live.liveCount < live.documentCount ? live : nil
    self.base = base
    numbers = self.live.map { live in
      var next = base
      return (0..<UInt32(live.documentCount)).map { document in
        guard live.contains(document) else { return Self.deleted }
        defer { next += 1 }
        return next
      }
    }
  }

  /// Each document's number in the merged segment; nil where they only shift.
  private let numbers: [UInt32]?
  private static let deleted = UInt32.max

  /// The document's number in the merged segment, or nil where it is deleted.
  @inline(__always)
  func number(of document: UInt32) -> UInt32? {
    guard let numbers else { return base + document }
    let number = numbers[Int(document)]
    return number == Self.deleted ? nil : number
  }
}

/// Makes one segment of several, in their order and without what is deleted; ingest ordinals,
/// lengths, hashes of contents and everything stored stay as they are.
///
/// Terms come one after the other from all dictionaries at once, by ranges that threads share, so
/// memory holds some ranges' lists, and 60 bytes and the id of each document. Every section that is read is verified first, or a merge
/// would give damage a fresh checksum.
struct SegmentMerger {
  private let sources: [MergeSource]
  private let analyzer: AnalyzerDescription
  private let similarity: Similarity
  private let workers: Workers

  /// - Precondition: fewer live documents than ``SegmentFormat/documentLimit``.
  init(
    _ segments: [(segment: Segment, live: LiveDocuments)], analyzer: AnalyzerDescription,
    similarity: Similarity, workers: Workers
  ) {
    var sources: [MergeSource] = []
    var base = 0
    for (segment, live) in segments {
      sources.append(MergeSource(segment, live: live, base: UInt32(base)))
      base += live.liveCount
    }
    precondition(base < SegmentFormat.documentLimit)
    self.sources = sources
    self.analyzer = analyzer
    self.similarity = similarity
    self.workers = workers
    documentCount = base
  }

  /// The number of documents of the merged segment.
  let documentCount: Int

  /// Writes the segment and syncs it, still under its temporary name.
  ///
  /// - Throws: damage of a source too.
  func write(
    to path: String
  ) throws(StorageError) -> (file: FileWriter, summary: FileWriter.Summary) {
    let sections = sources.flatMap { $0.segment.file.sections }
    try workers.run(sections.count) { (section, _) throws(StorageError) in
      try sections[section].verify()
    }
    let file = try FileWriter(path: path, kind: SegmentFormat.kind, version: SegmentFormat.version)
    try file.begin(SegmentFormat.articles)
    try file.append(section: SegmentFormat.articleIndex, writeArticles(to: file))
    try writeFingerprints(to: file)
    try writeIdentifiers(to: file)
    var infos: [SegmentInfo.Field] = []
    for id in FieldID.all {
      infos.append(
        try FieldMerger(id, sources).write(to: file, similarity: similarity, by: workers))
    }
    try ColumnsMerger(sources).write(to: file, documentCount: documentCount)
    var titles = SuggestedTitlesWriter()
    for source in sources { titles.add(source) }
    try titles.write(to: file)
    let info = SegmentInfo(
      documentCount: documentCount, analyzer: analyzer, similarity: similarity, fields: infos)
    try file.append(section: SegmentFormat.info, info.encoded())
    return (file, try file.finish())
  }

  /// - Returns: the section `articles.index`.
  private func writeArticles(to file: FileWriter) throws(StorageError) -> [UInt8] {
    let writer = StoredArticlesWriter()
    for source in sources {
      try writer.add(
        source.segment.articles, isLive: { source.number(of: $0) != nil }, to: file)
    }
    try writer.finish(to: file)
    return writer.index.bytes
  }

  private func writeFingerprints(to file: FileWriter) throws(StorageError) {
    var fingerprints: [Fingerprint] = []
    for source in sources {
      for document in 0..<UInt32(source.segment.documentCount)
      where source.number(of: document) != nil {
        fingerprints.append(source.segment.fingerprints[document])
      }
    }
    try Fingerprints.write(fingerprints, to: file)
  }

  private func writeIdentifiers(to file: FileWriter) throws(StorageError) {
    var writer = IdentifiersWriter()
    for source in sources {
      let identifiers = source.segment.identifiers
      var ids = identifiers.ids.makeReader()
      for document in 0..<UInt32(identifiers.documentCount)
      where source.number(of: document) != nil {
        writer.add(
          id: try ids.id(of: document), content: identifiers.content(of: document),
          ordinal: identifiers.ordinal(of: document), stamp: identifiers.stamp(of: document))
      }
    }
    try writer.write(to: file)
  }
}

extension FileWriter {
  /// Writes a whole section.
  fileprivate func append(section name: String, _ bytes: [UInt8]) throws(StorageError) {
    try begin(name)
    try append(bytes)
  }
}
