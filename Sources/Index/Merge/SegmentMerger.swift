import SuoyinStorage
import SuoyinText

/// Makes one segment of several, in their order and without what is deleted; ingest ordinals,
/// lengths, hashes of contents and everything stored stay as they are. Documents stay in the order that
/// they have in their segments, or come in one that is given; records are in that of ingestion.
///
/// Terms come one after the other from all dictionaries at once, by ranges that threads share, so
/// memory holds some ranges' lists, and 60 bytes and the id of each document. Every section that is
/// read is verified first, or a merge would give damage a fresh checksum.
struct SegmentMerger {
  private let sources: [MergeSource]
  private let analyzer: AnalyzerDescription
  private let similarity: Similarity
  private let workers: Workers

  /// - Parameter order: of the merged segment's documents; of each the number that it would have without
  ///   it. Nil where they stay in their order; only of one segment else.
  /// - Precondition: fewer live documents than ``SegmentFormat/documentLimit``.
  init(
    _ segments: [(segment: Segment, live: LiveDocuments)], inOrder order: [UInt32]? = nil,
    analyzer: AnalyzerDescription, similarity: Similarity, workers: Workers
  ) {
    var sources: [MergeSource] = []
    var base = 0
    for (segment, live) in segments {
      sources.append(MergeSource(segment, live: live, base: UInt32(base)))
      base += live.liveCount
    }
    precondition(base < SegmentFormat.documentLimit)
    if let order {
      precondition(order.count == base && sources.count == 1)
      var numbers = [UInt32](repeating: 0, count: base)
      for (number, former) in order.enumerated() { numbers[Int(former)] = UInt32(number) }
      sources[0].renumber(numbers)
    }
    records = Self.records(of: sources, documentCount: base)
    self.sources = sources
    self.analyzer = analyzer
    self.similarity = similarity
    self.workers = workers
    documentCount = base
  }

  /// The number of documents of the merged segment.
  let documentCount: Int
  /// The record of each; nil where it has the same number.
  private let records: [UInt32]?

  private static func records(of sources: [MergeSource], documentCount: Int) -> [UInt32]? {
    guard sources.contains(where: { $0.isReordered || $0.segment.isReordered }) else { return nil }
    var records = [UInt32](repeating: 0, count: documentCount)
    for source in sources {
      for document in 0..<UInt32(source.segment.documentCount) {
        if let number = source.number(of: document),
          let record = source.number(ofRecord: source.segment.record(of: document))
        {
          records[Int(number)] = record
        }
      }
    }
    return records.indices.allSatisfy { records[$0] == $0 } ? nil : records
  }

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
    let file = try FileWriter(
      path: path, kind: SegmentFormat.kind, version: SegmentFormat.version)
    try file.begin(SegmentFormat.articles)
    try file.append(section: SegmentFormat.articleIndex, writeArticles(to: file))
    if let records { try DocumentOrder.write(records, to: file) }
    try writeFingerprints(to: file)
    try writeIdentifiers(to: file)
    var infos: [SegmentInfo.Field] = []
    for id in FieldID.all {
      let isNowhere = sources.allSatisfy { $0.segment.field(id).termCount == 0 }
      infos.append(
        id.part == .further && isNowhere
          ? SegmentInfo.Field()
          : try FieldMerger(id, sources, documentCount: documentCount).write(
            to: file, similarity: similarity, by: workers))
    }
    try ColumnsMerger(sources, documentCount: documentCount).write(to: file)
    var titles = SuggestedTitlesWriter()
    for source in sources { titles.add(source) }
    try titles.write(to: file)
    let info = SegmentInfo(
      documentCount: documentCount, analyzer: analyzer, similarity: similarity, fields: infos,
      firstWithTexts: sources.map(\.segment.firstWithTexts).max() ?? 0)
    try file.append(section: SegmentFormat.info, info.encoded())
    return (file, try file.finish())
  }

  /// - Returns: the section `articles.index`.
  private func writeArticles(to file: FileWriter) throws(StorageError) -> [UInt8] {
    let writer = StoredArticlesWriter()
    for source in sources {
      try writer.add(
        source.segment.articles, isLive: { source.number(ofRecord: $0) != nil }, to: file)
    }
    try writer.finish(to: file)
    return writer.index.bytes
  }

  private func writeFingerprints(to file: FileWriter) throws(StorageError) {
    var fingerprints: [Fingerprint] = []
    for source in sources {
      for record in 0..<UInt32(source.segment.documentCount)
      where source.number(ofRecord: record) != nil {
        fingerprints.append(source.segment.fingerprints[record])
      }
    }
    try Fingerprints.write(fingerprints, to: file)
  }

  private func writeIdentifiers(to file: FileWriter) throws(StorageError) {
    var writer = IdentifiersWriter()
    for source in sources {
      let identifiers = source.segment.identifiers
      var ids = identifiers.ids.makeReader()
      for record in 0..<UInt32(identifiers.documentCount)
      where source.number(ofRecord: record) != nil {
        writer.add(
          id: try ids.id(of: record), content: identifiers.content(of: record),
          ordinal: identifiers.ordinal(of: record), stamp: identifiers.stamp(of: record))
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
