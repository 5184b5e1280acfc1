internal import SuoyinIndex
internal import SuoyinText

/// What a part of a clause is looked for as well: synonyms, of which each counts as if the part itself
/// stood in its place.
struct Expansion: Sendable {
  /// The units of the clause that the synonyms stand for.
  let units: Range<Int>
  /// The entry of the synonyms; equal ones have the same others.
  let entry: Int
  let others: [AnalyzedClause]
}

/// A clause with its synonyms.
struct ExpandedClause: Sendable {
  /// The most ways in which a clause can be held whole.
  static let variantLimit = 64
  /// The most units of all these ways: a long clause has few.
  static let variantUnits = 4_096

  let clause: AnalyzedClause
  /// In the order of the clause; they do not overlap.
  private(set) var expansions: [Expansion] = []
  /// For each unit of the clause the expansion that it is in.
  private var expansionOfUnit: [Int: Int] = [:]
  /// The clause as typed, and with synonyms in the places of its parts.
  private(set) var variants: [AnalyzedClause]

  /// What holds the clause whole, in each of its variants.
  var wholes: [[PhraseTerm]] { variants.map(\.whole) }

  init(_ clause: AnalyzedClause) {
    self.clause = clause
    variants = [clause]
  }

  /// What a piece of the clause that has these units is looked for as well.
  func expansion(of units: Range<Int>) -> Expansion? {
    guard let last = units.last, let index = expansionOfUnit[units.lowerBound],
      index == expansionOfUnit[last]
    else { return nil }
    return expansions[index]
  }

  /// The same with each clause put through `body`.
  func mapped(_ body: (AnalyzedClause) -> AnalyzedClause) -> ExpandedClause {
    var mapped = ExpandedClause(body(clause))
    for expansion in expansions {
      mapped.append(
        Expansion(
          units: expansion.units, entry: expansion.entry, others: expansion.others.map(body)))
    }
    mapped.variants = variants.map(body)
    return mapped
  }

  private mutating func append(_ expansion: Expansion) {
    for unit in expansion.units { expansionOfUnit[unit] = expansions.count }
    expansions.append(expansion)
  }

  /// Makes the whole clause one part of something that has synonyms.
  fileprivate mutating func set(_ entry: Int, _ others: [AnalyzedClause]) {
    append(Expansion(units: clause.units.indices, entry: entry, others: others))
    variants += others
  }

  fileprivate mutating func expand(by lookup: inout SynonymLookup) {
    let units = clause.synonymUnits
    let limit = min(Self.variantLimit, max(1, Self.variantUnits / max(1, units.count)))
    // Each way to say the clause up to a unit.
    var texts = [""]
    var bytes = Array(clause.text.utf8)[...]
    var at = 0
    while at < units.count {
      guard clause.borders[at],
        let (found, entry) = lookup.table.match(units[at...], mayEnd: { clause.borders[$0] })
      else {
        at += 1
        continue
      }
      at = found.upperBound
      let others = lookup.others(of: entry)
      guard !others.isEmpty else { continue }
      append(Expansion(units: found, entry: entry, others: others))
      guard limit > 1 else { continue }
      let before = bytes[..<clause.units[found.lowerBound].source.lowerBound]
      bytes = bytes[clause.units[found.upperBound - 1].source.upperBound...]
      // The blanks keep letters of a synonym apart from those around it.
      let ways = [clause.typed(found)] + others.map { " \($0.text) " }
      let start = String(decoding: before, as: UTF8.self)
      texts = Array(
        texts.lazy.flatMap { text in ways.lazy.map { text + start + $0 } }.prefix(limit))
    }
    let rest = String(decoding: bytes, as: UTF8.self)
    variants += texts.dropFirst().map { lookup.analyzed($0 + rest) }.filter { !$0.whole.isEmpty }
  }
}

/// Looks up the synonyms of one query; each entry and each text once, however often it occurs.
struct SynonymLookup {
  /// The most synonyms that one query is looked for as.
  static let limit = 4_096

  let table: SynonymTable
  private let channel: Channel
  private let session: AnalysisSession
  private var clauses: [String: AnalyzedClause] = [:]
  private var others: [Int: [AnalyzedClause]] = [:]
  private var count = 0
  /// Whether there are more synonyms than the limit, and some of them were left out.
  private(set) var isCut = false

  init(_ table: SynonymTable, by channel: Channel, in session: AnalysisSession) {
    self.table = table
    self.channel = channel
    self.session = session
  }

  /// Analyzes clauses and looks up their synonyms.
  ///
  /// A synonym has to begin and end where words do. Plain clauses side by side that make one entry
  /// together, as `artificial intelligence`, are found so. What stands in quotation marks is meant
  /// as typed and has no synonyms.
  mutating func expand(_ clauses: [Query.Text]) -> [ExpandedClause] {
    var expanded = clauses.map {
      ExpandedClause(AnalyzedClause($0, by: channel, in: session))
    }
    guard !table.isEmpty else { return expanded }
    var next = 0
    for index in expanded.indices where index >= next && !clauses[index].isQuoted {
      if let (count, entry) = expanded[index...].entryOfSeveral(in: table) {
        let others = others(of: entry)
        for index in index..<index + count where !others.isEmpty {
          expanded[index].set(entry, others)
        }
        next = index + count
      } else {
        expanded[index].expand(by: &self)
      }
    }
    return expanded
  }

  /// What an entry is looked for as well; nothing where that would be beyond the limit.
  fileprivate mutating func others(of entry: Int) -> [AnalyzedClause] {
    if let known = others[entry] { return known }
    let texts = table.others(of: entry)
    let fits = count + texts.count <= Self.limit
    if !fits { isCut = true }
    let found = fits ? texts.map { analyzed($0) }.filter { !$0.whole.isEmpty } : []
    count += found.count
    others[entry] = found
    return found
  }

  /// A text as a phrase.
  mutating func analyzed(_ text: String) -> AnalyzedClause {
    if let clause = clauses[text] { return clause }
    let clause = AnalyzedClause(
      Query.Text(text: text, isQuoted: true, source: 0..<0), by: channel, in: session)
    clauses[text] = clause
    return clause
  }
}

extension ArraySlice<ExpandedClause> {
  /// How many clauses, two at least, are one entry together, and which.
  fileprivate func entryOfSeveral(in synonyms: SynonymTable) -> (Int, Int)? {
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
    return (last + 1, entry)
  }
}

extension AnalyzedClause {
  fileprivate var synonymUnits: [SynonymTable.Unit] {
    units.map { .init(term: $0.term, offset: $0.offset) }
  }
}
