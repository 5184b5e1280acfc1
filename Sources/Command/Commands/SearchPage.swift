import Suoyin

/// Results as a person reads them.
struct SearchPage {
  let result: SearchResult
  let offset: Int
  let isBehindCursor: Bool
  /// Whether near-duplicates stand under the first of them.
  var isCollapsed = false
  /// Whether what holds the whole query comes first.
  let isRanked: Bool

  func print(on console: Console) throws {
    let took = "\(fixed(result.took / .milliseconds(1), 1)) ms"
    guard result.total > 0 else {
      let isBlank = result.query.allSatisfy(\.isWhitespace)
      console.say(
        .plain,
        isBlank
          ? "nothing found (\(took))"
          : "nothing found for \(result.query) (\(took)); suoyin analyze shows how a query is cut")
      return
    }
    try console.print([StyledText(heading(took: took), .label)])
    for facet in result.facets { try console.print(wrapping: facet.line, indent: 0) }
    // Where already the very first holds only part of it, a note has said so.
    let first = result.hits.first
    var previous = first?.rank == 1 ? first?.match : .whole
    for hit in result.hits {
      try console.out.write("\n")
      if isRanked, hit.match != previous, let heading = hit.match.heading {
        try console.print([StyledText(heading, .label)])
        try console.out.write("\n")
      }
      previous = hit.match
      try print(hit, on: console)
    }
    if let more = hint { try console.print([StyledText("\n" + more, .label)]) }
  }

  /// `12 articles in 1.2 ms`, and which of them follow where these are not all.
  private func heading(took: String) -> String {
    let all = "\(counted(result.total, "article")) in \(took)"
    guard let first = result.hits.first, let last = result.hits.last,
      result.hits.count < result.total
    else { return all }
    return all + ", showing \(grouped(first.rank)) to \(grouped(last.rank))"
  }

  private var hint: String? {
    if isBehindCursor { return result.next.map { "the next: --after \($0)" } }
    // The total counts what is folded as well.
    if isCollapsed, result.next == nil, !result.timedOut { return nil }
    let shown = offset + result.hits.count
    guard !result.hits.isEmpty, shown < result.total else {
      return result.hits.isEmpty && offset >= result.total
        ? "\(grouped(offset)) of \(grouped(result.total)) left out by --offset: none remains" : nil
    }
    return "the next: --offset \(shown)"
  }

  private func print(_ hit: Hit, on console: Console) throws {
    let rank = "\(hit.rank)"
    let indent = max(4, rank.utf8.count + 2)
    let title = harmless(hit.title ?? "")
    let name = title.allSatisfy(\.isWhitespace) ? harmless(hit.id) : title
    let lead = StyledText(padded(rank, to: indent), .label)
    try console.print(wrapping: [StyledText(name, .title)], behind: lead)
    try console.print(wrapping: [StyledText(source(of: hit), .label)], indent: indent)
    for snippet in hit.snippets {
      let pieces = marked(snippet, inColor: console.palette.hasColor)
      try console.print(wrapping: pieces, behind: StyledText("- ", .label), indent: indent)
    }
    for passage in hit.fieldSnippets {
      let pieces = marked(passage.snippet, inColor: console.palette.hasColor)
      let lead = StyledText("- \(harmless(passage.field)): ", .label)
      try console.print(wrapping: [lead] + pieces, indent: indent)
    }
    if !hit.duplicates.isEmpty {
      let names = hit.duplicates.map { harmless($0.id) }.joined(separator: ", ")
      try console.print(wrapping: [StyledText("much the same: \(names)", .label)], indent: indent)
    }
    if let explanation = hit.explanation {
      try console.print(explanation, indent: indent)
    }
  }

  /// `seeds/000.txt · 2024-04-25 · score 12.340`
  private func source(of hit: Hit) -> String {
    // A path says its article's id, but for the lines of a JSON file.
    let says = hit.path?.contains(hit.id) ?? false
    var parts = says ? [] : [harmless(hit.id)]
    if let path = hit.path { parts.append(harmless(path)) }
    if let date = hit.date { parts.append(harmless(date)) }
    parts.append("score \(fixed(hit.score, 3))")
    if hit.match == .lookalike { parts.append("looks alike") }
    return parts.joined(separator: " · ")
  }

}

extension Hit.Match {
  /// What stands above the first of such hits; nil where they come first.
  fileprivate var heading: String? {
    switch self {
    case .whole: nil
    case .partial: "holding part of the query:"
    case .lookalike: "holding what looks like the query:"
    }
  }
}

extension Console {
  /// Prints how a value came about.
  func print(_ explanation: Explanation, indent: Int) throws {
    // A loop and not recursion: a query of thousands of words makes a wide tree, never a deep
    // stack.
    var pending = [(explanation, indent)]
    while let (part, indent) = pending.popLast() {
      let value = String(part.value)
      try print(
        wrapping: [StyledText(value, .label), StyledText("  " + harmless(part.text))],
        indent: indent)
      for inner in part.parts.reversed() { pending.append((inner, indent + 2)) }
    }
  }
}

/// A snippet with what was asked for marked: in colour, or in 【】 where there is none.
func marked(_ snippet: Snippet, inColor: Bool) -> [StyledText] {
  let scalars = Array(harmless(snippet.text).unicodeScalars)
  func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range.clamped(to: scalars.indices)])
    return String(view)
  }
  var pieces: [StyledText] = []
  if snippet.startsMidSentence { pieces.append(StyledText("…")) }
  var end = 0
  for highlight in snippet.highlights where highlight.lowerBound >= end {
    pieces.append(StyledText(text(end..<highlight.lowerBound)))
    let asked = text(highlight)
    pieces.append(StyledText(inColor ? asked : "【\(asked)】", .highlight))
    end = highlight.upperBound
  }
  pieces.append(StyledText(text(min(end, scalars.count)..<scalars.count)))
  if snippet.endsMidSentence { pieces.append(StyledText("…")) }
  return pieces.filter { !$0.text.isEmpty }
}
