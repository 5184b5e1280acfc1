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

  /// Reads the positions of a document.
  ///
  /// - Parameters:
  ///   - bytes: nothing behind their end is read.
  ///   - bit: where they begin.
  /// - Returns: false where these cannot be positions; then there are none. They ascend.
  @unsafe
  static func decode(
    _ bytes: UnsafeRawBufferPointer, at bit: Int, frequency: UInt32, width: UInt8,
    into buffer: PositionBuffer
  ) -> Bool {
    buffer.count = 0
    guard width <= 32, UInt64(frequency) <= 1 << UInt64(width),
      size(frequency, width: width) <= bytes.count * 8 - bit
    else { return false }
    let count = Int(frequency)
    buffer.reserve(count)
    let positions = unsafe buffer.positions
    guard width > 0, count > 0 else {
      unsafe positions[0] = 0
      buffer.count = count
      return true
    }
    let start = unsafe number(bytes, at: bit, width: width)
    unsafe positions[0] = UInt32(start)
    var place = bit + Int(width)
    let circle: UInt64 = 1 &<< UInt64(width)
    var position = start
    // How many lie before the end of the circle, those first in the order of writing.
    var before = 1
    for index in 1..<max(1, count) {
      position &+= unsafe number(bytes, at: place, width: width - 1) &+ 1
      place &+= Int(width) - 1
      // Once round at most, and not as far as the start again.
      guard position < circle + start else { return false }
      unsafe positions[index] = UInt32(truncatingIfNeeded: position & (circle - 1))
      if position < circle { before = index + 1 }
    }
    if before < count {
      // Those behind the end of the circle come first.
      unsafe reverse(positions, 0, before)
      unsafe reverse(positions, before, count)
      unsafe reverse(positions, 0, count)
    }
    buffer.count = count
    return true
  }

  @unsafe
  private static func reverse(_ numbers: UnsafeMutablePointer<UInt32>, _ start: Int, _ end: Int) {
    var (low, high) = (start, end - 1)
    while low < high {
      unsafe (numbers[low], numbers[high]) = (numbers[high], numbers[low])
      low += 1
      high -= 1
    }
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
