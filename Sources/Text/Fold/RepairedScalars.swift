/// A scalar of the repaired text, with where it comes from.
struct SourceScalar {
  var value: UInt32
  /// Its bytes in the decoded text; empty for the blank that line repair put there.
  var start: Int
  var end: Int
}

/// The scalars of a text as line repair leaves it, one after the other.
struct RepairedScalars {
  private let edits: [LineEdit]
  private var nextEdit = 0
  /// Where the text is interrupted next: the next edit's start, or the end.
  private(set) var stop: Int
  /// Where the next scalar begins; whoever reads on by itself goes at most to ``stop``.
  var position = 0

  /// - Precondition: the edits ascend, are disjoint and lie on scalars of `text`.
  init(of text: Span<UInt8>, edits: [LineEdit]) {
    self.edits = edits
    stop = edits.first?.range.lowerBound.utf8 ?? text.count
  }

  /// The next scalar of `text`, which must be the same at each call; nil at its end.
  @inline(__always)
  mutating func next(in text: Span<UInt8>) -> SourceScalar? {
    while position >= stop {
      if position >= text.count { return nil }
      if let blank = passEdit(in: text) { return blank }
    }
    let start = position
    let first = UInt32(text[start])
    if first < 0x80 {
      position = start &+ 1
      return SourceScalar(value: first, start: start, end: position)
    }
    let second = UInt32(text[start &+ 1] & 0x3F)
    if first < 0xE0 {
      position = start &+ 2
      return SourceScalar(value: (first & 0x1F) &<< 6 | second, start: start, end: position)
    }
    let third = UInt32(text[start &+ 2] & 0x3F)
    if first < 0xF0 {
      position = start &+ 3
      return SourceScalar(
        value: (first & 0xF) &<< 12 | second &<< 6 | third, start: start, end: position)
    }
    let fourth = UInt32(text[start &+ 3] & 0x3F)
    position = start &+ 4
    return SourceScalar(
      value: (first & 0x7) &<< 18 | second &<< 12 | third &<< 6 | fourth, start: start,
      end: position)
  }

  /// The scalar of `text` that ends at `end`.
  static func scalar(endingAt end: Int, in text: Span<UInt8>) -> SourceScalar {
    var start = end &- 1
    while text[start] & 0xC0 == 0x80 { start &-= 1 }
    var one = RepairedScalars(of: text, edits: [])
    one.position = start
    return one.next(in: text) ?? SourceScalar(value: 0, start: start, end: end)
  }

  @inline(never)
  private mutating func passEdit(in text: Span<UInt8>) -> SourceScalar? {
    let edit = edits[nextEdit]
    nextEdit += 1
    position = edit.range.upperBound.utf8
    stop = nextEdit < edits.count ? edits[nextEdit].range.lowerBound.utf8 : text.count
    precondition(position <= stop, "the edits of line repair overlap or leave the text")
    return edit.replacement == .blank
      ? SourceScalar(value: 0x20, start: position, end: position) : nil
  }
}
