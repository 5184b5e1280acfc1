/// Finds the lines of a text that are not blank, at several times the speed at which they are
/// measured: most texts need no more.
///
/// A line ends at LF, CR, CR LF, VT, FF, NEL (U+0085), LINE SEPARATOR or PARAGRAPH SEPARATOR (the
/// mandatory breaks of UAX 14). Blank lines are passed over and only counted.
///
/// How it works: it looks at the first byte of each character only, because breaks and blanks are
/// ASCII or have a first byte that few other characters have.
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
  }

  /// Whether Han or kana may begin with a byte; Hangul does not, of which words of one are many.
  private static func mayBeginIdeograph(_ byte: UInt8) -> Bool {
    byte >= 0xE3 && (byte < 0xEA || byte > 0xED)
  }

  /// Whether no blank and no break begins with a byte, as far as that alone tells.
  private static func isNoBlank(_ byte: UInt8) -> Bool {
    byte > 0x20 && byte < 0x7F || byte >= 0xE4 && byte <= 0xED
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
    /// Where the last piece between blanks began, and whether a blank stands before it.
    var piece = start
    var isBehindBlank = false
    while at < bytes.count {
      let byte = bytes[at]
      if byte >= 0xE4 && byte <= 0xED {
        // Han and Hangul: neither breaks nor blanks, and most of the text.
        let run = at
        at = bytes.endOfThrees(beginningWith: 0xE4...0xED, from: at &+ 3)
        wide += (at - run) / 3
        continue
      }
      if byte > 0x20 && byte < 0x7F {
        at += 1
        narrow += 1
        continue
      }
      if byte == 0x20, at &+ 1 < bytes.count, Self.isNoBlank(bytes[at &+ 1]) {
        // Between two words, as nearly all blanks.
        narrow += 1
        if isBehindBlank && at - piece <= 4 && Self.mayBeginIdeograph(bytes[piece]) {
          line.mayBeSpaced = true
        }
        at += 1
        piece = at
        isBehindBlank = true
        continue
      }
      let first = bytes.blank(at: at)
      guard first.length > 0 else {
        at += byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        if byte == 0xE3 { wide += 1 } else { others += 1 }
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
      if isBehindBlank && end - piece <= 4 && Self.mayBeginIdeograph(bytes[piece]) {
        line.mayBeSpaced = true
      }
      piece = at
      isBehindBlank = true
    }
    line.content = start..<at
    line.cells = 2 * wide + narrow
    line.scalars = wide + narrow + others
    if wide > 0 { hasWide = true }
    position = at
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
