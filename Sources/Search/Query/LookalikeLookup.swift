internal import SuoyinIndex
internal import SuoyinText

/// Puts what looks alike beside the terms of one query: characters that scans and hands confuse, by
/// ``LookalikeHan``.
///
/// Each term of a phrase may then be one of several, so a phrase is found however many of its characters
/// were misread. Only such terms are taken as some article has. What is excluded stays as it was typed:
/// what was not asked for must not be kept back.
struct LookalikeLookup {
  /// The most terms that are put beside those of one query.
  static let limit = 1_024
  /// The most terms that are looked up for it.
  private static let mostLookups = 16_384

  /// The characters of the query that have look-alikes, each once.
  private(set) var characters: [Unicode.Scalar] = []
  /// Whether there are more than the limit, and some terms were left as they were typed.
  private(set) var isCut = false

  private let snapshot: IndexSnapshot
  private var known: [[UInt8]: [[UInt8]]] = [:]
  private var count = 0
  private var lookups = 0

  init(in snapshot: IndexSnapshot) {
    self.snapshot = snapshot
  }

  /// A text with look-alikes in place of its synonyms; nil where it has none.
  ///
  /// - Complexity: a dictionary look-up for each pair that two characters' look-alikes make.
  mutating func served(_ asked: AskedText) throws(IndexError) -> AskedText? {
    guard !asked.isExcluded else { return nil }
    var clauses: [AnalyzedClause] = []
    for clause in asked.clauses { clauses.append(try served(clause)) }
    guard clauses.contains(where: \.hasLookalikes) else { return nil }
    let content: AskedText.Content =
      switch asked.content {
      case .clause: .clause(ExpandedClause(clauses[0]))
      case .variants: .variants(clauses)
      case .near(_, let distance): .near(clauses, distance: distance)
      }
    return AskedText(
      source: asked.source, text: asked.text, field: asked.field, weight: asked.weight,
      content: content, isExcluded: false)
  }

  private mutating func served(_ clause: AnalyzedClause) throws(IndexError) -> AnalyzedClause {
    var clause = clause
    for index in clause.units.indices {
      clause.units[index].lookalikes = lookalikes(ofUnit: clause.units[index].term)
    }
    clause.whole = try served(clause.whole)
    for index in clause.atoms.indices {
      clause.atoms[index].terms = try served(clause.atoms[index].terms)
    }
    for index in clause.singles.indices {
      clause.singles[index].terms = try served(clause.singles[index].terms)
    }
    return clause
  }

  private mutating func served(_ terms: [PhraseTerm]) throws(IndexError) -> [PhraseTerm] {
    var served = terms
    for index in served.indices {
      served[index].lookalikes = try lookalikes(of: served[index].term)
    }
    return served
  }

  private mutating func lookalikes(ofUnit term: [UInt8]) -> [[UInt8]] {
    let scalars = String(decoding: term, as: UTF8.self).unicodeScalars
    guard let first = scalars.first, scalars.count == 1, let others = LookalikeHan.table[first]
    else { return [] }
    if !characters.contains(first) { characters.append(first) }
    return others.map { Array(String($0).utf8) }
  }

  /// The terms of the index that are like one of one or two characters, in the same field.
  private mutating func lookalikes(of term: [UInt8]) throws(IndexError) -> [[UInt8]] {
    if let known = known[term] { return known }
    let bare = FieldMark.bare(term)
    let mark = term[..<bare.startIndex]
    let field = FieldID(mark.isEmpty ? .text : .further, .grams)
    var found: [[UInt8]] = []
    for other in Self.candidates(for: bare).map({ Array(mark) + $0 }) {
      lookups += 1
      if lookups > Self.mostLookups || count + found.count >= Self.limit {
        isCut = true
        break
      }
      if try snapshot.documentFrequency(of: other, in: field) > 0 { found.append(other) }
    }
    count += found.count
    known[term] = found
    return found
  }

  private static func candidates(for term: ArraySlice<UInt8>) -> [[UInt8]] {
    let scalars = Array(String(decoding: term, as: UTF8.self).unicodeScalars)
    guard (1...2).contains(scalars.count) else { return [] }
    var texts = [""]
    for scalar in scalars {
      let ways = [scalar] + (LookalikeHan.table[scalar] ?? [])
      texts = texts.flatMap { text in ways.map { text + String($0) } }
    }
    // The first is the term itself.
    return texts.dropFirst().map { Array($0.utf8) }
  }
}

extension AnalyzedClause {
  fileprivate var hasLookalikes: Bool {
    whole.hasLookalikes || atoms.contains { $0.terms.hasLookalikes }
  }
}
