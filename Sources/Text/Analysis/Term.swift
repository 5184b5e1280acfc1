/// The bytes of a term: UTF-8 of folded text, of bounded length.
enum Term {
  /// The longest term, in bytes.
  static let longest = 512
  /// What is kept of a longer one, in bytes; behind it stands the hash of the whole.
  static let kept = 480

  /// What stands for the end of a sentence or paragraph; no unit holds a sign, so none is like it.
  static let sentenceEnd = Array("¶".utf8)

  /// Appends the UTF-8 of `range` of `text` to `bytes`.
  ///
  /// - Precondition: `text` holds no lone surrogate in the range.
  @inline(__always)
  static func append(_ range: Range<Int>, of text: Span<UInt16>, to bytes: inout [UInt8]) {
    var i = range.lowerBound
    while i < range.upperBound {
      let unit = text[i]
      i &+= 1
      if unit < 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: unit))
      } else if unit < 0x800 {
        bytes.append(0xC0 | UInt8(truncatingIfNeeded: unit &>> 6))
        bytes.append(0x80 | UInt8(truncatingIfNeeded: unit & 0x3F))
      } else if !UTF16.isLeadSurrogate(unit) || i >= range.upperBound {
        bytes.append(0xE0 | UInt8(truncatingIfNeeded: unit &>> 12))
        bytes.append(0x80 | UInt8(truncatingIfNeeded: unit &>> 6 & 0x3F))
        bytes.append(0x80 | UInt8(truncatingIfNeeded: unit & 0x3F))
      } else {
        let scalar = scalar(lead: unit, trail: text[i])
        i &+= 1
        bytes.append(0xF0 | UInt8(truncatingIfNeeded: scalar &>> 18))
        bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar &>> 12 & 0x3F))
        bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar &>> 6 & 0x3F))
        bytes.append(0x80 | UInt8(truncatingIfNeeded: scalar & 0x3F))
      }
    }
  }

  /// Shortens the term that begins at `start` and ends `bytes`, if it is over-long: to its first
  /// ``kept`` bytes, cut between scalars, and the ``TermHash`` of the whole, so that it stays a term
  /// of its own.
  @inline(__always)
  static func bound(_ bytes: inout [UInt8], from start: Int) {
    if bytes.count &- start > longest { shorten(&bytes, from: start) }
  }

  @inline(never)
  private static func shorten(_ bytes: inout [UInt8], from start: Int) {
    var hash = TermHash()
    for byte in bytes[start...] { hash.add(byte) }
    var end = start + kept
    while bytes[end] & 0xC0 == 0x80 { end -= 1 }
    bytes.removeSubrange(end...)
    bytes.append(contentsOf: hash.digits)
  }
}
