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

  /// Sets the kind of a line that has been measured, and keeps track of fences.
  static func classify(_ line: inout Line, in bytes: Span<UInt8>, isInFence: inout Bool) {
    let start = line.content.lowerBound
    let first = bytes[start]
    let count = line.content.count
    if first == UInt8(ascii: "`") || first == UInt8(ascii: "~") {
      if count >= 3 && bytes[start + 1] == first && bytes[start + 2] == first {
        // A second fence on the same line closes the first: that is code within a sentence.
        let isWhole = first == UInt8(ascii: "`") && line.last == 0x60 && count > 3
        if !isWhole { isInFence.toggle() }
        line.kind = .code
        return
      }
    }
    if isInFence {
      line.kind = .code
    } else if line.kind != .table {
      line.kind = kind(of: line, start: start, in: bytes)
    }
  }

  private static func kind(of line: Line, start: Int, in bytes: Span<UInt8>) -> LineKind {
    switch line.first {
    case 0x23:  // #
      var at = start
      while at < line.content.upperBound && bytes[at] == 0x23 { at += 1 }
      let isHeading = at - start <= 6 && (at == line.content.upperBound || bytes[at] <= 0x20)
      return isHeading ? .heading : .text
    case 0x7C, 0x3E, 0x3C: return .table  // | > <
    case 0x21 where line.second == 0x5B: return .table  // ![picture](…)
    case 0x5B:
      return isReference(start: start, end: line.content.upperBound, in: bytes) ? .table : .text
    case 0x2D, 0x3D, 0x2A, 0x2B, 0x5F:  // - = * + _
      if isRule(line, start: start, in: bytes) { return .heading }
      return line.second == 0x20 && line.first != 0x3D && line.first != 0x5F ? .item : .text
    case 0x2022, 0x2023, 0x203B, 0x2043, 0x2192, 0x25A0...0x25FF, 0x2605, 0x2606, 0x2610...0x2612,
      0x2713...0x2718, 0x2756, 0x27A2, 0x27A4, 0x2B1B, 0x2B1C, 0x3012, 0x25B6:
      return .item
    case 0x00B7, 0x30FB: return line.second == 0x20 ? .item : .text  // · ・
    case 0x2460...0x24FF, 0x2776...0x2793, 0x3220...0x3247, 0x3280...0x32B0: return .item  // ①
    case 0x7B2C where isPageNumber(line): return .heading
    default: return beginsWithOrdinal(line, in: bytes) ? .item : .text
    }
  }

  /// `第 12 页`, `第3版`: what a page is numbered with.
  private static func isPageNumber(_ line: Line) -> Bool {
    line.scalars <= 8 && (line.last == 0x9875 || line.last == 0x9801 || line.last == 0x7248)
      && (ScalarClass(line.second) == .digit || line.second == 0x20)
  }

  /// `[27]: https://…`, a Markdown link reference.
  private static func isReference(start: Int, end: Int, in bytes: Span<UInt8>) -> Bool {
    var at = start + 1
    while at < end && at - start < 40 && bytes[at] != 0x5D { at += 1 }
    return at + 1 < end && bytes[at] == 0x5D && bytes[at + 1] == 0x3A
  }

  private static func isRule(_ line: Line, start: Int, in bytes: Span<UInt8>) -> Bool {
    guard line.content.count >= 3 else { return false }
    for at in line.content where bytes[at] != bytes[start] && bytes[at] != 0x20 { return false }
    return true
  }

  /// `1. `, `1、`, `（一）`, `(3)`, `一、`, `第三条 `: an ordinal and the mark that sets it apart.
  private static func beginsWithOrdinal(_ line: Line, in bytes: Span<UInt8>) -> Bool {
    var at = line.content.lowerBound
    let end = line.content.upperBound
    func take() -> UInt32 {
      guard at < end else { return 0 }
      let (scalar, length) = bytes.scalar(at: at)
      at += length
      return scalar
    }
    var scalar = take()
    let isBracketed = scalar == 0x28 || scalar == 0xFF08
    let isClause = scalar == 0x7B2C  // 第
    if isBracketed || isClause { scalar = take() }
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
      scalar = take()
    }
    guard digits + numerals > 0 else { return false }
    if isBracketed { return scalar == 0x29 || scalar == 0xFF09 }
    if isClause { return isDivision(scalar) && ScalarClass(take()) == .blank }
    if scalar == 0x3001 { return digits <= 3 && numerals <= 3 }  // 、
    guard numerals == 0 && digits <= 3 else { return false }
    switch scalar {
    case 0x2E, 0x29, 0xFF0E, 0xFF09:  // . ) ． ）
      let after = ScalarClass(take())
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
