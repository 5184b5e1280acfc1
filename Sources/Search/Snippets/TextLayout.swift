internal import SuoyinText

/// Where a text's units stand in the original, and where a passage may be cut.
struct TextLayout {
  /// The original text.
  private let text: String
  /// The same, UTF-8.
  let bytes: [UInt8]
  /// What line repair changed in it, in order.
  let edits: [LineEdit]
  /// For each unit the original characters that made it, in UTF-8 bytes.
  let sources: [Range<Int>]
  /// For each unit its start in Unicode scalars of the original; at the end that of the text's end.
  let scalarStarts: [Int]
  /// Runs of units between sentence ends; paragraphs end sentences too.
  let sentences: [Range<Int>]
  /// For each sentence the ordinal of its paragraph.
  let paragraphs: [Int]
  /// Whether a unit is the first of a word; none is as long as the words are not known.
  private(set) var startsWord: [Bool]

  /// - Complexity: linear in the length of the text.
  init(_ analysis: Analysis) {
    let units = analysis.units
    text = analysis.original
    bytes = Array(text.utf8)
    edits = analysis.edits
    sources = analysis.folded.sources(of: units)
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

    startsWord = Array(repeating: false, count: units.count)
  }

  /// Learns where words begin.
  mutating func take(_ words: [Word]) {
    for word in words where !word.units.isEmpty { startsWord[word.units.lowerBound] = true }
  }

  private static func endsLine(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// The ordinal of a unit's paragraph.
  func paragraph(of unit: Int) -> Int {
    paragraphs[sentences.partitioningIndex { $0.upperBound > unit }]
  }

  /// Scalars of the original from one unit's start to another's.
  func length(of units: Range<Int>) -> Int {
    scalarStarts[units.upperBound] - scalarStarts[units.lowerBound]
  }

  /// Whether a mark or a blank stands before the unit in the repaired text, so that a passage can be
  /// cut there; so it is at both ends of the text.
  func followsMark(_ unit: Int) -> Bool {
    if unit == 0 || unit == sources.count { return true }
    let gap = gap(before: unit)
    return !gap.isEmpty && !edits(in: gap).contains { $0.removes(gap) }
  }

  /// The original bytes of a passage from one unit to another, with the marks that belong to it:
  /// the closing ones behind its last unit, the opening ones before its first, no blanks around.
  /// Of a long row of marks, as between a heading and the number of its page, only the nearest.
  func source(of units: Range<Int>) -> Range<Int> {
    let first = sources[units.lowerBound].lowerBound
    let last = sources[units.upperBound - 1].upperBound
    var start = max(parting(before: units.lowerBound).next, first - Self.marksKept)
    var end = min(max(parting(before: units.upperBound).last, last), last + Self.marksKept)
    while start < first, bytes[start] & 0xC0 == 0x80 { start += 1 }
    while end > last, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return start..<end
  }

  /// The most bytes of marks at either end of a passage.
  private static let marksKept = 30

  /// A range of the original without the graphemes cut that stand at its ends: a character keeps its
  /// variation selector, a jamo its syllable. Where more than ``graphemeLimit`` scalars would have to
  /// be taken in, which no orthography has, it is left as it is.
  func graphemes(over range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var left = Self.graphemeLimit
    while left > 0, !isGraphemeBoundary(start) {
      repeat { start -= 1 } while bytes[start] & 0xC0 == 0x80
      left -= 1
    }
    if left == 0 { start = range.lowerBound }
    var end = range.upperBound
    left = Self.graphemeLimit
    while left > 0, !isGraphemeBoundary(end) {
      repeat { end += 1 } while end < bytes.count && bytes[end] & 0xC0 == 0x80
      left -= 1
    }
    return start..<(left == 0 ? range.upperBound : end)
  }

  private static let graphemeLimit = 32

  private func isGraphemeBoundary(_ place: Int) -> Bool {
    String.Index(text.utf8.index(text.startIndex, offsetBy: place), within: text) != nil
  }

  /// At most ``longest`` scalars of a range of the original, where it is longer those from shortly
  /// before `place` on: one word, or one character with its selectors, may have any length.
  func clipped(_ range: Range<Int>, around place: Int) -> Range<Int> {
    guard range.count > Self.longest, scalarCount(of: bytes[range]) > Self.longest else {
      return range
    }
    func moved(_ start: Int, by scalars: Int) -> Int {
      var at = start
      for _ in 0..<scalars where at < range.upperBound {
        repeat { at += 1 } while at < range.upperBound && bytes[at] & 0xC0 == 0x80
      }
      return at
    }
    let before = scalarCount(of: bytes[range.lowerBound..<max(range.lowerBound, place)])
    let start = moved(range.lowerBound, by: max(0, before - Self.keptBefore))
    return start..<moved(start, by: Self.longest)
  }

  /// The most scalars of a passage: twice what one is filled up to.
  private static let longest = 2 * Passages.length
  /// The scalars kept before the first mark of a passage that is longer.
  private static let keptBefore = 40

  /// The scalars of the original before a place, counted from a unit near it.
  func scalars(upTo place: Int, from unit: Int) -> Int {
    let start = sources[unit].lowerBound
    return place < start
      ? scalarStarts[unit] - scalarCount(of: bytes[place..<start])
      : scalarStarts[unit] + scalarCount(of: bytes[start..<place])
  }

  /// The bytes between a unit and the one before; empty, at the start of the unit, where both are
  /// made from one character, as 株 and 式 from ㍿.
  private func gap(before unit: Int) -> Range<Int> {
    let lower = unit == 0 ? 0 : sources[unit - 1].upperBound
    let upper = unit == sources.count ? bytes.count : sources[unit].lowerBound
    return min(lower, upper)..<upper
  }

  /// Where the gap before a unit parts: marks up to the first blank or opening mark belong to the
  /// unit before it, and end at `last`; the rest, blanks left out, belongs to the unit itself and
  /// begins at `next`. What line repair takes out is nothing, not a blank.
  private func parting(before unit: Int) -> (last: Int, next: Int) {
    let gap = gap(before: unit)
    var last: Int?
    var next = gap.upperBound
    var at = gap.lowerBound
    var edits = edits(in: gap)
    for scalar in String(decoding: bytes[gap], as: UTF8.self).unicodeScalars {
      let end = at + UTF8.width(scalar)
      while let edit = edits.first, edit.range.upperBound.utf8 <= at { edits.removeFirst() }
      let isRemoved = edits.first.map {
        $0.replacement == .nothing && $0.range.lowerBound.utf8 <= at
      }
      if isRemoved != true {
        if scalar.properties.isWhitespace {
          last = last ?? at
          next = end
        } else if Self.opening.contains(scalar), last == nil {
          last = at
          next = at
        }
      }
      at = end
    }
    if unit == 0 { return (gap.lowerBound, last == nil ? gap.lowerBound : next) }
    return (last ?? gap.upperBound, next)
  }

  private func edits(in gap: Range<Int>) -> ArraySlice<LineEdit> {
    let first = edits.partitioningIndex { $0.range.upperBound.utf8 > gap.lowerBound }
    return edits[first...].prefix { $0.range.lowerBound.utf8 < gap.upperBound }
  }

  private static let opening: Set<Unicode.Scalar> = [
    "“", "‘", "「", "『", "（", "《", "〈", "【", "〔", "［", "｛", "(", "[", "{", "«", "#", "■",
    "□", "▶",
  ]

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

extension LineEdit {
  /// Whether it takes all of a range of the original out and leaves no blank.
  fileprivate func removes(_ gap: Range<Int>) -> Bool {
    replacement == .nothing && range.lowerBound.utf8 <= gap.lowerBound
      && gap.upperBound <= range.upperBound.utf8
  }
}
