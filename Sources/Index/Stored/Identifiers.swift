import SuoyinStorage

/// What tells the documents of a segment apart: ids, ingest ordinals, hashes of contents and stamps of
/// files: FORMAT.md, "Identifiers".
final class Identifiers: Sendable {
  let ids: DocumentIDs
  /// Empty where no document has one.
  private let contents: MappedArray<UInt64>
  /// Empty where no document has one.
  private let stamps: MappedArray<UInt64>
  private let firstOrdinal: UInt64
  /// What is added to ``firstOrdinal``; empty where ordinals follow one another.
  private let ordinals: MappedArray<UInt64>
  let documentCount: Int

  init(_ file: SectionedFile, documentCount: Int) throws(StorageError) {
    self.documentCount = documentCount
    ids = try DocumentIDs(file, documentCount: documentCount)
    let hasContents = try file.section(SegmentFormat.contents).count > 0
    contents = try file.array(
      SegmentFormat.contents, count: hasContents ? documentCount * 2 : nil)
    let hasStamps = try file.section(SegmentFormat.stamps).count > 0
    stamps = try file.array(SegmentFormat.stamps, count: hasStamps ? documentCount : nil)
    let section = try file.section(SegmentFormat.ordinals)
    var reader = section.reader()
    firstOrdinal = try reader.readFixed(UInt64.self)
    let count = reader.remaining == 0 ? 0 : documentCount
    guard reader.remaining == count * 8 else {
      throw section.damaged(
        at: 8, "size of the ordinals", expected: "none, or \(documentCount * 8) bytes",
        found: "\(reader.remaining)")
    }
    ordinals = try section.array(of: UInt64.self, at: 8, count: count)
  }

  func content(of document: UInt32) -> ContentHash {
    contents.count == 0
      ? .none
      : ContentHash(low: contents[Int(document) * 2], high: contents[Int(document) * 2 + 1])
  }

  func stamp(of document: UInt32) -> SourceStamp {
    stamps.count == 0 ? .none : SourceStamp(value: stamps[Int(document)])
  }

  func ordinal(of document: UInt32) -> UInt64 {
    ordinals.count == 0 ? firstOrdinal &+ UInt64(document) : firstOrdinal &+ ordinals[Int(document)]
  }
}

/// Gathers what names the documents of a new segment and writes it.
struct IdentifiersWriter {
  private(set) var ids = DocumentIDsWriter()
  private var contents: [ContentHash] = []
  private var ordinals: [UInt64] = []
  private var stamps: [SourceStamp] = []

  var count: Int { ordinals.count }

  /// Bytes of memory held.
  var memory: Int {
    ids.memory + (ordinals.count + stamps.count) * 8 + contents.count * 16
  }

  mutating func add(
    id: some Sequence<UInt8>, content: ContentHash, ordinal: UInt64, stamp: SourceStamp
  ) {
    ids.add(id)
    contents.append(content)
    ordinals.append(ordinal)
    stamps.append(stamp)
  }

  func write(to file: FileWriter) throws(StorageError) {
    try ids.write(to: file)
    let first = ordinals.first ?? 0
    let follows = ordinals.indices.allSatisfy { ordinals[$0] == first + UInt64($0) }
    try file.begin(SegmentFormat.ordinals)
    try file.append(numbers: [first])
    if !follows { try file.append(numbers: ordinals.lazy.map { $0 &- first }) }

    try file.begin(SegmentFormat.contents)
    if contents.contains(where: { $0 != .none }) {
      try file.append(numbers: contents.lazy.flatMap { [$0.low, $0.high] })
    }

    try file.begin(SegmentFormat.stamps)
    if stamps.contains(where: { $0 != .none }) {
      try file.append(numbers: stamps.lazy.map(\.value))
    }
  }
}
