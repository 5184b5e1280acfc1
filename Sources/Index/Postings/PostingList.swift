import SuoyinStorage

/// The bytes of one posting list, its headers and its positions, with their ranges checked:
/// FORMAT.md, "Posting list".
///
/// Pointers are valid as long as ``owner`` lives.
@safe
@usableFromInline
struct PostingList {
  let documentFrequency: Int
  let blockCount: Int
  /// Documents are below it.
  let documentLimit: UInt32
  /// The document of a list of one; such a list has no bytes.
  let onlyDocument: UInt32
  let onlyFrequency: UInt32
  /// The blocks, without headers.
  let blocks: UnsafeRawBufferPointer
  /// The headers: `blockCount` last documents (UInt32), ends of blocks (UInt32), ends of
  /// positions (UInt64). Without address where one block needs none.
  let headers: UnsafeRawPointer?
  /// All positions of the list; nil in a channel without positions.
  let positions: UnsafeRawBufferPointer?
  /// Keeps the file mapped.
  let owner: FieldReader

  static let headerSize = 16

  /// - Returns: nil where the entry does not fit the sections, which only a damaged dictionary
  ///   can bring about.
  init?(_ entry: TermEntry, of field: FieldReader) {
    documentFrequency = entry.documentFrequency
    documentLimit = UInt32(field.segmentDocumentCount)
    onlyDocument = entry.onlyDocument
    onlyFrequency = UInt32(clamping: entry.totalFrequency)
    owner = field
    guard documentFrequency > 0, documentFrequency <= field.segmentDocumentCount else { return nil }

    if let section = field.positions {
      let source = entry.positionsAreInDictionary ? field.dictionary.terms : section
      guard entry.positions.upperBound <= source.count else { return nil }
      unsafe positions = UnsafeRawBufferPointer(rebasing: source.bytes[entry.positions])
    } else {
      unsafe positions = nil
    }

    blockCount = (documentFrequency + BlockCodec.size - 1) / BlockCodec.size
    guard documentFrequency > 1 else {
      guard onlyDocument < documentLimit else { return nil }
      unsafe blocks = UnsafeRawBufferPointer(start: nil, count: 0)
      unsafe headers = nil
      return
    }
    guard entry.postings.upperBound <= field.postings.count else { return nil }
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: field.postings.bytes[entry.postings])
    if blockCount == 1 {
      unsafe blocks = bytes
      unsafe headers = nil
    } else {
      let size = blockCount * Self.headerSize
      guard size < bytes.count else { return nil }
      unsafe blocks = UnsafeRawBufferPointer(rebasing: bytes.dropLast(size))
      unsafe headers = bytes.baseAddress.unsafelyUnwrapped + blocks.count
    }
  }

  /// The last document of a block, as its header says.
  ///
  /// - Precondition: the list has headers, and `block` is in `0..<blockCount`.
  @inline(__always)
  func lastDocument(of block: Int) -> UInt32 {
    unsafe UInt32(
      littleEndian: headers.unsafelyUnwrapped.loadUnaligned(
        fromByteOffset: block * 4, as: UInt32.self))
  }

  /// The bytes of a block's documents and frequencies, or nil where its headers are damaged.
  @unsafe
  func bytes(of block: Int) -> UnsafeRawBufferPointer? {
    guard unsafe headers != nil else { return unsafe blocks }
    let start = block == 0 ? 0 : end(of: block - 1)
    let end = end(of: block)
    guard unsafe start < end && end <= blocks.count else { return nil }
    return unsafe UnsafeRawBufferPointer(rebasing: blocks[start..<end])
  }

  private func end(of block: Int) -> Int {
    unsafe Int(
      UInt32(
        littleEndian: headers.unsafelyUnwrapped.loadUnaligned(
          fromByteOffset: blockCount * 4 + block * 4, as: UInt32.self)))
  }

  /// The bytes of a block's positions, or nil where there are none or the headers are damaged.
  @unsafe
  func positions(of block: Int) -> UnsafeRawBufferPointer? {
    guard let positions = unsafe positions else { return nil }
    guard unsafe headers != nil else { return unsafe positions }
    let start = block == 0 ? 0 : positionsEnd(of: block - 1)
    let end = positionsEnd(of: block)
    guard start <= end, end <= UInt64(positions.count) else { return nil }
    return unsafe UnsafeRawBufferPointer(rebasing: positions[Int(start)..<Int(end)])
  }

  private func positionsEnd(of block: Int) -> UInt64 {
    unsafe UInt64(
      littleEndian: headers.unsafelyUnwrapped.loadUnaligned(
        fromByteOffset: blockCount * 8 + block * 8, as: UInt64.self))
  }
}
