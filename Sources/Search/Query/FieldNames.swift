internal import SuoyinIndex

/// The fields that a query can name.
enum FieldNames {
  static let all = ["title", "text", "source"]

  /// The part of an article that a field of text is.
  static func part(of name: String?) -> FieldPart? {
    switch name {
    case nil, "text": .text
    case "title": .title
    default: nil
    }
  }

  static func isSource(_ name: String) -> Bool { name == "source" }
}

extension Query {
  /// The tree with fields of the index alone: what names another is text, which a note says.
  func resolved() -> (root: Node, notes: [QueryNote]) {
    var resolution = FieldResolution(query: self)
    let root = resolution.resolve(root)
    return (root, resolution.notes)
  }
}

private struct FieldResolution {
  let query: Query
  var notes: [QueryNote] = []
  private var unknown: Set<String> = []

  init(query: Query) {
    self.query = query
  }

  mutating func resolve(_ node: Query.Node) -> Query.Node {
    switch node {
    case .everything: return node
    case .text(let text): return resolve(text)
    case .near(let texts, let distance):
      return .near(
        texts.map {
          var text = $0
          text.field = known(text.field, at: text.source)
          return text
        }, distance: distance)
    case .filter(let filter): return resolve(filter)
    case .not(let inner): return .not(resolve(inner))
    case .all(let nodes): return .all(nodes.map { resolve($0) })
    case .any(let nodes): return .any(nodes.map { resolve($0) })
    case .list(let parts):
      return .list(parts.map { Query.Part(sign: $0.sign, node: resolve($0.node)) })
    }
  }

  private mutating func resolve(_ text: Query.Text) -> Query.Node {
    guard let name = text.field?.lowercased() else { return .text(text) }
    if FieldNames.isSource(name) {
      return .filter(
        Query.Filter(field: name, condition: .value(text.text), source: text.source))
    }
    var resolved = text
    resolved.field = known(name, at: text.source)
    if resolved.field == nil, query.typed(text.source).hasPrefix(name) {
      resolved = Query.Text(
        text: "\(name):\(text.text)", isQuoted: text.isQuoted, isPattern: text.isPattern,
        weight: text.weight, source: text.source)
    }
    return .text(resolved)
  }

  private mutating func resolve(_ filter: Query.Filter) -> Query.Node {
    let name = filter.field.lowercased()
    let typed = query.typed(filter.source)
    if FieldNames.all.contains(name) {
      if FieldNames.isSource(name), case .value = filter.condition { return .filter(filter) }
      notes.add(
        .misunderstood(
          "“\(name)” has no ranges; \(QueryNote.quoted(typed)) was searched as text.",
          at: filter.source))
    } else {
      _ = known(name, at: filter.source)
    }
    return .text(Query.Text(text: typed, source: filter.source))
  }

  /// The name of a field of text; nil, with a note, where there is none.
  private mutating func known(_ field: String?, at source: Range<Int>) -> String? {
    guard let field else { return nil }
    let name = field.lowercased()
    if FieldNames.part(of: name) != nil { return name }
    guard unknown.insert(name).inserted else { return nil }
    let fields = FieldNames.all.joined(separator: ", ")
    notes.add(
      .misunderstood(
        "This index has no field \(QueryNote.quoted(field)) to look for words in; its fields are "
          + "\(fields). \(QueryNote.quoted(query.typed(source))) was searched as text.", at: source)
    )
    return nil
  }
}
