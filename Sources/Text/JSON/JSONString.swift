/// The text that a JSON string stands for.
package enum JSONString {
  /// The text of a string that is known to be valid, its quotes at the ends of `range`; and how
  /// many halves of surrogate pairs stood alone in it, each of which becomes U+FFFD.
  package static func text(
    of range: Range<Int>, in bytes: Span<UInt8>
  ) -> (text: String, loneHalves: Int) {
    var result: [UInt8] = []
    result.reserveCapacity(range.count - 2)
    var loneHalves = 0
    var at = range.lowerBound + 1
    let end = range.upperBound - 1
    while at < end {
      let byte = bytes[at]
      guard byte == UInt8(ascii: "\\") else {
        result.append(byte)
        at += 1
        continue
      }
      let escape = bytes[at + 1]
      at += 2
      switch escape {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        var value = hexadecimal(at, in: bytes)
        at += 4
        if value & 0xFC00 == 0xD800, at + 6 <= end, bytes[at] == UInt8(ascii: "\\"),
          bytes[at + 1] == UInt8(ascii: "u")
        {
          let low = hexadecimal(at + 2, in: bytes)
          if low & 0xFC00 == 0xDC00 {
            value = 0x10000 + (value & 0x3FF) << 10 + low & 0x3FF
            at += 6
          }
        }
        if let scalar = Unicode.Scalar(value) {
          result.append(contentsOf: UTF8.encode(scalar).map(Array.init) ?? [])
        } else {
          loneHalves += 1
          result.append(contentsOf: [0xEF, 0xBF, 0xBD])
        }
      default: result.append(escape)
      }
    }
    return (String(decoding: result, as: UTF8.self), loneHalves)
  }

  private static func hexadecimal(_ start: Int, in bytes: Span<UInt8>) -> UInt32 {
    var value: UInt32 = 0
    for at in start..<start + 4 { value = value << 4 | UInt32(digit(bytes[at]) ?? 0) }
    return value
  }

  static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
