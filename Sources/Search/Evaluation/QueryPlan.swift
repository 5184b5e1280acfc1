internal import SuoyinIndex
internal import SuoyinText

/// A query against one snapshot: what is looked up where, and what each thing found is worth.
///
/// Each clause becomes, in each part of an article (title, text): a leaf a word in the words
/// channel, a leaf an atom in the grams channel, and one phrase that tells whether the part holds
/// the clause whole. A quoted clause is only that phrase. Leaves are in the order of the query, and
/// equal ones are one leaf that counts as often as it was asked. What they give is counted in the
/// units of ``scale``, so that sums do not depend on who adds them up in which order.
struct QueryPlan: Sendable {
  /// Something that is looked up in one field and adds to an article's score.
  struct Leaf: Sendable {
    let field: FieldID
    /// One term, or several as a phrase.
    let terms: [PhraseTerm]
    /// Synonyms, each a phrase of ``othersField``: an article that holds one counts as if it held
    /// the leaf's own terms.
    var others: [[PhraseTerm]] = []
    /// The entry that the synonyms are of: leaves with the same have the same.
    var entry: Int?
    /// The field of the same part in the channel that answers phrases.
    var othersField: FieldID?
    /// Whether an article is found by it.
    var matchesAlone: Bool
    /// How often it was asked.
    var occurrences: Int
    /// What it counts beside its rarity, summed over the times it was asked.
    var share = 1.0
    /// The inverse document frequency, summed over the terms of a phrase, times ``share``.
    var weight = 0.0
    /// In how many documents the term is, deleted ones included; for a phrase, its rarest term.
    var documentFrequency = 0
  }

  /// One clause, held whole: one of its phrases in one of the fields.
  struct Whole: Sendable {
    /// The clause as typed, then with synonyms.
    let variants: [[PhraseTerm]]
    let fields: [FieldID]
  }

  let clauses: [AnalyzedClause]
  /// What clauses are looked for as well, each entry's once.
  let synonyms: [AnalyzedClause]
  /// The channel that answers phrases: that of the grams; in an index without one that of the words,
  /// by words that stand anywhere in a part of an article.
  let phraseChannel: Channel
  private(set) var leaves: [Leaf] = []
  /// A whole for each clause that holds anything searchable.
  private(set) var wholes: [Whole] = []
  private(set) var exclusions: [Whole] = []
  private(set) var notes: [String]
  private let expanded: [ExpandedClause]
  private let models: [FieldID: BM25]
  private let weights: RankingWeights

  /// How scores are counted.
  private(set) var scale = ScoreScale(total: 0)

  /// Whether the query only excludes, so that every other article is found.
  var matchesEverythingElse: Bool { wholes.isEmpty && !exclusions.isEmpty }

  /// - Parameters:
  ///   - similarity: the parameters of BM25; nil stands for those of the index.
  ///   - weights: what the kinds of pieces count.
  /// - Complexity: a dictionary look-up for each term, field and segment.
  init(
    _ query: Query, on snapshot: IndexSnapshot, similarity: Similarity? = nil,
    weights: RankingWeights = RankingWeights(), session: AnalysisSession
  ) throws(IndexError) {
    notes = query.notes
    self.weights = weights
    let analyzer = snapshot.analyzer
    let phraseChannel: Channel = analyzer.name.makesGrams ? .grams : .words
    self.phraseChannel = phraseChannel
    var lookup = SynonymLookup(analyzer.synonyms, by: phraseChannel, in: session)
    let analyzed = lookup.expand(query.clauses)
    // Without synonyms: what was not typed must not be kept back.
    let excluded = query.exclusions.map { AnalyzedClause($0, by: phraseChannel, in: session) }
    let all = analyzed.map(\.clause) + excluded
    let empty = all.filter(\.units.isEmpty)
    if empty.contains(where: { $0.text.allSatisfy(\.isWhitespace) }) {
      notes.append("There is nothing between the quotation marks.")
    }
    let unsearchable = empty.filter { !$0.text.allSatisfy(\.isWhitespace) }.map { $0.text }
    if !unsearchable.isEmpty {
      let names = Self.list(unsearchable.map(Self.quoted))
      notes.append("\(names): no letter, digit or character to search for.")
    }
    let wordless = all.filter { !$0.units.isEmpty && $0.whole.isEmpty }
    if !wordless.isEmpty {
      let names = Self.list(wordless.map { Self.quoted($0.text) })
      notes.append("\(names): nothing but stop words, which this index leaves out.")
    }
    expanded = analyzed.filter { !$0.clause.whole.isEmpty }
    clauses = expanded.map(\.clause)
    var known: Set<Int> = []
    synonyms = expanded.flatMap(\.expansions).filter { known.insert($0.entry).inserted }
      .flatMap(\.others)
    models = Dictionary(
      uniqueKeysWithValues: FieldID.all.map {
        ($0, BM25(similarity ?? snapshot.similarity, over: snapshot.statistics(of: $0)))
      })

    // The text holds the title.
    let text = [FieldID(.text, phraseChannel)]
    wholes = expanded.map { Whole(variants: $0.wholes, fields: text) }
    exclusions = excluded.filter { !$0.whole.isEmpty }
      .map { Whole(variants: [$0.whole], fields: text) }

    addLeaves(withWords: analyzer.name.makesWords)
    try weigh(on: snapshot)
    try noteMissing(on: snapshot)
    noteSynonyms()
    if lookup.isCut {
      notes.append(
        "Words with more synonyms than one query is looked for as (\(SynonymLookup.limit)) were "
          + "looked for as typed only.")
    }
    if phraseChannel == .words, all.contains(where: { $0.isQuoted && $0.whole.count > 1 }) {
      notes.append(
        "This index has words only, no grams: a phrase is found by its words, in any order.")
    }
  }

  /// The weighting model of a field.
  func model(of field: FieldID) -> BM25 {
    guard let model = models[field] else { preconditionFailure("every field has a model") }
    return model
  }

  private struct LeafKey: Hashable {
    let field: FieldID
    let terms: [PhraseTerm]
    let entry: Int?
  }

  private mutating func addLeaves(withWords: Bool) {
    var known: [LeafKey: Int] = [:]
    func add(
      _ part: FieldPart, _ channel: Channel, _ terms: [PhraseTerm], or synonyms: Expansion?,
      matchesAlone: Bool, share: Double, to leaves: inout [Leaf]
    ) {
      guard share > 0 || matchesAlone else { return }
      let field = FieldID(part, channel)
      let key = LeafKey(field: field, terms: terms, entry: synonyms?.entry)
      if let index = known[key] {
        leaves[index].occurrences += 1
        leaves[index].share += share
        leaves[index].matchesAlone = leaves[index].matchesAlone || matchesAlone
      } else {
        known[key] = leaves.count
        leaves.append(
          Leaf(
            field: field, terms: terms, others: synonyms?.others.map(\.whole) ?? [],
            entry: synonyms?.entry, othersField: FieldID(part, phraseChannel),
            matchesAlone: matchesAlone, occurrences: 1, share: share))
      }
    }
    for expanded in expanded {
      let clause = expanded.clause
      if clause.isQuoted {
        for (part, share) in [(FieldPart.text, 1), (.title, weights.title)] {
          add(
            part, phraseChannel, clause.whole, or: nil, matchesAlone: part == .text, share: share,
            to: &leaves)
        }
        continue
      }
      func share(of units: Range<Int>) -> Double {
        clause.isFunctional(units) ? weights.functionWords : 1
      }
      if phraseChannel == .grams, withWords {
        for word in clause.words {
          add(
            .text, .words, [PhraseTerm(term: word.term, offset: 0)],
            or: expanded.expansion(of: word.units), matchesAlone: word.matchesAlone,
            share: weights.words * share(of: word.units), to: &leaves)
        }
      }
      for (part, factor) in [(FieldPart.text, 1), (.title, weights.title)] {
        for atom in clause.atoms {
          add(
            part, phraseChannel, atom.terms, or: expanded.expansion(of: atom.units),
            matchesAlone: atom.matchesAlone && part == .text,
            share: factor * share(of: atom.units) * (atom.crossesWords ? weights.crossing : 1),
            to: &leaves)
        }
      }
      for single in clause.singles {
        add(
          .text, phraseChannel, single.terms, or: expanded.expansion(of: single.units),
          matchesAlone: false, share: weights.characters * share(of: single.units), to: &leaves)
      }
    }
  }

  /// What finds no article by itself and is in so many that it says little counts for nothing: beside
  /// the pairs that hold it, a character of every eighth article costs more time than all of these.
  private static let leastRarity = 2.0

  /// Weighs the leaves, and drops single characters that are too common to count.
  private mutating func weigh(on snapshot: IndexSnapshot) throws(IndexError) {
    var tooCommon: Set<Int> = []
    // By field and entry: all leaves of a long entry have the same synonyms.
    var known: [FieldID: [Int: Int]] = [:]
    for index in leaves.indices {
      let field = leaves[index].field
      let documents = snapshot.statistics(of: field).documentCount
      var weight = 0.0
      var rarest = Int.max
      var others = 0
      if let field = leaves[index].othersField, let entry = leaves[index].entry {
        if let count = known[field]?[entry] {
          others = count
        } else {
          others = try commonest(leaves[index].others, field, on: snapshot)
          known[field, default: [:]][entry] = others
        }
      }
      others = min(others, documents)
      for term in leaves[index].terms {
        let df = max(try snapshot.documentFrequency(of: term.term, in: field), others)
        weight += BM25.inverseDocumentFrequency(df, of: documents)
        rarest = min(rarest, df)
      }
      leaves[index].weight = weight * leaves[index].share
      leaves[index].documentFrequency = rarest
      if !leaves[index].matchesAlone, field.part == .text, weight < Self.leastRarity {
        tooCommon.insert(index)
      }
    }
    leaves = leaves.indices.filter { !tooCommon.contains($0) }.map { leaves[$0] }
    scale = ScoreScale(total: leaves.reduce(0) { $0 + $1.weight })
  }

  /// In how many documents the commonest of some synonyms may be: so many as hold its rarest term.
  /// A word with a common synonym says as little as this one, as in Lucene's `SynonymQuery`.
  private func commonest(
    _ others: [[PhraseTerm]], _ field: FieldID, on snapshot: IndexSnapshot
  ) throws(IndexError) -> Int {
    var most = 0
    for other in others {
      var least = Int.max
      for term in other {
        least = min(least, try snapshot.documentFrequency(of: term.term, in: field))
      }
      most = max(most, least)
    }
    return most
  }

  /// Says what was looked for as well, once for each entry.
  private mutating func noteSynonyms() {
    var known: Set<Int> = []
    for clause in expanded {
      for expansion in clause.expansions where known.insert(expansion.entry).inserted {
        guard known.count <= Self.namesListed else { continue }
        let others = Self.list(expansion.others.map { Self.quoted($0.text) })
        notes.append(
          "\(Self.quoted(clause.clause.typed(expansion.units))) was looked for as \(others), too.")
      }
    }
    let more = known.count - Self.namesListed
    if more > 0 {
      notes.append("\(more) more of the query's words were looked for as their synonyms, too.")
    }
  }

  /// Says which units of the query no article holds, as they were typed.
  private mutating func noteMissing(on snapshot: IndexSnapshot) throws(IndexError) {
    var missing: [String] = []
    var known: Set<[UInt8]> = []
    for clause in clauses {
      let parts =
        phraseChannel == .grams
        ? clause.units.indices.map { (term: clause.units[$0].term, units: $0..<$0 + 1) }
        : clause.atoms.map { (term: $0.terms[0].term, units: $0.units) }
      for (term, units) in parts where known.insert(term).inserted {
        let df = try snapshot.documentFrequency(of: term, in: FieldID(.text, phraseChannel))
        guard df == 0 else { continue }
        let typed = clause.typed(units)
        missing.append(
          Self.quoted(typed) + (typed != clause.text ? " of \(Self.quoted(clause.text))" : ""))
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
