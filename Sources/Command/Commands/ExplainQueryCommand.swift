import Suoyin

extension CommandRun {
  func explainQuery() throws -> Int32 {
    let query = invocation.operands.joined(separator: " ")
    let index = try SearchIndex.open(at: indexFolder)
    var request = SearchRequest(query: query, isStrict: invocation.has(.strict))
    request.findsLookalikes = invocation.has(.lookalikes)
    let explanation = try index.searcher.explain(request)
    if invocation.has(.json) {
      try console.out.write(try jsonText(QueryExplanationView(explanation)))
    } else {
      for note in explanation.notes { console.say(.note, note.text) }
      try QueryExplanationPage(explanation: explanation).print(on: console)
    }
    return 0
  }
}

/// How a query is understood, as a person reads it.
private struct QueryExplanationPage {
  let explanation: QueryExplanation

  func print(on console: Console) throws {
    try print("understood as", explanation.tree, on: console)
    try print("found is", explanation.found, on: console)
    try print("first comes, of what is found,", explanation.whole, on: console)
    if let lookalikes = explanation.lookalikes {
      try print("behind all that comes what looks alike,", lookalikes, on: console)
    }
    guard !explanation.leaves.isEmpty else { return }
    try console.print([StyledText("ranked by", .label)])
    for leaf in explanation.leaves {
      let text = "\(leaf.field) “\(harmless(leaf.text))”"
      let figures = "  df \(grouped(leaf.documentFrequency)), at most \(fixed(leaf.weight, 3))"
      try console.print(
        wrapping: [
          StyledText(leaf.matchesAlone ? text : "(\(text))"), StyledText(figures, .label),
        ], indent: 2)
    }
  }

  private func print(
    _ heading: String, _ tree: QueryExplanation.Node?, on console: Console
  ) throws {
    try console.print([StyledText(heading, .label)])
    var pending = [(tree ?? .nothing, 2)]
    while let (node, indent) = pending.popLast() {
      try console.print(wrapping: [StyledText(harmless(node.text))], indent: indent)
      for part in node.parts.reversed() { pending.append((part, indent + 2)) }
    }
  }
}

/// The object that `suoyin explain-query --json` prints.
private struct QueryExplanationView: Encodable {
  let query: String
  let tree: NodeView
  let found: NodeView
  let whole: NodeView
  let lookalikes: NodeView?
  let leaves: [LeafView]
  let notes: [NoteView]

  init(_ explanation: QueryExplanation) {
    query = explanation.query.text
    tree = NodeView(explanation.tree)
    found = NodeView(explanation.found ?? .nothing)
    whole = NodeView(explanation.whole)
    lookalikes = explanation.lookalikes.map(NodeView.init)
    leaves = explanation.leaves.map(LeafView.init)
    notes = explanation.notes.map(NoteView.init)
  }

  struct NodeView: Encodable {
    let text: String
    let source: RangeView?
    let parts: [NodeView]

    init(_ node: QueryExplanation.Node) {
      text = node.text
      source = node.source.map(RangeView.init)
      parts = node.parts.map(NodeView.init)
    }
  }

  struct LeafView: Encodable {
    let field: String
    let text: String
    let matchesAlone: Bool
    let df: Int
    let weight: Double

    private enum CodingKeys: String, CodingKey {
      case field, text, df, weight
      case matchesAlone = "matches_alone"
    }

    init(_ leaf: QueryExplanation.Leaf) {
      field = leaf.field
      text = leaf.text
      matchesAlone = leaf.matchesAlone
      df = leaf.documentFrequency
      weight = leaf.weight
    }
  }
}
