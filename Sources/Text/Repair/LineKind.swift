/// What a line is as a block, beside running text.
enum LineKind: UInt8 {
  case text
  /// A Markdown heading, a rule of - = * _ (also the underline of a heading), or a page's number.
  case heading
  /// Begins with a bullet, an ordinal, or a mark that newspapers set before bylines and captions.
  case item
  /// Cells set apart by bars, tabs or wide gaps; quotations and markup as well.
  case table
  /// Code: a fence of ``` or ~~~, and every line between two fences.
  case code

  /// The kind of a line by how it begins, where it is no code; a table may still show in its gaps
  /// when it is measured.
  ///
  /// - Complexity: O(1), but for headings, references and rules.
  init(of line: LineFinder.Extent, in bytes: Span<UInt8>) {
    let content = line.content
    let (first, length) = bytes.scalar(at: content.lowerBound)
    /// The second character, U+0020 for any blank and 0 where there is none.
    var second: UInt32 {
      let at = content.lowerBound + length
      guard at < content.upperBound else { return 0 }
      let scalar = bytes.scalar(at: at).scalar
      return ScalarClass(scalar) == .blank ? 0x20 : scalar
    }
    switch first {
    case 0x23:  // #
      let marks = bytes.count(of: 0x23, in: content)
      let end = content.lowerBound + marks
      self = marks <= 6 && (end == content.upperBound || bytes[end] <= 0x20) ? .heading : .text
    case 0x7C, 0x3E, 0x3C: self = .table  // | > <
    case 0x21 where second == 0x5B: self = .table  // ![picture](…)
    case 0x5B: self = Self.isReference(content, in: bytes) ? .table : .text
    case 0x2D, 0x3D, 0x2A, 0x2B, 0x5F:  // - = * + _
      if Self.isRule(content, in: bytes) {
        self = .heading
      } else {
        self = second == 0x20 && first != 0x3D && first != 0x5F ? .item : .text
      }
    case 0x2022, 0x2023, 0x203B, 0x2043, 0x2192, 0x25A0...0x25FF, 0x2605, 0x2606, 0x2610...0x2612,
      0x2713...0x2718, 0x2756, 0x27A2, 0x27A4, 0x2B1B, 0x2B1C, 0x3012, 0x25B6:
      self = .item
    case 0x00B7, 0x30FB: self = second == 0x20 ? .item : .text  // · ・
    case 0x2460...0x24FF, 0x2776...0x2793, 0x3220...0x3247, 0x3280...0x32B0: self = .item  // ①
    case 0x7B2C where line.scalars <= 8 && Self.isPageNumber(second, content, in: bytes):
      self = .heading
    default: self = Self.beginsWithOrdinal(content, in: bytes) ? .item : .text
    }
  }

  /// Whether a sentence may run on from such a line to the next.
  var mayRunOn: Bool { self == .text || self == .item }

  /// `第 12 页`, `第3版`: what a page is numbered with.
  private static func isPageNumber(
    _ second: UInt32, _ content: Range<Int>, in bytes: Span<UInt8>
  ) -> Bool {
    guard content.count > 3 else { return false }
    let last = bytes.scalar(at: bytes.previous(before: content.upperBound)).scalar
    return (last == 0x9875 || last == 0x9801 || last == 0x7248)
      && (ScalarClass(second) == .digit || second == 0x20)
  }

  /// `[27]: https://…`, a Markdown link reference.
  private static func isReference(_ content: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    let (start, end) = (content.lowerBound, content.upperBound)
    var at = start + 1
    while at < end && at - start < 40 && bytes[at] != 0x5D { at += 1 }
    return at + 1 < end && bytes[at] == 0x5D && bytes[at + 1] == 0x3A
  }

  private static func isRule(_ content: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    let mark = bytes[content.lowerBound]
    return content.count >= 3 && !content.contains { bytes[$0] != mark && bytes[$0] != 0x20 }
  }

  /// `1. `, `1、`, `（一）`, `(3)`, `一、`, `第三条 `: an ordinal and the mark that sets it apart.
  private static func beginsWithOrdinal(_ content: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    var rest = content
    var scalar = rest.takeScalar(of: bytes)
    let isBracketed = scalar == 0x28 || scalar == 0xFF08
    let isClause = scalar == 0x7B2C  // 第
    if isBracketed || isClause { scalar = rest.takeScalar(of: bytes) }
    var digits = 0
    var numerals = 0
    while digits + numerals < 6 {
      if ScalarClass(scalar) == .digit {
        digits += 1
      } else if isNumeral(scalar) {
        numerals += 1
      } else {
        break
      }
      scalar = rest.takeScalar(of: bytes)
    }
    guard digits + numerals > 0 else { return false }
    if isBracketed { return scalar == 0x29 || scalar == 0xFF09 }
    if isClause {
      return isDivision(scalar) && ScalarClass(rest.takeScalar(of: bytes)) == .blank
    }
    if scalar == 0x3001 { return digits <= 3 && numerals <= 3 }  // 、
    guard numerals == 0 && digits <= 3 else { return false }
    switch scalar {
    case 0x2E, 0x29, 0xFF0E, 0xFF09:  // . ) ． ）
      let after = ScalarClass(rest.takeScalar(of: bytes))
      return after == .blank || after.isIdeographic
    default: return false
    }
  }

  /// 一 … 十, 百, 〇, 零.
  static func isNumeral(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E,
      0x3007, 0x96F6:
      true
    default: false
    }
  }

  /// 条 條 章 节 節 款 编 編 项 項 回.
  private static func isDivision(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x6761, 0x689D, 0x7AE0, 0x8282, 0x7BC0, 0x6B3E, 0x7F16, 0x7DE8, 0x9879, 0x9805, 0x56DE:
      true
    default: false
    }
  }
}

/// Keeps track of code, which stands between two fences.
struct CodeFences {
  private var isOpen = false

  /// Whether a line, the next of the text, is code or one of its fences.
  mutating func takesAsCode(_ line: LineFinder.Extent, in bytes: Span<UInt8>) -> Bool {
    let content = line.content
    let first = bytes[content.lowerBound]
    let isBackquote = first == UInt8(ascii: "`")
    guard isBackquote || first == UInt8(ascii: "~"), bytes.count(of: first, in: content) >= 3
    else { return isOpen }
    // A second fence on the same line closes the first: that is code within a sentence.
    let isWhole =
      isBackquote && content.count > 3 && bytes[content.upperBound - 1] == UInt8(ascii: "`")
    if !isWhole { isOpen.toggle() }
    return true
  }
}

extension Range<Int> {
  /// Takes the first scalar of a range of UTF-8; 0 where there is none.
  @inline(__always)
  fileprivate mutating func takeScalar(of bytes: Span<UInt8>) -> UInt32 {
    guard !isEmpty else { return 0 }
    let (scalar, length) = bytes.scalar(at: lowerBound)
    self = lowerBound + length..<upperBound
    return scalar
  }
}

extension Span where Element == UInt8 {
  /// How many bytes at the beginning of a range are `byte`.
  fileprivate func count(of byte: UInt8, in range: Range<Int>) -> Int {
    var at = range.lowerBound
    while at < range.upperBound, self[at] == byte { at += 1 }
    return at - range.lowerBound
  }
}
