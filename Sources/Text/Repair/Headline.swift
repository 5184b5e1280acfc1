/// Finds the headline of an article that comes as plain text or Markdown.
public enum Headline {
  /// How many lines that are not blank are looked at for a headline that is not marked up.
  private static let linesTried = 40
  /// The longest line, in scalars, that is taken for one without further proof.
  private static let longest = 200

  /// The first Markdown heading of level 1 (`# …`, or a line underlined with `===`); else the first
  /// line that is no caption, byline, dateline, series or section label and no body prose; else
  /// the first line of the body; else the first line that is not blank. The latter two are cut
  /// after their first sentence or after 200 characters.
  ///
  /// Nil only for a text without a letter or digit in it.
  /// - Complexity: O(bytes of the text).
  public static func find(in text: String) -> String? {
    let bytes = text.utf8.span
    var scanner = LineScanner(.allLines)
    var candidate: String?
    var body: Range<Int>?
    var first: Range<Int>?
    var tried = 0
    var previous: Line?
    var isInFrontMatter = false
    while let found = scanner.next(in: bytes) {
      let line = found.line
      let isRule = line.kind == .heading && line.first != 0x23
      if isRule {
        if line.first == 0x3D, found.gap.breaks == 1, let above = previous, above.kind == .text {
          return string(bytes, above.content)
        }
        // Front matter: an opening rule on the first line of all, and the next one closes it.
        if line.first == 0x2D { isInFrontMatter = previous == nil && first == nil }
        previous = line
        continue
      }
      previous = line
      if isInFrontMatter || line.kind == .code { continue }
      if let heading = heading(line, in: bytes) {
        if heading.level == 1 { return heading.text }
        if candidate == nil { candidate = heading.text }
        continue
      }
      if first == nil && line.squares + line.alphanumerics > 0 { first = line.content }
      tried += 1
      guard candidate == nil, tried <= linesTried, line.kind != .table else { continue }
      guard body == nil || line.scalars <= longest else { continue }
      let string = string(bytes, line.content)
      let tested = HeadlineCandidate(string, line)
      if line.scalars <= longest, tested.isHeadline { candidate = string }
      if body == nil, tested.isBody { body = line.content }
    }
    if let candidate { return candidate }
    return (body ?? first).map { firstSentence(of: string(bytes, $0.prefix(longest * 4))) }
  }

  /// `## Text ##` without the marks; nil for a line that is no heading or an empty one.
  private static func heading(_ line: Line, in bytes: Span<UInt8>) -> (level: Int, text: String)? {
    guard line.kind == .heading, line.first == 0x23 else { return nil }
    var start = line.content.lowerBound
    var end = line.content.upperBound
    while start < end && bytes[start] == 0x23 { start += 1 }
    let level = start - line.content.lowerBound
    // Closing marks count as such only behind a blank: `# C#` is about a language.
    var close = end
    while close > start && bytes[close - 1] == 0x23 { close -= 1 }
    if close > start && bytes[close - 1] == 0x20 { end = close }
    let text = trimmed(string(bytes, start..<end))
    return text.isEmpty ? nil : (level, text)
  }

  private static func firstSentence(of line: String) -> String {
    var count = 0
    var index = line.unicodeScalars.startIndex
    while index < line.unicodeScalars.endIndex && count < longest {
      let scalar = line.unicodeScalars[index]
      index = line.unicodeScalars.index(after: index)
      count += 1
      if ScalarClass(scalar.value) == .sentence && (scalar.value >= 0x80 || scalar.value != 0x2E) {
        break
      }
    }
    return index == line.unicodeScalars.endIndex
      ? line : trimmed(String(line.unicodeScalars[..<index]))
  }

  private static func string(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for at in range { copy.append(bytes[at]) }
    return String(decoding: copy, as: UTF8.self)
  }

  private static func trimmed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard let from = scalars.firstIndex(where: { ScalarClass($0.value) != .blank }),
      let to = scalars.lastIndex(where: { ScalarClass($0.value) != .blank })
    else { return "" }
    return String(scalars[from...to])
  }
}

extension Range<Int> {
  /// Its first `count` numbers at most.
  fileprivate func prefix(_ count: Int) -> Range<Int> {
    lowerBound..<Swift.min(upperBound, lowerBound + count)
  }
}
