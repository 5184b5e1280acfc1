import SuoyinStorage

/// Writes numbers of any number of bits one behind the other, the lowest bit first: FORMAT.md,
/// "Packed numbers".
@safe
struct BitWriter: ~Copyable {
  /// What is full, in words of 64 bits; there is always room for one more.
  private var words: UnsafeMutablePointer<UInt64>
  private var capacity = 64
  private var wordCount = 0
  /// Bits that do not fill a word yet, and how many: below 64.
  private var pending: UInt64 = 0
  private var count = 0

  init() {
    unsafe words = .allocate(capacity: capacity)
    unsafe words.initialize(repeating: 0, count: capacity)
  }

  deinit {
    unsafe words.deallocate()
  }

  /// The bytes that `count` numbers of `width` bits take.
  static func size(of count: Int, width: Int) -> Int {
    (count * width + 7) / 8
  }

  /// The number of bytes, of which the last need not be full.
  var byteCount: Int { wordCount * 8 + (count + 7) / 8 }

  /// Calls `body` with the bytes; what is left of the last is 0.
  func withBytes<Result, Failure>(
    _ body: (RawSpan) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    unsafe words[wordCount] = pending.littleEndian
    return try body(unsafe UnsafeRawBufferPointer(start: words, count: byteCount).bytes)
  }

  /// The bytes, copied.
  var copied: [UInt8] {
    withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } }
  }

  /// Makes ready for others, in the same memory.
  mutating func removeAll() {
    wordCount = 0
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
      unsafe words[wordCount] = pending.littleEndian
      wordCount &+= 1
      count &-= 64
      // What did not fit: the highest `count` bits.
      pending = UInt64(value) &>> UInt64(width &- count)
      if wordCount == capacity { grow() }
    }
  }

  @inline(never)
  private mutating func grow() {
    let more = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity * 2)
    unsafe more.initialize(from: words, count: capacity)
    unsafe (more + capacity).initialize(repeating: 0, count: capacity)
    unsafe words.deallocate()
    unsafe words = more
    capacity *= 2
  }

  /// Appends so many clear bits and a set one.
  @inline(__always)
  mutating func appendUnary(_ zeros: Int) {
    var left = zeros
    while left >= 32 {
      append(0, width: 32)
      left -= 32
    }
    append(1 &<< UInt32(left), width: left + 1)
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
  mutating func append(_ values: Span<UInt32>, width: Int) {
    let mask = UInt32(truncatingIfNeeded: (1 as UInt64) << UInt64(width) - 1)
    for index in values.indices { append(values[index] & mask, width: width) }
    align()
  }
}
