/// How the positions of one document are written: FORMAT.md, "Positions".
///
/// They lie on a circle of 2^width places. One of them is written as it is: that behind the largest
/// gap. Each of the others is written as its distance from the one before, which is at most half the
/// circle and so takes a bit less; the largest gap is left out. So their size is known from frequency
/// and width alone, and any document of a block can be read without the others. What reads them is
/// `ck_read_positions`.
enum PositionCodec {
  /// The width for positions up to `largest`.
  static func width(upTo largest: UInt32) -> UInt8 {
    UInt8(32 - largest.leadingZeroBitCount)
  }

  /// The width where positions count all that the length does: those of most documents.
  static func width(ofLength length: UInt32) -> UInt8 {
    width(upTo: length - min(length, 1))
  }

  /// - Parameters:
  ///   - range: those of the document, at least one: ascending, below 2^width.
  static func encode(
    _ positions: Span<UInt32>, _ range: Range<Int>, width: UInt8, into bits: inout BitWriter
  ) {
    let width = Int(width)
    if range.count == 1 { return bits.append(positions[range.lowerBound], width: width) }
    guard width > 0 else { return }
    let mask = UInt32(truncatingIfNeeded: (1 as UInt64) << UInt64(width) - 1)
    let last = range.upperBound - 1
    var start = range.lowerBound
    // The gap across the end of the circle, less 1, is the largest unless another is.
    var largest = (positions[start] &- positions[last]) & mask &- 1
    for index in (start + 1)...last {
      let gap = positions[index] - positions[index - 1] - 1
      if gap > largest {
        largest = gap
        start = index
      }
    }
    bits.append(positions[start], width: width)
    var index = start
    for _ in 1..<range.count {
      let before = positions[index]
      index = index == last ? range.lowerBound : index + 1
      bits.append((positions[index] &- before) & mask &- 1, width: width - 1)
    }
  }
}
