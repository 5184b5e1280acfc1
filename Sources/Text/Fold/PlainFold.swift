/// Folds scalars that become one code unit each, whatever stands before them: nearly all of a text.
///
/// It takes four scalars of equally many bytes at a time, and Korean as the processor can. What ASCII
/// and Hangul become it knows, since no version of Unicode will change that; all others it looks up.
struct PlainFold {
  /// Where the next scalar begins.
  private(set) var at: Int
  /// How many code units there are.
  private(set) var count = 0

  /// See ``TermKernels/foldKorean``.
  private let foldsKorean: Bool

  init(at: Int, foldsKorean: Bool) {
    self.at = at
    self.foldsKorean = foldsKorean
  }

  /// Folds plain scalars of `text` until one is not plain, `room` is nearly full, or `stop` is
  /// reached.
  ///
  /// - Parameter plain: see ``FoldPages/plain``.
  /// - Returns: whether more may follow: there was no room.
  @inline(__always)
  mutating func fold<Map: FoldRecording>(
    _ text: Span<UInt8>, before stop: Int, by plain: Span<UInt16>,
    into room: inout MutableSpan<UInt16>, map: inout Map
  ) -> Bool {
    while at < stop {
      if room.count &- count < Self.mostUnits { return true }
      if at &+ Self.mostBytes <= stop {
        let first = text[at]
        if first < 0x80 {
          let eight = text.eightBytes(at: at)
          // Many more are likely: the name of a program, a line of one, an address.
          if eight & 0x8080_8080_8080_8080 == 0, foldByKernel(text, before: stop, &room, map) {
            continue
          }
          let four = FourUnits(ASCII: eight)
          append(four, of: 1, to: &room, &map)
          continue
        }
        if 0xEA...0xED ~= first {
          if foldByKernel(text, before: stop, &room, map) { continue }
          // How many syllables and how many letters, digits, marks or blanks follow one another
          // nobody foresees: without a branch.
          let four = FourUnits(Hangul: text.eightBytes(at: at), text.eightBytes(at: at &+ 6))
          append(four, of: 3, to: &room, &map)
          append(FourUnits(ASCII: text.eightBytes(at: at)), of: 1, to: &room, &map)
          if four.count > 0 { continue }
        }
        let four = FourUnits(text.eightBytes(at: at), text.eightBytes(at: at &+ 6), by: plain)
        append(four, of: 3, to: &room, &map)
        // A whole four is most likely: then the next need not wait for how many these are.
        if four.count == 4 { continue }
      }
      // What is not alike comes one by one, and letters of two bytes as long as there are any.
      repeat {
        guard let (scalar, length) = Self.scalar(of: text, at: at) else { return false }
        let unit = plain[Int(scalar)]
        if unit == 0 { return false }
        append(FourUnits(units: UInt64(unit), count: 1), of: length, to: &room, &map)
      } while at < stop && room.count &- count >= Self.mostUnits && text[at] & 0xE0 == 0xC0
    }
    return false
  }

  /// Folds Hangul and ASCII by the processor's own way; returns whether there was any.
  @inline(__always)
  private mutating func foldByKernel<Map: FoldRecording>(
    _ text: Span<UInt8>, before stop: Int, _ room: inout MutableSpan<UInt16>, _ map: borrowing Map
  ) -> Bool {
    guard foldsKorean, !Map.isKept, room.count &- count >= TermKernels.foldRoom else {
      return false
    }
    let folded = TermKernels.foldKorean(at..<stop, of: text, into: &room, from: count)
    at &+= folded.bytes
    count &+= folded.units
    return folded.bytes > 0
  }

  /// The code units that one step may write, with those that mean nothing.
  private static let mostUnits = 8
  /// The bytes that one step may read.
  private static let mostBytes = 20

  /// Appends units, made of as many scalars of some bytes each.
  @inline(__always)
  private mutating func append<Map: FoldRecording>(
    _ four: FourUnits, of width: Int, to room: inout MutableSpan<UInt16>, _ map: inout Map
  ) {
    room.store(four.units, at: count)
    count &+= four.count
    let end = at &+ width &* four.count
    if Map.isKept {
      while at < end {
        map.record(units: 1, from: at, to: at &+ width)
        at &+= width
      }
    }
    at = end
  }

  /// The scalar that begins at `at` and its bytes, or nil for one above the first plane.
  @inline(__always)
  private static func scalar(of text: Span<UInt8>, at: Int) -> (UInt32, length: Int)? {
    let first = UInt32(text[at])
    if first < 0x80 { return (first, 1) }
    let second = UInt32(text[at &+ 1] & 0x3F)
    if first < 0xE0 { return ((first & 0x1F) &<< 6 | second, 2) }
    let third = UInt32(text[at &+ 2] & 0x3F)
    return first < 0xF0 ? ((first & 0xF) &<< 12 | second &<< 6 | third, 3) : nil
  }
}

/// Up to four scalars of equally many bytes, as what they fold to.
private struct FourUnits {
  /// The units, the first lowest; behind ``count`` they mean nothing.
  let units: UInt64
  let count: Int

  @inline(__always)
  init(units: UInt64, count: Int) {
    self.units = units
    self.count = count
  }

  /// The first of eight bytes that are ASCII, with small letters for capitals.
  @inline(__always)
  init(ASCII bytes: UInt64) {
    count = (bytes & 0x8080_8080 | 1 &<< 32).trailingZeroBitCount &>> 3
    let four = bytes & 0x7F7F_7F7F
    let two = (four | four &<< 16) & 0x0000_FFFF_0000_FFFF
    let one = (two | two &<< 8) & 0x00FF_00FF_00FF_00FF
    let ones: UInt64 = 0x0001_0001_0001_0001
    let (notBelow, above) = (one &+ ones &* (0x80 - 0x41), one &+ ones &* (0x7F - 0x5A))
    units = one | (notBelow & ~above & (ones &* 0x80)) &>> 2
  }

  /// The first that are Hangul syllables of what may be two in six of eight bytes and two in the next.
  @inline(__always)
  init(Hangul first: UInt64, _ second: UInt64) {
    /// The highest of 24 bits for each of two that is no Hangul syllable.
    @inline(__always) func others(_ pair: UInt64) -> UInt64 {
      let ones: UInt64 = 0x100_0001
      let notBelow = pair &+ ones &* (0x80_0000 - 0xE_AC00)
      let above = pair &+ ones &* (0x7F_FFFF - 0xE_D7A3)
      return (~notBelow | above) & (ones &* 0x80_0000)
    }
    let (one, two) = (Self.pair(first), Self.pair(second))
    // What the others leave comes to the bits 3, 27, 35 and 59.
    count = (others(one) &>> 20 | others(two) &<< 12).trailingZeroBitCount &>> 4
    units = Self.units(one) | Self.units(two) &<< 32
  }

  /// The first that have three bytes and are plain of what may be two in six of eight bytes and two in
  /// the next.
  @inline(__always)
  init(_ first: UInt64, _ second: UInt64, by plain: Span<UInt16>) {
    let (one, two) = (Self.pair(first), Self.pair(second))
    // Its first byte is compared with E0; the difference comes to the bits 0, 24, 32 and 56 and above.
    let differs = (one &>> 16 & 0x0F00_000F ^ 0x0E00_000E)
    let differs2 = (two &>> 16 & 0x0F00_000F ^ 0x0E00_000E)
    let folded =
      UInt64(plain[Int(one & 0xFFFF)]) | UInt64(plain[Int(one &>> 24 & 0xFFFF)]) &<< 16
      | UInt64(plain[Int(two & 0xFFFF)]) &<< 32 | UInt64(plain[Int(two &>> 24 & 0xFFFF)]) &<< 48
    // The highest bit of the first that is not plain, and perhaps of some behind it.
    let others = (folded &- 0x0001_0001_0001_0001) & ~folded & 0x8000_8000_8000_8000
    units = folded
    count = (differs | differs2 &<< 32 | others).trailingZeroBitCount &>> 4
  }

  /// Two scalars of three bytes each, in 24 bits each; the highest four are what is left of the first
  /// byte.
  @inline(__always)
  private static func pair(_ bytes: UInt64) -> UInt64 {
    (bytes & 0xFF00_00FF) &<< 12 | (bytes &>> 2) & 0x000F_C000_0FC0
      | (bytes &>> 16) & 0x3F00_003F
  }

  @inline(__always)
  private static func units(_ pair: UInt64) -> UInt64 {
    pair & 0xFFFF | (pair &>> 8) & 0xFFFF_0000
  }
}
