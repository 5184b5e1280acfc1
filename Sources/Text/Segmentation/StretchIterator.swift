/// ICU's word iterator over texts of any length.
///
/// A text longer than the usual stretch is cut at line ends, else before Han behind punctuation: ICU
/// begins a new piece in these places whatever stands around them. Only a stretch of a million units
/// that has neither is cut at an arbitrary scalar.
struct StretchIterator: ~Copyable {
  /// How much ICU is given at once, in code units, where there is a choice: little enough for the
  /// caches, much more than a paragraph.
  private let usual: Int
  /// The most that ICU is given at once. It takes some 20 bytes of memory for each character of a
  /// run of Han, and counts in 32 bits.
  private let most: Int
  /// Made when it is first asked.
  private var iterator: WordIterator?

  init(usual: Int = 1 << 15, most: Int = 1 << 20) {
    precondition(usual > 0 && most > usual)
    self.usual = usual
    self.most = most
  }

  /// Appends each piece of `range`.
  @inline(never)
  mutating func cut(_ text: Span<UInt16>, _ range: Range<Int>, into pieces: inout WordPieces) {
    let text = text.extracting(range)
    var iterator = iterator.take() ?? WordIterator()
    var start = 0
    while start < text.count {
      let end = stretchEnd(from: start, in: text)
      let count = iterator.cut(text.extracting(start..<end))
      for i in 0..<count {
        pieces.append(
          end: range.lowerBound + start + Int(iterator.ends[i]), kind: iterator.kinds[i])
      }
      start = end
    }
    self.iterator = consume iterator
  }

  /// The number of pieces of a text that is not cut into stretches.
  mutating func cut(_ text: Span<UInt16>) -> Int {
    var iterator = iterator.take() ?? WordIterator()
    let count = iterator.cut(text)
    self.iterator = consume iterator
    return count
  }

  /// Gives back memory that a long text made it take.
  mutating func shrink() {
    iterator?.shrink(to: 2 * usual)
  }

  /// Where the stretch that begins at `start` ends.
  private func stretchEnd(from start: Int, in text: Span<UInt16>) -> Int {
    if text.count - start <= usual { return text.count }
    let wanted = start + usual
    for isCut in [Self.isLineEnd, Self.isHanBehindPunctuation] {
      var i = wanted
      while i > start, !isCut(text, i) { i -= 1 }
      if i > start { return i }
    }
    let limit = min(text.count, start + most)
    var i = wanted
    while i < limit, !Self.isLineEnd(text, i), !Self.isHanBehindPunctuation(text, i) { i += 1 }
    if i < text.count, UTF16.isTrailSurrogate(text[i]) { i -= 1 }
    return i
  }

  /// Whether a line ends before the unit at `i`.
  private static func isLineEnd(_ text: Span<UInt16>, _ i: Int) -> Bool {
    text[i - 1] == 0x0A
  }

  /// Whether a common ideograph stands at `i`, and before it , . ! ? 、 。 or a blank.
  private static func isHanBehindPunctuation(_ text: Span<UInt16>, _ i: Int) -> Bool {
    guard 0x4E00...0x9FFF ~= text[i] else { return false }
    switch text[i - 1] {
    case 0x20, 0x21, 0x2C, 0x2E, 0x3F, 0x3001, 0x3002: return true
    default: return false
    }
  }
}
