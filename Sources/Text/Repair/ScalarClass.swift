/// What a scalar means to the layout of a line.
///
/// Coarser than Unicode's general category, and by the role in typesetting: what may end a
/// sentence, what may not begin a line, what is set a full square wide.
enum ScalarClass: UInt8 {
  /// Every kind of blank that sets words apart, and the format characters that show as nothing.
  case blank
  case han
  /// Hiragana, katakana, Bopomofo and their marks.
  case kana
  case hangul
  /// Letters of scripts that set blanks between words, and the marks that combine with them.
  case letter
  case digit
  /// 。！？!? and a full stop; the line's scanner decides about a full stop between digits.
  case sentence
  /// ，、；： and their narrow forms.
  case clause
  /// Brackets and quotes that open.
  case opening
  /// Brackets and quotes that close.
  case closing
  /// —, ―, … and the like: they may begin and end a line.
  case dash
  /// - ‐ and the soft hyphen.
  case hyphen
  case symbol

  /// Set a full square wide, without blanks between words.
  var isIdeographic: Bool { self == .han || self == .kana }

  /// One of the squares of which a column of Chinese, Japanese or Korean is made.
  var isSquare: Bool { self == .han || self == .kana || self == .hangul }

  /// A letter or digit of any script.
  var isWordLike: Bool { isSquare || self == .letter || self == .digit }

  init(_ scalar: UInt32) {
    if scalar < 0x80 {
      self = ScalarClass(ascii: UInt8(truncatingIfNeeded: scalar))
    } else if scalar >= 0x3400 && scalar <= 0x9FFF {
      self = .han
    } else if scalar >= 0x3041 && scalar <= 0x30FF {
      self = .kana
    } else if scalar >= 0xAC00 && scalar <= 0xD7FF {
      self = .hangul
    } else {
      self = ScalarClass(other: scalar)
    }
  }

  private init(ascii byte: UInt8) {
    switch byte {
    case 0x00...0x20, 0x7F: self = .blank
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
      self = .letter
    case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"): self = .sentence
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"): self = .clause
    case UInt8(ascii: "("), UInt8(ascii: "["): self = .opening
    case UInt8(ascii: ")"), UInt8(ascii: "]"): self = .closing
    case UInt8(ascii: "-"): self = .hyphen
    default: self = .symbol
    }
  }

  private init(other scalar: UInt32) {
    switch scalar {
    case 0x00A0, 0x1680, 0x2000...0x200B, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF:
      self = .blank
    case 0x3001, 0xFF0C, 0xFF1B, 0xFF1A, 0xFF64, 0xFE50, 0xFE51, 0xFE54, 0xFE55: self = .clause
    case 0x3002, 0xFF01, 0xFF1F, 0xFF61, 0xFF0E, 0xFE52, 0xFE56, 0xFE57, 0x203C, 0x2047...0x2049:
      self = .sentence
    case 0x2018, 0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A,
      0x301D, 0xFF08, 0xFF3B, 0xFF5B, 0xFF5F, 0xFF62, 0x00AB:
      self = .opening
    case 0x2019, 0x201D, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3019, 0x301B,
      0x301E, 0x301F, 0xFF09, 0xFF3D, 0xFF5D, 0xFF60, 0xFF63, 0x00BB:
      self = .closing
    case 0x2013...0x2015, 0x2025, 0x2026, 0x2E3A, 0x2E3B: self = .dash
    case 0x00AD, 0x2010, 0x2011: self = .hyphen
    case 0x3005...0x3007, 0x3021...0x3029, 0x3038...0x303B, 0xF900...0xFAFF, 0x2E80...0x2FDF,
      0x20000...0x3FFFF:
      self = .han
    case 0x3105...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF, 0xFF66...0xFF9F,
      0x1AFF0...0x1B16F:
      self = .kana
    case 0x1100...0x11FF, 0x3131...0x318E, 0xA960...0xA97F, 0xFFA0...0xFFDC:
      self = .hangul
    case 0xFF10...0xFF19: self = .digit
    case 0xFF21...0xFF3A, 0xFF41...0xFF5A: self = .letter
    case 0x00B7, 0x00D7, 0x00F7, 0x02C2...0x02DF: self = .symbol
    case 0x00AA, 0x00B5, 0x00BA, 0x00C0...0x02C1, 0x0300...0x1CFF, 0x1D00...0x1FFF: self = .letter
    default: self = .symbol
    }
  }

  /// The bracket or quote that closes what `opening` opens; nil for ASCII, where it tells little.
  static func closing(of opening: UInt32) -> UInt32? {
    switch opening {
    case 0x2018, 0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A,
      0xFF08:
      opening + 1
    case 0xFF3B, 0xFF5B: opening + 2
    default: nil
    }
  }

  /// The width of a scalar in half squares: 2 for what East Asian fonts set a full square wide.
  ///
  /// After East Asian Width (UAX 11, classes W and F); quotes and dashes, which are ambiguous
  /// there, count as full because Chinese and Japanese pages set them so.
  static func cells(of scalar: UInt32) -> Int {
    switch scalar {
    case 0x1100...0x115F, 0x2014, 0x2018...0x201D, 0x2026, 0x2E80...0xA4CF, 0xA960...0xA97F,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
      0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      2
    case 0x0300...0x036F, 0x200B, 0x2060, 0xFEFF, 0xFE00...0xFE0F: 0
    default: 1
    }
  }
}
