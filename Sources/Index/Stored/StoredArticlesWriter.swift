import CZstd
import SuoyinStorage

/// Packs articles into compressed blocks as they come: FORMAT.md, "Stored articles".
///
/// Memory: one block and its compressed form, and 24 bytes for each block written.
@safe
final class StoredArticlesWriter {
  /// A block that has so many bytes when an article ends is closed. To show an article its block is
  /// decompressed; twice as many bytes would save one in a hundred.
  static let blockTarget = 16 << 10
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
    // A frame proves itself, so that articles can be saved where their index is lost.
    for (parameter, value) in [(ZSTD_c_compressionLevel, Self.level), (ZSTD_c_checksumFlag, 1)] {
      let result = unsafe ZSTD_CCtx_setParameter(context, parameter, value)
      precondition(ZSTD_isError(result) == 0, "zstd does not know a parameter")
    }
    raw.reserveCapacity(Self.blockLimit)
    compressed = [UInt8](repeating: 0, count: ZSTD_compressBound(Self.blockLimit))
  }

  deinit {
    unsafe _ = ZSTD_freeCCtx(context)
  }

  /// Bytes of memory held, with a block that is full: how full it is must not decide when a segment
  /// ends.
  var memory: Int { Self.blockLimit + compressed.count + index.count }

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

  /// Adds the live articles of another segment: blocks of which all are live as they are compressed,
  /// unless they are small, others record by record.
  func add(
    _ other: StoredArticles, isLive: (UInt32) -> Bool, to file: FileWriter
  ) throws(StorageError) {
    for number in 0..<other.blockCount {
      let place = try other.place(of: number)
      let documents = try other.documents(of: number)
      if documents.isEmpty {
        // It goes on with a long article, the last that has begun.
        if place.firstDocument > 0, isLive(place.firstDocument - 1) {
          try copy(number, of: other, beginning: 0, to: file)
        }
      } else if place.rawSize >= Self.blockTarget, documents.allSatisfy(isLive) {
        try copy(number, of: other, beginning: UInt32(documents.count), to: file)
      } else if documents.contains(where: isLive) {
        try addRecords(of: other.decompress(number, place), documents, isLive, to: file)
      }
    }
  }

  /// Copies a compressed block in which so many articles begin.
  private func copy(
    _ number: Int, of other: StoredArticles, beginning count: UInt32, to file: FileWriter
  ) throws(StorageError) {
    try endBlock(to: file)
    let place = try other.place(of: number)
    try other.withFrame(number, place) { (frame) throws(StorageError) in
      try write(frame, rawSize: Int(place.rawSize), to: file)
    }
    articleCount += count
    firstDocument = articleCount
  }

  /// Adds the live ones of a block's records, which are whole.
  private func addRecords(
    of block: Section, _ documents: Range<UInt32>, _ isLive: (UInt32) -> Bool, to file: FileWriter
  ) throws(StorageError) {
    var reader = block.reader()
    for document in documents {
      let size = try reader.readCount(upTo: reader.remaining)
      guard isLive(document) else {
        try reader.skip(size)
        continue
      }
      var head = ByteWriter()
      head.append(varint: size)
      try add(head.bytes, try reader.readBytes(size), to: file)
    }
    try reader.finish()
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
    let size = unsafe ZSTD_compress2(context, &compressed, compressed.count, raw, raw.count)
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
