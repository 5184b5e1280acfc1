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
    let size = head.count + content.count
    var record = ByteWriter()
    record.append(varint: size)
    record.append(head.bytes)
    if !raw.isEmpty, raw.count + record.count + content.count > Self.blockLimit {
      try endBlock(to: file)
    }
    articleCount += 1
    let isLong = record.count + content.count > Self.blockLimit
    try append(record.bytes[...], to: file)
    try append(content[...], to: file)
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
    let place = StoredArticles.Place(
      offset: offset, firstDocument: firstDocument, rawSize: UInt32(raw.count), checksum: 0)
    let target = compressed
    let block = unsafe target.span.bytes.extracting(first: size)
    let checksum = Checksum.of(block, seed: place.seed)
    index.append(fixed: place.offset)
    index.append(fixed: place.firstDocument)
    index.append(fixed: place.rawSize)
    index.append(fixed: checksum)
    try file.append(block)
    offset += UInt64(size)
    // The next block's first document is the next that begins.
    firstDocument = articleCount
    raw.removeAll(keepingCapacity: true)
  }
}
