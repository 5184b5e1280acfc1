import Suoyin

extension CommandRun {
  /// - Returns: 0 where the article is found by the query, else 1.
  func explain() throws -> Int32 {
    let id = invocation.operands[0]
    let query = invocation.operands.dropFirst().joined(separator: " ")
    let searcher = try SearchIndex.open(at: indexFolder).searcher
    var request = SearchRequest(query: query)
    request.findsLookalikes = invocation.has(.lookalikes)
    guard let explanation = try searcher.explain(article: id, request) else {
      return try sayMissing(id)
    }
    if invocation.has(.json) {
      try console.out.write(try jsonText(ArticleExplanationView(explanation)))
    } else {
      for note in explanation.notes { console.say(.note, note.text) }
      try ArticleExplanationPage(explanation: explanation).print(on: console)
    }
    return explanation.match == nil ? 1 : 0
  }
}

/// Why an article matches, as a person reads it.
private struct ArticleExplanationPage {
  let explanation: ArticleExplanation

  func print(on console: Console) throws {
    let name = harmless(explanation.article.id)
    let verdict =
      switch explanation.match {
      case .whole: "\(name) is found and holds the whole query"
      case .partial: "\(name) is found and holds part of the query"
      case .lookalike: "\(name) is found only by what looks alike"
      case nil: "\(name) is not found"
      }
    try console.print(wrapping: [StyledText(verdict, .title)])
    if let found = explanation.found {
      try print("found where", found, on: console)
      try print("the whole query where, of what is found,", explanation.whole, on: console)
    }
    if let lookalikes = explanation.lookalikes {
      try print("found by what looks alike where", lookalikes, on: console)
    }
    if let score = explanation.score {
      try console.print([StyledText("score", .label)])
      try console.print(score, indent: 2)
    }
    // What asks further fields and nothing of the text has nothing in common with that.
    if explanation.comparison.clauses.isEmpty, explanation.found != nil { return }
    try console.print([])
    try ComparisonPage(
      comparison: explanation.comparison, text: explanation.article.text, file: name
    ).print(on: console)
  }

  private func print(
    _ heading: String, _ tree: ArticleExplanation.Node, on console: Console
  ) throws {
    try console.print([StyledText(heading, .label)])
    var pending = [(tree, 2)]
    while let (node, indent) = pending.popLast() {
      try console.print(
        wrapping: [StyledText((node.holds ? "+ " : "- ") + harmless(node.text))], indent: indent)
      for part in node.parts.reversed() { pending.append((part, indent + 2)) }
    }
  }
}

/// The object that `suoyin explain --json` prints.
private struct ArticleExplanationView: Encodable {
  let id: String
  let match: String?
  let found: NodeView?
  let whole: NodeView
  let lookalikes: NodeView?
  let score: ExplanationView?
  let comparison: ComparisonView
  let notes: [NoteView]

  init(_ explanation: ArticleExplanation) {
    id = explanation.article.id
    match = explanation.match?.rawValue
    found = explanation.found.map(NodeView.init)
    whole = NodeView(explanation.whole)
    lookalikes = explanation.lookalikes.map(NodeView.init)
    score = explanation.score.map(ExplanationView.init)
    comparison = ComparisonView(explanation.comparison)
    notes = explanation.notes.map(NoteView.init)
  }

  private enum Key: CodingKey {
    case id, match, found, whole, lookalikes, score, comparison, notes
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    // Not encodeIfPresent: a reader finds every key.
    try container.encode(id, forKey: .id)
    try container.encode(match, forKey: .match)
    try container.encode(found, forKey: .found)
    try container.encode(whole, forKey: .whole)
    try container.encode(lookalikes, forKey: .lookalikes)
    try container.encode(score, forKey: .score)
    try container.encode(comparison, forKey: .comparison)
    try container.encode(notes, forKey: .notes)
  }

  struct NodeView: Encodable {
    let text: String
    let holds: Bool
    let parts: [NodeView]

    init(_ node: ArticleExplanation.Node) {
      text = node.text
      holds = node.holds
      parts = node.parts.map(NodeView.init)
    }
  }
}
