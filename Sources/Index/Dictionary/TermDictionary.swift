import SuoyinStorage

/// The terms of one field of one segment, sorted by their bytes: FORMAT.md, "Term dictionary".
///
/// Blocks of 32 front-coded terms, and above them an array with the first eight bytes of each
/// block's first term. A look-up halves the array and reads one block, whose checksum it verifies;
/// where the term is not there it makes sure, by verified blocks, that it would have to be in that
/// one, so a damaged array is found out as well.
final class TermDictionary: Sendable {
  let terms: Section
  let prefixes: MappedArray<UInt64>
  let offsets: MappedArray<UInt64>
  let hasPositions: Bool
  let termCount: Int

  var blockCount: Int { prefixes.count }

  init(
    terms: Section, index: Section, blockCount: Int, termCount: Int, hasPositions: Bool
  ) throws(StorageError) {
    guard let size = Self.indexSize(blocks: blockCount), size == index.count else {
      throw index.damaged(
        at: 0, "size of the array above the dictionary",
        expected: "16 bytes for each of "
          + "\(blockCount) blocks", found: "\(index.count) bytes")
    }
    guard termCount <= blockCount * TermDictionaryWriter.blockSize, termCount >= blockCount else {
      throw index.damaged(
        at: 0, "number of terms does not fit that of blocks",
        expected: "\(blockCount) blocks", found: "\(termCount) terms")
    }
    self.terms = terms
    prefixes = try index.array(of: UInt64.self, count: blockCount)
    offsets = try index.array(of: UInt64.self, at: blockCount * 8, count: blockCount)
    self.termCount = termCount
    self.hasPositions = hasPositions
  }

  private static func indexSize(blocks: Int) -> Int? {
    let (size, overflow) = blocks.multipliedReportingOverflow(by: 16)
    return overflow ? nil : size
  }

  /// The first eight bytes as a number that orders like the bytes; zeros where there are fewer.
  static func prefix(of term: some Sequence<UInt8>) -> UInt64 {
    var prefix: UInt64 = 0
    var shift: UInt64 = 64
    for byte in term.prefix(8) {
      shift -= 8
      prefix |= UInt64(byte) << shift
    }
    return prefix
  }

  /// The least bytes that have that prefix: without the zeros at its end.
  static func firstTerm(withPrefix prefix: UInt64) -> [UInt8] {
    var rest = prefix
    var bytes: [UInt8] = []
    while rest != 0 {
      bytes.append(UInt8(truncatingIfNeeded: rest >> 56))
      rest <<= 8
    }
    return bytes
  }

  /// A block's checksum: over its body, with its number as seed, cut to 32 bits.
  static func checksum(of body: [UInt8], block: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: Checksum.of(body, seed: UInt64(block)))
  }

  /// The entry of that very term, or nil.
  ///
  /// - Complexity: O(log b) for b blocks, and one block of 32 terms.
  func entry(for term: [UInt8]) throws(StorageError) -> TermEntry? {
    guard blockCount > 0 else { return nil }
    let block = try block(holding: term)
    if block < 0 {
      try checkFirstTerm(of: 0, comesAfter: term)
      return nil
    }
    var reader = try self.reader(of: block)
    let (entry, isPast) = try reader.seek(term)
    if let entry { return entry }
    guard !reader.seekFailedBeforeFirst else {
      throw wrongBlock(block)
    }
    if !isPast, block + 1 < blockCount {
      try checkFirstTerm(of: block + 1, comesAfter: term)
    }
    return nil
  }

  /// The last block whose first term is not after `term`, or -1; by the array above and, where
  /// eight bytes do not tell, by unverified first terms.
  func block(holding term: [UInt8]) throws(StorageError) -> Int {
    let prefix = Self.prefix(of: term)
    var low = prefixes.partitionPoint { $0 < prefix }
    var high = low
    // Seldom do several blocks begin with the same eight bytes, and seldom with these.
    if low < blockCount, prefixes[low] == prefix {
      high = (low..<blockCount).partitionPoint { prefixes[$0] <= prefix }
    }
    while low < high {
      let middle = (low + high) / 2
      var reader = try blockReader(of: middle, verifies: false)
      guard try reader.advance() != nil else { throw emptyBlock(middle) }
      if term.lexicographicallyPrecedes(reader.term) { high = middle } else { low = middle + 1 }
    }
    return low - 1
  }

  /// A reader of a block whose checksum has been verified.
  func reader(of block: Int) throws(StorageError) -> TermBlockReader {
    try blockReader(of: block, verifies: true)
  }

  private func blockReader(
    of block: Int, verifies: Bool
  ) throws(StorageError) -> TermBlockReader {
    let start = offsets[block]
    let end =
      block + 1 < blockCount ? offsets[block + 1] : UInt64(terms.count)
    guard start < end, end <= UInt64(terms.count), end - start > 4 else {
      throw terms.damaged(
        at: 0, "range of dictionary block \(block)", expected: "within \(terms.count) bytes",
        found: "\(start)..<\(end)")
    }
    let range = Int(start)..<Int(end)
    var reader = try terms.reader(in: range)
    let written = try reader.readFixed(UInt32.self)
    if verifies {
      let found = UInt32(
        truncatingIfNeeded: try terms.checksum(
          of: (range.lowerBound + 4)..<range.upperBound, seed: UInt64(block)))
      guard found == written else {
        throw terms.damaged(
          at: range.lowerBound, "checksum of dictionary block \(block)", expected: "\(written)",
          found: "\(found)")
      }
    }
    return try TermBlockReader(reader, hasPositions: hasPositions)
  }

  private func checkFirstTerm(of block: Int, comesAfter term: [UInt8]) throws(StorageError) {
    var reader = try self.reader(of: block)
    guard try reader.advance() != nil else { throw emptyBlock(block) }
    guard term.lexicographicallyPrecedes(reader.term) else {
      throw terms.damaged(
        at: Int(offsets[block]), "array above the dictionary leads past block \(block)")
    }
  }

  /// That a term sought would have to be before the block to which the array above leads.
  func wrongBlock(_ block: Int) -> StorageError {
    terms.damaged(
      at: Int(offsets[block]), "array above the dictionary leads to the wrong block \(block)")
  }

  private func emptyBlock(_ block: Int) -> StorageError {
    terms.damaged(at: 0, "dictionary block \(block) is empty")
  }
}
