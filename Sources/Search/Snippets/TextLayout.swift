internal import SuoyinText

/// Where a text's units stand in the original, and where a passage may be cut.
struct TextLayout {
  /// The original text, UTF-8.
  let bytes: [UInt8]
  /// For each unit the original characters that made it, in UTF-8 bytes.
  let sources: [Range<Int>]
  /// For each unit its start in Unicode scalars of the original; at the end that of the text's end.
  let scalarStarts: [Int]
  /// Runs of units between sentence ends; paragraphs end sentences too.
  let sentences: [Range<Int>]
  /// For each sentence the ordinal of its paragraph.
  let paragraphs: [Int]
  /// Whether a unit is the first of a word.
  let startsWord: [Bool]

  /// - Complexity: linear in the length of the text.
  init(_ analysis: Analysis) {
    let units = analysis.units
    bytes = Array(analysis.original.utf8)
    sources = units.map {
      let source = analysis.folded.source(of: $0.range)
      return source.lowerBound.utf8..<source.upperBound.utf8
    }
    scalarStarts = Self.scalarStarts(of: sources, in: bytes)

    var sentences: [Range<Int>] = []
    var paragraphs: [Int] = []
    var start = 0
    var paragraph = 0
    for unit in units.indices.dropFirst()
    where units[unit].position != units[unit - 1].position + 1 {
      sentences.append(start..<unit)
      paragraphs.append(paragraph)
      start = unit
      let gap = units[unit - 1].range.upperBound.utf16..<units[unit].range.lowerBound.utf16
      if analysis.folded.utf16[gap].contains(where: Self.endsLine) { paragraph += 1 }
    }
    if !units.isEmpty {
      sentences.append(start..<units.count)
      paragraphs.append(paragraph)
    }
    self.sentences = sentences
    self.paragraphs = paragraphs

    var startsWord = Array(repeating: false, count: units.count)
    for word in analysis.words where !word.units.isEmpty {
      startsWord[word.units.lowerBound] = true
    }
    self.startsWord = startsWord
  }

  private static func endsLine(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Scalars of the original from one unit's start to another's.
  func length(of units: Range<Int>) -> Int {
    scalarStarts[units.upperBound] - scalarStarts[units.lowerBound]
  }

  /// Whether a mark or a blank stands before the unit.
  func followsMark(_ unit: Int) -> Bool {
    unit == 0 || unit == sources.count
      || sources[unit - 1].upperBound < sources[unit].lowerBound
  }

  /// The original bytes of a passage from one unit to another, with the marks that belong to it:
  /// the closing ones behind its last unit, the opening ones before its first, no blanks around.
  func source(of units: Range<Int>) -> Range<Int> {
    let before = Gap(units.lowerBound, in: self)
    let after = Gap(units.upperBound, in: self)
    return before.nextStart..<max(after.lastEnd, sources[units.upperBound - 1].upperBound)
  }

  /// What stands between two units, and where it parts: marks up to the first blank or opening
  /// mark belong to the unit before, the rest without its blanks to the unit after.
  private struct Gap {
    let lastEnd: Int
    let nextStart: Int

    init(_ unit: Int, in layout: TextLayout) {
      let lower = unit == 0 ? 0 : layout.sources[unit - 1].upperBound
      let isEnd = unit == layout.sources.count
      let upper = isEnd ? layout.bytes.count : layout.sources[unit].lowerBound
      // Composed characters may share bytes with their neighbour.
      guard lower < upper else {
        lastEnd = upper
        nextStart = upper
        return
      }
      var parting: Int?
      var start = upper
      var at = lower
      for scalar in String(decoding: layout.bytes[lower..<upper], as: UTF8.self).unicodeScalars {
        let next = at + UTF8.width(scalar)
        if scalar.properties.isWhitespace {
          parting = parting ?? at
          start = next
        } else if Self.opening.contains(scalar), parting == nil {
          parting = at
          start = at
        }
        at = next
      }
      lastEnd = unit == 0 ? lower : parting ?? upper
      nextStart = parting == nil && unit == 0 ? lower : start
    }

    private static let opening: Set<Unicode.Scalar> = [
      "“", "‘", "「", "『", "（", "《", "〈", "【", "〔", "［", "｛", "(", "[", "{", "«", "#", "■",
      "□", "▶",
    ]
  }

  private static func scalarStarts(of sources: [Range<Int>], in bytes: [UInt8]) -> [Int] {
    var starts: [Int] = []
    starts.reserveCapacity(sources.count + 1)
    var at = 0
    var scalars = 0
    func count(to end: Int) {
      while at < end {
        if bytes[at] & 0xC0 != 0x80 { scalars += 1 }
        at += 1
      }
    }
    for source in sources {
      count(to: source.lowerBound)
      starts.append(scalars)
    }
    count(to: sources.last?.upperBound ?? 0)
    starts.append(scalars)
    return starts
  }
}
