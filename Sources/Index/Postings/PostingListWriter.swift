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
    var inlinePositions: FewBytes?
  }

  /// Up to ``inlineLimit`` bytes; those behind them are 0.
  struct FewBytes {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ bytes: RawSpan) {
      precondition(bytes.byteCount <= inlineLimit)
      for index in (0..<bytes.byteCount).reversed() {
        high = high &<< 8 | low &>> 56
        low = low &<< 8 | UInt64(unsafe bytes.unsafeLoad(fromByteOffset: index, as: UInt8.self))
      }
    }

    subscript(index: Int) -> UInt8 {
      UInt8(truncatingIfNeeded: (index < 8 ? low : high) &>> UInt64(index % 8 * 8))
    }
  }

  /// A range of terms seldom has more bytes, and some ranges are held at a time.
  private static let spoolLimit = 4 << 20

  /// Up to so many bytes of positions lie in the dictionary.
  static let inlineLimit = 16

  /// Takes the blocks and headers.
  let postings: Spool
  /// Takes the positions that do not lie in the dictionary.
  let positions: Spool
  private let hasPositions: Bool

  private var block: GatheredBlock
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
    block = GatheredBlock(hasPositions: hasPositions)
  }

  /// - Precondition: `document` is greater than the one before.
  @inline(__always)
  mutating func beginDocument(_ document: UInt32) throws(StorageError) {
    if block.isFull { try endBlock() }
    precondition(document >= firstOfBlock)
    block.begin(document)
  }

  /// - Parameter position: not before the one before it in this document; ignored where the field
  ///   has no positions. A term that stands twice at one position stands there once.
  @inline(__always)
  mutating func addOccurrence(position: UInt32) {
    block.add(position: position)
  }

  /// Adds occurrences in a field without positions.
  ///
  /// - Precondition: the field has none.
  mutating func addOccurrences(_ more: UInt32) {
    block.add(occurrences: more)
  }

  /// Adds occurrences of a stream: ``GatheredBlock/take(_:)``.
  ///
  /// - Returns: how many bytes were taken: all but those of an occurrence that has no end there.
  @unsafe
  mutating func addOccurrences(of bytes: UnsafeRawBufferPointer) throws(StorageError) -> Int {
    var taken = 0
    while true {
      unsafe taken += block.take(UnsafeRawBufferPointer(rebasing: bytes[taken...]))
      // The lowest bit of what is left says whether another document begins.
      guard block.isFull, taken < bytes.count, unsafe bytes[taken] & 1 != 0 else { return taken }
      try endBlock()
    }
  }

  /// Ends the list, writes what is left of it and makes ready for the next.
  mutating func finish() throws(StorageError) -> Written {
    defer { reset() }
    if lastDocuments.isEmpty, block.count == 1 {
      written.documentFrequency = 1
      written.totalFrequency = block.totalFrequency
      written.onlyDocument = block.last
      encodePositions()
      written.positionsSize = positionBits.byteCount
      if written.positionsSize <= Self.inlineLimit {
        written.inlinePositions = positionBits.withBytes { FewBytes($0) }
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
    guard block.count > 0 else { return }
    let documents = unsafe block.documents
    let frequencies = unsafe block.frequencies
    unsafe bounds.add(documents: documents.span, frequencies: frequencies.span, isOnly: isOnly)
    blockBits.removeAll()
    if isOnly { blockBits.append(BoundCode.byte(above: bounds.maximum)) }
    unsafe BlockCodec.encode(
      documents: documents.span, frequencies: frequencies.span, first: firstOfBlock,
      into: &blockBits)
    try append(blockBits, to: postings)
    encodePositions()
    if hasPositions { try append(positionBits, to: positions) }
    written.documentFrequency += block.count
    written.totalFrequency += block.totalFrequency
    written.postingsSize += blockBits.byteCount
    written.positionsSize += positionBits.byteCount
    let last = block.last
    lastDocuments.append(last)
    blockEnds.append(UInt64(written.postingsSize))
    positionEnds.append(UInt64(written.positionsSize))
    firstOfBlock = last + 1
    block.removeAll()
  }

  private func append(_ bits: borrowing BitWriter, to spool: Spool) throws(StorageError) {
    try bits.withBytes { (bytes) throws(StorageError) in try spool.append(bytes) }
  }

  private mutating func encodePositions() {
    positionBits.removeAll()
    guard hasPositions else { return }
    let scale = scale
    unsafe positionBits.append(
      positions: block.positions.span, ofDocuments: block.documents.span, block.frequencies.span,
      widths: scale.positionWidths.span)
  }

  private mutating func reset() {
    block.beginList()
    lastDocuments.removeAll(keepingCapacity: true)
    blockEnds.removeAll(keepingCapacity: true)
    positionEnds.removeAll(keepingCapacity: true)
    bounds.removeAll()
    firstOfBlock = 0
    written = Written()
  }
}
