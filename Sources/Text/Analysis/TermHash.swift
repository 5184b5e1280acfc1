/// FNV-1a over 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv): the same on every machine and in
/// every process, which Swift's `Hasher` is not.
struct TermHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
  }

  mutating func add(_ number: UInt32) {
    for shift: UInt32 in [0, 8, 16, 24] { add(UInt8(truncatingIfNeeded: number >> shift)) }
  }

  /// The 16 digits, lower case.
  var digits: [UInt8] {
    (0..<16).map { i in
      let digit = UInt8(truncatingIfNeeded: value >> (60 - 4 * UInt64(i))) & 0xF
      return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
  }

  var hexadecimal: String { String(decoding: digits, as: UTF8.self) }
}
