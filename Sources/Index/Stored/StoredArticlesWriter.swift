import CZstd
import SuoyinStorage

/// Packs articles into compressed blocks as they come: FORMAT.md, "Stored articles".
///
/// Memory: one block and its compressed form, and 24 bytes for each block written.
@safe
final class StoredArticlesWriter {
  /// A block that has so many bytes when an article ends is closed.
  static let blockTarget = 32 << 10
  /// No block has more bytes; a longer article goes on in blocks of its own.
  static let blockLimit = 64 << 10
  /// zstd's level: 3 is its own default.
  private static let level: Int32 = 3

  private let context: OpaquePointer
  private var raw: [UInt8] = []
  private var compressed: [UInt8]
  private var firstDocument: UInt32 = 0
  private var articleCount: UInt32 = 0
  private var offset: UInt64 = 0
  /// The section `articles.index`.
  private(set) var index = ByteWriter()

  init() {
    guard let context = unsafe ZSTD_createCCtx() else {
      preconditionFailure("out of memory: ZSTD_createCCtx")
    }
    unsafe self.context = context
    raw.reserveCapacity(Self.blockLimit)
    compressed = [UInt8](repeating: 0, count: ZSTD_compressBound(Self.blockLimit))
  }

  deinit {
    unsafe _ = ZSTD_freeCCtx(context)
  }

  /// Bytes of memory held.
  var memory: Int { raw.capacity + compressed.count + index.count }

  /// Adds the next document's article.
  ///
  /// - Parameters:
  ///   - content: see ``ArticleRecord/content(of:)``.
  ///   - file: takes full blocks, into its open section.
  func add(id: String, content: [UInt8], to file: FileWriter) throws(StorageError) {
    var head = ByteWriter()
    head.append(string: id)
    var record = ByteWriter()
    record.append(varint: head.count + content.count)
    record.append(head.bytes)
    try add(record.bytes, content, to: file)
  }

  /// Adds the articles of another segment, as they are: full blocks as compressed, others as records.
  func add(allOf other: StoredArticles, to file: FileWriter) throws(StorageError) {
    let base = articleCount
    // A block of the full size may end inside a long article, so the next one stays behind it.
    var goesOn = false
    for number in 0..<other.blockCount {
      let place = try other.place(of: number)
      let end =
        number + 1 < other.blockCount
        ? try other.place(of: number + 1).firstDocument : UInt32(other.documentCount)
      if goesOn || place.rawSize >= Self.blockTarget {
        try endBlock(to: file)
        firstDocument = base + place.firstDocument
        try other.withFrame(number, place) { (frame) throws(StorageError) in
          try write(frame, rawSize: Int(place.rawSize), to: file)
        }
        articleCount = base + end
        firstDocument = articleCount
      } else {
        try addRecords(of: other.decompress(number, place), to: file)
      }
      goesOn = place.rawSize == Self.blockLimit
    }
  }

  /// Adds the records of a block that holds whole ones.
  private func addRecords(of block: Section, to file: FileWriter) throws(StorageError) {
    var reader = block.reader()
    while reader.remaining > 0 {
      let size = try reader.readCount(upTo: reader.remaining)
      var record = ByteWriter()
      record.append(varint: size)
      try add(record.bytes, try reader.readBytes(size), to: file)
    }
  }

  /// Adds the next document's record, in two parts.
  private func add(_ head: [UInt8], _ rest: [UInt8], to file: FileWriter) throws(StorageError) {
    let size = head.count + rest.count
    if !raw.isEmpty, raw.count + size > Self.blockLimit { try endBlock(to: file) }
    articleCount += 1
    let isLong = size > Self.blockLimit
    try append(head[...], to: file)
    try append(rest[...], to: file)
    if isLong || raw.count >= Self.blockTarget { try endBlock(to: file) }
  }

  /// Writes the last block.
  func finish(to file: FileWriter) throws(StorageError) {
    try endBlock(to: file)
  }

  private func append(_ bytes: ArraySlice<UInt8>, to file: FileWriter) throws(StorageError) {
    var rest = bytes
    while raw.count + rest.count > Self.blockLimit {
      let part = rest.prefix(Self.blockLimit - raw.count)
      raw += part
      rest = rest.dropFirst(part.count)
      try endBlock(to: file)
    }
    raw += rest
  }

  private func endBlock(to file: FileWriter) throws(StorageError) {
    guard !raw.isEmpty else { return }
    let size = unsafe ZSTD_compressCCtx(
      context, &compressed, compressed.count, raw, raw.count, Self.level)
    precondition(ZSTD_isError(size) == 0, "zstd cannot compress a block")
    let target = compressed
    try write(
      unsafe target.span.bytes.extracting(first: size), rawSize: raw.count, to: file)
    // The next block's first document is the next that begins.
    firstDocument = articleCount
    raw.removeAll(keepingCapacity: true)
  }

  /// Writes a compressed block, in which ``firstDocument`` is the first to begin.
  private func write(
    _ frame: RawSpan, rawSize: Int, to file: FileWriter
  ) throws(StorageError) {
    let place = StoredArticles.Place(
      offset: offset, firstDocument: firstDocument, rawSize: UInt32(rawSize), checksum: 0)
    index.append(fixed: place.offset)
    index.append(fixed: place.firstDocument)
    index.append(fixed: place.rawSize)
    index.append(fixed: Checksum.of(frame, seed: place.seed))
    try file.append(frame)
    offset += UInt64(frame.byteCount)
  }
}
