import SuoyinStorage

/// Writes the lists of one field, term after term: FORMAT.md, "Posting list".
///
/// For each term: ``beginDocument(_:)`` and ``addOccurrence(position:)`` for each document and each
/// occurrence, then ``finish()``. Memory: one block and 16 bytes for each block of the list, and what
/// the spools hold of those before.
///
/// A struct that is never copied: accesses to a class's properties are checked one by one.
struct PostingListWriter: ~Copyable {
  /// What the dictionary keeps of a list.
  struct Written {
    var documentFrequency = 0
    var totalFrequency = 0
    var onlyDocument: UInt32 = 0
    /// Bytes in the section `postings`.
    var postingsSize = 0
    /// Bytes in the section `positions`, or of ``inlinePositions``.
    var positionsSize = 0
    /// The positions of a list of one document, where they are few.
    var inlinePositions: [UInt8]?
  }

  /// One of each document of a block.
  private typealias Numbers = InlineArray<256, UInt32>

  /// A range of terms seldom has more bytes, and some ranges are held at a time.
  private static let spoolLimit = 4 << 20

  /// Up to so many bytes of positions lie in the dictionary.
  static let inlineLimit = 16

  /// Takes the blocks and headers.
  let postings: Spool
  /// Takes the positions that do not lie in the dictionary.
  let positions: Spool
  private let hasPositions: Bool

  /// How many documents the block has so far, each with its frequency.
  private var count = 0
  private var documents = Numbers(repeating: 0)
  private var frequencies = Numbers(repeating: 0)
  /// Of all documents of the block, with room for more behind them.
  private var blockPositions = [UInt32](repeating: 0, count: PostingBlock.capacity)
  private var positionCount = 0
  private var positionBits = BitWriter()
  private var blockBits = BitWriter()
  private var firstOfBlock: UInt32 = 0
  private var written = Written()
  private var lastDocuments: [UInt32] = []
  private var blockEnds: [UInt64] = []
  private var positionEnds: [UInt64] = []
  private var bounds: ListBounds
  private let scale: ListScale

  /// - Parameters:
  ///   - path: what ``Spool`` asks for.
  ///   - scale: of the field's documents.
  init(spooledAt path: String, hasPositions: Bool, scale: ListScale) {
    bounds = ListBounds(scale)
    self.scale = scale
    postings = Spool(path: path, limit: Self.spoolLimit)
    positions = Spool(path: path, limit: Self.spoolLimit)
    self.hasPositions = hasPositions
  }

  /// - Precondition: `document` is greater than the one before.
  @inline(__always)
  mutating func beginDocument(_ document: UInt32) throws(StorageError) {
    if count == PostingBlock.capacity { try endBlock() }
    precondition(document >= (count == 0 ? firstOfBlock : documents[count - 1] + 1))
    documents[count] = document
    frequencies[count] = 0
    count += 1
  }

  /// - Parameter position: not before the one before it in this document; ignored where the field
  ///   has no positions. A term that stands twice at one position stands there once.
  @inline(__always)
  mutating func addOccurrence(position: UInt32) {
    let document = count - 1
    if hasPositions {
      if frequencies[document] > 0, blockPositions[positionCount - 1] == position { return }
      if positionCount == blockPositions.count { makeRoom() }
      blockPositions[positionCount] = position
      positionCount += 1
    }
    frequencies[document] += 1
  }

  @inline(never)
  private mutating func makeRoom() {
    blockPositions += repeatElement(0, count: blockPositions.count)
  }

  /// Adds occurrences in a field without positions.
  ///
  /// - Precondition: the field has none.
  mutating func addOccurrences(_ more: UInt32) {
    precondition(!hasPositions)
    frequencies[count - 1] += more
  }

  /// Ends the list, writes what is left of it and makes ready for the next.
  mutating func finish() throws(StorageError) -> Written {
    defer { reset() }
    if lastDocuments.isEmpty, count == 1 {
      written.documentFrequency = 1
      written.totalFrequency = Int(frequencies[0])
      written.onlyDocument = documents[0]
      encodePositions()
      written.positionsSize = positionBits.byteCount
      if written.positionsSize <= Self.inlineLimit {
        written.inlinePositions = positionBits.copied
      } else {
        try append(positionBits, to: positions)
      }
      return written
    }
    try endBlock(isOnly: lastDocuments.isEmpty)
    if lastDocuments.count > 1 { try writeHeaders() }
    return written
  }

  private mutating func writeHeaders() throws(StorageError) {
    let headers = ListHeaders(
      documents: written.documentFrequency,
      positionEnds: !hasPositions ? .none : GroupedRanges.fit(positionEnds) ? .grouped : .wide)
    var bytes = ByteWriter(capacity: headers.size)
    for document in lastDocuments { bytes.append(fixed: document) }
    // A block has at most 3,000 bytes, and a segment at most 2^28 documents.
    GroupedRanges.append(blockEnds, to: &bytes)
    switch headers.positionEnds {
    case .none: break
    case .grouped: GroupedRanges.append(positionEnds, to: &bytes)
    case .wide: for end in positionEnds { bytes.append(fixed: end) }
    }
    for bound in bounds.blocks { bytes.append(fixed: BoundCode.word(above: bound)) }
    bytes.append(fixed: BoundCode.word(above: bounds.maximum))
    for threshold in bounds.thresholds() { bytes.append(fixed: threshold) }
    bytes.append(headers.positionEnds.rawValue)
    precondition(bytes.count == headers.size)
    written.postingsSize += bytes.count
    try postings.append(bytes.bytes)
  }

  /// - Parameter isOnly: whether the list has no other.
  @inline(never)
  private mutating func endBlock(isOnly: Bool = false) throws(StorageError) {
    guard count > 0 else { return }
    let last = documents[count - 1]
    bounds.add(
      documents: documents.span.extracting(first: count),
      frequencies: frequencies.span.extracting(first: count), isOnly: isOnly)
    blockBits.removeAll()
    if isOnly { blockBits.append(BoundCode.byte(above: bounds.maximum)) }
    BlockCodec.encode(
      documents: documents.span.extracting(first: count),
      frequencies: frequencies.span.extracting(first: count), first: firstOfBlock,
      into: &blockBits)
    try append(blockBits, to: postings)
    encodePositions()
    if hasPositions { try append(positionBits, to: positions) }
    written.documentFrequency += count
    for index in 0..<count { written.totalFrequency += Int(frequencies[index]) }
    written.postingsSize += blockBits.byteCount
    written.positionsSize += positionBits.byteCount
    lastDocuments.append(last)
    blockEnds.append(UInt64(written.postingsSize))
    positionEnds.append(UInt64(written.positionsSize))
    firstOfBlock = last + 1
    count = 0
    positionCount = 0
  }

  private func append(_ bits: borrowing BitWriter, to spool: Spool) throws(StorageError) {
    try bits.withBytes { (bytes) throws(StorageError) in try spool.append(bytes) }
  }

  private mutating func encodePositions() {
    positionBits.removeAll()
    guard hasPositions else { return }
    // Taken out, so that nothing changes it while bits are written.
    let blockPositions = blockPositions
    let positions = blockPositions.span
    let scale = scale
    let widths = scale.positionWidths.span
    var start = 0
    for index in 0..<count {
      let end = start + Int(frequencies[index])
      PositionCodec.encode(
        positions, start..<end, width: widths[Int(documents[index])], into: &positionBits)
      start = end
    }
    positionBits.align()
  }

  private mutating func reset() {
    count = 0
    positionCount = 0
    lastDocuments.removeAll(keepingCapacity: true)
    blockEnds.removeAll(keepingCapacity: true)
    positionEnds.removeAll(keepingCapacity: true)
    bounds.removeAll()
    firstOfBlock = 0
    written = Written()
  }
}
