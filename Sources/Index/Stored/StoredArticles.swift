import CZstd
import SuoyinStorage
import SuoyinText

/// The articles of a segment, in compressed blocks: FORMAT.md, "Stored articles".
///
/// A block's checksum is verified before it is decompressed, and no block claims more than 64 KiB,
/// so no allocation goes beyond what the file justifies.
final class StoredArticles: Sendable {
  /// An entry of the section `articles.index`.
  struct Place {
    /// Where the block begins in the section `articles`.
    var offset: UInt64
    /// The first document that begins in the block, or would begin in it next.
    var firstDocument: UInt32
    /// The size of the block when decompressed.
    var rawSize: UInt32
    /// Over the compressed bytes, with ``seed``.
    var checksum: UInt64

    static let size = 24

    /// Reads an entry that begins at `start` of the section.
    init(at start: Int, of section: Section) throws(StorageError) {
      var reader = try section.reader(in: start..<(start + Self.size))
      offset = try reader.readFixed(UInt64.self)
      firstDocument = try reader.readFixed(UInt32.self)
      rawSize = try reader.readFixed(UInt32.self)
      checksum = try reader.readFixed(UInt64.self)
    }

    init(offset: UInt64, firstDocument: UInt32, rawSize: UInt32, checksum: UInt64) {
      self.offset = offset
      self.firstDocument = firstDocument
      self.rawSize = rawSize
      self.checksum = checksum
    }

    /// Ties the checksum to the entry, so that a damaged entry is found out as well.
    var seed: UInt64 { UInt64(firstDocument) << 32 | UInt64(rawSize) }
  }

  let blocks: Section
  let index: Section
  let documentCount: Int
  let blockCount: Int

  init(blocks: Section, index: Section, documentCount: Int) throws(StorageError) {
    guard index.count % Place.size == 0 else {
      throw index.damaged(
        at: 0, "size of the array of article blocks",
        expected: "a multiple of \(Place.size)", found: "\(index.count)")
    }
    self.blocks = blocks
    self.index = index
    self.documentCount = documentCount
    blockCount = index.count / Place.size
  }

  /// The block that was decompressed last, for whoever reads articles in order.
  struct LastBlock {
    fileprivate var number = -1
    fileprivate var section: Section?

    init() {}
  }

  /// Reads an article.
  ///
  /// - Precondition: `document` is below the number of documents.
  /// - Complexity: O(log b) for b blocks, and decompressing one block or a long article's blocks.
  func article(_ document: UInt32) throws(StorageError) -> Article {
    var last = LastBlock()
    return try article(document, last: &last)
  }

  /// Reads an article, and spares decompressing the block that the one before was in.
  func article(_ document: UInt32, last: inout LastBlock) throws(StorageError) -> Article {
    var reader = try record(document, last: &last)
    let article = try ArticleRecord.decode(&reader)
    try reader.finish()
    return article
  }

  /// Reads the path of an article, and spares what ``article(_:last:)`` does.
  func path(_ document: UInt32, last: inout LastBlock) throws(StorageError) -> String? {
    var reader = try record(document, last: &last)
    return try ArticleRecord.decodePath(&reader)
  }

  /// Reads the title of an article.
  func title(_ document: UInt32) throws(StorageError) -> String? {
    var last = LastBlock()
    var reader = try record(document, last: &last)
    return try ArticleRecord.decodeTitle(&reader)
  }

  /// A reader of the article's record.
  private func record(
    _ document: UInt32, last: inout LastBlock
  ) throws(StorageError) -> ByteReader {
    let first = try block(holding: document)
    let place = try self.place(of: first)
    let block: Section
    if last.number == first, let section = last.section {
      block = section
    } else {
      block = try decompress(first, place)
      last.number = first
      last.section = block
    }
    var reader = block.reader()
    // Records before it in the block; a damaged array above could name any number of them.
    for _ in place.firstDocument..<document {
      guard reader.remaining > 0 else {
        throw index.damaged(
          at: first * Place.size, "article block \(first) does not reach document \(document)")
      }
      let size = try reader.readCount(upTo: reader.remaining)
      try reader.skip(size)
    }
    let size = try reader.readCount(upTo: .max >> 1)
    if size <= reader.remaining {
      return try reader.section.reader(in: reader.offset..<(reader.offset + size))
    }
    return try longRecord(from: first, start: reader.offset, size: size, document: document)
      .reader()
  }

  /// The record of an article that fills several blocks.
  private func longRecord(
    from first: Int, start: Int, size: Int, document: UInt32
  ) throws(StorageError) -> Section {
    var parts: [Section] = []
    var total = -start
    var number = first
    while total < size {
      guard number < blockCount else {
        throw index.damaged(
          at: first * Place.size, "article \(document) leaves the section",
          expected: "\(size) bytes",
          found: "\(total)")
      }
      let place = try self.place(of: number)
      guard number == first || place.firstDocument == document + 1 else {
        throw index.damaged(
          at: number * Place.size, "article \(document) runs into another",
          expected: "\(size) bytes",
          found: "\(total)")
      }
      let part = try decompress(number, place)
      parts.append(part)
      total += part.count
      number += 1
    }
    guard total == size else {
      throw index.damaged(
        at: first * Place.size, "size of article \(document)", expected: "\(size)",
        found: "\(total)")
    }
    return try Self.join(parts, from: start, size: size, document: document)
  }

  /// The record of an article from `start` of the first block to the end of the last one.
  static func join(
    _ parts: [Section], from start: Int, size: Int, document: UInt32
  ) throws(StorageError) -> Section {
    let memory = unsafe try MappedFile(decodedFrom: parts[0].file.path, size: size) { target in
      var filled = 0
      var skipped = start
      for part in parts {
        let bytes = unsafe part.bytes.dropFirst(skipped)
        unsafe UnsafeMutableRawBufferPointer(rebasing: target[filled...]).copyBytes(from: bytes)
        unsafe filled += bytes.count
        skipped = 0
      }
    }
    return Section(decoded: memory, name: "article \(document)")
  }

  /// The last block in which a document not after `document` begins.
  private func block(holding document: UInt32) throws(StorageError) -> Int {
    var low = 0
    var high = blockCount
    while low < high {
      let middle = (low + high) / 2
      if try place(of: middle).firstDocument <= document { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else {
      throw index.damaged(at: 0, "no article block holds document \(document)")
    }
    return low - 1
  }

  func place(of block: Int) throws(StorageError) -> Place {
    try Place(at: block * Place.size, of: index)
  }

  /// The documents whose articles begin in a block; none where it goes on with the one before.
  func documents(of block: Int) throws(StorageError) -> Range<UInt32> {
    let first = try place(of: block).firstDocument
    let end =
      block + 1 < blockCount ? try place(of: block + 1).firstDocument : UInt32(documentCount)
    guard first <= end, end <= documentCount else {
      throw index.damaged(
        at: block * Place.size, "documents of article block \(block) out of range",
        found: "\(first)..<\(end)")
    }
    return first..<end
  }

  func decompress(_ block: Int, _ place: Place) throws(StorageError) -> Section {
    try Self.decompress(
      try frame(block, place), of: blocks, size: Int(place.rawSize),
      block: "article block \(block)")
  }

  /// Decompresses a frame, whose checksum has been verified.
  ///
  /// - Parameter block: names it in messages.
  static func decompress(
    _ frame: Range<Int>, of blocks: Section, size: Int, block: String
  ) throws(StorageError) -> Section {
    let memory = unsafe try MappedFile(decodedFrom: blocks.file.path, size: size) {
      (target) throws(StorageError) in
      let source = unsafe UnsafeRawBufferPointer(rebasing: blocks.bytes[frame])
      guard unsafe Decompressor.decompress(source, into: target) else {
        throw blocks.damaged(
          at: frame.lowerBound, "\(block) cannot be decompressed", expected: "\(size) bytes")
      }
    }
    return Section(decoded: memory, name: "\(SegmentFormat.articles), \(block)")
  }

  /// Where the frame that begins at `start` ends, as it says itself; nil where none begins there.
  static func frame(at start: Int, of blocks: Section) -> Range<Int>? {
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: blocks.bytes[start...])
    let size = unsafe ZSTD_findFrameCompressedSize(bytes.baseAddress, bytes.count)
    return ZSTD_isError(size) == 0 ? start..<(start + size) : nil
  }

  /// Gives the bytes of a compressed block, verified.
  func withFrame(
    _ block: Int, _ place: Place, _ body: (RawSpan) throws(StorageError) -> Void
  ) throws(StorageError) {
    let range = try frame(block, place)
    try body(unsafe blocks.bytes.bytes.extracting(range))
  }

  /// Where a compressed block lies in the section; its checksum has been verified.
  private func frame(_ block: Int, _ place: Place) throws(StorageError) -> Range<Int> {
    let end =
      block + 1 < blockCount ? try self.place(of: block + 1).offset : UInt64(blocks.count)
    guard place.offset < end, end <= UInt64(blocks.count),
      place.rawSize <= StoredArticlesWriter.blockLimit
    else {
      throw index.damaged(at: block * Place.size, "place of article block \(block) out of range")
    }
    let range = Int(place.offset)..<Int(end)
    let found = try blocks.checksum(of: range, seed: place.seed)
    guard found == place.checksum else {
      throw blocks.damaged(
        at: range.lowerBound, "checksum of article block \(block)",
        expected: "\(place.checksum)", found: "\(found)")
    }
    return range
  }
}
