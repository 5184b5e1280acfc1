/// What a first look at a text tells, before any line is measured: whether a break in it might be
/// only the page's, and whether the text can have been set in a column at all.
///
/// Three of four news items end here, because every line of theirs ends a sentence.
struct BreakScan {
  /// A break for which more has to be known than how the line before it ends, or letters spaced.
  private(set) var isDoubtful = false
  /// Lines that are not blank.
  private(set) var lines = 0
  /// All of them, where they are no more than ``linesKept``; else none.
  private(set) var found: [LineFinder.Extent] = []
  /// A line begins with a backquote or a tilde, so that code may lie between two fences.
  private(set) var hasFences = false
  /// Lines wider than any column.
  private var tooWide = 0
  private var padded = 0
  private var indents = InlineArray<17, Int>(repeating: 0)

  /// - Complexity: O(bytes), at the speed of ``LineFinder``.
  init(_ bytes: Span<UInt8>) {
    var finder = LineFinder()
    found.reserveCapacity(min(bytes.count >> 6 + 4, Self.linesKept))
    var fences = CodeFences()
    var above: Above?
    /// A full stop that only a column with squares would make a decimal point.
    var hasDoubtfulPoint = false
    while var line = finder.next(in: bytes) {
      let isCode = fences.takesAsCode(line, in: bytes)
      if line.mayBeSpaced { isDoubtful = true }
      if !isCode, above?.isSurelyApart(from: &line, in: bytes) == false {
        if above?.end == .point { hasDoubtfulPoint = true } else { isDoubtful = true }
      }
      above = Above(line: line, isCode: isCode, end: LineEnd(of: line.content, in: bytes))
      lines += 1
      if line.cells > ColumnProfile.widest { tooWide += 1 }
      if lines <= Self.linesKept {
        found.append(line)
      } else {
        found = []
      }
      if line.trailing >= 2 { padded += 1 }
      indents[min(line.indent, indents.count - 1)] += 1
      let first = bytes[line.content.lowerBound]
      if first == UInt8(ascii: "`") || first == UInt8(ascii: "~") { hasFences = true }
    }
    if hasDoubtfulPoint && finder.hasWide { isDoubtful = true }
  }

  /// The line before, as far as it may run on.
  private struct Above {
    var line: LineFinder.Extent
    let isCode: Bool
    let end: LineEnd

    /// Whether ``LineJoint`` keeps a line of no code apart from this one.
    mutating func isSurelyApart(
      from next: inout LineFinder.Extent, in bytes: Span<UInt8>
    ) -> Bool {
      isCode || end.isSurelyApart(from: next, in: bytes, isProse: false)
        || next.isApart(from: &line, in: bytes)
    }
  }

  /// Lines of an ordinary article.
  static let linesKept = 1_024

  /// The layout of a text in which more than one line in ten is wider than any column; nil for
  /// other texts, whose lines have to be surveyed.
  var layoutOfProse: Layout? {
    guard tooWide * 10 > lines, !hasFences else { return nil }
    var usual = 0
    for indent in indents.indices where indents[indent] > indents[usual] { usual = indent }
    return Layout(column: nil, usualIndent: usual, isPadded: padded * 2 > lines)
  }
}

/// How a line ends, as far as that alone keeps it apart from the next.
enum LineEnd {
  /// 。！？ and the like.
  case sentence
  /// The same and what closes after it.
  case closedSentence
  /// Another mark that closes, which no column keeps apart either.
  case closing
  case ellipsis
  /// A full stop of ASCII, which may be a decimal point.
  case point
  /// ，；： and the like, which no column keeps apart, but which ends no prose that is cut.
  case clause
  case open

  init(of content: Range<Int>, in bytes: Span<UInt8>) {
    var at = bytes.previous(before: content.upperBound)
    let last = bytes.scalar(at: at).scalar
    switch ScalarClass(last) {
    case .sentence:
      self = last == 0x2E || last == 0xFF0E ? .point : .sentence
    case .clause:
      // A comma may stand in a number; a mark alone with one character is set downwards.
      self = last == 0x2C || content.count <= 8 ? .open : .clause
    case .closing:
      var closings = 1
      var scalar = last
      while closings <= 2 && at > content.lowerBound && ScalarClass(scalar) == .closing {
        at = bytes.previous(before: at)
        scalar = bytes.scalar(at: at).scalar
        closings += 1
      }
      self = ScalarClass(scalar) == .sentence || scalar == 0x2026 ? .closedSentence : .closing
    default: self = last == 0x2026 ? .ellipsis : .open
    }
  }

  /// Whether ``LineJoint`` keeps the lines apart, whatever else there is in them; `isProse` where
  /// the text was set in no column.
  func isSurelyApart(from next: LineFinder.Extent, in bytes: Span<UInt8>, isProse: Bool) -> Bool {
    if next.gap.breaks > 2 { return true }
    switch self {
    case .sentence: return true
    case .clause: return isProse
    case .open: return false
    case .closing where !isProse: return false
    case .closing, .closedSentence, .ellipsis, .point: break
    }
    let first = bytes.scalar(at: next.content.lowerBound).scalar
    let kind = ScalarClass(first)
    switch self {
    case .closedSentence, .closing: return kind != .clause && kind != .sentence
    case .ellipsis: return first != 0x2026
    default: return kind != .digit && (isProse || kind != .letter)
    }
  }
}

extension Span where Element == UInt8 {
  /// Where the character before `position` begins.
  func previous(before position: Int) -> Int {
    var at = position - 1
    while at > 0 && self[at] & 0xC0 == 0x80 { at -= 1 }
    return at
  }
}
