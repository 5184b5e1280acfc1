import SuoyinStorage
import SuoyinText

/// What can be opened of a damaged index, with or without its manifest.
struct IndexRemains {
  /// A segment, as far as it can be opened.
  struct Part {
    let number: UInt64
    let path: String
    /// Where nothing tells how many there were, up to the last one found.
    let documentCount: Int
    let articles: SoundArticles
    /// Nil where the sections are not even of the right sizes.
    let identifiers: Identifiers?
    /// The ids of articles that were found without the table of sections.
    fileprivate var foundIDs: [UInt32: [UInt8]] = [:]
    fileprivate let live: MappedLiveDocuments?
    /// With the deletes of this repair; nil where not all of the segment can be opened.
    fileprivate(set) var committed: CommittedSegment?
    /// Whether every byte of it is as it was written.
    fileprivate(set) var isSound = false
    /// The sections that are not.
    fileprivate(set) var damagedSections: Set<String> = []
    /// That of the first document, where the others follow and their own cannot be read.
    fileprivate var firstOrdinal: UInt64?
    fileprivate var removed: Set<UInt32> = []

    func isLive(_ document: UInt32) -> Bool {
      live.map { document < $0.documentCount && $0.contains(document) } ?? true
        && !removed.contains(document)
    }

    fileprivate mutating func remove(_ document: UInt32) {
      removed.insert(document)
      committed?.remove(record: document)
    }

    /// Whether what a section says can be trusted.
    func isWhole(_ section: String) -> Bool { !damagedSections.contains(section) }

    /// The ordinal of a document; one that keeps its place where its own cannot be read.
    func ordinal(of document: UInt32) -> UInt64? {
      if isWhole(SegmentFormat.ordinals), let identifiers {
        return identifiers.ordinal(of: document)
      }
      return firstOrdinal.map { $0 + UInt64(document) }
    }

    /// The bytes of an id; nil where they cannot be read.
    func id(of document: UInt32) -> [UInt8]? {
      if let id = foundIDs[document] { return id }
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
  /// Above those of the segments so far.
  private var segmentsEnd: UInt64 = 0

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
      let deletes = file.deletes.map {
        (generation: $0, path: folder.live(file.number, generation: $0))
      }
      var found = Self.part(file.number, path, deletes)
      if let deletes, found == nil || found?.live == nil,
        let plain = Self.part(file.number, path, nil)
      {
        notes.append("\(deletes.path) could not be read; articles that were deleted may be back")
        found = plain
        mayRepeat = true
      }
      guard let part = found else {
        lostFiles.append(path)
        continue
      }
      if part.identifiers == nil {
        notes.append(
          "\(path) could not be opened; its articles were looked for one by one, and "
            + "\(part.foundIDs.count) were found")
      }
      if analyzer == nil { analyzer = part.committed?.segment.info.analyzer }
      take(part, keepsOrder: manifest != nil)
    }
    similarity =
      manifest?.similarity
      ?? segments.lazy.compactMap { $0.committed?.segment.info.similarity }.first ?? similarity
    readOptions(files.options.map { folder.analyzer(generation: $0) })
    if mayRepeat { removeRepeated() }
    if segments.isEmpty, manifest == nil { throw .manifestLost(directory: folder.path) }
  }

  /// - Parameter keepsOrder: whether segments come in the order of their ordinals.
  private mutating func take(_ part: Part, keepsOrder: Bool) {
    var part = part
    if let segment = part.committed?.segment, segment.info.analyzer != analyzer {
      part.isSound = false
    }
    // Between those of the segments beside it are as many ordinals as it has documents.
    if keepsOrder { part.firstOrdinal = segmentsEnd }
    for document in 0..<UInt32(part.documentCount) {
      if let ordinal = part.ordinal(of: document) { segmentsEnd = max(segmentsEnd, ordinal + 1) }
    }
    nextOrdinal = max(nextOrdinal, segmentsEnd)
    segments.append(part)
  }

  /// Opens a segment, or at least its articles.
  private static func part(
    _ number: UInt64, _ path: String, _ deletes: (generation: UInt64, path: String)?
  ) -> Part? {
    reading { () throws(StorageError) in
      try opened(number, path, deletes)
    } ?? reading { () throws(StorageError) in
      try unfolded(number, path, deletes?.path)
    } ?? reading { () throws(StorageError) in
      try searched(number, path, deletes?.path)
    } ?? nil
  }

  /// A segment that can be opened.
  private static func opened(
    _ number: UInt64, _ path: String, _ deletes: (generation: UInt64, path: String)?
  ) throws(StorageError) -> Part {
    let segment = try Segment(path: path, livePath: deletes?.path)
    var record = Manifest.SegmentRecord(
      number: number, file: .init(size: segment.file.size, checksum: segment.file.checksum))
    if let deletes, let file = segment.live?.file {
      record.deletes = .init(
        generation: deletes.generation, file: .init(size: file.size, checksum: file.checksum))
    }
    let errors = segment.verify()
    return Part(
      number: number, path: path, documentCount: segment.documentCount,
      articles: try SoundArticles(segment.file, documentCount: segment.documentCount),
      identifiers: segment.identifiers, live: segment.live,
      committed: CommittedSegment(record, segment: segment), isSound: errors.isEmpty,
      damagedSections: Set(errors.compactMap(\.section)))
  }

  /// A segment whose table of sections can be read.
  private static func unfolded(
    _ number: UInt64, _ path: String, _ livePath: String?
  ) throws(StorageError) -> Part {
    let file = try SectionedFile(
      path: path, kind: SegmentFormat.kind, versions: SegmentFormat.readableVersions)
    let documents = try DocumentIDs.documentCount(of: file)
    var damaged: Set<String> = []
    for section in file.sections
    where reading({ () throws(StorageError) in try section.verify() }) == nil {
      damaged.insert(section.name ?? "")
    }
    return Part(
      number: number, path: path, documentCount: documents,
      articles: try SoundArticles(file, documentCount: documents),
      identifiers: try Identifiers(file, documentCount: documents),
      live: try livePath.map { (path) throws(StorageError) in
        try MappedLiveDocuments(path: path, documentCount: documents)
      }, damagedSections: damaged)
  }

  /// What of a file can be found without its table of sections; nil where nothing can.
  private static func searched(
    _ number: UInt64, _ path: String, _ livePath: String?
  ) throws(StorageError) -> Part? {
    let articles = SoundArticles(searching: try MappedFile(path: path))
    if articles.isEmpty { return nil }
    let live = try livePath.map { (path) throws(StorageError) in
      try MappedLiveDocuments(path: path, documentCount: nil)
    }
    var walk = articles
    var ids: [UInt32: [UInt8]] = [:]
    while let found = walk.next() {
      for (document, article) in found { ids[document] = Array(article.id.utf8) }
    }
    let count = live?.documentCount ?? (ids.keys.max().map { Int($0) + 1 } ?? 0)
    return Part(
      number: number, path: path, documentCount: count, articles: articles, identifiers: nil,
      foundIDs: ids, live: live)
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
        guard let id = segments[index].id(of: document) else { continue }
        // What has lost its place in the order gives way.
        let ordinal = segments[index].ordinal(of: document) ?? 0
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
