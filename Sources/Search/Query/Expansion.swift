internal import SuoyinIndex
internal import SuoyinText

/// What a part of a clause is looked for as well: synonyms, of which each counts as if the part itself
/// stood in its place.
struct Expansion: Sendable {
  /// The units of the clause that the synonyms stand for.
  let units: Range<Int>
  let others: [AnalyzedClause]
}

/// A clause with its synonyms.
struct ExpandedClause: Sendable {
  /// The most ways in which a clause can be held whole.
  static let variantLimit = 64

  let clause: AnalyzedClause
  /// In the order of the clause; they do not overlap.
  private(set) var expansions: [Expansion] = []
  /// The clause as typed, and with synonyms in the places of its parts.
  private(set) var variants: [AnalyzedClause]

  /// What holds the clause whole, in each of its variants.
  var wholes: [[PhraseTerm]] { variants.map(\.whole) }

  init(_ clause: AnalyzedClause) {
    self.clause = clause
    variants = [clause]
  }

  /// What is looked for as well as a piece of the clause that has these units.
  func others(for units: Range<Int>) -> [[PhraseTerm]] {
    guard !units.isEmpty else { return [] }
    let expansion = expansions.first {
      $0.units.lowerBound <= units.lowerBound && units.upperBound <= $0.units.upperBound
    }
    return expansion?.others.map(\.whole) ?? []
  }

  /// Analyzes clauses and looks up their synonyms.
  ///
  /// A synonym has to begin and end where words do. Plain clauses side by side that make one entry
  /// together, as `artificial intelligence`, are found so. What stands in quotation marks is meant
  /// as typed and has no synonyms.
  static func expand(
    _ clauses: [Query.Clause], by channel: Channel, with synonyms: SynonymTable,
    in session: AnalysisSession
  ) -> [ExpandedClause] {
    var expanded = clauses.map {
      ExpandedClause(AnalyzedClause($0, by: channel, in: session))
    }
    guard !synonyms.isEmpty else { return expanded }
    var known: [String: AnalyzedClause] = [:]
    func analyzed(_ text: String) -> AnalyzedClause {
      if let clause = known[text] { return clause }
      let clause = AnalyzedClause(
        Query.Clause(text: text, isQuoted: true), by: channel, in: session)
      known[text] = clause
      return clause
    }
    var next = 0
    for index in expanded.indices where index >= next && !clauses[index].isQuoted {
      if let (count, others) = expanded[index...].entryOfSeveral(in: synonyms) {
        let others = others.map(analyzed).filter { !$0.whole.isEmpty }
        for index in index..<index + count { expanded[index].set(others) }
        next = index + count
      } else {
        expanded[index].expand(with: synonyms, analyzed)
      }
    }
    return expanded
  }

  /// Makes the whole clause one part of something that has synonyms.
  private mutating func set(_ others: [AnalyzedClause]) {
    expansions = [Expansion(units: clause.units.indices, others: others)]
    variants += others
  }

  private mutating func expand(
    with synonyms: SynonymTable, _ analyzed: (String) -> AnalyzedClause
  ) {
    let units = clause.synonymUnits
    // Each way to say the clause up to a unit.
    var texts = [""]
    var bytes = Array(clause.text.utf8)[...]
    var at = 0
    while at < units.count {
      guard clause.borders[at],
        let (found, entry) = synonyms.match(units[at...], mayEnd: { clause.borders[$0] })
      else {
        at += 1
        continue
      }
      at = found.upperBound
      let others = synonyms.others(of: entry).map(analyzed).filter { !$0.whole.isEmpty }
      expansions.append(Expansion(units: found, others: others))
      let before = bytes[..<clause.units[found.lowerBound].source.lowerBound]
      bytes = bytes[clause.units[found.upperBound - 1].source.upperBound...]
      // The blanks keep letters of a synonym apart from those around it.
      let ways = [clause.typed(found)] + others.map { " \($0.text) " }
      let start = String(decoding: before, as: UTF8.self)
      texts = Array(
        texts.lazy.flatMap { text in ways.lazy.map { text + start + $0 } }
          .prefix(Self.variantLimit))
    }
    guard !expansions.isEmpty else { return }
    let rest = String(decoding: bytes, as: UTF8.self)
    variants += texts.dropFirst().map { analyzed($0 + rest) }.filter { !$0.whole.isEmpty }
  }
}

extension ArraySlice<ExpandedClause> {
  /// How many clauses, two at least, are one entry together, and what it is looked for as well.
  fileprivate func entryOfSeveral(in synonyms: SynonymTable) -> (Int, [String])? {
    var units: [SynonymTable.Unit] = []
    var ends: [Int] = []
    for clause in self {
      guard !clause.clause.isQuoted, units.count <= 64 else { break }
      let offset = UInt32(units.count)
      units += clause.clause.synonymUnits.map { .init(term: $0.term, offset: $0.offset + offset) }
      ends.append(units.count)
    }
    guard ends.count > 1,
      let (found, entry) = synonyms.match(units[...], mayEnd: { ends.dropFirst().contains($0) }),
      let last = ends.firstIndex(of: found.upperBound)
    else { return nil }
    return (last + 1, synonyms.others(of: entry))
  }
}

extension AnalyzedClause {
  fileprivate var synonymUnits: [SynonymTable.Unit] {
    units.map { .init(term: $0.term, offset: $0.offset) }
  }
}
