internal import SuoyinIndex
internal import SuoyinText

/// The fields that a query can name in any index; one of the index's own goes before `source`.
enum FieldNames {
  static let all = ["title", "text", "source"]

  static func isSource(_ name: String) -> Bool { name == "source" }
}

extension Query {
  /// The tree with fields of the index alone, by their own names: what names another is text, which a
  /// note says.
  ///
  /// - Returns: also whether it names a further field of text.
  func resolved(
    in fields: FieldSchema
  ) -> (root: Node, notes: [QueryNote], namesFurtherText: Bool) {
    var resolution = FieldResolution(query: self, fields)
    let root = resolution.resolve(root)
    return (root, resolution.notes, resolution.namesFurtherText)
  }
}

private struct FieldResolution {
  let query: Query
  let fields: FieldSchema
  var notes: [QueryNote] = []
  private(set) var namesFurtherText = false
  private var unknown: Set<String> = []

  init(query: Query, _ fields: FieldSchema) {
    self.query = query
    self.fields = fields
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
    guard let typed = text.field else { return .text(text) }
    let name = typed.lowercased()
    if let own = fields.name(typed), fields[own] != .text {
      // A star behind Han is no pattern of text.
      let hasStar = query.typed(text.source).utf8.last == UInt8(ascii: "*")
      let value = hasStar && text.text.utf8.last != UInt8(ascii: "*") ? text.text + "*" : text.text
      return resolve(Query.Filter(field: own, condition: .value(value), source: text.source))
    }
    if FieldNames.isSource(name) {
      return .filter(
        Query.Filter(field: name, condition: .value(text.text), source: text.source))
    }
    var resolved = text
    resolved.field = known(typed, at: text.source)
    if resolved.field == nil, query.typed(text.source).hasPrefix(name) {
      resolved = Query.Text(
        text: "\(name):\(text.text)", isQuoted: text.isQuoted, isPattern: text.isPattern,
        weight: text.weight, source: text.source)
    }
    return .text(resolved)
  }

  private mutating func resolve(_ filter: Query.Filter) -> Query.Node {
    if let name = fields.name(filter.field), let kind = fields[name] {
      return resolve(
        Query.Filter(field: name, condition: filter.condition, source: filter.source), kind)
    }
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

  /// A filter of a field of the index: text, with a note, where its value is none of the field's kind.
  private mutating func resolve(_ filter: Query.Filter, _ kind: FieldKind) -> Query.Node {
    if kind == .text {
      namesFurtherText = true
      if filter.condition == .range(from: nil, to: nil) { return .filter(filter) }
    }
    if FieldTest(filter.condition, kind) != nil { return .filter(filter) }
    let typed = query.typed(filter.source)
    let problem =
      switch kind {
      case .text: "“\(filter.field)” holds text, which has no ranges"
      case .number: "“\(filter.field)” holds numbers, as in \(filter.field):>100"
      case .date: "“\(filter.field)” holds dates, as in \(filter.field):2024-03"
      case .keyword: "“\(filter.field)” holds keywords"
      }
    notes.add(
      .misunderstood(
        "\(problem); \(QueryNote.quoted(typed)) was searched as text.", at: filter.source))
    return .text(Query.Text(text: typed, source: filter.source))
  }

  /// The own name of a field of text; nil, with a note, where there is none.
  private mutating func known(_ field: String?, at source: Range<Int>) -> String? {
    guard let field else { return nil }
    // `title` is the title, also where the articles have a `Title`.
    if AskedField(field, in: FieldSchema()) != nil { return field }
    if let own = fields.name(field), fields[own] == .text {
      namesFurtherText = true
      return own
    }
    let name = field.lowercased()
    if AskedField(name, in: FieldSchema()) != nil { return name }
    guard unknown.insert(name).inserted else { return nil }
    let names = FieldNames.all + self.fields.fields.map(\.name).filter { !FieldNames.isSource($0) }
    notes.add(
      .misunderstood(
        "This index has no field \(QueryNote.quoted(field)) to look for words in; its fields are "
          + "\(QueryNote.list(names)). \(QueryNote.quoted(query.typed(source))) was searched as text.",
        at: source)
    )
    return nil
  }
}
