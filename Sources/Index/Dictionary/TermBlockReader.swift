import SuoyinStorage

/// Reads the terms of one dictionary block in order: FORMAT.md, "Term dictionary".
struct TermBlockReader {
  private var reader: ByteReader
  private let hasPositions: Bool
  private var left: Int
  private var postings: Int
  private var positions: Int
  /// The term that ``advance()`` read last.
  private(set) var term: [UInt8] = []
  /// Whether ``seek(_:)`` ended at the block's first term.
  private(set) var seekFailedBeforeFirst = false

  /// - Parameter reader: the block behind its checksum.
  init(_ reader: ByteReader, hasPositions: Bool) throws(StorageError) {
    self.reader = reader
    self.hasPositions = hasPositions
    left = try self.reader.readCount(upTo: TermDictionaryWriter.blockSize)
    postings = try self.reader.readCount(upTo: .max >> 1)
    positions = try self.reader.readCount(upTo: .max >> 1)
  }

  /// The next term's entry, its bytes in ``term``; nil after the last.
  mutating func advance() throws(StorageError) -> TermEntry? {
    guard left > 0 else {
      try reader.finish()
      return nil
    }
    left -= 1
    let shared = try reader.readCount(upTo: term.count)
    let suffix = try reader.readCount(upTo: reader.remaining)
    term.removeLast(term.count - shared)
    try reader.readBytes(suffix, into: &term)
    return try readEntry()
  }

  /// Goes on until that very term, without putting the others together.
  ///
  /// - Returns: its entry, or nil and whether a greater term follows in the block.
  mutating func seek(
    _ wanted: [UInt8]
  ) throws(StorageError) -> (entry: TermEntry?, isPast: Bool) {
    // The number of bytes that the wanted term shares with the term before, which is smaller.
    var matched = 0
    var isFirst = true
    while left > 0 {
      left -= 1
      let shared = try reader.readCount(upTo: .max)
      let suffix = try reader.readCount(upTo: reader.remaining)
      if shared < matched {
        // This term leaves the one before where the wanted one still follows it: it is greater.
        return (nil, true)
      }
      if shared > matched {
        // It follows the one before beyond the place where that became smaller.
        try reader.skip(suffix)
        _ = try readEntry()
        continue
      }
      var order = 0
      var compared = 0
      while compared < suffix, matched < wanted.count {
        let byte = try reader.readByte()
        compared += 1
        if byte != wanted[matched] {
          order = byte < wanted[matched] ? -1 : 1
          break
        }
        matched += 1
      }
      try reader.skip(suffix - compared)
      let entry = try readEntry()
      if order == 0, matched < wanted.count { order = -1 }
      if order == 0, compared < suffix { order = 1 }
      if order == 0 { return (entry, false) }
      if order > 0 {
        seekFailedBeforeFirst = isFirst
        return (nil, true)
      }
      isFirst = false
    }
    return (nil, false)
  }

  private mutating func readEntry() throws(StorageError) -> TermEntry {
    let documentFrequency = try reader.readCount(upTo: SegmentFormat.documentLimit)
    if documentFrequency == 0 {
      let document = try reader.readUInt32()
      let start = hasPositions ? try reader.skip(1) : 0
      return TermEntry(
        documentFrequency: 1, totalFrequency: 1, onlyDocument: document,
        postings: postings..<postings, positions: start..<(start + (hasPositions ? 1 : 0)),
        positionsAreInDictionary: hasPositions)
    }
    var onlyDocument: UInt32 = 0
    var totalFrequency: Int
    var size = 0
    if documentFrequency == 1 {
      onlyDocument = try reader.readUInt32()
      totalFrequency = try reader.readCount(upTo: Int(UInt32.max))
      guard totalFrequency > 0 else { throw reader.damaged("term without occurrences") }
    } else {
      totalFrequency = documentFrequency + (try reader.readCount(upTo: .max >> 1))
      size = try reader.readCount(upTo: .max >> 1)
    }
    let list = postings..<(try sum(postings, size))
    postings = list.upperBound
    var range = 0..<0
    var isInline = false
    if hasPositions {
      let size = try reader.readCount(upTo: .max >> 1)
      isInline = documentFrequency == 1 && size <= PostingListWriter.inlineLimit
      if isInline {
        let start = try reader.skip(size)
        range = start..<(start + size)
      } else {
        range = positions..<(try sum(positions, size))
        positions = range.upperBound
      }
    }
    return TermEntry(
      documentFrequency: documentFrequency, totalFrequency: totalFrequency,
      onlyDocument: onlyDocument, postings: list, positions: range,
      positionsAreInDictionary: isInline)
  }

  private func sum(_ a: Int, _ b: Int) throws(StorageError) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    guard !overflow else { throw reader.damaged("place of a list out of range") }
    return sum
  }
}
