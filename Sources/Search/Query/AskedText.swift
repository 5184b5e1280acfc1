internal import SuoyinIndex
internal import SuoyinText

/// A text of a query, analyzed: what it is looked for as.
struct AskedText: Sendable {
  enum Content: Sendable {
    /// Words or a phrase, with synonyms.
    case clause(ExpandedClause)
    /// What a pattern stands for, the commonest first: each counts as the others do.
    case variants([AnalyzedClause])
    /// Phrases that stand near one another.
    case near([AnalyzedClause], distance: Int)
  }

  /// Where it was typed; tells it from other texts of the query.
  let source: Range<Int>
  /// As it was typed, for notes.
  let text: String
  let field: AskedField
  let weight: Double
  let content: Content
  let isExcluded: Bool

  var part: FieldPart { field.part }

  /// The phrases or texts of which it is made.
  var clauses: [AnalyzedClause] {
    switch content {
    case .clause(let expanded): [expanded.clause]
    case .variants(let clauses), .near(let clauses, _): clauses
    }
  }

  /// Whether there is something to look for, or a pattern that no term fits.
  var isSearchable: Bool {
    switch content {
    case .clause(let expanded): !expanded.clause.whole.isEmpty
    case .variants: true
    case .near(let clauses, _): !clauses.isEmpty && clauses.allSatisfy { !$0.whole.isEmpty }
    }
  }
}

extension [AskedText] {
  /// The synonyms of the texts, each entry's once.
  var expansions: [Expansion] {
    var known: Set<Int> = []
    return flatMap { (asked) -> [Expansion] in
      if case .clause(let expanded) = asked.content { expanded.expansions } else { [] }
    }.filter { known.insert($0.entry).inserted }
  }
}

extension Query.Node {
  /// What tells a text or near node from the others of a query.
  var textKey: Int? {
    switch self {
    case .text(let text): text.source.lowerBound
    case .near(let texts, _): texts.first?.source.lowerBound
    default: nil
    }
  }
}

/// Analyzes the texts of a query.
struct TextReading {
  /// The terms that fit a pattern in a field, the commonest first, and whether there were too many to
  /// look at all.
  typealias Terms<E: Error> = (TermPattern, AskedField) throws(E) -> (terms: [[UInt8]], isCut: Bool)

  /// In the order in which they were typed, by the place of each.
  private(set) var asked: [AskedText] = []
  private(set) var notes: [QueryNote] = []
  /// Whether some synonyms were left out, because there are too many.
  var leavesOutSynonyms: Bool { lookup.isCut }

  private var lookup: SynonymLookup
  private let fields: FieldSchema
  private let channel: Channel
  private let session: AnalysisSession

  /// - Parameters:
  ///   - root: whose fields are those of the index.
  ///   - fields: these.
  ///   - channel: the one that answers phrases.
  init<E>(
    _ root: Query.Node, of fields: FieldSchema, by channel: Channel, synonyms: SynonymTable,
    in session: AnalysisSession, terms: Terms<E>
  ) throws(E) {
    self.fields = fields
    lookup = SynonymLookup(synonyms, by: channel, in: session)
    self.channel = channel
    self.session = session
    try read(.list([Query.Part(sign: .none, node: root)]), isExcluded: false, terms)
    asked.sort { $0.source.lowerBound < $1.source.lowerBound }
  }

  private mutating func read<E>(
    _ node: Query.Node, isExcluded: Bool, _ terms: Terms<E>
  ) throws(E) {
    switch node {
    case .filter, .everything: return
    case .text(let text): try read([text], isExcluded: isExcluded, terms)
    case .near(let texts, let distance): read(near: texts, distance, isExcluded: isExcluded)
    case .not(let inner): try read(inner, isExcluded: true, terms)
    case .all(let nodes), .any(let nodes):
      for node in nodes { try read(node, isExcluded: isExcluded, terms) }
    case .list(let parts):
      // Plain texts side by side, which may be one entry of the synonyms together.
      var run: [Query.Text] = []
      for part in parts {
        if case .text(let text) = part.node, part.sign != .excluded, !text.isPattern {
          if text.field != run.last?.field { try take(&run, isExcluded: isExcluded, terms) }
          run.append(text)
        } else {
          try take(&run, isExcluded: isExcluded, terms)
          try read(part.node, isExcluded: isExcluded || part.sign == .excluded, terms)
        }
      }
      try take(&run, isExcluded: isExcluded, terms)
    }
  }

  private mutating func take<E>(
    _ run: inout [Query.Text], isExcluded: Bool, _ terms: Terms<E>
  ) throws(E) {
    if !run.isEmpty { try read(run, isExcluded: isExcluded, terms) }
    run = []
  }

  private mutating func read<E>(
    _ texts: [Query.Text], isExcluded: Bool, _ terms: Terms<E>
  ) throws(E) {
    if let text = texts.first, text.isPattern {
      return try read(pattern: text, isExcluded: isExcluded, terms)
    }
    // What was not typed must not be kept back: an exclusion has no synonyms.
    let clauses =
      isExcluded
      ? texts.map { ExpandedClause(AnalyzedClause($0, by: channel, in: session)) }
      : lookup.expand(texts)
    for (text, clause) in zip(texts, clauses) {
      append(text, text.text, .clause(clause), isExcluded: isExcluded)
    }
  }

  private mutating func read<E>(
    pattern text: Query.Text, isExcluded: Bool, _ terms: Terms<E>
  ) throws(E) {
    let field = field(of: text)
    var isCut = false
    let pattern = PatternText(text.text, in: session)
    let (texts, total) = try pattern.texts { (pattern) throws(E) in
      let found = try terms(pattern, field)
      isCut = isCut || found.isCut
      return found.terms
    }
    if isCut || total > texts.count {
      notes.append(
        .misunderstood(
          "\(QueryNote.quoted(text.text)) stands for more words than a query is looked for as; the "
            + "\(texts.count) commonest of \(isCut ? "those looked at" : "\(total)") were taken.",
          at: text.source))
    }
    if texts.isEmpty {
      notes.append(
        .remark("No article holds a word like \(QueryNote.quoted(text.text)).", at: text.source))
    }
    let variants = texts.map { lookup.analyzed($0) }.filter { !$0.whole.isEmpty }
    append(text, text.text, .variants(variants), isExcluded: isExcluded)
  }

  private mutating func read(near texts: [Query.Text], _ distance: Int, isExcluded: Bool) {
    guard let first = texts.first else { return }
    var clauses = texts.map { lookup.analyzed($0.text) }
    if clauses.count == 1, let only = clauses.first {
      // One phrase stands for its words.
      clauses = only.wordTexts.prefix(QuerySyntax.mostNear).map { lookup.analyzed($0) }
      if clauses.count < only.wordTexts.count {
        notes.append(
          .misunderstood(
            "Of \(QueryNote.quoted(only.text)) the first \(QuerySyntax.mostNear) words were looked "
              + "for near one another.", at: first.source))
      }
    }
    let text = texts.map(\.text).joined(separator: " ")
    append(first, text, .near(clauses, distance: distance), isExcluded: isExcluded)
  }

  private mutating func append(
    _ text: Query.Text, _ typed: String, _ content: AskedText.Content, isExcluded: Bool
  ) {
    let field = field(of: text)
    asked.append(
      AskedText(
        source: text.source, text: typed, field: field, weight: text.weight,
        content: content.marked(by: field.mark), isExcluded: isExcluded))
  }

  private func field(of text: Query.Text) -> AskedField {
    AskedField(text.field, in: fields) ?? .text
  }
}

extension AnalyzedClause {
  /// The words as they were typed; the units where there are no words.
  fileprivate var wordTexts: [String] {
    let parts = words.map(\.units).filter { !$0.isEmpty }
    return parts.isEmpty ? units.indices.map { typed($0..<$0 + 1) } : parts.map { typed($0) }
  }
}
