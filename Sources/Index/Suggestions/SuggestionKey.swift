import SuoyinText

/// What words and titles are sorted by for completion: the first units of a text by six bits each, the
/// first in the highest bits, so that what begins as a prefix does is a range of keys.
///
/// A Han character is the first letter of its pinyin, a letter and a digit are themselves; of other
/// scripts several characters share six bits. Blanks and marks are none. So a key is what a text has in
/// common with all that can be typed for it: itself, its pinyin and its initials.
package enum SuggestionKey {
  /// Units of a key; the four lowest bits are no unit's.
  package static let units = 10
  package static let unitBits = 6
  static let spareBits = 4
  /// Of a text with characters of several readings.
  private static let mostVariants = 4

  private static let digits: UInt64 = 27
  private static let others: UInt64 = 37

  /// The six bits of a letter or digit of ASCII.
  package static func bits(ofASCII byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt64(byte - UInt8(ascii: "a")) + 1
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt64(byte - UInt8(ascii: "A")) + 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0")) + digits
    default: nil
    }
  }

  /// The six bits of a scalar, by its usual reading; nil for what is no unit.
  package static func bits(of scalar: UInt32) -> UInt64? {
    if scalar < 0x80 { return bits(ofASCII: UInt8(scalar)) }
    if let initial = Pinyin.table.initial(of: scalar) { return bits(ofASCII: initial) }
    // Full-width forms.
    if scalar > 0xFF00, scalar < 0xFF5F { return bits(ofASCII: UInt8(scalar - 0xFEE0)) }
    guard let properties = Unicode.Scalar(scalar)?.properties,
      properties.isAlphabetic || properties.numericType != nil
    else { return nil }
    return others + UInt64(scalar) % ((1 << UInt64(unitBits)) - others)
  }

  /// The key of so many leading units, the others 0.
  package static func shifted(_ bits: UInt64, at unit: Int) -> UInt64 {
    bits << UInt64(spareBits + (units - 1 - unit) * unitBits)
  }

  /// What follows all keys that begin as `key` does.
  package static func end(of key: UInt64, units count: Int) -> UInt64 {
    let step = UInt64(1) << UInt64(spareBits + (units - count) * unitBits)
    let (sum, overflow) = key.addingReportingOverflow(step)
    return count == 0 || overflow ? .max : sum
  }

  /// The keys of a text, one for each way to read its first characters, as far as they differ; none where
  /// it has no unit.
  package static func keys(of scalars: some Sequence<UInt32>) -> [UInt64] {
    var keys: [UInt64] = [0]
    var unit = 0
    for scalar in scalars where unit < units {
      guard let bits = bits(of: scalar) else { continue }
      for index in keys.indices {
        let key = keys[index]
        keys[index] |= shifted(bits, at: unit)
        for other in Pinyin.table.otherInitials(of: scalar) where keys.count < mostVariants {
          guard let bits = Self.bits(ofASCII: other) else { continue }
          keys.append(key | shifted(bits, at: unit))
        }
      }
      unit += 1
    }
    return unit == 0 ? [] : keys
  }
}
