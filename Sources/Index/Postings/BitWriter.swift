/// Writes numbers of any number of bits one behind the other, the lowest bit first: FORMAT.md,
/// "Packed numbers".
struct BitWriter {
  private var words: [UInt64] = []
  /// Bits that do not fill a word yet, and how many: below 64.
  private var pending: UInt64 = 0
  private var count = 0

  /// The bytes that `count` numbers of `width` bits take.
  static func size(of count: Int, width: Int) -> Int {
    (count * width + 7) / 8
  }

  /// The number of bytes, of which the last need not be full.
  var byteCount: Int { words.count * 8 + (count + 7) / 8 }

  /// A copy of the bytes; what is left of the last is 0.
  var bytes: [UInt8] {
    var all = words
    all.append(pending)
    for index in all.indices { all[index] = all[index].littleEndian }
    return unsafe all.withUnsafeBytes { unsafe Array($0.prefix(byteCount)) }
  }

  /// Makes ready for others, in the same memory.
  mutating func removeAll() {
    words.removeAll(keepingCapacity: true)
    pending = 0
    count = 0
  }

  /// Appends a number.
  ///
  /// - Parameters:
  ///   - value: below 2^`width`.
  ///   - width: 0 to 32.
  @inline(__always)
  mutating func append(_ value: UInt32, width: Int) {
    pending |= UInt64(value) &<< UInt64(count)
    count &+= width
    if count >= 64 {
      words.append(pending)
      count &-= 64
      // What did not fit: the highest `count` bits.
      pending = UInt64(value) &>> UInt64(width &- count)
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
    append(0, width: -count & 7)
  }

  /// Appends a byte.
  mutating func append(_ byte: UInt8) {
    append(UInt32(byte), width: 8)
  }

  /// Appends the lowest bits of numbers and fills the last byte up.
  mutating func append(_ values: [UInt32], width: Int) {
    let mask = UInt32(truncatingIfNeeded: (1 as UInt64) << UInt64(width) - 1)
    for value in values { append(value & mask, width: width) }
    align()
  }
}
