/// Strict UTF-8: no bytes but those that Unicode allows (RFC 3629), told by an automaton that takes
/// one byte after the other without a branch, and in long texts by a look at sixteen bytes and the
/// three before each of them.
///
/// A state is a distance by which the row of the next byte is shifted; what is left in the lowest six
/// bits is the next state. So a byte costs one look-up that depends on nothing before it and one
/// shift, and how long the characters are does not matter.
///
/// Source: P. Vognsen, “Shift-Based DFAs”, 2020.
enum StrictUTF8 {
  private enum State {
    static let wrong: UInt64 = 0
    static let between: UInt64 = 6
    /// So many bytes from 0x80 to 0xBF follow.
    static let one: UInt64 = 12
    static let two: UInt64 = 18
    static let three: UInt64 = 24
    /// The same, but the first of them is bounded, by the byte that led here.
    static let afterE0: UInt64 = 30
    static let afterED: UInt64 = 36
    static let afterF0: UInt64 = 42
    static let afterF4: UInt64 = 48
  }

  private static let rows: [UInt64] = (UInt8.min ... .max).map { byte in
    var row: UInt64 = 0
    func lead(_ bytes: ClosedRange<UInt8>, from state: UInt64 = State.between, to next: UInt64) {
      if bytes.contains(byte) { row |= next << state }
    }
    lead(0x00...0x7F, to: State.between)
    lead(0xC2...0xDF, to: State.one)
    lead(0xE0...0xE0, to: State.afterE0)
    lead(0xE1...0xEC, to: State.two)
    lead(0xED...0xED, to: State.afterED)
    lead(0xEE...0xEF, to: State.two)
    lead(0xF0...0xF0, to: State.afterF0)
    lead(0xF1...0xF3, to: State.three)
    lead(0xF4...0xF4, to: State.afterF4)
    lead(0x80...0xBF, from: State.one, to: State.between)
    lead(0x80...0xBF, from: State.two, to: State.one)
    lead(0x80...0xBF, from: State.three, to: State.two)
    lead(0xA0...0xBF, from: State.afterE0, to: State.one)
    lead(0x80...0x9F, from: State.afterED, to: State.one)
    lead(0x90...0xBF, from: State.afterF0, to: State.two)
    lead(0x80...0x8F, from: State.afterF4, to: State.two)
    return row
  }

  /// The text that the bytes are, or nil where they are not UTF-8.
  ///
  /// - Complexity: O(n).
  static func text(of bytes: Span<UInt8>) -> String? {
    var all: UInt8 = 0
    guard isValid(bytes, all: &all) else { return nil }
    return String(copying: unsafe UTF8Span(unchecked: bytes, isKnownASCII: all < 0x80))
  }

  /// Whether the bytes are UTF-8; `all` gets the bits that any of them has.
  private static func isValid(_ bytes: Span<UInt8>, all: inout UInt8) -> Bool {
    let blocks = (bytes.count - 3) / 16
    guard blocks > 2 else { return isText(bytes, 0..<bytes.count, all: &all) }
    // What the blocks leave: the first character or more, and the last.
    var second = 3
    while second < 7, isContinuation(bytes[second]) { second += 1 }
    var last = 3 + 16 * blocks - 1
    while last > second, isContinuation(bytes[last]) { last -= 1 }
    return isText(bytes, 0..<second, all: &all) && isText(bytes, last..<bytes.count, all: &all)
      && areBlocks(bytes, from: 3, count: blocks, all: &all)
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

  /// Whether a range of bytes is UTF-8, by the automaton.
  private static func isText(_ bytes: Span<UInt8>, _ range: Range<Int>, all: inout UInt8) -> Bool {
    let rows = Self.rows.span
    var state = State.between
    for i in range {
      all |= bytes[i]
      state = rows[Int(bytes[i])] &>> state
    }
    return state & 0x3F == State.between
  }

  /// Whether each byte of some blocks of sixteen may stand behind the three before it: what follows
  /// from them follows, and nothing else does.
  ///
  /// Only sums and bits: comparisons of vectors are done one by one.
  @inline(__always)
  private static func areBlocks(
    _ bytes: Span<UInt8>, from start: Int, count: Int, all: inout UInt8
  ) -> Bool {
    typealias Bytes = SIMD16<UInt8>
    /// The highest bit where a byte is another.
    @inline(__always) func isOther(_ bytes: Bytes, _ than: UInt8) -> Bytes {
      let difference = bytes ^ Bytes(repeating: than)
      let lower = Bytes(repeating: 0x7F)
      return (difference & lower) &+ lower | difference
    }
    var any = Bytes()
    // The highest bit where a byte may not stand.
    var wrong = Bytes()
    for block in 0..<count {
      let at = start &+ 16 &* block
      let byte = bytes.sixteenBytes(at: at)
      let first = bytes.sixteenBytes(at: at &- 1)
      let second = bytes.sixteenBytes(at: at &- 2)
      let third = bytes.sixteenBytes(at: at &- 3)
      any |= byte
      // A name with a number has the bit of so much less value at the highest place.
      let (byte2, first2, second2, third2) =
        (byte &+ byte, first &+ first, second &+ second, third &+ third)
      let (byte4, second4, third4) = (byte2 &+ byte2, second2 &+ second2, third2 &+ third2)
      let (byte8, third8) = (byte4 &+ byte4, third4 &+ third4)
      let continues = byte & ~byte2
      let must = first & first2 | second & second2 & second4 | third & third2 & third4 & third8
      wrong |= continues ^ must
      // C0 and C1, and from F5 on.
      wrong |= ~isOther(byte & Bytes(repeating: 0xFE), 0xC0)
      let lower = (byte & Bytes(repeating: 0x0F)) &+ Bytes(repeating: 0x80 - 5)
      wrong |= byte & byte2 & byte4 & byte8 & lower
      // Behind E0 below A0, behind ED from there on, behind F0 below 90, behind F4 from there on.
      wrong |= ~(isOther(first, 0xE0) | byte4) | ~isOther(first, 0xED) & byte4
      let above = byte4 | byte8
      wrong |= ~(isOther(first, 0xF0) | above) | ~isOther(first, 0xF4) & above
    }
    for i in any.indices { all |= any[i] }
    return wrong & Bytes(repeating: 0x80) == Bytes()
  }
}
