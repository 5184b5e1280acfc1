import SuoyinStorage
import SuoyinText

/// What can be opened of a damaged index, with or without its manifest.
struct IndexRemains {
  /// A segment, as far as it can be opened.
  struct Part {
    let number: UInt64
    let file: SectionedFile
    let documentCount: Int
    let articles: StoredArticles
    /// Nil where the sections are not even of the right sizes.
    let identifiers: Identifiers?
    fileprivate let live: MappedLiveDocuments?
    /// With the deletes of this repair; nil where not all of the segment can be opened.
    fileprivate(set) var committed: CommittedSegment?
    /// Whether every byte of it is as it was written.
    fileprivate(set) var isSound = false
    /// The sections that are not.
    fileprivate(set) var damagedSections: Set<String>
    fileprivate var removed: Set<UInt32> = []

    func isLive(_ document: UInt32) -> Bool {
      live?.contains(document) ?? true && !removed.contains(document)
    }

    fileprivate mutating func remove(_ document: UInt32) {
      removed.insert(document)
      committed?.remove(document)
    }

    /// Whether what a section says can be trusted.
    func isWhole(_ section: String) -> Bool { !damagedSections.contains(section) }

    func ordinal(of document: UInt32) -> UInt64? {
      isWhole(SegmentFormat.ordinals) ? identifiers?.ordinal(of: document) : nil
    }

    /// The bytes of an id; nil where they cannot be read.
    func id(of document: UInt32) -> [UInt8]? {
      guard isWhole(SegmentFormat.ids), isWhole(SegmentFormat.idBlocks) else { return nil }
      return IndexRemains.reading { () throws(StorageError) in
        var reader = identifiers?.ids.makeReader()
        return try reader?.id(of: document)
      } ?? nil
    }
  }

  private(set) var segments: [Part] = []
  /// Segments of which nothing can be opened.
  private(set) var lostFiles: [String] = []
  private(set) var notes: [String] = []
  /// The analyzer of the manifest, or of the segments.
  private(set) var analyzer: AnalyzerDescription?
  private(set) var options: AnalyzerOptions?
  /// The fields of the index; where they cannot be read, those of sound segments.
  private(set) var fields = FieldSchema()
  /// Whether the index had options that cannot be read.
  private(set) var lostOptions = false
  private(set) var similarity = Similarity()
  /// Above that of any article.
  private(set) var nextOrdinal: UInt64 = 0

  init(in folder: IndexFolder) throws(IndexError) {
    let manifest = Self.reading { () throws(StorageError) in try Manifest.read(in: folder).0 }
    let files = try indexing { () throws(StorageError) in try CommittedFiles(manifest, in: folder) }
    if manifest == nil {
      notes.append(
        "the manifest could not be read; what segments and deletes are there was taken for the index"
      )
    }
    analyzer = manifest?.analyzer
    nextOrdinal = manifest?.nextOrdinal ?? 0
    // Whose deletes are not known, or whose segments are not, may have an article twice.
    var mayRepeat = manifest == nil
    for file in files.segments {
      let path = folder.segment(file.number)
      var live = file.deletes.map { folder.live(file.number, generation: $0) }
      if let deletes = live, let plain = Self.segment(path, livePath: nil),
        Self.reading({ () throws(StorageError) in
          try MappedLiveDocuments(path: deletes, documentCount: plain.documentCount)
        }) == nil
      {
        notes.append("\(deletes) could not be read; articles that were deleted may be back")
        live = nil
        mayRepeat = true
      }
      guard let part = Self.part(file.number, path, livePath: live, deletes: file.deletes) else {
        lostFiles.append(path)
        continue
      }
      if analyzer == nil { analyzer = part.committed?.segment.info.analyzer }
      take(part)
    }
    similarity =
      manifest?.similarity
      ?? segments.lazy.compactMap { $0.committed?.segment.info.similarity }.first ?? similarity
    readOptions(files.options.map { folder.analyzer(generation: $0) })
    if mayRepeat { removeRepeated() }
    if segments.isEmpty, manifest == nil { throw .manifestLost(directory: folder.path) }
  }

  private mutating func take(_ part: Part) {
    var part = part
    if let segment = part.committed?.segment, segment.info.analyzer != analyzer {
      part.isSound = false
    }
    for document in 0..<UInt32(part.documentCount) {
      if let ordinal = part.ordinal(of: document) { nextOrdinal = max(nextOrdinal, ordinal + 1) }
    }
    segments.append(part)
  }

  /// Opens a segment, or at least its articles.
  private static func part(
    _ number: UInt64, _ path: String, livePath: String?, deletes: UInt64?
  ) -> Part? {
    if let segment = segment(path, livePath: livePath) {
      var record = Manifest.SegmentRecord(
        number: number, file: .init(size: segment.file.size, checksum: segment.file.checksum))
      if let deletes, let file = segment.live?.file {
        record.deletes = .init(
          generation: deletes, file: .init(size: file.size, checksum: file.checksum))
      }
      let errors = segment.verify()
      return Part(
        number: number, file: segment.file, documentCount: segment.documentCount,
        articles: segment.articles, identifiers: segment.identifiers, live: segment.live,
        committed: CommittedSegment(record, segment: segment), isSound: errors.isEmpty,
        damagedSections: Set(errors.compactMap(\.section)))
    }
    return reading { () throws(StorageError) in
      let file = try SectionedFile(
        path: path, kind: SegmentFormat.kind, versions: SegmentFormat.readableVersions)
      let documents = try file.section(SegmentFormat.idDocuments).count / 4
      let articles = try StoredArticles(
        blocks: file.section(SegmentFormat.articles),
        index: file.section(SegmentFormat.articleIndex), documentCount: documents)
      let identifiers = reading { () throws(StorageError) in
        try Identifiers(file, documentCount: documents)
      }
      let live = reading { () throws(StorageError) in
        try livePath.map { (path) throws(StorageError) in
          try MappedLiveDocuments(path: path, documentCount: documents)
        }
      }
      var damaged: Set<String> = []
      for section in file.sections
      where reading({ () throws(StorageError) in try section.verify() }) == nil {
        damaged.insert(section.name ?? "")
      }
      return Part(
        number: number, file: file, documentCount: documents, articles: articles,
        identifiers: identifiers, live: live ?? nil, damagedSections: damaged)
    }
  }

  private mutating func readOptions(_ path: String?) {
    guard let path else { return }
    if let file = Self.reading({ () throws(StorageError) in try AnalyzerFile(path: path) }) {
      options = file.options
      fields = file.fields
      return
    }
    for part in segments where part.isSound {
      for column in part.committed?.segment.columns ?? [] where fields[column.name] == nil {
        fields.insert(FieldSchema.Field(name: column.name, kind: column.kind))
      }
    }
    lostOptions = true
    notes.append(
      "\(path) could not be read; all articles were analyzed anew without the analyzer's options")
  }

  /// Of articles with one id the one that came last stays.
  private mutating func removeRepeated() {
    var last: [[UInt8]: (ordinal: UInt64, part: Int, document: UInt32)] = [:]
    for index in segments.indices {
      for document in 0..<UInt32(segments[index].documentCount)
      where segments[index].isLive(document) {
        guard let id = segments[index].id(of: document),
          let ordinal = segments[index].ordinal(of: document)
        else { continue }
        if let other = last[id] {
          guard other.ordinal < ordinal else {
            segments[index].remove(document)
            continue
          }
          segments[other.part].remove(other.document)
        }
        last[id] = (ordinal, index, document)
      }
    }
  }

  private static func segment(_ path: String, livePath: String?) -> Segment? {
    reading { () throws(StorageError) in try Segment(path: path, livePath: livePath) }
  }

  /// What can be read, or nil: everything that cannot has been reported by the check before.
  fileprivate static func reading<Value>(_ body: () throws(StorageError) -> Value) -> Value? {
    do throws(StorageError) { return try body() } catch { return nil }
  }
}

/// The files that an index has by its manifest, or by their names where there is none.
private struct CommittedFiles {
  var segments: [(number: UInt64, deletes: UInt64?)] = []
  /// The generation of the analyzer's options.
  var options: UInt64?

  init(_ manifest: Manifest?, in folder: IndexFolder) throws(StorageError) {
    if let manifest {
      segments = manifest.segments.map { ($0.number, $0.deletes?.generation) }
      options = manifest.options?.generation
      return
    }
    var deletes: [UInt64: UInt64] = [:]
    var numbers: Set<UInt64> = []
    for name in try folder.ownNames() where !name.hasSuffix(FileWriter.temporarySuffix) {
      switch IndexFolder.numbers(in: name) {
      case (let segment?, let generation?)?:
        deletes[segment] = max(deletes[segment] ?? 0, generation)
      case (let segment?, nil)?: numbers.insert(segment)
      case (nil, let generation?)?: options = max(options ?? 0, generation)
      default: break
      }
    }
    segments = numbers.sorted().map { ($0, deletes[$0]) }
  }
}
