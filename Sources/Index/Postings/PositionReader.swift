/// Reads the positions of documents of one list, of any documents in any order: FORMAT.md, "Positions".
///
/// Where each document's positions begin is worked out once a block, from frequencies and widths.
@safe
public final class PositionReader {
  /// Where the positions of a document lie.
  public struct Place: BitwiseCopyable, Sendable {
    /// From the start of the block's positions.
    fileprivate var bit: Int
    fileprivate var block: Int32
    fileprivate var width: UInt8

    /// Of no positions.
    public static var none: Place { Place(bit: 0, block: 0, width: 0) }
  }

  private let list: PostingBlocks
  private var block = -1
  /// Of the first documents of the block, where their positions begin, in bits from the block's; one
  /// more than ``located``.
  ///
  /// Made when a block is first asked for: most lists never are.
  private var starts: UnsafeMutablePointer<UInt64>?
  private var located = 0
  private lazy var buffer = PositionBuffer()

  public init(_ list: PostingBlocks) {
    self.list = list
  }

  deinit {
    unsafe starts?.deallocate()
  }

  /// Where the positions of a document lie; they can be read when another block has been decoded.
  ///
  /// - Parameters:
  ///   - index: the document's place in the block.
  ///   - decoded: the block's documents and frequencies.
  ///   - number: the block's number.
  /// - Complexity: O(1), and once a block O(its documents up to this one).
  public func place(of index: Int, in decoded: PostingBlock, number: Int) -> Place {
    precondition(index >= 0 && index < decoded.count && decoded.count <= PostingBlock.capacity)
    let starts = unsafe self.starts ?? .allocate(capacity: PostingBlock.capacity + 1)
    unsafe self.starts = starts
    if number != block {
      block = number
      located = 0
      unsafe starts[0] = 0
    }
    if located < index {
      unsafe list.locatePositions(of: decoded, located..<index, into: starts)
      located = index
    }
    return Place(
      bit: Int(truncatingIfNeeded: unsafe starts[index]), block: Int32(number),
      width: list.positionWidth(of: unsafe decoded.documents[index]))
  }

  /// Reads the positions of a document: ascending, as many as its frequency. In a field without
  /// positions there are none.
  ///
  /// - Returns: false where bytes are damaged; then there are none.
  public func read(at place: Place, frequency: UInt32, into buffer: PositionBuffer) -> Bool {
    guard let bytes = unsafe list.positions(of: Int(place.block)) else {
      buffer.count = 0
      return !list.hasPositions
    }
    return unsafe PositionCodec.decode(
      bytes, at: place.bit, frequency: frequency, width: place.width, into: buffer)
  }

  /// Puts the positions of a document of a decoded block into `positions`, in place of what is there.
  ///
  /// - Parameters:
  ///   - index: the document's place in the block.
  ///   - decoded: the block's documents and frequencies.
  ///   - number: the block's number.
  /// - Returns: as ``read(at:frequency:into:)``.
  public func positions(
    of index: Int, in decoded: PostingBlock, number: Int, into positions: inout [UInt32]
  ) -> Bool {
    positions.removeAll(keepingCapacity: true)
    guard list.hasPositions else { return true }
    let isWhole = read(
      at: place(of: index, in: decoded, number: number),
      frequency: unsafe decoded.frequencies[index], into: buffer)
    unsafe positions.append(
      contentsOf: UnsafeBufferPointer(start: buffer.positions, count: buffer.count))
    return isWhole
  }
}
