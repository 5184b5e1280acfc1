/// Reads the positions of documents of one list, of any documents in any order: FORMAT.md, "Positions".
///
/// Where each document's positions begin is worked out once a block, from frequencies and widths.
public struct PositionReader {
  private let list: PostingBlocks
  private var block = -1
  /// Of each document of the block, where its positions begin, in bits from the block's, and their
  /// width.
  private var starts: [Int] = []
  private var widths: [UInt8] = []

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
    if number != block || starts.count != decoded.count { locate(decoded, number: number) }
    guard let bytes = unsafe list.positions(of: number) else { return false }
    return unsafe PositionCodec.decode(
      bytes, at: starts[index], frequency: decoded.frequencies[index], width: widths[index],
      into: &positions)
  }

  private mutating func locate(_ decoded: PostingBlock, number: Int) {
    block = number
    starts.removeAll(keepingCapacity: true)
    widths.removeAll(keepingCapacity: true)
    var start = 0
    for index in 0..<decoded.count {
      let width = list.positionWidth(of: unsafe decoded.documents[index])
      starts.append(start)
      widths.append(width)
      // 256 frequencies of 32 bits by widths of 8 do not overflow 63.
      start &+= PositionCodec.size(unsafe decoded.frequencies[index], width: width)
    }
  }
}
