import Suoyin

/// A comparison as a person reads it who asks “why does this not match?”.
struct ComparisonPage {
  let comparison: QueryComparison
  let file: String
  private let scalars: [Unicode.Scalar]

  /// Characters of the text that are shown on each side of a run.
  private static let around = 12

  init(comparison: QueryComparison, text: String, file: String) {
    self.comparison = comparison
    self.file = file
    scalars = Array(text.unicodeScalars)
  }

  func print(on console: Console) throws {
    for clause in comparison.clauses {
      let role = clause.isExcluded ? "excluded" : clause.isQuoted ? "phrase" : "words"
      try row(role, [StyledText(harmless(clause.text), .title)], on: console)
      try show(clause, on: console)
      let verdict =
        clause.isExcluded
        ? clause.isFound ? "keeps this text out" : "does not keep this text out"
        : clause.isFound ? "finds this text" : "does not find this text"
      try row("", [StyledText(verdict, clause.isFound ? .plain : .warning)], on: console)
      try console.print([])
    }
    let name = harmless(file)
    let answer =
      comparison.clauses.isEmpty
      ? "The query holds nothing to look for."
      : "An article of the text of \(name) \(comparison.isFound ? "is" : "is not") found."
    try console.print(wrapping: [StyledText(answer, .title)])
  }

  private func show(_ clause: QueryComparison.Clause, on console: Console) throws {
    if let first = clause.wholes.first {
      let times = clause.wholes.count == 1 ? "" : ", the first of \(clause.wholes.count) places"
      try row("whole", [StyledText("yes\(times): ")] + excerpt(first), on: console)
    } else if let run = clause.longest {
      try row(
        "whole", [StyledText("no; the longest run that both share is \(quoted(run.text)):")],
        on: console)
      try row("", excerpt(run.source), on: console)
      if let before = run.before {
        try row("", [StyledText(text(of: before, "before it"))], on: console)
      }
      if let after = run.after {
        try row("", [StyledText(text(of: after, "after it"))], on: console)
      }
    } else {
      try row("whole", [StyledText("no; the text has nothing of it")], on: console)
    }
    try row("units", list(clause.units), on: console)
    if !clause.words.isEmpty { try row("words", list(clause.words), on: console) }
    for word in clause.words where !word.cutInText.isEmpty {
      let cut = word.cutInText.map(harmless).joined(separator: "|")
      try row("", [StyledText("\(quoted(word.text)) is cut \(cut) in the text")], on: console)
    }
    if !clause.grams.isEmpty { try row("grams", list(clause.grams), on: console) }
    if !clause.synonyms.isEmpty { try row("synonyms", list(clause.synonyms), on: console) }
  }

  /// `重庆 3  庆制 0`: what the text lacks stands out.
  private func list(_ parts: [QueryComparison.Part]) -> [StyledText] {
    parts.enumerated().flatMap { index, part in
      [
        StyledText(
          (index > 0 ? "  " : "") + harmless(part.text), part.count > 0 ? .plain : .warning),
        StyledText(" \(grouped(part.count))", part.count > 0 ? .label : .warning),
      ]
    }
  }

  private func text(of parting: QueryComparison.Parting, _ side: String) -> String {
    let query = quoted(parting.query)
    guard let text = parting.text.map(quoted) else {
      return
        "\(side) the query has \(query), and the text \(side == "before it" ? "begins" : "ends")"
    }
    switch parting.sentenceEnd {
    case .mark:
      return "\(side) a sentence ends in the text (then \(text)); the query has \(query) there"
    case .lineEnd:
      return "\(side) a line ends in the text, which repair left (then \(text)); "
        + "the query has \(query) there"
    case .query:
      return "\(side) a sentence ends in the query (then \(query)); the text has \(text) there"
    case nil:
      return "\(side) the query has \(query), the text \(text)"
    }
  }

  private func quoted(_ text: String) -> String { "“\(truncated(harmless(text), to: 60))”" }

  /// A range of the text among what stands around it.
  private func excerpt(_ range: Range<Int>) -> [StyledText] {
    let start = max(0, range.lowerBound - Self.around)
    let end = min(scalars.count, range.upperBound + Self.around)
    func part(_ range: Range<Int>) -> String {
      var text = ""
      text.unicodeScalars.append(contentsOf: scalars[range])
      return harmless(
        text.split(whereSeparator: \.isNewline).joined(separator: AnalysisPage.takenOut))
    }
    return [
      StyledText((start > 0 ? "…" : "") + part(start..<range.lowerBound)),
      StyledText("【\(truncated(part(range), to: 80))】", .highlight),
      StyledText(part(range.upperBound..<end) + (end < scalars.count ? "…" : "")),
      StyledText(" \(range.lowerBound)–\(range.upperBound)", .label),
    ]
  }

  private func row(_ name: String, _ pieces: [StyledText], on console: Console) throws {
    try console.print(wrapping: pieces, behind: StyledText(padded(name, to: 10), .label))
  }
}
