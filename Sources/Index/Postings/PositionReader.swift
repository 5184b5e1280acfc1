package import CKernels
import SuoyinStorage

/// Reads the positions of documents of one list, of any documents in any order: FORMAT.md, "Positions".
///
/// Where each document's positions begin is worked out once a block, from frequencies and widths.
@safe
public final class PositionReader {
  private let list: PostingBlocks
  /// The number of the block, and the bytes of its positions.
  private var block = -1
  private var bytes = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  /// Of the first documents of the block, where their positions begin, in bits from the block's; one
  /// more than ``located``.
  ///
  /// Made when a block is first asked for: most lists never are.
  private var starts: UnsafeMutablePointer<UInt64>?
  /// Of the whole segment; fetched with ``starts``.
  private var widths = MappedArray<UInt8>(copying: [])
  private var located = 0
  private lazy var buffer = PositionBuffer()

  public init(_ list: PostingBlocks) {
    self.list = list
  }

  deinit {
    unsafe starts?.deallocate()
  }

  /// Finds out where the positions of some documents lie; they can be read when another block has been
  /// decoded.
  ///
  /// Where bytes are damaged, a place has no positions.
  ///
  /// - Parameters:
  ///   - postings: the documents' places in the block, ascending, each less `base`.
  ///   - decoded: the block's documents and frequencies.
  ///   - number: the block's number.
  ///   - places: room for `count`.
  /// - Complexity: O(`count`), and once a block O(its documents up to the last asked for).
  @unsafe
  package func locate(
    _ postings: UnsafePointer<UInt32>, from base: Int, count: Int, in decoded: PostingBlock,
    number: Int, into places: UnsafeMutablePointer<ck_place>
  ) {
    guard count > 0 else { return }
    let starts = unsafe starts(
      upTo: base + Int(postings[count - 1]), in: decoded, number: number)
    let bytes = unsafe bytes
    let base = unsafe (
      starts + base, decoded.documents + base, decoded.frequencies + base,
      bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    )
    for index in 0..<count {
      let posting = unsafe Int(postings[index])
      unsafe places[index] = ck_place_at(
        base.0[posting], base.3, UInt64(bytes.count), base.2[posting],
        widths[Int(base.1[posting])])
    }
  }

  /// Where the positions of the block's documents begin, at least up to the place of `last`.
  @unsafe
  private func starts(
    upTo last: Int, in decoded: PostingBlock, number: Int
  ) -> UnsafeMutablePointer<UInt64> {
    precondition(last >= 0 && last < decoded.count && decoded.count <= PostingBlock.capacity)
    let starts = unsafe self.starts ?? makeStarts()
    if number != block {
      block = number
      unsafe bytes = list.positions(of: number) ?? UnsafeRawBufferPointer(start: nil, count: 0)
      located = 0
      unsafe starts[0] = 0
    }
    if located < last {
      unsafe list.locatePositions(of: decoded, located..<last, widths, into: starts)
      located = last
    }
    return unsafe starts
  }

  private func makeStarts() -> UnsafeMutablePointer<UInt64> {
    let starts = UnsafeMutablePointer<UInt64>.allocate(capacity: PostingBlock.capacity + 17)
    unsafe self.starts = starts
    widths = list.positionWidths
    return unsafe starts
  }

  /// Puts the positions of a document of a decoded block into `positions`, in place of what is there:
  /// ascending, as many as its frequency. In a field without positions there are none.
  ///
  /// - Parameters:
  ///   - index: the document's place in the block.
  ///   - decoded: the block's documents and frequencies.
  ///   - number: the block's number.
  ///   - positions: where they are put.
  /// - Returns: false where bytes are damaged; then there are none.
  public func positions(
    of index: Int, in decoded: PostingBlock, number: Int, into positions: inout [UInt32]
  ) -> Bool {
    positions.removeAll(keepingCapacity: true)
    guard list.hasPositions else { return true }
    var place = unsafe ck_place()
    unsafe locate([0], from: index, count: 1, in: decoded, number: number, into: &place)
    let isWhole = unsafe buffer.read(place)
    unsafe positions.append(
      contentsOf: UnsafeBufferPointer(start: buffer.positions, count: buffer.count))
    return unsafe isWhole && place.frequency == decoded.frequencies[index]
  }
}
