/// Finds the lines of a text that are not blank, at several times the speed at which they are
/// measured: most texts need no more.
///
/// A line ends at LF, CR, CR LF, VT, FF, NEL (U+0085), LINE SEPARATOR or PARAGRAPH SEPARATOR (the
/// mandatory breaks of UAX 14). Blank lines are passed over and only counted.
///
/// How it works: a kernel (``LineKernels``) passes what is neither break nor blank, and only what may be
/// one of them is looked at by itself.
/// - Complexity: one pass over the bytes, constant memory.
struct LineFinder {
  /// Where a line stands, and what can be seen of it without looking at its characters.
  struct Extent {
    /// The line without the blanks before and after, in bytes.
    var content = 0..<0
    /// Half squares of the blanks before the content.
    var indent = 0
    /// Blanks (scalars) after the content.
    var trailing = 0
    /// What lies between this line and the one before.
    var gap = Gap(breaks: 0, endsParagraph: false)
    /// Length of the content in scalars, blanks inside included.
    var scalars = 0
    /// Half squares of the content at least: only what surely has a width is counted.
    var cells = 0
    /// Han or kana may stand alone between two blanks, as where letters are spaced.
    var mayBeSpaced = false
    /// What it is where it is no code, once that was asked for.
    private var kind: LineKind?

    /// What the line is where it is no code; found out once.
    @inline(__always)
    mutating func kind(in bytes: Span<UInt8>) -> LineKind {
      if let kind { return kind }
      let found = LineKind(of: self, in: bytes)
      kind = found
      return found
    }

    /// Whether this line and the one before it, none of them code, are of kinds between which no
    /// sentence runs on.
    mutating func isApart(from before: inout Extent, in bytes: Span<UInt8>) -> Bool {
      kind(in: bytes) != .text || !before.kind(in: bytes).mayRunOn
    }
  }

  /// A line so far held Han, kana or Hangul.
  private(set) var hasWide = false
  private var position = 0
  private var pendingBreak = false
  private var pendingParagraph = false

  /// The next line that is not blank, or nil at the end of the text; `bytes` is the same text on
  /// every call.
  mutating func next(in bytes: Span<UInt8>) -> Extent? {
    var line = Extent()
    line.gap = Gap(breaks: pendingBreak ? 1 : 0, endsParagraph: pendingParagraph)
    pendingBreak = false
    pendingParagraph = false
    var at = position
    while at < bytes.count {
      let blank = bytes.blank(at: at)
      guard blank.length > 0 else {
        walk(bytes, from: at, &line)
        return line
      }
      at += blank.length
      if blank.endsLine {
        line.gap.breaks += 1
        if blank.endsParagraph { line.gap.endsParagraph = true }
        line.indent = 0
      } else {
        line.indent += blank.cells
      }
    }
    position = at
    return nil
  }

  /// Walks from the first character to the end of the line.
  private mutating func walk(_ bytes: Span<UInt8>, from start: Int, _ line: inout Extent) {
    var at = start
    var wide = 0
    var narrow = 0
    var others = 0
    while at < bytes.count {
      let part = LineKernels.pass(bytes, from: at)
      if part.mayBeSpaced { line.mayBeSpaced = true }
      wide += part.wide
      narrow += part.narrow
      others += part.others
      let passed = at
      at = part.end
      // They may be the line's last.
      while at > passed, bytes[at - 1] == 0x20 {
        at -= 1
        narrow -= 1
      }
      guard at < bytes.count else { break }
      let first = bytes.blank(at: at)
      guard first.length > 0 else {
        others += 1
        at += bytes.scalar(at: at).length
        continue
      }
      // Blanks, after which the line goes on or ends.
      let end = at
      let cells = 2 * wide + narrow
      let scalars = wide + narrow + others
      var trailing = 0
      var blank = first
      while blank.length > 0 && !blank.endsLine {
        trailing += 1
        if blank.length == 1 { narrow += 1 } else { others += 1 }
        at += blank.length
        if at == bytes.count { break }
        blank = bytes.blank(at: at)
      }
      let isLast = at == bytes.count || blank.endsLine
      if isLast {
        line.trailing = trailing
        line.content = start..<end
        line.cells = cells
        line.scalars = scalars
        if wide > 0 { hasWide = true }
        if at < bytes.count {
          pendingBreak = true
          pendingParagraph = blank.endsParagraph
          at += blank.length
        }
        position = at
        return
      }
      if bytes.hasIdeographAlone(at: at) { line.mayBeSpaced = true }
    }
    line.content = start..<at
    line.cells = 2 * wide + narrow
    line.scalars = wide + narrow + others
    if wide > 0 { hasWide = true }
    position = at
  }
}

/// The lines of a text, of which some are known already.
struct FoundLines {
  private let known: [LineFinder.Extent]
  private var next = 0
  private var finder = LineFinder()

  /// - Parameter known: all lines of the text, or none.
  init(known: [LineFinder.Extent] = []) {
    self.known = known
  }

  /// The next line that is not blank, or nil at the end of the text; `bytes` is the same text on
  /// every call.
  mutating func next(in bytes: Span<UInt8>) -> LineFinder.Extent? {
    guard !known.isEmpty else { return finder.next(in: bytes) }
    guard next < known.count else { return nil }
    next += 1
    return known[next - 1]
  }
}

/// A blank or a line break, and its length in bytes; length 0 for any other character.
private struct Blank {
  var length = 0
  var cells = 1
  var endsLine = false
  var endsParagraph = false
}

extension Span where Element == UInt8 {
  /// Whether one Han character or kana may begin at `position` before a blank that ends no line.
  fileprivate func hasIdeographAlone(at position: Int) -> Bool {
    guard position < count, self[position] >= 0xE3, !(0xEA...0xED).contains(self[position])
    else { return false }
    let end = position + (self[position] < 0xF0 ? 3 : 4)
    guard end < count else { return false }
    let blank = blank(at: end)
    return blank.length > 0 && !blank.endsLine
  }

  /// The blank or break at `position`; CR LF is one.
  @inline(__always)
  fileprivate func blank(at position: Int) -> Blank {
    let byte = self[position]
    if byte > 0x20 && byte < 0x7F || byte >= 0xE4 && byte < 0xEF { return Blank() }
    // Most marks and kana of Chinese and Japanese pages, and their one blank.
    if byte == 0xE3 && (self[position + 1] != 0x80 || self[position + 2] != 0x80) { return Blank() }
    if byte == 0xEF && self[position + 1] != 0xBB { return Blank() }
    if byte == 0xE2 && self[position + 1] == 0x80 && self[position + 2] & 0xF0 == 0x90 {
      return Blank()
    }
    return unusual(at: position)
  }

  @inline(never)
  private func unusual(at position: Int) -> Blank {
    let (scalar, length) = scalar(at: position)
    switch scalar {
    case 0x0D:
      let isFollowed = position + 1 < count && self[position + 1] == 0x0A
      return Blank(length: isFollowed ? 2 : 1, endsLine: true)
    case 0x0A...0x0C, 0x85, 0x2028: return Blank(length: length, endsLine: true)
    case 0x2029: return Blank(length: length, endsLine: true, endsParagraph: true)
    case 0x09: return Blank(length: 1, cells: 4)
    default:
      guard ScalarClass(scalar) == .blank else { return Blank() }
      return Blank(length: length, cells: ScalarClass.cells(of: scalar))
    }
  }
}
