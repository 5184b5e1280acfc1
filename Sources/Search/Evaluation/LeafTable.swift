internal import Glibc
internal import SuoyinIndex

/// The leaves of a plan: equal ones are one.
struct LeafTable: Sendable {
  /// The leaves of one text.
  struct Found: Sendable {
    /// What finds an article by itself.
    var finding: [Int] = []
    /// The one leaf that is the text held whole.
    var exact: Int?
  }

  private struct Key: Hashable {
    let field: FieldID
    let terms: [PhraseTerm]
    let near: Near?
    let entry: Int?
  }

  /// The most leaves. Of a query of more different words and pairs, as a whole article has, the rarest
  /// say what it is about.
  static let limit = 512

  private(set) var leaves: [QueryPlan.Leaf] = []
  /// How many leaves were left out, since there are more than the limit.
  private(set) var leftOut = 0
  private var ofText: [Int: Found] = [:]
  private var known: [Key: Int] = [:]
  private let weights: RankingWeights
  let phraseChannel: Channel
  private let withWords: Bool
  private let limit: Int
  private let dampsRepetition: Bool

  /// - Parameter dampsRepetition: whether what was asked often counts by the logarithm of how often.
  init(
    weights: RankingWeights, phraseChannel: Channel, withWords: Bool, limit: Int = limit,
    dampsRepetition: Bool = false
  ) {
    self.limit = limit
    self.dampsRepetition = dampsRepetition
    self.weights = weights
    self.phraseChannel = phraseChannel
    self.withWords = withWords
  }

  func leaves(of asked: AskedText) -> Found { ofText[asked.source.lowerBound] ?? Found() }

  /// Adds the leaves of a text.
  mutating func add(_ asked: AskedText) {
    switch asked.content {
    case .clause(let expanded) where !expanded.clause.isQuoted: add(expanded, of: asked)
    case .clause(let expanded): addExact(expanded.clause.whole, of: asked)
    case .variants(let clauses):
      guard let first = clauses.first else { return }
      // Those of the synonyms are from 0 up.
      addExact(
        first.whole, others: clauses.dropFirst().map(\.whole), entry: -1 - asked.source.lowerBound,
        of: asked)
    case .near(let clauses, let distance):
      let near = Near(clauses, distance: distance)
      addExact(near.terms, near: near, of: asked)
    }
  }

  /// What the parts of an article count where a text is looked for in one: the text holds the title,
  /// which counts beside it.
  private func parts(of asked: AskedText) -> [(part: FieldPart, share: Double)] {
    asked.part == .text ? [(.text, 1), (.title, weights.title)] : [(asked.part, 1)]
  }

  private mutating func addExact(
    _ terms: [PhraseTerm], others: [[PhraseTerm]] = [], entry: Int? = nil, near: Near? = nil,
    of asked: AskedText
  ) {
    for (part, share) in parts(of: asked) {
      let leaf = QueryPlan.Leaf(
        field: FieldID(part, phraseChannel), name: asked.field.name, terms: terms, others: others,
        entry: entry, othersField: FieldID(part, phraseChannel), near: near,
        matchesAlone: part == asked.part, occurrences: 1, share: share * asked.weight)
      let index = add(leaf)
      if part == asked.part { ofText[asked.source.lowerBound] = Found(finding: [], exact: index) }
    }
  }

  private mutating func add(_ expanded: ExpandedClause, of asked: AskedText) {
    let clause = expanded.clause
    let (weights, phraseChannel) = (weights, phraseChannel)
    var finding: [Int] = []
    func share(of units: Range<Int>) -> Double {
      (clause.isFunctional(units) ? weights.functionWords : 1) * asked.weight
    }
    func add(
      _ part: FieldPart, _ channel: Channel, _ terms: [PhraseTerm], _ units: Range<Int>,
      matchesAlone: Bool, share: Double, to table: inout LeafTable
    ) -> Int? {
      guard share > 0 || matchesAlone else { return nil }
      let expansion = expanded.expansion(of: units)
      let index = table.add(
        QueryPlan.Leaf(
          field: FieldID(part, channel), name: asked.field.name, terms: terms,
          others: expansion?.others.map(\.whole) ?? [], entry: expansion?.entry,
          othersField: FieldID(part, phraseChannel), matchesAlone: matchesAlone, occurrences: 1,
          share: share))
      if matchesAlone { finding.append(index) }
      return matchesAlone && expansion == nil ? index : nil
    }
    // Of words of several characters and pairs, which find as typed, by their first units.
    var words: [(leaf: Int, start: Int)] = []
    var pairs: [Int: Int] = [:]
    if phraseChannel == .grams, withWords {
      for word in clause.words {
        let leaf = add(
          asked.part, .words, [PhraseTerm(term: word.term, offset: 0)], word.units,
          matchesAlone: word.matchesAlone, share: weights.words * share(of: word.units), to: &self)
        if let leaf, asked.part == .text, word.units.count > 1,
          clause.units[word.units].flatMap(\.term) == word.term
        {
          words.append((leaf, word.units.lowerBound))
        }
      }
    }
    for (part, factor) in parts(of: asked) {
      for atom in clause.atoms {
        let leaf = add(
          part, phraseChannel, atom.terms, atom.units,
          matchesAlone: atom.matchesAlone && part == asked.part,
          share: factor * share(of: atom.units) * (atom.crossesWords ? weights.crossing : 1),
          to: &self)
        if let leaf, atom.units.count == 2, atom.terms.count == 1 {
          pairs[atom.units.lowerBound] = leaf
        }
      }
    }
    for single in clause.singles {
      _ = add(
        asked.part, phraseChannel, single.terms, single.units, matchesAlone: false,
        share: weights.characters * share(of: single.units), to: &self)
    }
    for (word, start) in words { leaves[word].pair = pairs[start] }
    ofText[asked.source.lowerBound] = Found(finding: finding)
  }

  private mutating func add(_ leaf: QueryPlan.Leaf) -> Int {
    let key = Key(field: leaf.field, terms: leaf.terms, near: leaf.near, entry: leaf.entry)
    guard let index = known[key] else {
      known[key] = leaves.count
      leaves.append(leaf)
      return leaves.count - 1
    }
    leaves[index].occurrences += leaf.occurrences
    leaves[index].share += leaf.share
    leaves[index].matchesAlone = leaves[index].matchesAlone || leaf.matchesAlone
    return index
  }

  // MARK: Weights

  /// What else an entry is looked for as in a field.
  private struct Others: Hashable {
    let field: FieldID
    let name: String?
    let entry: Int
  }

  /// What finds no article by itself and is in so many that it says little counts for nothing: beside
  /// the pairs that hold it, a character of every eighth article costs more time than all of these.
  private static let leastRarity = 2.0

  /// Weighs the leaves, and drops single characters that are too common to count.
  ///
  /// - Parameters:
  ///   - frequencies: in how many documents terms are.
  ///   - terms: gets what is looked up.
  /// - Complexity: a dictionary look-up for each term and segment.
  mutating func weigh(
    on snapshot: IndexSnapshot, by frequencies: inout FrequencySource, _ terms: inout KnownTerms
  ) throws(IndexError) {
    var kept: [Int] = []
    // All leaves of a long entry have the same others.
    var others: [Others: Int] = [:]
    for index in leaves.indices {
      if dampsRepetition {
        let times = Double(leaves[index].occurrences)
        leaves[index].share *= (1 + log(times)) / times
      }
      let leaf = leaves[index]
      let documents = frequencies.statistics[leaf.field].documentCount
      var commonest = 0
      if let entry = leaf.entry {
        let key = Others(field: leaf.othersField, name: leaf.name, entry: entry)
        if let known = others[key] {
          commonest = known
        } else {
          commonest = try frequencies.next { () throws(IndexError) in
            try Self.commonest(leaf.others, leaf.othersField, on: snapshot)
          }
          others[key] = commonest
        }
      }
      commonest = min(commonest, documents)
      var weight = 0.0
      var rarest = Int.max
      for term in leaf.terms {
        let own = try frequencies.next { () throws(IndexError) in
          // As of synonyms, the commonest of what looks alike.
          var most = try terms.entries(of: term.term, in: leaf.field, on: snapshot)
            .documentFrequency
          for other in term.lookalikes {
            most = max(most, try snapshot.documentFrequency(of: other, in: leaf.field))
          }
          return most
        }
        let df = max(own, commonest)
        weight += BM25.inverseDocumentFrequency(df, of: documents)
        rarest = min(rarest, df)
      }
      leaves[index].weight = weight * leaf.share
      leaves[index].documentFrequency = rarest
      if leaf.matchesAlone || leaf.field.part == .title || weight >= Self.leastRarity {
        kept.append(index)
      }
    }
    keep(rarest(kept))
  }

  /// Of too many leaves those that weigh most; what is the whole of a text always stays.
  private mutating func rarest(_ kept: [Int]) -> [Int] {
    guard kept.count > limit else { return kept }
    // What no article holds is left out first.
    let kept = kept.filter { leaves[$0].documentFrequency > 0 }
    guard kept.count > limit else { return kept }
    let exact = Set(ofText.values.compactMap(\.exact))
    let sorted = kept.sorted {
      let (a, b) = (leaves[$0], leaves[$1])
      if exact.contains($0) != exact.contains($1) { return exact.contains($0) }
      return a.weight != b.weight ? a.weight > b.weight : $0 < $1
    }
    leftOut = kept.count - max(limit, exact.count)
    return sorted.prefix(max(limit, exact.count)).sorted()
  }

  private mutating func keep(_ kept: [Int]) {
    guard kept.count < leaves.count else { return }
    var place: [Int: Int] = [:]
    for (new, old) in kept.enumerated() { place[old] = new }
    leaves = kept.map { old in
      var leaf = leaves[old]
      leaf.pair = leaf.pair.flatMap { place[$0] }
      return leaf
    }
    for (text, found) in ofText {
      ofText[text] = Found(
        finding: found.finding.compactMap { place[$0] }, exact: found.exact.flatMap { place[$0] })
    }
    known = [:]
  }

  /// In how many documents the commonest of some synonyms may be: so many as hold its rarest term.
  /// A word with a common synonym says as little as this one, as in Lucene's `SynonymQuery`.
  private static func commonest(
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
}
