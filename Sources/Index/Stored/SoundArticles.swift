import SuoyinStorage
import SuoyinText

/// The stored articles of a segment whose own bytes are as they were written, whatever else of its file
/// is damaged: FORMAT.md, "Stored articles".
///
/// The checksum of an entry of `articles.index` covers the frame that it leads to and, by its seed, the
/// entry itself. So each entry that fits its frame is believed alone, without those beside it and
/// without the file's table: where that cannot be read, entries are looked for in the whole file. What
/// comes out is what was written, with the number that the document had.
struct SoundArticles {
  /// An entry that fits its frame.
  private struct Block {
    /// Where the entry lies in the file.
    let entry: Int
    let place: StoredArticles.Place
    /// Where its frame lies in the file.
    let frame: Range<Int>
  }

  private let file: Section
  private let blocks: [Block]
  /// Where the entries end; nil where that is not known.
  private let end: Int?
  /// The number of documents where it is known.
  private let documentCount: Int?
  private var position = 0
  /// The entry of a block of which it is known that it begins with an article: the first, and that
  /// behind one whose last article ended in it.
  private var beginning: Int?

  /// Those of a file whose frame can be read.
  ///
  /// - Complexity: O(size of the stored articles).
  init(_ file: SectionedFile, documentCount: Int) throws(StorageError) {
    let index = try file.section(SegmentFormat.articleIndex).range
    self.init(
      Section(all: file.mapping),
      articlesFrom: try file.section(SegmentFormat.articles).range.lowerBound,
      entriesAt: stride(
        from: index.lowerBound, through: index.upperBound - StoredArticles.Place.size,
        by: StoredArticles.Place.size),
      end: index.upperBound, documentCount: documentCount)
  }

  /// Those of a file of which nothing may be whole. Its articles begin behind the header, and entries
  /// lie somewhere behind them at a multiple of 8.
  ///
  /// - Complexity: O(size of the file).
  init(searching file: MappedFile) {
    let whole = Section(all: file)
    self.init(
      whole, articlesFrom: Envelope.headerSize,
      entriesAt: stride(
        from: Envelope.headerSize, through: whole.count - StoredArticles.Place.size,
        by: Envelope.alignment),
      end: nil, documentCount: nil)
  }

  private init(
    _ file: Section, articlesFrom start: Int, entriesAt places: StrideThrough<Int>, end: Int?,
    documentCount: Int?
  ) {
    self.file = file
    self.end = end
    self.documentCount = documentCount
    var blocks: [Block] = []
    for entry in places {
      guard let place = try? StoredArticles.Place(at: entry, of: file),
        place.rawSize > 0, place.rawSize <= StoredArticlesWriter.blockLimit,
        place.offset < UInt64(file.count - start),
        let frame = StoredArticles.frame(at: start + Int(place.offset), of: file),
        frame.upperBound <= entry, frame.lowerBound >= blocks.last?.frame.upperBound ?? start,
        (try? file.checksum(of: frame, seed: place.seed)) == place.checksum
      else { continue }
      blocks.append(Block(entry: entry, place: place, frame: frame))
    }
    self.blocks = blocks
  }

  /// Whether there is any.
  var isEmpty: Bool { blocks.isEmpty }

  /// The articles that begin in the next block; nil behind the last one.
  ///
  /// - Complexity: decompressing a block, or all those of a long article.
  mutating func next() -> [(document: UInt32, article: Article)]? {
    guard position < blocks.count else { return nil }
    let block = blocks[position]
    let isBeginning = begins(block)
    position += 1
    guard isBeginning, let bytes = decompress(block) else { return [] }
    var articles: [(document: UInt32, article: Article)] = []
    var reader = bytes.reader()
    var document = block.place.firstDocument
    while reader.remaining > 0 {
      guard let size = try? reader.readCount(upTo: .max >> 1) else { return articles }
      let isLong = size > reader.remaining
      guard
        var record = isLong
          ? longRecord(of: size, from: bytes, at: reader.offset, document: document)?.reader()
          : try? bytes.reader(in: reader.offset..<(reader.offset + size)),
        let article = try? ArticleRecord.decode(&record)
      else { return articles }
      articles.append((document, article))
      guard !isLong, (try? reader.skip(size)) != nil else { return articles }
      document += 1
    }
    beginning = block.entry + StoredArticles.Place.size
    return articles
  }

  /// Whether a block begins with an article, other than one that goes on with the article before.
  ///
  /// The block before tells, else the one behind: its first document is another only where articles
  /// begin in this one. Where both are damaged the block is passed over, since a text can look like
  /// an article.
  private func begins(_ block: Block) -> Bool {
    if block.place.offset == 0 || block.entry == beginning { return true }
    let next = block.entry + StoredArticles.Place.size
    if position + 1 < blocks.count, blocks[position + 1].entry == next {
      return blocks[position + 1].place.firstDocument > block.place.firstDocument
    }
    guard next == end, let documentCount else { return false }
    return block.place.firstDocument < documentCount
  }

  private func decompress(_ block: Block) -> Section? {
    try? StoredArticles.decompress(
      block.frame, of: file, size: Int(block.place.rawSize),
      block: "article block of the entry at \(block.entry)")
  }

  /// The record of an article that goes on in the next blocks; passes these.
  private mutating func longRecord(
    of size: Int, from first: Section, at start: Int, document: UInt32
  ) -> Section? {
    var parts = [first]
    var total = first.count - start
    var entry = blocks[position - 1].entry
    while total < size {
      entry += StoredArticles.Place.size
      guard position < blocks.count, blocks[position].entry == entry,
        blocks[position].place.firstDocument == document + 1,
        let part = decompress(blocks[position])
      else { return nil }
      position += 1
      parts.append(part)
      total += part.count
    }
    guard total == size else { return nil }
    beginning = entry + StoredArticles.Place.size
    return try? StoredArticles.join(parts, from: start, size: size, document: document)
  }
}
