/// Strict UTF-8: no bytes but those that Unicode allows (RFC 3629), told by an automaton that takes
/// one byte after the other without a branch.
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
    let rows = Self.rows.span
    var state = State.between
    var all: UInt8 = 0
    for i in bytes.indices {
      let byte = bytes[i]
      all |= byte
      state = rows[Int(byte)] &>> state
    }
    guard state & 0x3F == State.between else { return nil }
    return String(copying: unsafe UTF8Span(unchecked: bytes, isKnownASCII: all < 0x80))
  }
}
