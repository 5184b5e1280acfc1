import CKernels
import SuoyinTestSupport
import Testing

@Suite("Kernels of lines")
struct LineKernelTests {
  /// Breaks and blanks beside U+0020, and what stops the passing beside them.
  private static func stops(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F, 0x80..<0xC0, 0x1000..<0x2000, 0x3000, 0xFEC0..<0xFF00: true
    case 0x2000..<0x2080: !(0x2010..<0x2020 ~= scalar.value)
    default: false
    }
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || (stops(scalar) && !(0x0A...0x0D ~= scalar.value))
  }

  private static func first(_ scalar: Unicode.Scalar) -> UInt8 { UTF8.encode(scalar)?.first ?? 0 }

  /// The bounds of every case of the kernels.
  private static let scalars: [Unicode.Scalar] = [
    "a", "~", "\u{7F}", "\u{1F}", "\n", "\r", "\t", "\u{80}", "\u{85}", "\u{A0}", "\u{BF}", "é",
    "\u{7FF}", "\u{800}", "\u{FFF}", "\u{1000}", "\u{1680}", "\u{1FFF}", "\u{2000}", "\u{200B}",
    "\u{2010}", "—", "”", "\u{201F}", "\u{2020}", "…", "\u{2028}", "\u{2060}", "\u{207F}",
    "\u{2080}", "€", "\u{2FFF}", "\u{3000}", "、", "。", "か", "ン", "\u{3FFF}", "\u{4000}", "重",
    "\u{9FFF}", "\u{A000}", "가", "\u{D7FF}", "\u{E000}", "\u{EFFF}", "豈", "\u{FEBF}", "\u{FEFF}",
    "\u{FEC0}", "！", "\u{FFFF}", "😀", "𠮷", "\u{10FFFF}",
  ]

  /// By one scalar after the other.
  private static func naive(_ text: [Unicode.Scalar], from start: Int) -> ck_line_part {
    var part = ck_line_part()
    part.end = text[..<start].reduce(0) { $0 + UTF8.width($1) }
    for i in start..<text.count {
      if stops(text[i]) { break }
      let lead = first(text[i])
      if lead < 0x80 { part.narrow += 1 } else if 0xE3...0xED ~= lead { part.wide += 1 }
      if i > start, text[i - 1] == " ", lead >= 0xE3, !(0xEA...0xED ~= lead), i + 1 < text.count,
        isBlank(text[i + 1])
      {
        part.may_be_spaced = true
      }
      part.end += UTF8.width(text[i])
      part.others += 1
    }
    part.others -= part.narrow + part.wide
    return part
  }

  @Test("pass to what may be a break or a blank", arguments: [CK_SCALAR] + levels)
  func pass(level: ck_level) throws {
    let kernels = unsafe try #require(unsafe ck_lines_at(level)).pointee
    var random = SeededGenerator(seed: 8)
    let passed = Self.scalars.filter { !Self.stops($0) }
    let alphabets: [[Unicode.Scalar]] = [
      passed, ["a", " "], ["重", " "], ["가", " "], ["か", "重"], ["a"], ["、", "か", "ン"],
      ["重", "a", " ", "—", "！"],
    ]
    for length in Array(0...70) + [127, 128, 129, 500] {
      for alphabet in alphabets {
        var text = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? " " }
        if let last = Self.scalars.randomElement(using: &random) { text.append(last) }
        if Bool.random(using: &random) { text.append(contentsOf: [" ", "重", "a"]) }
        let start = Int.random(in: 0...min(3, text.count), using: &random)
        let place = text[..<start].reduce(0) { $0 + UTF8.width($1) }
        // Of their own size, so that a sanitizer sees what is read behind them.
        let bytes = text.flatMap { UTF8.encode($0).map { Array($0) } ?? [] }
        let part = unsafe kernels.pass(bytes, bytes.count, place)
        let wanted = Self.naive(text, from: start)
        #expect(part.end == wanted.end && part.may_be_spaced == wanted.may_be_spaced, "\(text)")
        #expect(
          part.wide == wanted.wide && part.narrow == wanted.narrow && part.others == wanted.others,
          "\(text)")
      }
    }
  }
}
