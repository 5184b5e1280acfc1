import SuoyinStorage
public import SuoyinText

/// An index as it was at one commit, for reading.
///
/// It never changes; later commits are seen by opening another. Any number of threads may read one
/// snapshot, and any number of processes one index, while a writer is at work: a snapshot keeps its
/// files mapped, also when the writer has removed their names.
public struct IndexSnapshot: Sendable {
  /// Grows by one with each commit.
  public let generation: UInt64
  /// The parameters of BM25 that the index was made for.
  public let similarity: Similarity
  /// What made the index's terms, and has to make those of its queries.
  public let analyzer: Analyzer
  /// The fields of its articles beside title and text.
  public let fields: FieldSchema
  /// The parts of the index, in the order in which they were written.
  public let segments: [Segment]
  /// The number of articles that are not deleted.
  public let articleCount: Int
  /// The ingest ordinal that the next article gets: all later ones have it or a greater one.
  public let ordinalEnd: UInt64
  /// The bytes of the manifest and of the analyzer's options.
  private let manifestSize: Int

  /// Opens the last commit of the index in the folder `directory`.
  ///
  /// What is checked: the manifest in full; of each segment header, footer, ranges and sizes, and
  /// that it is the file the manifest means; deletes and orders of documents in full. Dictionary and article blocks are
  /// verified when read.
  ///
  /// - Throws: `noIndex`; `otherAnalyzer` where this program's analyzer of that name has other rules
  ///   than the one that made the index; or `storage` with what is damaged.
  /// - Complexity: O(number of segments), and reading the deletes and the orders of reordered ones.
  public static func open(at directory: String) throws(IndexError) -> IndexSnapshot {
    let folder = IndexFolder(directory)
    return try folder.reading { (manifest, size) throws(IndexError) in
      // Before anything is opened that only the rules of another version may understand.
      _ = try manifest.analyzer(with: nil, directory: directory)
      let options = try indexing { () throws(StorageError) in try manifest.readOptions(in: folder) }
      let segments = try indexing { () throws(StorageError) in
        try manifest.openSegments(in: folder)
      }
      return IndexSnapshot(
        manifest, manifestSize: size + (options?.file.size ?? 0),
        analyzer: try manifest.analyzer(with: options?.options, directory: directory),
        fields: options?.fields ?? FieldSchema(), segments: segments)
    }
  }

  /// A segment that no manifest names, as an index of its own: for fuzzing.
  package static func open(
    segmentAt path: String, analyzer: Analyzer
  ) throws(IndexError) -> IndexSnapshot {
    let segment = try indexing { () throws(StorageError) in
      try Segment(path: path, livePath: nil)
    }
    let manifest = Manifest(
      generation: 1, analyzer: analyzer.description, similarity: segment.info.similarity,
      nextOrdinal: .max, nextSegment: .max, segments: [])
    return IndexSnapshot(manifest, manifestSize: 0, analyzer: analyzer, segments: [segment])
  }

  private init(
    _ manifest: Manifest, manifestSize: Int, analyzer: Analyzer,
    fields: FieldSchema = FieldSchema(), segments: [Segment]
  ) {
    self.fields = fields
    self.segments = segments
    generation = manifest.generation
    ordinalEnd = manifest.nextOrdinal
    similarity = manifest.similarity
    self.analyzer = analyzer
    articleCount = segments.reduce(0) { $0 + $1.liveCount }
    self.manifestSize = manifestSize
  }

  /// The number of articles whose further fields of text cannot be searched, since they were indexed
  /// before that could be; 0 in an index that has no such field. Indexing them anew changes it.
  ///
  /// - Complexity: O(number of segments); where articles are deleted, of such articles.
  public var countWithoutTexts: Int {
    fields.texts.isEmpty ? 0 : segments.reduce(0) { $0 + $1.countWithoutTexts }
  }

  /// What BM25 needs to know of a field over all segments; see ``FieldStatistics`` for deleted
  /// articles.
  ///
  /// - Complexity: O(number of segments).
  public func statistics(of field: FieldID) -> FieldStatistics {
    var sum = FieldStatistics()
    for segment in segments {
      sum.documentCount += segment.field(field).documentCount
      sum.totalLength += segment.field(field).totalLength
    }
    return sum
  }

  /// Where the live article of that id is.
  ///
  /// An id whose entry is damaged is not found; checking the index tells.
  ///
  /// - Returns: the index in ``segments`` and the document there.
  /// - Complexity: O(number of segments), a place or two of memory each; and O(documents) of a segment
  ///   that is reordered, where it is there.
  public func document(id: String) -> (segment: Int, document: UInt32)? {
    let bytes = Array(id.utf8)
    for (index, segment) in segments.enumerated() {
      if case .some(.some(let record)) = try? segment.liveRecord(id: bytes) {
        return (index, segment.document(ofRecord: record))
      }
    }
    return nil
  }

  /// Gives all articles that are not deleted, in the order in which the index took them.
  ///
  /// - Complexity: O(stored bytes); memory holds one article and its block.
  public func visitArticles(
    _ body: (Article) throws -> Void
  ) throws {
    for segment in segments {
      var last = StoredArticles.LastBlock()
      for record in 0..<UInt32(segment.documentCount) where segment.isLive(record: record) {
        try body(
          indexing { () throws(StorageError) in
            try segment.articles.article(record, last: &last)
          })
      }
    }
  }

  /// The number of terms of all fields; one that several segments hold counts in each.
  public var termCount: Int {
    segments.reduce(0) { sum, segment in
      FieldID.all.reduce(sum) { $0 + segment.field($1).termCount }
    }
  }

  /// The bytes on disk by what they hold; they sum up to the size of all files.
  public var sizes: [(part: String, bytes: Int)] {
    let parts = [
      "dictionary", "postings", "positions", "lengths", "articles", "columns", "identifiers",
      "suggestions", "other",
    ]
    var sizes: [String: Int] = ["other": manifestSize]
    for segment in segments {
      var rest = segment.file.size + (segment.live?.file.size ?? 0)
      for section in segment.file.sections {
        sizes[SegmentFormat.part(of: section.name ?? ""), default: 0] += section.count
        rest -= section.count
      }
      sizes["other", default: 0] += rest
    }
    return parts.map { ($0, sizes[$0] ?? 0) }
  }
}

extension Manifest {
  /// Opens what it names.
  func openSegments(in folder: IndexFolder) throws(StorageError) -> [Segment] {
    var opened: [Segment] = []
    for record in segments {
      opened.append(try Segment(record, analyzer: analyzer, in: folder))
    }
    return opened
  }
}

extension Segment {
  /// Opens a segment that a manifest names and makes sure that it is the one.
  convenience init(
    _ record: Manifest.SegmentRecord, analyzer: AnalyzerDescription, in folder: IndexFolder
  ) throws(StorageError) {
    let path = folder.segment(record.number)
    try self.init(
      path: path,
      livePath: record.deletes.map { folder.live(record.number, generation: $0.generation) })
    try file.check(record.file)
    if let deletes = record.deletes { try live?.file.check(deletes.file) }
    guard info.analyzer == analyzer else {
      throw StorageError(
        .damaged, file: path, section: SegmentFormat.info,
        what: "analyzer is not the one in the manifest", expected: "\(analyzer)",
        found: "\(info.analyzer)")
    }
  }
}
