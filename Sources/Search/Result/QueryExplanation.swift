internal import SuoyinText

/// How a query is understood, and what is looked up for it.
public struct QueryExplanation: Sendable {
  /// A node of the tree of a query, or of a condition.
  public struct Node: Sendable {
    /// What the node is, in words.
    public let text: String
    /// Where it was typed, in Unicode scalars of the query; nil where it is about no one place.
    public let source: Range<Int>?
    public let parts: [Node]

    init(_ text: String, at source: Range<Int>? = nil, _ parts: [Node] = []) {
      self.text = text
      self.source = source
      self.parts = parts
    }
  }

  /// What is looked up and ranks.
  public struct Leaf: Sendable {
    /// The field as files and messages have it: `text.grams`.
    public let field: String
    /// What is looked for there.
    public let text: String
    /// Whether an article is found by it.
    public let matchesAlone: Bool
    /// In how many articles it is; for a phrase, its rarest term.
    public let documentFrequency: Int
    /// The most that it adds to a score.
    public let weight: Double
  }

  public let query: Query
  /// What was typed, as it was understood.
  public let tree: Node
  /// What finds an article; nil where nothing is looked for.
  public let found: Node?
  /// What of the articles found holds the whole query.
  public let whole: Node
  /// What finds an article by what looks alike; nil where nothing is looked for so.
  public let lookalikes: Node?
  /// In the order of the query.
  public let leaves: [Leaf]
  public let notes: [QueryNote]

  init(_ query: Query, _ plan: QueryPlan) {
    self.query = query
    tree = Node(query.root)
    found = plan.found.map { Node($0, in: plan) }
    whole = Node(plan.whole, in: plan)
    lookalikes = plan.lookalikes.flatMap { (plan) in plan.found.map { Node($0, in: plan) } }
    leaves = plan.leaves.map {
      Leaf(
        field: $0.field.description(named: $0.name), text: $0.text + $0.othersText,
        matchesAlone: $0.matchesAlone, documentFrequency: $0.documentFrequency, weight: $0.weight)
    }
    notes = plan.notes
  }
}

extension QueryExplanation.Node {
  /// What finds no article.
  public static let nothing = Self("nothing")

  init(_ node: Query.Node) {
    switch node {
    case .text(let text): self.init(text.explained, at: text.source)
    case .near(let texts, let distance):
      self.init(
        "near, at most \(distance) units apart", texts.map { Self($0.explained, at: $0.source) })
    case .filter(let filter): self.init(filter.explained, at: filter.source)
    case .everything: self.init("every article")
    case .not(let inner): self.init("not", [Self(inner)])
    case .all(let nodes): self.init("all of", nodes.map { Self($0) })
    case .any(let nodes): self.init("any of", nodes.map { Self($0) })
    case .list(let parts):
      self.init(
        "words, of which those with all come first",
        parts.map { part in
          let node = Self(part.node)
          switch part.sign {
          case .none: return node
          case .required: return Self("required: " + node.text, at: node.source, node.parts)
          case .excluded: return Self("excluded: " + node.text, at: node.source, node.parts)
          }
        })
    }
  }

  fileprivate init(_ text: String, _ parts: [Self]) {
    self.init(text, at: nil, parts)
  }

  init(_ condition: Condition<QueryPlan.Criterion>, in plan: QueryPlan) {
    switch condition {
    case .part(.leaf(let index)):
      let leaf = plan.leaves[index]
      self.init(
        "\(leaf.field.description(named: leaf.name)) “\(leaf.text)”\(leaf.othersText)")
    case .part(.whole(let index)):
      let whole = plan.wholes[index]
      let texts = whole.variants.map { "“\(QueryPlan.Leaf.text(of: $0))”" }
      let field = whole.field.description(named: whole.name)
      self.init("\(field) holds \(texts.joined(separator: " or ")) whole")
    case .part(.source(let part)): self.init("the path holds “\(part)”")
    case .part(.field(let name, let test)): self.init("the \(test.kind.rawValue) “\(name)” fits")
    case .part(.hasText(let field)): self.init("the text “\(field.name ?? "")” is there")
    case .part(.article): self.init("the article itself")
    case .any(let members):
      self.init(members.isEmpty ? "nothing" : "any of", members.map { Self($0, in: plan) })
    case .all(let members):
      self.init(members.isEmpty ? "everything" : "all of", members.map { Self($0, in: plan) })
    case .not(let member): self.init("not", [Self(member, in: plan)])
    }
  }
}

extension Query.Text {
  fileprivate var explained: String {
    let kind = isQuoted ? "phrase" : isPattern ? "pattern" : "text"
    return kind + " “\(text)”" + (field.map { " in \($0)" } ?? "")
      + (weight == 1 ? "" : ", times \(weight)")
  }
}

extension Query.Filter {
  fileprivate var explained: String {
    switch condition {
    case .value(let value): return "\(field) is “\(value)”"
    case .range(nil, nil): return "\(field) has a value"
    case .range(let from, let to):
      let ends = [
        from.map { "\($0.isIncluded ? "at least" : "more than") \($0.value)" },
        to.map { "\($0.isIncluded ? "at most" : "less than") \($0.value)" },
      ]
      return "\(field) is " + ends.compactMap(\.self).joined(separator: " and ")
    }
  }
}
