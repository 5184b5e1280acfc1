import SuoyinStorage

/// What names the documents of a segment: ids with a look-up, ingest ordinals, hashes of contents and
/// stamps of files: FORMAT.md, "Identifiers".
final class Identifiers: Sendable {
  private let ids: Section
  /// Where ids end, in 32 bits or, where ``ids`` is larger, in 64; the other one is empty.
  private let ends: MappedArray<UInt32>
  private let wideEnds: MappedArray<UInt64>
  private let hashes: MappedArray<UInt32>
  private let documents: MappedArray<UInt32>
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
    ids = try file.section(SegmentFormat.ids)
    let isWide = Self.isWide(ids.count)
    ends = try Self.array(file, SegmentFormat.idEnds, isWide ? nil : documentCount)
    wideEnds = try Self.array(file, SegmentFormat.idEnds, isWide ? documentCount : nil)
    hashes = try Self.array(file, SegmentFormat.idHashes, documentCount)
    documents = try Self.array(file, SegmentFormat.idDocuments, documentCount)
    let hasContents = try file.section(SegmentFormat.contents).count > 0
    contents = try Self.array(
      file, SegmentFormat.contents, hasContents ? documentCount * 2 : nil)
    let hasStamps = try file.section(SegmentFormat.stamps).count > 0
    stamps = try Self.array(file, SegmentFormat.stamps, hasStamps ? documentCount : nil)
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

  /// Whether ends of ids take 64 bits.
  static func isWide(_ size: Int) -> Bool { size > Int(UInt32.max) }

  /// The whole of a section as an array of a known number of elements; nil stands for none of it.
  private static func array<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ file: SectionedFile, _ name: String, _ count: Int?
  ) throws(StorageError) -> MappedArray<Element> {
    let section = try file.section(name)
    guard let count else { return try section.array(of: Element.self, count: 0) }
    guard section.count == count * MemoryLayout<Element>.size else {
      throw section.damaged(
        at: 0, "size of the section", expected: "\(count * MemoryLayout<Element>.size)",
        found: "\(section.count)")
    }
    return try section.array(of: Element.self, count: count)
  }

  /// The hash that ids are looked up by: the upper half of their XXH3.
  static func hash(_ id: [UInt8]) -> UInt32 {
    UInt32(Checksum.of(id) >> 32)
  }

  /// The documents of that id, of which at most one is live.
  ///
  /// - Throws: damage in the ids of the documents that the hash leads to.
  /// - Complexity: O(log n) for n documents, O(1) on average: hashes lie evenly, so the place is
  ///   guessed and corrected.
  func documents(id: [UInt8]) throws(StorageError) -> [UInt32] {
    let hash = Self.hash(id)
    var found: [UInt32] = []
    var place = firstPlace(of: hash)
    while place < documentCount, hashes[place] == hash {
      let document = documents[place]
      guard document < documentCount else {
        throw ids.damaged(at: 0, "look-up of ids leads to document \(document)")
      }
      let bytes = try self.bytes(of: document)
      if bytes == id {
        found.append(document)
      } else if Self.hash(bytes) != hash {
        throw ids.damaged(at: 0, "id of document \(document) does not fit its hash")
      }
      place += 1
    }
    return found
  }

  /// Interpolation search, each second step a halving, so that no input makes it slow.
  private func firstPlace(of hash: UInt32) -> Int {
    var low = 0
    var high = documentCount
    var halves = false
    while low < high {
      var middle = (low + high) / 2
      let (first, last) = (hashes[low], hashes[high - 1])
      if hash <= first { return low }
      if hash > last { return high }
      if !halves, last > first {
        let share = Double(hash - first) / Double(last - first)
        middle = min(high - 1, low + Int(share * Double(high - 1 - low)))
      }
      halves.toggle()
      if hashes[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// An entry of the look-up, by its place.
  func lookup(at place: Int) -> (hash: UInt32, document: UInt32) {
    (hashes[place], documents[place])
  }

  func bytes(of document: UInt32) throws(StorageError) -> [UInt8] {
    let start = document == 0 ? 0 : end(of: document - 1)
    let end = end(of: document)
    guard start <= end, end <= UInt64(ids.count) else {
      throw ids.damaged(at: 0, "place of the id of document \(document) out of range")
    }
    var reader = try ids.reader(in: Int(start)..<Int(end))
    return try reader.readBytes(Int(end - start))
  }

  private func end(of document: UInt32) -> UInt64 {
    ends.count > 0 ? UInt64(ends[Int(document)]) : wideEnds[Int(document)]
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
  private var ids: [UInt8] = []
  private var ends: [UInt64] = []
  private var contents: [ContentHash] = []
  private var ordinals: [UInt64] = []
  private var stamps: [SourceStamp] = []

  var count: Int { ends.count }

  /// Bytes of memory held.
  var memory: Int {
    ids.count + (ends.count + ordinals.count + stamps.count) * 8 + contents.count * 16
  }

  mutating func add(
    id: some Sequence<UInt8>, content: ContentHash, ordinal: UInt64, stamp: SourceStamp
  ) {
    ids += id
    ends.append(UInt64(ids.count))
    contents.append(content)
    ordinals.append(ordinal)
    stamps.append(stamp)
  }

  func write(to file: FileWriter) throws(StorageError) {
    try file.begin(SegmentFormat.ids)
    try file.append(ids)
    if Identifiers.isWide(ids.count) {
      try write(ends, SegmentFormat.idEnds, to: file)
    } else {
      try write(ends.lazy.map { UInt32($0) }, SegmentFormat.idEnds, to: file)
    }

    var start = 0
    var lookup: [(hash: UInt32, document: UInt32)] = []
    lookup.reserveCapacity(count)
    for (document, end) in ends.enumerated() {
      lookup.append((Identifiers.hash(Array(ids[start..<Int(end)])), UInt32(document)))
      start = Int(end)
    }
    lookup.sort { ($0.hash, $0.document) < ($1.hash, $1.document) }
    try write(lookup.lazy.map(\.hash), SegmentFormat.idHashes, to: file)
    try write(lookup.lazy.map(\.document), SegmentFormat.idDocuments, to: file)

    let first = ordinals.first ?? 0
    let follows = ordinals.indices.allSatisfy { ordinals[$0] == first + UInt64($0) }
    try file.begin(SegmentFormat.ordinals)
    try append([first], to: file)
    if !follows { try append(ordinals.lazy.map { $0 &- first }, to: file) }

    try file.begin(SegmentFormat.contents)
    if contents.contains(where: { $0 != .none }) {
      try append(contents.lazy.flatMap { [$0.low, $0.high] }, to: file)
    }

    try file.begin(SegmentFormat.stamps)
    if stamps.contains(where: { $0 != .none }) {
      try append(stamps.lazy.map(\.value), to: file)
    }
  }

  private func write(
    _ numbers: some Sequence<some FixedWidthInteger>, _ section: String, to file: FileWriter
  ) throws(StorageError) {
    try file.begin(section)
    try append(numbers, to: file)
  }

  private func append(
    _ numbers: some Sequence<some FixedWidthInteger>, to file: FileWriter
  ) throws(StorageError) {
    var bytes = ByteWriter()
    for number in numbers {
      bytes.append(fixed: number)
      if bytes.count >= 1 << 16 {
        try file.append(bytes.bytes)
        bytes.removeAll()
      }
    }
    try file.append(bytes.bytes)
  }
}
