import SuoyinStorage

/// Which documents of a segment have not been deleted: FORMAT.md, "Live file".
struct LiveDocuments {
  static let kind = Envelope.Kind("LIVE")
  static let version: UInt32 = 1

  private(set) var documentCount: Int
  private(set) var liveCount: Int
  /// A bit for each document, the lowest first; bits behind the last document are 0.
  private var words: [UInt64]

  /// All documents.
  init(documentCount: Int) {
    self.documentCount = documentCount
    liveCount = documentCount
    words = [UInt64](repeating: .max, count: (documentCount + 63) / 64)
    if documentCount % 64 != 0 { words[words.count - 1] = 1 << UInt64(documentCount % 64) - 1 }
  }

  /// A copy of those of a segment.
  init(of segment: Segment) {
    self.init(documentCount: segment.documentCount)
    guard let live = segment.live else { return }
    words = (0..<live.words.count).map { live.words[$0] }
    liveCount = live.liveCount
  }

  func contains(_ document: UInt32) -> Bool {
    words[Int(document) / 64] >> UInt64(document % 64) & 1 != 0
  }

  /// - Returns: whether the document was live.
  @discardableResult
  mutating func remove(_ document: UInt32) -> Bool {
    guard contains(document) else { return false }
    words[Int(document) / 64] &= ~(1 << UInt64(document % 64))
    liveCount -= 1
    return true
  }

  /// Makes room for one more document, which is live.
  mutating func append() {
    if documentCount % 64 == 0 { words.append(0) }
    words[documentCount / 64] |= 1 << UInt64(documentCount % 64)
    documentCount += 1
    liveCount += 1
  }

  /// Writes the file, still under its temporary name.
  func write(to path: String) throws(StorageError) -> (FileWriter, FileWriter.Summary) {
    let file = try FileWriter(path: path, kind: Self.kind, version: Self.version)
    try file.begin("counts")
    var bytes = ByteWriter()
    bytes.append(fixed: UInt32(documentCount))
    bytes.append(fixed: UInt32(liveCount))
    try file.append(bytes.bytes)
    try file.begin("live")
    bytes.removeAll()
    for word in words { bytes.append(fixed: word) }
    try file.append(bytes.bytes)
    return (file, try file.finish())
  }
}

/// The live documents of a committed segment, mapped; everything is verified when it is opened.
struct MappedLiveDocuments: Sendable {
  let file: SectionedFile
  let documentCount: Int
  let liveCount: Int
  let words: MappedArray<UInt64>

  /// - Parameter expected: the number of documents; nil where the segment cannot tell.
  init(path: String, documentCount expected: Int?) throws(StorageError) {
    file = try SectionedFile(
      path: path, kind: LiveDocuments.kind, versions: 1...LiveDocuments.version)
    let counts = try file.section("counts")
    try counts.verify()
    var reader = counts.reader()
    documentCount = Int(try reader.readFixed(UInt32.self))
    liveCount = Int(try reader.readFixed(UInt32.self))
    try reader.finish()
    guard documentCount == expected ?? documentCount else {
      throw counts.damaged(
        at: 0, "number of documents", expected: expected.map { "\($0)" }, found: "\(documentCount)")
    }
    let live = try file.section("live")
    try live.verify()
    let wordCount = (documentCount + 63) / 64
    guard live.count == wordCount * 8 else {
      throw live.damaged(
        at: 0, "size of the live documents", expected: "\(wordCount * 8)", found: "\(live.count)")
    }
    words = try live.array(of: UInt64.self, count: wordCount)
    var found = 0
    for index in 0..<wordCount { found += words[index].nonzeroBitCount }
    let excess = documentCount % 64
    guard found == liveCount, excess == 0 || words[wordCount - 1] >> UInt64(excess) == 0 else {
      throw live.damaged(
        at: 0, "number of live documents", expected: "\(liveCount)", found: "\(found)")
    }
  }

  func contains(_ document: UInt32) -> Bool {
    words[Int(document) / 64] >> UInt64(document % 64) & 1 != 0
  }
}
