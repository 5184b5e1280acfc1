internal import SuoyinIndex
internal import SuoyinText

/// Where a text of a query is looked for: in the title, in the text, or in a further field of text.
struct AskedField: Hashable, Sendable {
  static let text = AskedField(part: .text)
  static let title = AskedField(part: .title)

  let part: FieldPart
  /// The name of a further field; nil for title and text.
  let name: String?
  /// What the terms of a further field begin with.
  let mark: FieldMark?

  private init(part: FieldPart) {
    self.part = part
    name = nil
    mark = nil
  }

  /// - Parameter name: as the index has it; nil where no field was named.
  /// - Returns: nil where the index has no such field of text.
  init?(_ name: String?, in fields: FieldSchema) {
    switch name {
    case nil, "text": self = .text
    case "title": self = .title
    case let name?:
      guard let mark = fields.mark(of: name) else { return nil }
      part = .further
      self.name = name
      self.mark = mark
    }
  }

  /// A term as the index has it for this field.
  func term(_ term: [UInt8]) -> [UInt8] { mark?.marking(term) ?? term }

  /// Where a passage shows what is asked for here: title and text are shown by the text.
  var shown: AskedField { part == .further ? self : .text }
}

extension Segment {
  /// Adds the documents that have a further field of text, deleted ones perhaps among them.
  ///
  /// - Parameter channel: the one that answers phrases.
  func insertDocuments(
    having field: AskedField, by channel: Channel, into set: inout DocumentSet
  ) throws(IndexError) {
    let further = self.field(FieldID(.further, channel))
    guard let entry = try further.entry(for: field.term([])) else { return }
    set.insert(further.blocks(entry))
  }
}

extension AnalyzedClause {
  /// The clause with all that is looked up behind the mark of a field. Its units stay what they are.
  func marked(by mark: FieldMark) -> AnalyzedClause {
    var clause = self
    for index in words.indices { clause.words[index].term = mark.marking(words[index].term) }
    clause.whole = whole.marked(by: mark)
    for index in atoms.indices { clause.atoms[index].terms = atoms[index].terms.marked(by: mark) }
    for index in singles.indices {
      clause.singles[index].terms = singles[index].terms.marked(by: mark)
    }
    return clause
  }
}

extension [PhraseTerm] {
  fileprivate func marked(by mark: FieldMark) -> [PhraseTerm] {
    map {
      PhraseTerm(
        term: mark.marking($0.term), offset: $0.offset,
        lookalikes: $0.lookalikes.map(mark.marking))
    }
  }
}

extension AskedText.Content {
  /// The same looked up in a field; title and text have no mark.
  func marked(by mark: FieldMark?) -> AskedText.Content {
    guard let mark else { return self }
    return switch self {
    case .clause(let expanded): .clause(expanded.mapped { $0.marked(by: mark) })
    case .variants(let clauses): .variants(clauses.map { $0.marked(by: mark) })
    case .near(let clauses, let distance):
      .near(clauses.map { $0.marked(by: mark) }, distance: distance)
    }
  }
}
