import SuoyinTestSupport
import Testing

@testable import SuoyinText

@Suite struct LineFinderTests {
  private static let pieces = [
    "重", "庆制造业高质量发展，", "第", "三", "2024", "年", "6520", "台套", "46.", "。", "！", "，", "；", "：", "”",
    "“", "（",
    "）", ".", "\"", ")", "…", "—", "-", "·", " ", "  ", "\u{3000}", "\t", "\n", "\n", "\n\n",
    "\r\n",
    "\u{2028}", "\u{2029}", "\u{85}", "\u{0C}", "\u{FEFF}", "\u{A0}", "\u{2003}", "\u{200B}", "# ",
    "- ",
    "```", "| ", "The end", "of", "가나다", "かな", "ﾊﾟ", "🀄️", "é", "𠮷", "摄", "＂", "．",
  ]

  private static func text(_ random: inout SeededGenerator) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 0...60, using: &random) {
      text += pieces.randomElement(using: &random) ?? ""
    }
    return text
  }

  private struct Seen: Equatable {
    var content: String
    var trailing: Int
    var breaks: Int
    var endsParagraph: Bool
  }

  /// The lines, by a walk over characters, which take CR LF as one.
  private static func naive(_ text: String) -> [Seen] {
    var lines: [Seen] = []
    var line = ""
    var breaks = 0
    var endsParagraph = false
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { ScalarClass(scalar.value) == .blank }
    func end() {
      let scalars = line.unicodeScalars
      if let first = scalars.firstIndex(where: { !isBlank($0) }),
        let last = scalars.lastIndex(where: { !isBlank($0) })
      {
        let trailing = scalars[scalars.index(after: last)...].count
        lines.append(
          Seen(
            content: String(scalars[first...last]), trailing: trailing, breaks: breaks,
            endsParagraph: endsParagraph))
        breaks = 0
        endsParagraph = false
      }
      line = ""
    }
    var previous: UInt32 = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A where previous == 0x0D: break
      case 0x0A...0x0D, 0x85, 0x2028, 0x2029:
        end()
        breaks += 1
        if scalar.value == 0x2029 { endsParagraph = true }
      default: line.unicodeScalars.append(scalar)
      }
      previous = scalar.value
    }
    end()
    return lines
  }

  @Test(arguments: 0..<200) func linesAgainstNaive(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed) &+ 31_000)
    let text = Self.text(&random)
    let bytes = text.utf8.span
    var finder = LineFinder()
    var found: [Seen] = []
    while let line = finder.next(in: bytes) {
      let start = text.utf8.index(text.startIndex, offsetBy: line.content.lowerBound)
      let end = text.utf8.index(text.startIndex, offsetBy: line.content.upperBound)
      let content = String(text.unicodeScalars[start..<end])
      #expect(line.scalars == content.unicodeScalars.count, "seed \(seed)")
      #expect(
        line.cells <= content.unicodeScalars.reduce(0) { $0 + ScalarClass.cells(of: $1.value) },
        "seed \(seed): \(content.debugDescription)")
      found.append(
        Seen(
          content: content, trailing: line.trailing, breaks: line.gap.breaks,
          endsParagraph: line.gap.endsParagraph))
    }
    #expect(found == Self.naive(text), "seed \(seed): \(text.debugDescription)")
  }

  /// Where the kernel's steps meet what they cannot take.
  @Test(arguments: 0..<6) func countsAgainstNaive(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed) &+ 33_000)
    let alphabets = [
      ["가"], ["a"], ["重"], ["a", " "], ["가", "나", "다", " "], ["重", " "],
      ["가", "a", " ", "重", "。", "é", "か", "𠮷", "~"],
    ]
    for length in Array(0...70) + [200, 1_000] {
      for alphabet in alphabets {
        let middle = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? "" }
        let text = "x" + middle.joined() + "x"
        let scalars = text.unicodeScalars.map { (UTF8.encode($0)?.first ?? 0, $0 == " ") }
        let cells = scalars.reduce(0) {
          $0 + ($1.0 < 0x80 ? 1 : 0xE3...0xED ~= $1.0 ? 2 : 0)
        }
        let isSpaced = scalars.indices.dropFirst().dropLast().contains { i in
          scalars[i - 1].1 && scalars[i + 1].1 && scalars[i].0 >= 0xE3
            && !(0xEA...0xED ~= scalars[i].0)
        }
        var finder = LineFinder()
        let line = finder.next(in: text.utf8.span)
        #expect(line?.content == 0..<text.utf8.count)
        #expect(line?.scalars == scalars.count && line?.cells == cells, "\(text)")
        #expect(line?.mayBeSpaced == isSpaced, "\(text)")
      }
    }
  }

  /// What is told apart without measuring lines is apart when they are measured, whatever the
  /// column; what is not spaced for the finder is not for the measure.
  @Test(arguments: 0..<400) func whatIsSurelyApartIsApart(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed) &+ 32_000)
    let text = Self.text(&random)
    let bytes = text.utf8.span
    let layouts =
      [nil, ColumnProfile(setting: .squares, width: 5, cutsAnywhere: true)]
      + [ColumnProfile(setting: .cells, width: 12, cutsAnywhere: false)]
      + [ColumnProfile(setting: .words, width: 30, cutsAnywhere: false)]
    var finder = LineFinder()
    var previous: (extent: LineFinder.Extent, line: Line)?
    while let extent = finder.next(in: bytes) {
      let kind = LineKind(of: extent, in: bytes)
      let line = LineScanner.measure(extent, as: kind, .allLines, in: bytes)
      #expect(line.scalars == extent.scalars && line.content == extent.content, "seed \(seed)")
      #expect(extent.mayBeSpaced || !line.hasLetterSpacing, "seed \(seed)")
      if let before = previous {
        let end = LineEnd(of: before.extent.content, in: bytes)
        var paragraph = Paragraph()
        paragraph.take(before.line)
        for column in layouts {
          let joint = LineJoint(
            layout: Layout(column: column, usualIndent: 0, isPadded: false))
          guard
            end.isSurelyApart(from: extent, in: bytes, isProse: column == nil)
              || !before.line.kind.mayRunOn || kind != .text
              || joint.isApart(before.line, fromLineWith: line.first)
          else { continue }
          let verdict = joint.judge(before.line, paragraph, line, extent.gap)
          #expect(verdict == .apart, "seed \(seed): \(text.debugDescription)")
        }
      }
      previous = (extent, line)
    }
  }
}
