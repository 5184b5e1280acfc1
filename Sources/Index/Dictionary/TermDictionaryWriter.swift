import SuoyinStorage

/// Writes the terms of one field in ascending order: FORMAT.md, "Term dictionary".
final class TermDictionaryWriter {
  /// The number of terms in every block but the last.
  static let blockSize = 32

  private let terms: Spool
  private let hasPositions: Bool
  private var prefixes = ByteWriter()
  private var offsets = ByteWriter()
  private var entries = ByteWriter()
  private var entryCount = 0
  private var previous: [UInt8] = []
  private var blockPostings: UInt64 = 0
  private var blockPositions: UInt64 = 0
  private var postingsEnd: UInt64 = 0
  private var positionsEnd: UInt64 = 0
  private(set) var termCount = 0
  private(set) var blockCount = 0

  /// - Parameter terms: takes the blocks.
  init(terms: Spool, hasPositions: Bool) {
    self.terms = terms
    self.hasPositions = hasPositions
  }

  /// Adds a term, the lists of which follow those of the term before.
  ///
  /// - Precondition: `term` is greater than the term before, by its bytes.
  func add(_ term: ArraySlice<UInt8>, _ list: PostingListWriter.Written) throws(StorageError) {
    var shared = Self.countShared(previous, term)
    precondition(
      termCount == 0
        || (shared == previous.count
          ? term.count > shared
          : term.count > shared && previous[shared] < term[term.startIndex + shared])
    )
    if entryCount == Self.blockSize { try endBlock() }
    if entryCount == 0 {
      shared = 0
      prefixes.append(fixed: TermDictionary.prefix(of: term))
      offsets.append(fixed: UInt64(terms.count))
      blockPostings = postingsEnd
      blockPositions = positionsEnd
    }
    entries.append(varint: shared)
    entries.append(varint: term.count - shared)
    entries.append(term.dropFirst(shared))
    append(list)
    postingsEnd += UInt64(list.postingsSize)
    previous.removeAll(keepingCapacity: true)
    previous += term
    entryCount += 1
    termCount += 1
  }

  /// How many bytes at their start two terms share.
  private static func countShared(_ a: [UInt8], _ b: ArraySlice<UInt8>) -> Int {
    let a = a.span
    let b = b.span
    let count = min(a.count, b.count)
    var shared = 0
    while shared < count, a[shared] == b[shared] { shared += 1 }
    return shared
  }

  private func append(_ list: PostingListWriter.Written) {
    if list.totalFrequency == 1, list.positionsSize <= 1 {
      // What stands once in one document is half of all terms.
      entries.append(varint: 0)
      entries.append(varint: list.onlyDocument)
      if hasPositions { entries.append(list.inlinePositions?[0] ?? 0) }
      return
    }
    entries.append(varint: list.documentFrequency)
    if list.documentFrequency == 1 {
      entries.append(varint: list.onlyDocument)
      entries.append(varint: list.totalFrequency)
    } else {
      entries.append(varint: list.totalFrequency - list.documentFrequency)
      entries.append(varint: list.postingsSize)
    }
    if hasPositions {
      entries.append(varint: list.positionsSize)
      if let positions = list.inlinePositions {
        for index in 0..<list.positionsSize { entries.append(positions[index]) }
      } else {
        positionsEnd += UInt64(list.positionsSize)
      }
    }
  }

  /// Ends the last block and returns the section `termindex`.
  func finish() throws(StorageError) -> [UInt8] {
    try endBlock()
    return prefixes.bytes + offsets.bytes
  }

  private func endBlock() throws(StorageError) {
    guard entryCount > 0 else { return }
    var body = ByteWriter(capacity: entries.count + 24)
    body.append(varint: entryCount)
    body.append(varint: blockPostings)
    body.append(varint: blockPositions)
    body.append(entries.bytes)
    var block = ByteWriter(capacity: body.count + 4)
    block.append(fixed: TermDictionary.checksum(of: body.bytes, block: blockCount))
    block.append(body.bytes)
    try terms.append(block.bytes)
    blockCount += 1
    entryCount = 0
    entries.removeAll()
  }
}
