/// Reads the positions of documents of one list, of any documents in any order: FORMAT.md, "Positions".
///
/// Where each document's positions begin is worked out once a block, from frequencies and widths.
public struct PositionReader {
  private let list: PostingBlocks
  private var block = -1
  /// Of each document of the block, where its positions begin, in bits from the block's.
  private var starts = [Int](repeating: 0, count: PostingBlock.capacity)
  private var count = 0

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
    if number != block || count != decoded.count {
      list.locatePositions(of: decoded, starts: &starts)
      block = number
      count = decoded.count
    }
    guard let bytes = unsafe list.positions(of: number) else { return false }
    return unsafe PositionCodec.decode(
      bytes, at: starts[index], frequency: decoded.frequencies[index],
      width: list.positionWidth(of: decoded.documents[index]), into: &positions)
  }
}
