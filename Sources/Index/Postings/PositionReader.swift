/// Reads the positions of documents of one list, in blocks that ascend.
public struct PositionReader {
  private let list: PostingBlocks
  private var block = -1
  /// Where the positions of the block's document number `index` begin, in bytes from their start.
  private var place = 0
  private var index = 0

  public init(_ list: PostingBlocks) {
    self.list = list
  }

  /// Puts the positions of a document into `positions`, in place of what is there: ascending, as many
  /// as its frequency. In a field without positions there are none.
  ///
  /// - Parameters:
  ///   - index: the document's place in the block.
  ///   - decoded: the block's documents and frequencies.
  ///   - number: the block's number.
  /// - Returns: false where bytes are damaged; then there may be fewer.
  public mutating func positions(
    of index: Int, in decoded: PostingBlock, number: Int, into positions: inout [UInt32]
  ) -> Bool {
    positions.removeAll(keepingCapacity: true)
    guard list.hasPositions else { return true }
    precondition(index >= 0 && index < decoded.count)
    guard let bytes = unsafe list.positions(of: number), let start = bytes.baseAddress else {
      return false
    }
    let end = unsafe start + bytes.count
    if number != block || index < self.index {
      block = number
      place = 0
      self.index = 0
    }
    guard place <= bytes.count else { return false }
    var next = unsafe start + place
    if self.index < index {
      var skipped = 0
      for before in self.index..<index { unsafe skipped += Int(decoded.frequencies[before]) }
      guard unsafe Varint.skip(skipped, from: &next, end: end) else { return false }
      place = unsafe next - start
      self.index = index
    }
    var position: UInt64 = 0
    for _ in 0..<(unsafe decoded.frequencies[index]) {
      guard let step = unsafe Varint.decode(&next, end: end), position + step <= UInt32.max else {
        return false
      }
      position += step
      positions.append(UInt32(position))
    }
    return true
  }
}
