internal import SuoyinIndex
internal import SuoyinText

/// A query against one snapshot: what is looked up where, and what each thing found is worth.
///
/// A text that scores becomes, in each part of an article (title, text): a leaf a word in the words
/// channel, a leaf an atom in the grams channel, and one phrase that tells whether the part holds it
/// whole. What is quoted, a pattern or phrases near one another is a single leaf in each part. Leaves
/// are in the order of the query, and equal ones are one leaf that counts as often as it was asked.
/// What they give is counted in the units of ``scale``, so that sums do not depend on who adds them up
/// in which order. Which articles are found, and which of these hold the whole query, are conditions
/// over leaves and phrases; what a query excludes has no leaf, and cannot score.
struct QueryPlan: Sendable {
  /// Something that is looked up in one field and adds to an article's score.
  struct Leaf: Sendable {
    let field: FieldID
    /// That of the further field of text, where it is one.
    var name: String?
    /// One term, or several as a phrase.
    let terms: [PhraseTerm]
    /// What counts as the leaf's own terms do: synonyms, or what else a pattern stands for, each a
    /// phrase of ``othersField``.
    var others: [[PhraseTerm]] = []
    /// What the others are of: leaves with the same have the same.
    var entry: Int?
    /// The field of the same part in the channel that answers phrases.
    var othersField: FieldID
    /// In place of ``terms`` as a phrase, their phrases near one another.
    var near: Near?
    /// Whether an article is found by it.
    var matchesAlone: Bool
    /// Another leaf that finds whatever this one does: of a word, that of one of its pairs.
    var pair: Int?
    /// How often it was asked.
    var occurrences: Int
    /// What it counts beside its rarity, summed over the times it was asked.
    var share = 1.0
    /// The inverse document frequency, summed over the terms of a phrase, times ``share``.
    var weight = 0.0
    /// In how many documents the term is, deleted ones included; for a phrase, its rarest term.
    var documentFrequency = 0
  }

  /// A text, held whole: one of its phrases in one field.
  struct Whole: Hashable, Sendable {
    /// The text as typed, then with synonyms; or all that a pattern stands for.
    let variants: [[PhraseTerm]]
    let near: Near?
    let field: FieldID
    /// That of the further field of text, where it is one.
    let name: String?
  }

  /// What conditions are made of.
  enum Criterion: Hashable, Sendable {
    /// The leaf of that number.
    case leaf(Int)
    /// The text of that number is held whole.
    case whole(Int)
    /// The path has that part.
    case source(String)
    /// A field has a value that fulfils the test.
    case field(String, FieldTest)
    /// It has that further field of text.
    case hasText(AskedField)
    /// It is that very article.
    case article(segment: Int, document: UInt32)
  }

  /// The texts that score, in the order of the query: what passages can show.
  private let scoring: [AskedText]
  /// The channel that answers phrases: that of the grams; in an index without one that of the words,
  /// by words that stand anywhere in a part of an article.
  let phraseChannel: Channel
  let leaves: [Leaf]
  /// What is asked to be held whole.
  let wholes: [Whole]
  /// What finds an article; nil where the query looks for nothing.
  let found: Condition<Criterion>?
  /// What of those found holds the whole query.
  private(set) var whole: Condition<Criterion>
  private(set) var notes: [QueryNote]
  /// Whether every article that is found has a score.
  let scoresAll: Bool
  /// How scores are counted.
  let scale: ScoreScale
  /// What the weights of the leaves come from.
  private(set) var statistics: PlanStatistics
  /// What has been looked up.
  private(set) var terms: KnownTerms
  let sources: SourcePaths
  private let models: [FieldID: BM25]
  private let leavesLeftOut: Int
  /// ``lookalikes``, in an array since no value holds another of its kind.
  private var beside: [QueryPlan] = []

  /// The same query with what looks alike beside its terms: what it finds that this plan does not was
  /// misread. Nil where nobody asked for it, and where no character has look-alikes.
  var lookalikes: QueryPlan? { beside.first }

  /// What the texts that a field shows are made of, in the order of the query.
  func clauses(shownBy field: AskedField) -> [AnalyzedClause] {
    scoring.filter { $0.field.shown == field }.flatMap(\.clauses)
  }

  /// What these are looked for as well, each entry's once.
  func synonyms(shownBy field: AskedField) -> [AnalyzedClause] {
    scoring.filter { $0.field.shown == field }.expansions.flatMap(\.others)
  }

  /// The further fields of text that are searched and rank, in the order of the query.
  var furtherFields: [AskedField] {
    var known: Set<AskedField> = []
    return scoring.map(\.field).filter { $0.part == .further && known.insert($0).inserted }
  }

  /// The plan that an article is found and scored by.
  func plan(of match: Hit.Match) -> QueryPlan {
    match == .lookalike ? lookalikes ?? self : self
  }

  /// Whether the query only excludes, so that every other article is found.
  var onlyExcludes: Bool {
    switch found {
    case .not: true
    case .all(let members):
      !members.isEmpty && members.allSatisfy { if case .not = $0 { true } else { false } }
    default: false
    }
  }

  /// - Parameters:
  ///   - sources: the paths of the snapshot's articles.
  ///   - similarity: the parameters of BM25; nil stands for those of the index.
  ///   - weights: what the kinds of pieces count.
  ///   - statistics: those of an earlier plan of the query, to give the same scores as that; nil stands
  ///     for those of the snapshot.
  ///   - findsLookalikes: whether there are to be ``lookalikes``.
  ///   - watch: ends the look-up of patterns early; then the plan is good for nothing.
  /// - Complexity: a dictionary look-up for each term, field and segment.
  init(
    _ query: Query, on snapshot: IndexSnapshot, sources: SourcePaths,
    similarity: Similarity? = nil, weights: RankingWeights = RankingWeights(),
    statistics: PlanStatistics? = nil, findsLookalikes: Bool = false, session: AnalysisSession,
    _ watch: SearchWatch = SearchWatch()
  ) throws(IndexError) {
    let analyzer = snapshot.analyzer
    let phraseChannel: Channel = analyzer.name.makesGrams ? .grams : .words
    let (root, fieldNotes, namesFurtherText) = query.resolved(in: snapshot.fields)
    let reading = try TextReading(
      root, of: snapshot.fields, by: phraseChannel, synonyms: analyzer.synonyms, in: session
    ) { (pattern, field) throws(IndexError) in
      try snapshot.terms(
        fitting: pattern, in: FieldID(field.part, phraseChannel), behind: field.mark, watch)
    }
    let similarity = similarity ?? snapshot.similarity
    var frequencies = FrequencySource(statistics, on: snapshot)
    let table = LeafTable(
      weights: weights, phraseChannel: phraseChannel, withWords: analyzer.name.makesWords)
    self = try QueryPlan(
      reading.asked, of: root, in: table, on: snapshot, sources, similarity, &frequencies)
    var remarks = try PlanNotes(
      reading, leavingOut: leavesLeftOut, on: snapshot, by: phraseChannel, &terms)
    let unsearched = namesFurtherText ? snapshot.countWithoutTexts : 0
    if unsearched > 0 { remarks.noteUnsearched(unsearched) }
    if findsLookalikes {
      var lookup = LookalikeLookup(in: snapshot)
      let asked = try reading.asked.map { (asked) throws(IndexError) in try lookup.served(asked) }
      if phraseChannel == .grams, asked.contains(where: { $0 != nil }) {
        let table = LeafTable(weights: weights, phraseChannel: .grams, withWords: false)
        var plan = try QueryPlan(
          zip(asked, reading.asked).map { $0 ?? $1 }, of: root, in: table, on: snapshot, sources,
          similarity, &frequencies)
        plan.whole = .any([])
        beside = [plan]
      }
      remarks.note(lookup)
    }
    self.statistics = frequencies.statistics
    notes = query.notes + fieldNotes + reading.notes + remarks.notes
  }

  /// - Parameters:
  ///   - asked: the texts of a query.
  ///   - root: of the query, whose fields are those of the index.
  ///   - table: without leaves.
  ///   - frequencies: in how many documents terms are.
  private init(
    _ asked: [AskedText], of root: Query.Node, in table: LeafTable, on snapshot: IndexSnapshot,
    _ sources: SourcePaths, _ similarity: Similarity, _ frequencies: inout FrequencySource
  ) throws(IndexError) {
    let scoring = asked.filter { $0.isSearchable && !$0.isExcluded }
    var table = table
    for asked in scoring { table.add(asked) }
    var terms = KnownTerms()
    try table.weigh(on: snapshot, by: &frequencies, &terms)
    self.terms = terms
    statistics = frequencies.statistics
    models = BM25.models(similarity, over: frequencies.statistics)

    var criteria = Criteria(asked, table, by: table.phraseChannel, fields: snapshot.fields)
    found = root.found(by: .pieces) { criteria.condition(for: $0, $1) }
    let whole = root.whole { criteria.condition(for: $0, $1) } ?? .all([])
    self.whole = found.map { whole.beyond($0) } ?? whole
    wholes = criteria.wholes
    leavesLeftOut = table.leftOut
    scoresAll =
      found?.implies {
        switch $0 {
        case .leaf: true
        case .whole: table.leftOut == 0
        case .source, .field, .hasText, .article: false
        }
      } ?? true
    leaves = table.leaves
    scale = ScoreScale(total: leaves.reduce(0) { $0 + $1.weight })
    phraseChannel = table.phraseChannel
    self.sources = sources
    self.scoring = scoring
    notes = []
  }

  /// What finds articles like one: by the words and pairs of the beginning of its text that say most
  /// of it.
  ///
  /// - Complexity: a dictionary look-up for each term, field and segment.
  init(
    similarTo article: Article, at place: ArticlePlace, on snapshot: IndexSnapshot,
    sources: SourcePaths, session: AnalysisSession
  ) throws(IndexError) {
    let analyzer = snapshot.analyzer
    phraseChannel = analyzer.name.makesGrams ? .grams : .words
    let text = [article.title ?? "", String(article.text.prefix(Self.similarCharacters))]
    let clause = AnalyzedClause(
      Query.Text(text: text.joined(separator: "\n"), source: 0..<0), by: phraseChannel, in: session)
    let asked = AskedText(
      source: 0..<0, text: "", field: .text, weight: 1, content: .clause(ExpandedClause(clause)),
      isExcluded: false)
    var table = LeafTable(
      weights: RankingWeights(), phraseChannel: phraseChannel,
      withWords: analyzer.name.makesWords, limit: Self.similarLeaves, dampsRepetition: true)
    table.add(asked)
    var frequencies = FrequencySource(nil, on: snapshot)
    var terms = KnownTerms()
    try table.weigh(on: snapshot, by: &frequencies, &terms)
    self.terms = terms
    statistics = frequencies.statistics
    models = BM25.models(snapshot.similarity, over: frequencies.statistics)
    found = .all([
      .joining(any: table.leaves(of: asked).finding.map { .part(.leaf($0)) }),
      .not(.part(.article(segment: place.segment, document: place.document))),
    ])
    whole = .any([])
    leaves = table.leaves
    // Passages show what finds, whole: of all that both articles hold the most says nothing.
    let channel = phraseChannel
    let shown = FieldID(.text, analyzer.name.makesWords ? .words : channel)
    let words = table.leaves.filter { $0.field == shown && $0.matchesAlone }
    scoring = words.map { leaf in
      let clause = AnalyzedClause(
        Query.Text(text: Leaf.text(of: leaf.terms), isQuoted: true, source: 0..<0),
        by: channel, in: session)
      return AskedText(
        source: 0..<0, text: "", field: .text, weight: 1, content: .clause(ExpandedClause(clause)),
        isExcluded: false)
    }
    wholes = []
    notes = []
    leavesLeftOut = 0
    scoresAll = true
    scale = ScoreScale(total: leaves.reduce(0) { $0 + $1.weight })
    self.sources = sources
  }

  /// How much of an article is looked at for others like it, and by how much they are looked for.
  private static let similarCharacters = 4_000
  private static let similarLeaves = 64

  /// The weighting model of a field.
  func model(of field: FieldID) -> BM25 {
    guard let model = models[field] else { preconditionFailure("every field has a model") }
    return model
  }
}

/// Makes criteria of the texts of a query.
private struct Criteria {
  private(set) var wholes: [QueryPlan.Whole] = []
  private let asked: [Int: AskedText]
  private let table: LeafTable
  private let channel: Channel
  private let fields: FieldSchema
  private var known: [QueryPlan.Whole: Int] = [:]

  init(
    _ asked: [AskedText], _ table: LeafTable, by channel: Channel, fields: FieldSchema
  ) {
    self.fields = fields
    self.asked = Dictionary(
      asked.map { ($0.source.lowerBound, $0) }, uniquingKeysWith: { first, _ in first })
    self.table = table
    self.channel = channel
  }

  mutating func condition(
    for node: Query.Node, _ strictness: Strictness
  ) -> Condition<QueryPlan.Criterion>? {
    if case .filter(let filter) = node {
      if let kind = fields[filter.field] {
        if kind == .text { return AskedField(filter.field, in: fields).map { .part(.hasText($0)) } }
        return FieldTest(filter.condition, kind).map { .part(.field(filter.field, $0)) }
      }
      guard case .value(let part) = filter.condition else { return nil }
      return .part(.source(part))
    }
    guard let key = node.textKey, let asked = asked[key], asked.isSearchable else { return nil }
    let leaves = table.leaves(of: asked)
    if let exact = leaves.exact { return .part(.leaf(exact)) }
    if strictness == .pieces, !asked.isExcluded {
      return .joining(any: leaves.finding.map { .part(.leaf($0)) })
    }
    let whole = QueryPlan.Whole(asked, by: channel)
    guard !whole.variants.isEmpty else { return .any([]) }
    let index = known[whole] ?? wholes.count
    if index == wholes.count {
      known[whole] = index
      wholes.append(whole)
    }
    return .part(.whole(index))
  }
}

extension QueryPlan.Whole {
  fileprivate init(_ asked: AskedText, by channel: Channel) {
    field = FieldID(asked.part, channel)
    name = asked.field.name
    switch asked.content {
    case .clause(let expanded):
      variants = expanded.wholes
      near = nil
    case .variants(let clauses):
      variants = clauses.map(\.whole)
      near = nil
    case .near(let clauses, let distance):
      let near = Near(clauses, distance: distance)
      self.near = near
      variants = [near.terms]
    }
  }
}
