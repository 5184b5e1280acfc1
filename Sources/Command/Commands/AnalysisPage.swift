import Suoyin

/// An analysis as a person reads it who asks “why does this not match?”: the stages one under the
/// other, and beside each word and gram where in the original it stands.
struct AnalysisPage {
  let stages: AnalysisStages

  /// What shows a line break that was taken out, one that became a blank, and a blank between
  /// spaced letters.
  static let takenOut = "⏎"
  static let madeBlank = "⏎␣"
  static let closedUp = "␣"

  func print(on console: Console) throws {
    let scalars = stages.original.unicodeScalars.count
    if let decoded = stages.decoded { try show(decoded, on: console) }
    try heading("original", counted(scalars, "character"), on: console)
    try block([StyledText(stages.original)], on: console)

    try heading("repaired", repairs, on: console)
    try block(
      stages.spans.map { span in
        switch span {
        case .kept(let text): StyledText(text)
        case .removed(let text, _, let replacement):
          StyledText(Self.sign(for: text, replacement), .removed)
        }
      }, on: console)

    let changes = stages.changes
    let listed = changes.prefix(Self.changesListed).map {
      "\(truncated(harmless($0.original), to: 20))→\(truncated(harmless($0.folded), to: 20))"
    }
    let more = changes.count > listed.count ? " and \(changes.count - listed.count) more" : ""
    let changed =
      listed.isEmpty ? "no unit changed" : listed.joined(separator: " ") + more
    try heading("folded", "as the index has it: \(changed)", on: console)
    try block([StyledText(stages.folded)], on: console)

    try heading(
      "units", "\(stages.units.count), with their ordinals; a sentence begins a line", on: console)
    try grid(stages.units, on: console) { unit in
      [StyledText("\(unit.ordinal ?? 0) ", .label), StyledText(form(of: unit))]
    }
    let offsets = "with offsets into the original, the end not included"
    try heading("words", "\(stages.words.count), \(offsets)", on: console)
    try grid(stages.words, on: console, cell: located)
    if !stages.stopWords.isEmpty {
      try heading("stop words", "\(stages.stopWords.count), left out of the words", on: console)
      try grid(stages.stopWords, on: console, cell: located)
    }
    try heading(
      "grams", "\(stages.grams.count), behind the ordinals of their first units, \(offsets)",
      on: console)
    try grid(stages.grams, on: console) { gram in
      [StyledText("\(gram.ordinal ?? 0) ", .label)] + located(gram)
    }
  }

  /// How many changes of the fold its heading lists.
  private static let changesListed = 12
  private static let faultsListed = 5

  private func show(_ decoded: DecodedText, on console: Console) throws {
    let faults = decoded.faultCount
    try heading(
      "decoded",
      "from \(decoded.encoding.name), "
        + (faults == 0 ? "every byte" : "but for \(counted(faults, "place")), shown as U+FFFD"),
      on: console)
    for fault in decoded.faults.prefix(Self.faultsListed) {
      let bytes = fault.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
      try console.print([
        StyledText("  byte \(grouped(fault.offset)): \(bytes.joined(separator: " "))")
      ])
    }
  }

  private static func sign(for removed: String, _ replacement: String) -> String {
    guard removed.contains(where: \.isNewline) else { return closedUp }
    return replacement.isEmpty ? takenOut : madeBlank
  }

  /// `12 line breaks taken out, shown as ⏎; 1 line break made a blank, shown as ⏎␣`.
  private var repairs: String {
    var counts: [String: Int] = [:]
    for case .removed(let text, _, let replacement) in stages.spans {
      counts[Self.sign(for: text, replacement), default: 0] += 1
    }
    let parts: [(sign: String, noun: String, what: String)] = [
      (Self.takenOut, "line break", "taken out"), (Self.madeBlank, "line break", "made a blank"),
      (Self.closedUp, "blank", "between spaced letters taken out"),
    ]
    let said = parts.compactMap { sign, noun, what in
      counts[sign].map { "\(counted($0, noun)) \(what), shown as \(sign)" }
    }
    return said.isEmpty ? "nothing taken out" : said.joined(separator: "; ")
  }

  private func heading(_ name: String, _ remark: String, on console: Console) throws {
    try console.print([
      StyledText(padded(name, to: 10) + (name.count >= 10 ? "  " : ""), .title),
      StyledText(remark, .label),
    ])
  }

  /// Prints text whose line ends are line ends.
  private func block(_ pieces: [StyledText], on console: Console) throws {
    var line: [StyledText] = []
    for piece in pieces {
      let parts = piece.text.split(omittingEmptySubsequences: false) { $0.isNewline }
      for (index, part) in parts.enumerated() {
        if index > 0 {
          try console.print(wrapping: line, indent: 2)
          line = []
        }
        line.append(StyledText(harmless(String(part)), piece.style))
      }
    }
    try console.print(wrapping: line, indent: 2)
  }

  /// `依托 0–4`
  private func located(_ piece: AnalysisStages.Piece) -> [StyledText] {
    [
      StyledText(form(of: piece)),
      StyledText(" \(piece.source.lowerBound)–\(piece.source.upperBound)", .label),
    ]
  }

  /// The piece as the index has it, and before it what it was where that differs: `產業→产业`.
  private func form(of piece: AnalysisStages.Piece) -> String {
    let text = truncated(harmless(piece.text), to: 40)
    var original = harmless(piece.original).drop { $0 == " " }
    while original.last == " " { original.removeLast() }
    guard original != piece.text[...], !original.isEmpty else { return text }
    return "\(truncated(String(original), to: 40))→\(text)"
  }

  /// Prints pieces in columns, line by line; a new line where a sentence ends.
  private func grid(
    _ pieces: [AnalysisStages.Piece], on console: Console,
    cell: (AnalysisStages.Piece) -> [StyledText]
  ) throws {
    let cells = pieces.map { piece in
      let texts = cell(piece)
      return (texts, width: texts.reduce(0) { $0 + displayWidth(of: $1.text) })
    }
    // Columns fit most cells and not the widest: a long word takes two of them.
    let widths = cells.map(\.width).sorted()
    let column = max(8, (widths.isEmpty ? 0 : widths[widths.count * 9 / 10]) + 2)
    let width = max(column, (console.width ?? 80) - 2)
    var line: [StyledText] = []
    var used = 0
    func endLine() throws {
      // Without the blanks behind the last piece.
      if !line.isEmpty { try console.print([StyledText("  ")] + line.dropLast()) }
      line = []
      used = 0
    }
    let sentences = self.sentences
    var current = 0
    for (piece, (texts, cellWidth)) in zip(pieces, cells) {
      let slot = (cellWidth + 2 + column - 1) / column * column
      let number = piece.ordinal.map { sentence(at: $0, sentences) } ?? current
      if number != current || used + slot > width { try endLine() }
      current = number
      line += texts
      line.append(StyledText(String(repeating: " ", count: slot - cellWidth)))
      used += slot
    }
    try endLine()
  }

  /// The ordinals at which sentences begin: those that follow a gap.
  private var sentences: [UInt32] {
    zip(stages.units.dropFirst(), stages.units)
      .compactMap { next, last in
        guard let ordinal = next.ordinal, let before = last.ordinal else { return nil }
        return ordinal > before + 1 ? ordinal : nil
      }
  }

  /// The number of sentence ends before a unit.
  private func sentence(at ordinal: UInt32, _ sentences: [UInt32]) -> Int {
    var low = 0
    var high = sentences.count
    while low < high {
      let middle = (low + high) / 2
      if sentences[middle] <= ordinal { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
