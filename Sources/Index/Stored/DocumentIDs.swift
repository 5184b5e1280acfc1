import SuoyinStorage

/// The ids of a segment's documents, and what leads from an id to its documents: FORMAT.md,
/// "Identifiers".
///
/// Ids lie in blocks, each without what it shares with the one before. Most archives come in an order
/// of their ids, by bytes or by number; then the ids themselves are searched. Otherwise hashes are.
final class DocumentIDs: Sendable {
  /// How many documents a block has.
  static let blockSize = 32

  private let ids: Section
  /// Where blocks begin, in 32 bits or, where ``ids`` is larger, in 64; the other one is empty.
  private let starts: MappedArray<UInt32>
  private let wideStarts: MappedArray<UInt64>
  /// nil where the look-up is by hash.
  let order: IDOrder?
  /// Ascending, and the documents that they belong to; both empty where ids ascend.
  private let hashes: MappedArray<UInt32>
  private let documents: MappedArray<UInt32>
  private let documentCount: Int

  init(_ file: SectionedFile, documentCount: Int) throws(StorageError) {
    self.documentCount = documentCount
    ids = try file.section(SegmentFormat.ids)
    let blocks = (documentCount + Self.blockSize - 1) / Self.blockSize
    let isWide = Self.isWide(ids.count)
    starts = try file.array(SegmentFormat.idBlocks, count: isWide ? nil : blocks)
    wideStarts = try file.array(SegmentFormat.idBlocks, count: isWide ? blocks : nil)
    let kept: Int
    (order, kept) = try Self.readOrder(of: file)
    guard kept == documentCount else {
      throw try file.section(SegmentFormat.idOrder).damaged(
        at: 1, "number of ids", expected: "\(documentCount)", found: "\(kept)")
    }
    let hashed = order == nil ? documentCount : 0
    hashes = try file.array(SegmentFormat.idHashes, count: hashed)
    documents = try file.array(SegmentFormat.idDocuments, count: hashed)
  }

  /// How many ids a file has, which tells the number of its documents where `info` is lost.
  static func documentCount(of file: SectionedFile) throws(StorageError) -> Int {
    try readOrder(of: file).count
  }

  private static func readOrder(
    of file: SectionedFile
  ) throws(StorageError) -> (order: IDOrder?, count: Int) {
    let section = try file.section(SegmentFormat.idOrder)
    var reader = section.reader()
    let code = try reader.readByte()
    guard code == 0 || IDOrder(rawValue: code) != nil else {
      throw section.damaged(at: 0, "order of the ids", expected: "0, 1 or 2", found: "\(code)")
    }
    let count = try reader.readCount(upTo: SegmentFormat.documentLimit - 1)
    try reader.finish()
    return (IDOrder(rawValue: code), count)
  }

  /// Whether starts of blocks take 64 bits.
  static func isWide(_ size: Int) -> Bool { size > Int(UInt32.max) }

  /// The hash that ids are looked up by: the upper half of their XXH3.
  static func hash(_ id: [UInt8]) -> UInt32 {
    UInt32(Checksum.of(id) >> 32)
  }

  // MARK: - From a document to its id

  /// Reads ids; faster where one document follows the other.
  struct Reader {
    private let ids: DocumentIDs
    private var reader: ByteReader?
    private var next: UInt32 = 0
    /// The id that was read last.
    private(set) var id: [UInt8] = []

    fileprivate init(_ ids: DocumentIDs) {
      self.ids = ids
    }

    /// The id of a document.
    ///
    /// - Precondition: `document` is below the number of documents.
    mutating func id(of document: UInt32) throws(StorageError) -> [UInt8] {
      let first = document - document % UInt32(DocumentIDs.blockSize)
      if reader == nil || document < next || first > next || first == next {
        reader = try ids.block(Int(first) / DocumentIDs.blockSize)
        next = first
        id.removeAll(keepingCapacity: true)
      }
      while next <= document { try advance() }
      return id
    }

    /// Reads the next id of the block.
    private mutating func advance() throws(StorageError) {
      guard var reader else { return }
      let both = try reader.readByte()
      var shared = Int(both >> 4)
      if shared == 15 { shared += try reader.readCount(upTo: .max >> 1) }
      var rest = Int(both & 15)
      if rest == 15 { rest += try reader.readCount(upTo: reader.remaining) }
      guard shared <= id.count else {
        throw reader.damaged(
          "what an id shares with the one before", expected: "at most \(id.count) bytes",
          found: "\(shared)")
      }
      id.removeLast(id.count - shared)
      try reader.readBytes(rest, into: &id)
      self.reader = reader
      next += 1
    }
  }

  func makeReader() -> Reader { Reader(self) }

  private func block(_ number: Int) throws(StorageError) -> ByteReader {
    let start = self.start(of: number)
    let end = (number + 1) * Self.blockSize < documentCount ? self.start(of: number + 1) : ids.count
    guard start <= end, end <= ids.count else {
      throw ids.damaged(at: 0, "place of block \(number) of the ids out of range")
    }
    return try ids.reader(in: start..<end)
  }

  private func start(of block: Int) -> Int {
    starts.count > 0 ? Int(starts[block]) : Int(clamping: wideStarts[block])
  }

  // MARK: - From an id to its documents

  /// The documents of that id, ascending.
  ///
  /// - Throws: damage in what the look-up leads to.
  /// - Complexity: O(log n) for n documents; by hash O(1) on average.
  func documents(of id: [UInt8]) throws(StorageError) -> [UInt32] {
    guard let order else { return try documents(hashedAs: id) }
    return try documents(of: id, in: order)
  }

  private func documents(
    of id: [UInt8], in order: IDOrder
  ) throws(StorageError) -> [UInt32] {
    var reader = makeReader()
    // The first block that begins with that id or a greater one; equal ones may begin before it.
    var low = 0
    var high = (documentCount + Self.blockSize - 1) / Self.blockSize
    while low < high {
      let middle = (low + high) / 2
      let first = try reader.id(of: UInt32(middle * Self.blockSize))
      if order.areAscending(first, id) { low = middle + 1 } else { high = middle }
    }
    var found: [UInt32] = []
    var document = UInt32(max(0, low - 1) * Self.blockSize)
    while document < documentCount {
      let other = try reader.id(of: document)
      if other == id {
        found.append(document)
      } else if !order.areAscending(other, id) {
        break
      }
      document += 1
    }
    return found
  }

  private func documents(hashedAs id: [UInt8]) throws(StorageError) -> [UInt32] {
    let hash = Self.hash(id)
    var reader = makeReader()
    var found: [UInt32] = []
    var place = firstPlace(of: hash)
    while place < documentCount, hashes[place] == hash {
      let document = documents[place]
      guard document < documentCount else {
        throw ids.damaged(at: 0, "look-up of ids leads to document \(document)")
      }
      let bytes = try reader.id(of: document)
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

  /// An entry of the look-up by hash, by its place.
  ///
  /// - Precondition: ids do not ascend; `place` is below the number of documents.
  func lookup(at place: Int) -> (hash: UInt32, document: UInt32) {
    (hashes[place], documents[place])
  }
}

/// An order of ids in which documents may come.
enum IDOrder: UInt8, CaseIterable {
  /// By their bytes, as names of files are mostly sorted.
  case bytes = 1
  /// Shorter ones first, those of a length by their bytes: numbers by their values.
  case length = 2

  /// Whether `a` comes before `b`.
  func areAscending(_ a: some Collection<UInt8>, _ b: some Collection<UInt8>) -> Bool {
    if self == .length, a.count != b.count { return a.count < b.count }
    return a.lexicographicallyPrecedes(b)
  }
}

extension SectionedFile {
  /// The whole of a section as an array of a known number of elements; nil stands for none of it.
  func array<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ name: String, count: Int?
  ) throws(StorageError) -> MappedArray<Element> {
    let section = try section(name)
    guard let count else { return try section.array(of: Element.self, count: 0) }
    guard section.count == count * MemoryLayout<Element>.size else {
      throw section.damaged(
        at: 0, "size of the section", expected: "\(count * MemoryLayout<Element>.size)",
        found: "\(section.count)")
    }
    return try section.array(of: Element.self, count: count)
  }
}

/// Gathers the ids of a new segment's documents and writes them.
struct DocumentIDsWriter {
  private var ids: [UInt8] = []
  private var ends: [UInt64] = []

  /// Bytes of memory held.
  var memory: Int { ids.count + ends.count * 8 }

  mutating func add(_ id: some Sequence<UInt8>) {
    ids += id
    ends.append(UInt64(ids.count))
  }

  /// Whether that is the document's id.
  func isID(_ id: Span<UInt8>, of document: UInt32) -> Bool {
    let start = document == 0 ? 0 : Int(ends[Int(document) - 1])
    guard Int(ends[Int(document)]) - start == id.count else { return false }
    let ids = ids.span
    for index in id.indices where ids[start &+ index] != id[index] { return false }
    return true
  }

  private func id(of document: Int) -> ArraySlice<UInt8> {
    ids[(document == 0 ? 0 : Int(ends[document - 1]))..<Int(ends[document])]
  }

  func write(to file: FileWriter) throws(StorageError) {
    try file.begin(SegmentFormat.ids)
    var starts: [UInt64] = []
    var size = 0
    var bytes = ByteWriter()
    var orders = IDOrder.allCases
    for document in ends.indices {
      let id = id(of: document)
      let before = document == 0 ? [] : self.id(of: document - 1)
      orders.removeAll { $0.areAscending(id, before) }
      let isFirst = document % DocumentIDs.blockSize == 0
      if isFirst {
        starts.append(UInt64(size + bytes.count))
        if bytes.count >= 1 << 16 {
          try file.append(bytes.bytes)
          size += bytes.count
          bytes.removeAll()
        }
      }
      let shared = isFirst ? 0 : zip(before, id).prefix { $0 == $1 }.count
      let rest = id.dropFirst(shared)
      bytes.append(UInt8(min(shared, 15) << 4 | min(rest.count, 15)))
      if shared >= 15 { bytes.append(varint: shared - 15) }
      if rest.count >= 15 { bytes.append(varint: rest.count - 15) }
      bytes.append(rest)
    }
    try file.append(bytes.bytes)
    size += bytes.count

    try file.begin(SegmentFormat.idBlocks)
    if DocumentIDs.isWide(size) {
      try file.append(numbers: starts)
    } else {
      try file.append(numbers: starts.lazy.map { UInt32($0) })
    }
    try file.begin(SegmentFormat.idOrder)
    var order = ByteWriter()
    order.append(orders.first?.rawValue ?? 0)
    order.append(varint: ends.count)
    try file.append(order.bytes)
    try writeHashes(orders.isEmpty ? ends.count : 0, to: file)
  }

  /// Writes the look-up by hash of so many documents: all or none.
  private func writeHashes(_ count: Int, to file: FileWriter) throws(StorageError) {
    var lookup: [(hash: UInt32, document: UInt32)] = []
    lookup.reserveCapacity(count)
    for document in 0..<count {
      lookup.append((DocumentIDs.hash(Array(id(of: document))), UInt32(document)))
    }
    lookup.sort { ($0.hash, $0.document) < ($1.hash, $1.document) }
    try file.begin(SegmentFormat.idHashes)
    try file.append(numbers: lookup.lazy.map(\.hash))
    try file.begin(SegmentFormat.idDocuments)
    try file.append(numbers: lookup.lazy.map(\.document))
  }
}
