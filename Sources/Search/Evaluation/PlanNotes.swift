internal import SuoyinIndex
internal import SuoyinText

/// What a person should know of how a plan looks for a query.
struct PlanNotes {
  private(set) var notes: [QueryNote] = []
  private let asked: [AskedText]
  private let channel: Channel

  /// - Parameters:
  ///   - channel: the one that answers phrases.
  ///   - terms: gets what is looked up.
  init(
    _ reading: TextReading, leavingOut leftOut: Int, on snapshot: IndexSnapshot,
    by channel: Channel, _ terms: inout KnownTerms
  ) throws(IndexError) {
    asked = reading.asked
    self.channel = channel
    noteUnsearchable()
    try noteMissing(on: snapshot, &terms)
    noteSynonyms()
    if reading.leavesOutSynonyms {
      notes.append(
        .misunderstood(
          "Words with more synonyms than one query is looked for as (\(SynonymLookup.limit)) were "
            + "looked for as typed only."))
    }
    if leftOut > 0 {
      notes.append(
        .misunderstood(
          "The query has more different words and pairs of characters than are looked for "
            + "(\(LeafTable.limit)): the \(leftOut) commonest of them find nothing and do not "
            + "count."))
    }
    if channel == .words, asked.contains(where: { $0.isPhrase }) {
      notes.append(
        .remark(
          "This index has words only, no grams: a phrase is found by its words, in any order."))
    }
  }

  private mutating func noteUnsearchable() {
    func add(_ texts: [AskedText], _ what: String) {
      guard let first = texts.first else { return }
      let names = QueryNote.list(texts.map { QueryNote.quoted($0.text) })
      notes.append(
        .misunderstood("\(names): \(what)", at: texts.count == 1 ? first.source : nil))
    }
    let texts = asked.filter { !$0.isSearchable }
    let hasUnits = { (asked: AskedText) in asked.clauses.contains { !$0.units.isEmpty } }
    add(texts.filter { !hasUnits($0) }, "no letter, digit or character to search for.")
    add(texts.filter(hasUnits), "nothing but stop words, which this index leaves out.")
  }

  /// Says which units of the query no article holds, as they were typed.
  private mutating func noteMissing(
    on snapshot: IndexSnapshot, _ known: inout KnownTerms
  ) throws(IndexError) {
    struct Place: Hashable {
      let field: AskedField
      let term: [UInt8]
    }
    var missing: [AskedField: [String]] = [:]
    var further: [AskedField] = []
    var places: Set<Place> = []
    for text in asked where text.isSearchable && !text.isExcluded && !text.isPattern {
      for clause in text.clauses {
        let parts =
          channel == .grams
          ? clause.units.indices.map {
            (term: text.field.term(clause.units[$0].term), units: $0..<$0 + 1)
          }
          : clause.atoms.map { (term: $0.terms[0].term, units: $0.units) }
        for (term, units) in parts
        where places.insert(Place(field: text.field, term: term)).inserted {
          let field = FieldID(text.part, channel)
          guard try known.entries(of: term, in: field, on: snapshot).documentFrequency == 0
          else { continue }
          let typed = clause.typed(units)
          if text.part == .further, missing[text.field] == nil { further.append(text.field) }
          missing[text.field, default: []].append(
            QueryNote.quoted(typed)
              + (typed != clause.text ? " of \(QueryNote.quoted(clause.text))" : ""))
        }
      }
    }
    if let names = missing[.text] {
      notes.append(.remark("No article holds \(QueryNote.list(names))."))
    }
    if let names = missing[.title] {
      notes.append(.remark("No title holds \(QueryNote.list(names))."))
    }
    for field in further {
      let names = QueryNote.list(missing[field] ?? [])
      notes.append(
        .remark("No article holds \(names) in \(QueryNote.quoted(field.name ?? ""))."))
    }
  }

  /// Says that some articles cannot be found by further fields of text.
  mutating func noteUnsearched(_ count: Int) {
    notes.append(
      .remark(
        (count == 1 ? "1 article was" : "\(count) articles were")
          + " indexed before further fields of text could be searched, and cannot be found by them; "
          + "to build the index anew (suoyin rebuild) changes that."))
  }

  /// The most characters that a note tells the look-alikes of.
  private static let charactersNoted = 8

  /// Says which characters were looked for as others, too.
  mutating func note(_ lookup: LookalikeLookup) {
    guard channel == .grams else {
      notes.append(
        .misunderstood(
          "This index has words only, no grams: nothing was looked for that looks alike."))
      return
    }
    guard !lookup.characters.isEmpty else {
      notes.append(.remark("No character of the query is known to be taken for another."))
      return
    }
    var pairs = lookup.characters.prefix(Self.charactersNoted).map { character in
      "\(character) as " + (LookalikeHan.table[character] ?? []).map(String.init).joined()
    }
    let more = lookup.characters.count - pairs.count
    if more > 0 { pairs.append("\(more) more") }
    notes.append(
      .remark("Characters were looked for as those that look alike, too: \(QueryNote.list(pairs)).")
    )
    if lookup.isCut {
      notes.append(
        .misunderstood(
          "The query has more words and pairs of characters that look alike than are looked for "
            + "(\(LookalikeLookup.limit)): those behind were looked for as typed only."))
    }
  }

  /// The most synonyms that a note of its own tells.
  private static let synonymsNoted = 8

  /// Says what was looked for as well, once for each entry.
  private mutating func noteSynonyms() {
    var known: Set<Int> = []
    for text in asked {
      guard case .clause(let expanded) = text.content else { continue }
      for expansion in expanded.expansions where known.insert(expansion.entry).inserted {
        guard known.count <= Self.synonymsNoted else { continue }
        let others = QueryNote.list(expansion.others.map { QueryNote.quoted($0.text) })
        let typed = QueryNote.quoted(expanded.clause.typed(expansion.units))
        notes.append(.remark("\(typed) was looked for as \(others), too.", at: text.source))
      }
    }
    let more = known.count - Self.synonymsNoted
    if more > 0 {
      notes.append(
        .remark("\(more) more of the query's words were looked for as their synonyms, too."))
    }
  }
}

extension AskedText {
  /// Whether it is found by its words standing as they were typed.
  fileprivate var isPhrase: Bool {
    switch content {
    case .clause(let expanded): expanded.clause.isQuoted && expanded.clause.whole.count > 1
    case .variants: false
    case .near: true
    }
  }

  fileprivate var isPattern: Bool { if case .variants = content { true } else { false } }
}
