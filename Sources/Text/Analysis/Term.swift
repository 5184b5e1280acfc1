/// The bytes of a term: UTF-8 of folded text, of bounded length.
enum Term {
  /// The longest term, in bytes.
  static let longest = 512
  /// What is kept of a longer one, in bytes; behind it stands the hash of the whole.
  static let kept = 480

  /// What stands for the end of a sentence or paragraph; no unit holds a sign, so none is like it.
  static let sentenceEnd = Array("¶".utf8)

  /// The bytes to have room for where a term of so many code units is written: three for each, and seven,
  /// because eight are written of one.
  @inline(__always)
  static func room(for units: Int) -> Int { 3 &* units &+ 7 }

  /// The UTF-8 of a scalar from U+0800 to U+FFFF, the first byte lowest.
  @inline(__always)
  static func threeBytes(_ unit: UInt16) -> UInt32 {
    let scalar = UInt32(unit)
    return 0x80_80E0 | scalar &>> 12 | (scalar & 0xFC0) &<< 2 | (scalar & 0x3F) &<< 16
  }

  /// Writes the UTF-8 of `range` of `text` into `bytes` from `place` on, and returns where it ends.
  ///
  /// - Precondition: `text` holds no lone surrogate in the range, and `bytes` has ``room(for:)`` it.
  @inline(__always)
  static func write(
    _ range: Range<Int>, of text: Span<UInt16>, to bytes: inout MutableSpan<UInt8>, at place: Int
  ) -> Int {
    var place = place
    var i = range.lowerBound
    // ASCII eight at a time; what is behind the range means nothing.
    while i < range.upperBound, i &+ 8 <= text.count {
      let (first, second) = (text.fourUnits(at: i), text.fourUnits(at: i &+ 4))
      let count = min(8, range.upperBound &- i)
      let others = first & Self.lanes(count) | second & Self.lanes(count &- 4)
      guard others & 0xFF80_FF80_FF80_FF80 == 0 else { break }
      bytes.store(packed(first) | packed(second) &<< 32, at: place)
      i &+= count
      place &+= count
    }
    while i < range.upperBound {
      let unit = text[i]
      i &+= 1
      if unit >= 0x800, !UTF16.isLeadSurrogate(unit) || i >= range.upperBound {
        bytes.store(threeBytes(unit), at: place)
        place &+= 3
      } else if unit < 0x80 {
        bytes[place] = UInt8(truncatingIfNeeded: unit)
        place &+= 1
      } else if unit < 0x800 {
        bytes.store(0x80C0 | unit &>> 6 | (unit & 0x3F) &<< 8, at: place)
        place &+= 2
      } else {
        let scalar = scalar(lead: unit, trail: text[i])
        i &+= 1
        let all =
          0x8080_80F0 | scalar &>> 18 | (scalar &>> 12 & 0x3F) &<< 8
          | (scalar &>> 6 & 0x3F) &<< 16 | (scalar & 0x3F) &<< 24
        bytes.store(all, at: place)
        place &+= 4
      }
    }
    return place
  }

  /// The first so many of four lanes of 16 bits.
  @inline(__always)
  private static func lanes(_ count: Int) -> UInt64 {
    count >= 4 ? .max : count <= 0 ? 0 : ~(.max &<< UInt64(16 &* count))
  }

  /// The bytes of four code units of ASCII, one behind the other.
  @inline(__always)
  private static func packed(_ units: UInt64) -> UInt64 {
    let two = (units | units &>> 8) & 0x0000_FFFF_0000_FFFF
    return (two | two &>> 16) & 0xFFFF_FFFF
  }

  /// The UTF-8 of some ranges of `text`, one behind the other, of any length.
  static func bytes(
    of ranges: some Collection<Range<FoldedOffset>>, in text: Span<UInt16>
  ) -> [UInt8] {
    let most = ranges.reduce(0) { $0 + room(for: $1.upperBound.utf16 - $1.lowerBound.utf16) }
    var bytes = [UInt8](repeating: 0, count: most)
    var span = bytes.mutableSpan
    var count = 0
    for range in ranges {
      count = write(
        range.lowerBound.utf16..<range.upperBound.utf16, of: text, to: &span, at: count)
    }
    bytes.removeLast(most - count)
    return bytes
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
