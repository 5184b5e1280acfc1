/// How the positions of one document are written: FORMAT.md, "Positions".
///
/// They lie on a circle of 2^width places. One of them is written as it is: that behind the largest
/// gap. Each of the others is written as its distance from the one before, which is at most half the
/// circle and so takes a bit less; the largest gap is left out. So their size is known from frequency
/// and width alone, and any document of a block can be read without the others.
enum PositionCodec {
  /// The width for positions up to `largest`.
  static func width(upTo largest: UInt32) -> UInt8 {
    UInt8(32 - largest.leadingZeroBitCount)
  }

  /// The bits that so many positions take.
  @inline(__always)
  static func size(_ frequency: UInt32, width: UInt8) -> Int {
    width == 0 ? 0 : Int(frequency) &* (Int(width) &- 1) &+ 1
  }

  /// - Parameters:
  ///   - positions: ascending, below 2^width.
  static func encode(_ positions: ArraySlice<UInt32>, width: UInt8, into bits: inout BitWriter) {
    guard width > 0, let first = positions.first, let last = positions.last else { return }
    var start = positions.startIndex
    // The gap across the end of the circle is the largest unless another is.
    var largest = UInt64(first) + 1 << UInt64(width) - UInt64(last)
    for index in positions.indices.dropFirst() {
      let gap = UInt64(positions[index] - positions[index - 1])
      if gap > largest {
        largest = gap
        start = index
      }
    }
    bits.append(positions[start], width: Int(width))
    var before = positions[start]
    for position in positions[(start + 1)...] + positions[..<start] {
      let mask = UInt32(truncatingIfNeeded: (1 as UInt64) << UInt64(width) - 1)
      bits.append((position &- before) & mask &- 1, width: Int(width) - 1)
      before = position
    }
  }

  /// Appends the positions of a document to `positions`.
  ///
  /// - Parameters:
  ///   - bytes: nothing behind their end is read.
  ///   - bit: where they begin.
  /// - Returns: false where these cannot be positions; then there may be fewer. They ascend.
  @unsafe
  static func decode(
    _ bytes: UnsafeRawBufferPointer, at bit: Int, frequency: UInt32, width: UInt8,
    into positions: inout [UInt32]
  ) -> Bool {
    guard width <= 32, UInt64(frequency) <= 1 << UInt64(width) else { return false }
    guard size(frequency, width: width) <= bytes.count * 8 - bit else { return false }
    guard width > 0 else {
      positions.append(0)
      return true
    }
    var place = bit
    let start = unsafe number(bytes, at: place, width: width)
    place += Int(width)
    if frequency == 1 {
      positions.append(UInt32(start))
      return true
    }
    let circle: UInt64 = 1 << UInt64(width)
    let from = positions.count
    var position = start
    // How many lie before the end of the circle, those first in the order of writing.
    var before = 1
    positions.append(UInt32(position))
    for _ in 1..<frequency {
      position += unsafe number(bytes, at: place, width: width - 1) + 1
      place += Int(width) - 1
      // Once round at most, and not as far as the start again.
      guard position < circle + start else {
        positions.removeSubrange(from...)
        return false
      }
      positions.append(UInt32(truncatingIfNeeded: position & (circle - 1)))
      if position < circle { before += 1 }
    }
    let count = Int(frequency)
    if before < count {
      let wrapped = positions[(from + before)...]
      positions.insert(contentsOf: Array(wrapped), at: from)
      positions.removeLast(count - before)
    }
    return true
  }

  /// A number of at most 32 bits.
  @unsafe @inline(__always)
  private static func number(
    _ bytes: UnsafeRawBufferPointer, at bit: Int, width: UInt8
  ) -> UInt64 {
    let mask: UInt64 = 1 &<< UInt64(width) &- 1
    let byte = bit >> 3
    if byte &+ 8 <= bytes.count {
      let word = unsafe UInt64(
        littleEndian: bytes.loadUnaligned(fromByteOffset: byte, as: UInt64.self))
      return word &>> UInt64(bit & 7) & mask
    }
    var word: UInt64 = 0
    for index in stride(from: bytes.count - 1, through: byte, by: -1) {
      word = unsafe word << 8 | UInt64(bytes[index])
    }
    return word &>> UInt64(bit & 7) & mask
  }
}
