/// Finds the lines of a text that are not blank, at several times the speed at which they are
/// measured: most texts need no more.
///
/// A line ends at LF, CR, CR LF, VT, FF, NEL (U+0085), LINE SEPARATOR or PARAGRAPH SEPARATOR (the
/// mandatory breaks of UAX 14). Blank lines are passed over and only counted.
///
/// How it works: it passes what is neither break nor blank eight bytes at a time (``EightBytes``), and
/// looks at the first byte of each other character, because breaks and blanks are ASCII or have a first
/// byte that few other characters have.
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
    while true {
      passPlain(bytes, &at, &wide, &narrow, &line)
      guard at < bytes.count else { break }
      let byte = bytes[at]
      if byte > 0x20 && byte < 0x7F {
        at += 1
        narrow += 1
        continue
      }
      let first = bytes.blank(at: at)
      guard first.length > 0 else {
        at += byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        if byte >= 0xE3 && byte <= 0xED { wide += 1 } else { others += 1 }
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

extension LineFinder {
  /// Passes what most of a text is, printable ASCII, Han and Hangul, eight bytes at a time, up to
  /// something else or to blanks that may be the line's last.
  @inline(__always)
  private func passPlain(
    _ bytes: Span<UInt8>, _ at: inout Int, _ wide: inout Int, _ narrow: inout Int,
    _ line: inout Extent
  ) {
    let start = at
    var isBehindBlank = false
    while at &+ 8 <= bytes.count {
      let eight = EightBytes(bytes.eightBytes(at: at))
      wide &+= eight.wide
      narrow &+= eight.narrow
      if eight.mayHaveIdeographs(behindBlank: isBehindBlank) {
        for i in max(at, start &+ 1)..<min(at &+ 9, bytes.count) where bytes[i &- 1] == 0x20 {
          if bytes.hasIdeographAlone(at: i) { line.mayBeSpaced = true }
        }
      }
      // Not by the count where it is eight: the next eight need not wait for it then.
      guard eight.count == 8 else {
        at &+= eight.count
        break
      }
      isBehindBlank = eight.endInBlank
      at &+= 8
    }
    // The rest of the last character.
    while at > start, at < bytes.count, bytes[at] & 0xC0 == 0x80 { at &+= 1 }
    while at > start, bytes[at &- 1] == 0x20 {
      at &-= 1
      narrow &-= 1
    }
  }
}

/// What eight bytes of a text are, as far as they are printable ASCII or parts of characters that
/// begin with E4 to ED: neither breaks nor blanks but U+0020.
private struct EightBytes {
  /// How many of the bytes are such, up to the first that is not.
  let count: Int
  /// The highest bit of each byte among them that is ASCII, a blank, and the first of Han or Hangul.
  private let ascii: UInt64
  private let blanks: UInt64
  private let firsts: UInt64
  /// The highest bit of each byte that Han or kana may begin with.
  private let ideographs: UInt64

  private static let highest: UInt64 = 0x8080_8080_8080_8080
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  @inline(__always)
  init(_ bytes: UInt64) {
    /// The highest bit of each byte whose other bits make `least` or more.
    func atLeast(_ least: UInt64) -> UInt64 {
      ((bytes & ~Self.highest) &+ Self.ones &* (0x80 &- least)) & Self.highest
    }
    let beyond = bytes & Self.highest
    let leads = beyond & bytes &<< 1
    let hangul = atLeast(0x6A) & ~atLeast(0x6E)
    let printable = ~beyond & atLeast(0x20) & ~atLeast(0x7F)
    let begin = leads & atLeast(0x64) & ~atLeast(0x6E)
    let others = Self.highest & ~(printable | begin | beyond & ~leads)
    count = others.trailingZeroBitCount &>> 3
    // The bits below the first of the others, all where there is none.
    let known = (others &- 1) & ~others
    ascii = printable & known
    firsts = begin & known
    blanks = printable & ~atLeast(0x21) & known
    ideographs = leads & atLeast(0x63) & ~hangul
  }

  @inline(__always) var wide: Int { Self.number(of: firsts) }
  @inline(__always) var narrow: Int { Self.number(of: ascii) }

  /// How many bytes have their highest bit; for the processors that have no instruction for it.
  @inline(__always)
  private static func number(of bytes: UInt64) -> Int {
    Int(((bytes &>> 7) &* ones) &>> 56)
  }

  @inline(__always) var endInBlank: Bool { blanks &>> 63 != 0 }

  /// Whether Han or kana may stand straight behind a blank; `behindBlank` where one is before the
  /// bytes.
  @inline(__always)
  func mayHaveIdeographs(behindBlank: Bool) -> Bool {
    ideographs & (blanks &<< 8 | (behindBlank ? 0x80 : 0)) != 0
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
