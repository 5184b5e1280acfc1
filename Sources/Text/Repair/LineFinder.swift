/// Finds the lines of a text that are not blank, at several times the speed at which they are
/// measured: most texts need no more.
///
/// A line ends at LF, CR, CR LF, VT, FF, NEL (U+0085), LINE SEPARATOR or PARAGRAPH SEPARATOR (the
/// mandatory breaks of UAX 14). Blank lines are passed over and only counted.
///
/// How it works: it passes what is neither break nor blank sixteen bytes at a time (``SixteenBytes``),
/// and looks at the first byte of each other character, because breaks and blanks are ASCII or have a first
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
  /// Passes what most of a text is, printable ASCII, Han and Hangul, sixteen bytes at a time, up to
  /// something else or to blanks that may be the line's last.
  @inline(__always)
  private func passPlain(
    _ bytes: Span<UInt8>, _ at: inout Int, _ wide: inout Int, _ narrow: inout Int,
    _ line: inout Extent
  ) {
    let start = at
    var isBehindBlank = false
    var isPlain = true
    while isPlain, at &+ 16 <= bytes.count {
      var counts = SixteenBytes.Counts()
      let stop = min(bytes.count &- 15, at &+ 16 &* SixteenBytes.Counts.most)
      while at < stop {
        let sixteen = SixteenBytes(bytes.twoNumbers(at: at))
        isPlain = sixteen.arePlain
        let count = isPlain ? 16 : sixteen.firstOther
        if sixteen.mayHaveIdeographs(behindBlank: isBehindBlank) {
          for i in max(at, start &+ 1)..<min(at &+ count &+ 1, bytes.count)
          where bytes[i &- 1] == 0x20 && bytes.hasIdeographAlone(at: i) {
            line.mayBeSpaced = true
          }
        }
        guard isPlain else {
          counts.take(sixteen, first: count)
          at &+= count
          break
        }
        counts.take(sixteen)
        isBehindBlank = sixteen.endInBlank
        at &+= 16
      }
      wide &+= counts.wide
      narrow &+= counts.narrow
    }
    // The rest of the last character.
    while at > start, at < bytes.count, bytes[at] & 0xC0 == 0x80 { at &+= 1 }
    while at > start, bytes[at &- 1] == 0x20 {
      at &-= 1
      narrow &-= 1
    }
  }
}

/// What sixteen bytes of a text are, as far as they are printable ASCII or parts of characters that
/// begin with E4 to ED: neither breaks nor blanks but U+0020.
///
/// Each set of bytes is the highest bits of bytes in two numbers.
private struct SixteenBytes {
  typealias Bits = SIMD2<UInt64>

  /// The bytes that are none of these.
  private let others: Bits
  /// Those that are ASCII, a blank, and the first of Han or Hangul.
  private let ascii: Bits
  private let blanks: Bits
  private let firsts: Bits
  /// Those that Han or kana may begin with.
  private let ideographs: Bits

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highest = Bits(repeating: ones &* 0x80)

  @inline(__always)
  init(_ bytes: Bits) {
    let lower = bytes & ~Self.highest
    /// The bytes whose other bits make `least` or more, and lower bits that mean nothing.
    @inline(__always) func atLeast(_ least: UInt64) -> Bits {
      lower &+ Bits(repeating: Self.ones &* (0x80 &- least))
    }
    let beyond = bytes & Self.highest
    let leads = beyond & bytes &<< Bits(repeating: 1)
    let beyondHangul = atLeast(0x6E)
    ascii = Self.highest & atLeast(0x20) & ~(bytes | atLeast(0x7F))
    firsts = leads & atLeast(0x64) & ~beyondHangul
    others = Self.highest & ~(ascii | firsts | bytes) | leads & ~firsts
    blanks = ascii & ~atLeast(0x21)
    ideographs = leads & atLeast(0x63) & (beyondHangul | ~atLeast(0x6A))
  }

  @inline(__always) var arePlain: Bool { others[0] | others[1] == 0 }

  /// How many bytes are before the first of the others, of which there is one.
  @inline(__always) var firstOther: Int {
    others[0] != 0
      ? others[0].trailingZeroBitCount &>> 3 : 8 &+ others[1].trailingZeroBitCount &>> 3
  }

  @inline(__always) var endInBlank: Bool { blanks[1] &>> 63 != 0 }

  /// Whether Han or kana may stand straight behind a blank; `behindBlank` where one is before the
  /// bytes.
  @inline(__always)
  func mayHaveIdeographs(behindBlank: Bool) -> Bool {
    let before = Bits(behindBlank ? 0x80 : 0, blanks[0] &>> 56)
    let found = ideographs & (blanks &<< Bits(repeating: 8) | before)
    return found[0] | found[1] != 0
  }

  /// How many of some bytes are ASCII and the first of Han or Hangul, at eight places for each of two
  /// numbers.
  struct Counts {
    private var ascii = Bits()
    private var firsts = Bits()

    /// So many times sixteen bytes can be counted.
    static let most = 31

    @inline(__always)
    mutating func take(_ bytes: SixteenBytes) {
      ascii &+= bytes.ascii &>> Bits(repeating: 7)
      firsts &+= bytes.firsts &>> Bits(repeating: 7)
    }

    /// - Parameter count: so many bytes count, fewer than sixteen.
    @inline(__always)
    mutating func take(_ bytes: SixteenBytes, first count: Int) {
      // Shifts by 64 and more leave nothing.
      let known = Bits(~(UInt64.max << (8 &* count)), ~(UInt64.max << max(0, 8 &* count &- 64)))
      ascii &+= (bytes.ascii & known) &>> Bits(repeating: 7)
      firsts &+= (bytes.firsts & known) &>> Bits(repeating: 7)
    }

    @inline(__always) var wide: Int { Self.sum(firsts) }
    @inline(__always) var narrow: Int { Self.sum(ascii) }

    @inline(__always)
    private static func sum(_ counts: Bits) -> Int {
      Int((counts[0] &* ones) &>> 56 &+ (counts[1] &* ones) &>> 56)
    }
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
