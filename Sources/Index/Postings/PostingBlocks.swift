import CKernels
import SuoyinStorage

/// The blocks of one posting list, read in any order: FORMAT.md, "Posting list".
///
/// It keeps the segment mapped. Where the dictionary's entry does not fit the file, which only damage
/// can bring about, there are no blocks. Damage within is told when a block is decoded.
///
/// Bounds and thresholds are of ``Saturation`` with the field's ``SegmentField/boundSimilarity`` and
/// ``SegmentField/boundAverageLength``. Deleted documents count.
@safe
public struct PostingBlocks {
  /// The number of documents, as the dictionary gives it; 0 where the entry does not fit.
  public let documentFrequency: Int
  public let blockCount: Int
  /// The document of a list of one, which has no bytes.
  let onlyDocument: UInt32
  let onlyFrequency: UInt32
  /// Where the list begins in the section, which tells it from others.
  private let start: Int
  /// The blocks, without what lies before and behind them.
  private let blocks: UnsafeRawBufferPointer
  /// The arrays behind several blocks; without address where there are fewer.
  private let headers: UnsafeRawPointer?
  private let layout: ListHeaders
  /// All positions of the list; nil in a channel without positions.
  private let positions: UnsafeRawBufferPointer?
  /// Keeps the file mapped.
  private let owner: FieldReader

  init(_ entry: TermEntry, of field: FieldReader) {
    owner = field
    let limit = field.segmentDocumentCount
    var fits = entry.documentFrequency > 0 && entry.documentFrequency <= limit
    let positionsSection =
      entry.positionsAreInDictionary ? field.dictionary.terms : field.positions
    if let section = positionsSection {
      fits = fits && entry.positions.upperBound <= section.count
      unsafe positions =
        fits ? UnsafeRawBufferPointer(rebasing: section.bytes[entry.positions]) : nil
    } else {
      unsafe positions = nil
    }
    if entry.documentFrequency == 1 {
      fits = fits && entry.onlyDocument < limit
    } else {
      fits = fits && entry.postings.upperBound <= field.postings.count - SegmentFormat.readAhead
    }
    var positionEnds: ListHeaders.PositionEnds = .none
    if fits, entry.documentFrequency > PostingBlock.capacity, let last = entry.postings.last {
      // What is written of a list's positions has to fit the field.
      let form = unsafe ListHeaders.PositionEnds(rawValue: field.postings.bytes[last])
      fits = form != nil && (form == ListHeaders.PositionEnds.none) == (field.positions == nil)
      positionEnds = form ?? .none
    }
    let layout = ListHeaders(
      documents: fits ? entry.documentFrequency : 0, positionEnds: positionEnds)
    let hasHeaders = layout.blocks > 1
    let around = hasHeaders ? layout.size : entry.documentFrequency > 1 ? 1 : 0
    fits = fits && (entry.documentFrequency == 1 || around < entry.postings.count)
    self.layout = layout
    documentFrequency = fits ? entry.documentFrequency : 0
    blockCount = fits ? layout.blocks : 0
    onlyDocument = entry.onlyDocument
    start = entry.postings.lowerBound
    onlyFrequency = max(1, UInt32(clamping: entry.totalFrequency))
    guard fits, entry.documentFrequency > 1 else {
      unsafe blocks = UnsafeRawBufferPointer(start: nil, count: 0)
      unsafe headers = nil
      return
    }
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: field.postings.bytes[entry.postings])
    let size = bytes.count - around
    unsafe blocks = UnsafeRawBufferPointer(
      rebasing: hasHeaders ? bytes.prefix(size) : bytes.suffix(size))
    unsafe headers = hasHeaders ? bytes.baseAddress.map { unsafe $0 + size } : nil
  }

  // MARK: - Headers

  /// The last document of a block.
  ///
  /// Of a list of more than one document in one block it is ``PostingCursor/end``: there is no header.
  ///
  /// - Precondition: `block` is in `0..<blockCount`.
  @inline(__always)
  public func lastDocument(of block: Int) -> UInt32 {
    precondition(block >= 0 && block < blockCount)
    guard let headers = unsafe headers else {
      return documentFrequency == 1 ? onlyDocument : PostingCursor.end
    }
    return unsafe load(headers, layout.lastDocuments + block * 4)
  }

  /// The first block from `start` on whose last document is not before `target`; ``blockCount`` where
  /// there is none. Of a list of one block it may be that block though all is before the target.
  ///
  /// - Complexity: O(log b) for b blocks stepped over.
  public func block(reaching target: UInt32, from start: Int) -> Int {
    guard start < blockCount else { return blockCount }
    guard let headers = unsafe headers else { return start }
    var low = max(0, start)
    var step = 1
    while low + step < blockCount,
      unsafe load(headers, (low + step) * 4) < target
    {
      low += step + 1
      step *= 2
    }
    var high = min(low + step, blockCount)
    while low < high {
      let middle = (low + high) / 2
      if unsafe load(headers, middle * 4) < target { low = middle + 1 } else { high = middle }
    }
    return low
  }

  @unsafe @inline(__always)
  private func load<Number: FixedWidthInteger & BitwiseCopyable>(
    _ base: UnsafeRawPointer, _ offset: Int
  ) -> Number {
    unsafe Number(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: Number.self))
  }

  /// No document of the block has a greater saturation.
  ///
  /// - Precondition: `block` is in `0..<blockCount`.
  public func bound(of block: Int) -> Float {
    precondition(block >= 0 && block < blockCount)
    guard let headers = unsafe headers else { return bound }
    return BoundCode.value(unsafe load(headers, layout.bounds + block * 2) as UInt16)
  }

  /// No document of the list has a greater saturation; 0 where there is none.
  public var bound: Float {
    if let headers = unsafe headers {
      return BoundCode.value(unsafe load(headers, layout.maximum) as UInt16)
    }
    if documentFrequency == 1 {
      return owner.saturation(frequency: onlyFrequency, length: owner.lengths[onlyDocument])
    }
    guard let first = unsafe blocks.baseAddress else { return 0 }
    return BoundCode.value(unsafe load(first, -1) as UInt8)
  }

  /// A saturation that at least `k` documents of the list reach; 0 where none is known.
  ///
  /// - Complexity: O(1); kept for some k, of which the next serves.
  public func threshold(_ k: Int) -> Float {
    guard let headers = unsafe headers,
      let place = ListHeaders.thresholds.firstIndex(where: { k <= $0 })
    else { return 0 }
    return ThresholdCode.value(unsafe load(headers, layout.thresholds + place * 2) as UInt16)
  }

  /// The bounds of ranges of documents, nil where the list is too short to have any.
  ///
  /// - Complexity: O(1); O(postings) for the first who asks.
  public var rangeBounds: RangeBounds? {
    guard
      RangeBounds.belong(
        toListOf: documentFrequency, segmentDocuments: owner.segmentDocumentCount)
    else { return nil }
    return owner.rangeBounds.bounds(ofListAt: start) { RangeBounds(of: self, in: owner) }
  }

  // MARK: - Blocks

  /// The number of documents in a block.
  private func size(of block: Int) -> Int {
    min(PostingBlock.capacity, documentFrequency - block * PostingBlock.capacity)
  }

  /// Decodes the documents of a block; its frequencies are left as they are.
  ///
  /// - Precondition: `block` is in `0..<blockCount`.
  /// - Returns: false where bytes are damaged; then `target` has no documents. Otherwise they ascend,
  ///   come after the last of the block before, as its header has it, and lie in the segment.
  public func decodeDocuments(of block: Int, into target: PostingBlock) -> Bool {
    precondition(block >= 0 && block < blockCount)
    if documentFrequency == 1 {
      target.count = 1
      unsafe target.documents[0] = onlyDocument
      return true
    }
    target.count = 0
    let count = size(of: block)
    let first = block == 0 ? 0 : lastDocument(of: block - 1) &+ 1
    guard block == 0 || first > 0, let bytes = unsafe bytes(of: block),
      let rest = unsafe BlockCodec.decodeDocuments(
        bytes, count: count, first: first, limit: UInt32(owner.segmentDocumentCount),
        into: target.documents),
      unsafe headers == nil || target.documents[count - 1] == lastDocument(of: block)
    else { return false }
    target.frequencyOffset = rest
    target.count = count
    return true
  }

  /// Decodes the frequencies of a block.
  ///
  /// - Precondition: `target` holds the documents of that block.
  /// - Returns: false where bytes are damaged; those that could not be read are 1.
  @discardableResult
  public func decodeFrequencies(of block: Int, into target: PostingBlock) -> Bool {
    precondition(block >= 0 && block < blockCount && target.count <= size(of: block))
    if documentFrequency == 1 {
      unsafe target.frequencies[0] = onlyFrequency
      return true
    }
    let bytes = unsafe bytes(of: block) ?? UnsafeRawBufferPointer(start: nil, count: 0)
    return unsafe BlockCodec.decodeFrequencies(
      bytes, at: target.frequencyOffset, count: target.count, into: target.frequencies)
  }

  /// The bytes of a block's documents and frequencies, or nil where its headers are damaged.
  @unsafe
  private func bytes(of block: Int) -> UnsafeRawBufferPointer? {
    guard let headers = unsafe headers else { return unsafe blocks }
    let (start, end) = unsafe layout.blockRanges.range(block, in: headers)
    guard unsafe start < end && end <= blocks.count else { return nil }
    return unsafe UnsafeRawBufferPointer(rebasing: blocks[start..<end])
  }

  /// The number of bits of positions in each document of the segment; see ``PositionWidth``.
  var positionWidths: MappedArray<UInt8> { owner.positionWidths }

  /// Goes on working out where in a block's positions those of each document begin, in bits.
  ///
  /// - Parameters:
  ///   - decoded: the block's documents and frequencies.
  ///   - documents: places in the block; `starts` has that of the first, and gets those behind each, with
  ///     room for 16 more.
  ///   - widths: ``positionWidths``.
  @unsafe
  func locatePositions(
    of decoded: PostingBlock, _ documents: Range<Int>, _ widths: MappedArray<UInt8>,
    into starts: UnsafeMutablePointer<UInt64>
  ) {
    let first = documents.lowerBound
    // Decoded documents are of the segment, as are the widths; there are bytes behind these.
    guard let widths = unsafe widths.elements.baseAddress else { return }
    unsafe Kernels.positions.locate(
      decoded.documents + first, decoded.frequencies + first, documents.count, widths,
      starts + first)
  }

  /// Whether the field keeps positions.
  var hasPositions: Bool { unsafe positions != nil }

  /// The bytes of a block's positions, or nil where there are none or the headers are damaged.
  @unsafe
  func positions(of block: Int) -> UnsafeRawBufferPointer? {
    guard let positions = unsafe positions else { return nil }
    guard let headers = unsafe headers else { return unsafe positions }
    var (start, end) = (0, 0)
    if layout.positionEnds == .grouped {
      (start, end) = unsafe layout.positionRanges.range(block, in: headers)
    } else {
      let ends = layout.widePositionEnds
      start = block == 0 ? 0 : Int(clamping: unsafe load(headers, ends + block * 8 - 8) as UInt64)
      end = Int(clamping: unsafe load(headers, ends + block * 8) as UInt64)
    }
    guard start <= end && end <= positions.count else { return nil }
    return unsafe UnsafeRawBufferPointer(rebasing: positions[start..<end])
  }
}
