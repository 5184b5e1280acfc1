internal import SuoyinIndex
internal import SuoyinText

/// A query against one snapshot: what is looked up where, and what each thing found is worth.
///
/// Each clause becomes, in each part of an article (title, text): a leaf a word in the words
/// channel, a leaf an atom in the grams channel, and one phrase that tells whether the part holds
/// the clause whole. A quoted clause is only that phrase. Leaves are in the order of the query,
/// equal ones are one leaf that counts as often as it was asked; scores add up in this order
/// everywhere, so that the same article gets the same bits from evaluation and explanation.
struct QueryPlan: Sendable {
  /// Something that is looked up in one field and adds to an article's score.
  struct Leaf: Sendable {
    let field: FieldID
    /// One term, or several as a phrase.
    let terms: [PhraseTerm]
    /// Whether an article is found by it.
    var matchesAlone: Bool
    /// How often it was asked.
    var occurrences: Int
    /// The inverse document frequency, summed over the terms of a phrase, times occurrences.
    var weight = 0.0
    /// In how many documents the term is, deleted ones included; for a phrase, its rarest term.
    var documentFrequency = 0
  }

  /// One clause, held whole: its phrase in one of the fields.
  struct Whole: Sendable {
    let terms: [PhraseTerm]
    let fields: [FieldID]
  }

  let clauses: [AnalyzedClause]
  private(set) var leaves: [Leaf] = []
  /// A whole for each clause that holds anything searchable.
  private(set) var wholes: [Whole] = []
  private(set) var exclusions: [Whole] = []
  private(set) var notes: [String]
  private let models: [FieldID: BM25]

  /// Whether the query only excludes, so that every other article is found.
  var matchesEverythingElse: Bool { wholes.isEmpty && !exclusions.isEmpty }

  /// - Complexity: a dictionary look-up for each term, field and segment.
  init(_ query: Query, on snapshot: IndexSnapshot, session: AnalysisSession) throws(IndexError) {
    notes = query.notes
    let analyzed = query.clauses.map { AnalyzedClause($0, in: session) }
    let excluded = query.exclusions.map { AnalyzedClause($0, in: session) }
    let empty = (analyzed + excluded).filter(\.units.isEmpty)
    if empty.contains(where: { $0.text.allSatisfy(\.isWhitespace) }) {
      notes.append("There is nothing between the quotation marks.")
    }
    let unsearchable = empty.filter { !$0.text.allSatisfy(\.isWhitespace) }.map { $0.text }
    if !unsearchable.isEmpty {
      let names = Self.list(unsearchable.map(Self.quoted))
      notes.append("\(names): no letter, digit or character to search for.")
    }
    clauses = analyzed.filter { !$0.units.isEmpty }
    models = Dictionary(
      uniqueKeysWithValues: FieldID.all.map {
        ($0, BM25(snapshot.similarity, over: snapshot.statistics(of: $0)))
      })

    let grams = FieldPart.allCases.map { FieldID($0, .grams) }
    wholes = clauses.map { Whole(terms: $0.whole, fields: grams) }
    exclusions = excluded.filter { !$0.units.isEmpty }.map { Whole(terms: $0.whole, fields: grams) }

    addLeaves()
    try weigh(on: snapshot)
    try noteMissing(on: snapshot)
  }

  /// The weighting model of a field.
  func model(of field: FieldID) -> BM25 {
    guard let model = models[field] else { preconditionFailure("every field has a model") }
    return model
  }

  private struct LeafKey: Hashable {
    let field: FieldID
    let terms: [PhraseTerm]
  }

  private mutating func addLeaves() {
    var known: [LeafKey: Int] = [:]
    func add(_ field: FieldID, _ terms: [PhraseTerm], matchesAlone: Bool, to leaves: inout [Leaf]) {
      let key = LeafKey(field: field, terms: terms)
      if let index = known[key] {
        leaves[index].occurrences += 1
        leaves[index].matchesAlone = leaves[index].matchesAlone || matchesAlone
      } else {
        known[key] = leaves.count
        leaves.append(
          Leaf(field: field, terms: terms, matchesAlone: matchesAlone, occurrences: 1))
      }
    }
    for clause in clauses {
      for part in FieldPart.allCases {
        let words = FieldID(part, .words)
        let grams = FieldID(part, .grams)
        if clause.isQuoted {
          add(grams, clause.whole, matchesAlone: true, to: &leaves)
          continue
        }
        for word in clause.words {
          let term = PhraseTerm(term: word.term, offset: 0)
          add(words, [term], matchesAlone: word.matchesAlone, to: &leaves)
        }
        for atom in clause.atoms {
          add(grams, atom.terms, matchesAlone: atom.matchesAlone, to: &leaves)
        }
      }
    }
  }

  private mutating func weigh(on snapshot: IndexSnapshot) throws(IndexError) {
    for index in leaves.indices {
      let field = leaves[index].field
      let documents = snapshot.statistics(of: field).documentCount
      var weight = 0.0
      var rarest = Int.max
      for term in leaves[index].terms {
        let df = try snapshot.documentFrequency(of: term.term, in: field)
        weight += BM25.inverseDocumentFrequency(df, of: documents)
        rarest = min(rarest, df)
      }
      leaves[index].weight = weight * Double(leaves[index].occurrences)
      leaves[index].documentFrequency = rarest
    }
  }

  /// Says which units of the query no article holds, as they were typed.
  private mutating func noteMissing(on snapshot: IndexSnapshot) throws(IndexError) {
    var missing: [String] = []
    var known: Set<[UInt8]> = []
    for clause in clauses {
      for unit in clause.units where known.insert(unit.term).inserted {
        var df = 0
        for part in FieldPart.allCases {
          df += try snapshot.documentFrequency(of: unit.term, in: FieldID(part, .grams))
        }
        guard df == 0 else { continue }
        let isPart = unit.typed != clause.text
        missing.append(
          Self.quoted(unit.typed) + (isPart ? " of \(Self.quoted(clause.text))" : ""))
      }
    }
    if !missing.isEmpty { notes.append("No article holds \(Self.list(missing)).") }
  }

  /// How much of what was typed a note repeats.
  private static let namesListed = 8
  private static let charactersQuoted = 40

  private static func list(_ names: [String]) -> String {
    let listed = names.prefix(namesListed).joined(separator: ", ")
    let more = names.count - namesListed
    return more > 0 ? "\(listed) and \(more) more" : listed
  }

  private static func quoted(_ text: String) -> String {
    let isLong = text.unicodeScalars.count > charactersQuoted
    return "“\(isLong ? "\(text.prefix(charactersQuoted))…" : text)”"
  }
}
