/// Writes numbers of any number of bits one behind the other, the lowest bit first: FORMAT.md,
/// "Packed numbers".
struct BitWriter {
  private(set) var bytes: [UInt8] = []
  /// Bits that do not fill a byte yet, and how many.
  private var pending: UInt64 = 0
  private var count = 0

  /// The bytes that `count` numbers of `width` bits take.
  static func size(of count: Int, width: Int) -> Int {
    (count * width + 7) / 8
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    pending = 0
    count = 0
  }

  /// Appends the lowest `width` bits of a number, which has no higher ones.
  @inline(__always)
  mutating func append(_ value: UInt32, width: Int) {
    pending |= UInt64(value) &<< UInt64(count)
    count += width
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      count -= 8
    }
  }

  /// Appends so many clear bits and a set one.
  mutating func appendUnary(_ zeros: Int) {
    var left = zeros
    while left >= 32 {
      append(0, width: 32)
      left -= 32
    }
    append(1 << UInt32(left), width: left + 1)
  }

  /// Fills the last byte up.
  mutating func align() {
    if count > 0 { append(0, width: 8 - count) }
  }

  /// Appends a byte.
  ///
  /// - Precondition: the last one is full.
  mutating func append(_ byte: UInt8) {
    bytes.append(byte)
  }

  /// Appends numbers and fills the last byte up.
  mutating func append(_ values: [UInt32], width: Int) {
    for value in values { append(value & mask(width), width: width) }
    align()
  }

  private func mask(_ width: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: (1 as UInt64) << UInt64(width) - 1)
  }
}
