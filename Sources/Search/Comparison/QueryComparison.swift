internal import SuoyinIndex
public import SuoyinText

/// What a query and a text have in common, and where they part: the answer to “why does this not
/// match?”.
///
/// It goes by what a search goes by, but over one text instead of an index.
public struct QueryComparison: Sendable {
  /// Something that is looked for, and how often the text has it.
  public struct Part: Equatable, Sendable {
    /// As it was typed.
    public let text: String
    public let count: Int
    /// Whether an article that has nothing else of its clause is found by it.
    public let matchesAlone: Bool
    /// For a word that the text has, but cut otherwise: the pieces it has there.
    public let cutInText: [String]
  }

  /// The longest run of units that a clause and the text share, where the text does not have all.
  public struct Run: Equatable, Sendable {
    /// The shared run as it was typed.
    public let text: String
    /// Its first place in the text, in scalars of the original.
    public let source: Range<Int>
    /// Why the run does not begin earlier; nil where it begins as the clause does.
    public let before: Parting?
    /// Why it does not go on; nil where it ends as the clause does.
    public let after: Parting?
  }

  /// What stands in the clause and in the text beside a shared run.
  public struct Parting: Equatable, Sendable {
    /// The next unit of the clause.
    public let query: String
    /// The next unit of the text; nil where the text ends.
    public let text: String?
    /// What lies between the run and that unit in the text but not in the clause, or the other way
    /// round.
    public let sentenceEnd: SentenceEnd?

    public init(query: String, text: String?, sentenceEnd: SentenceEnd?) {
      self.query = query
      self.text = text
      self.sentenceEnd = sentenceEnd
    }
  }

  /// A sentence end on one side only.
  public enum SentenceEnd: String, Sendable {
    /// The text has a mark that ends a sentence, as 。 or !
    case mark
    /// The text has a line end, which repair did not take out.
    case lineEnd
    /// The query has one that the text has not.
    case query
  }

  /// A clause of the query, compared.
  public struct Clause: Sendable {
    public let text: String
    public let isQuoted: Bool
    public let isExcluded: Bool
    /// Where the text holds it whole, in scalars of the original.
    public let wholes: [Range<Int>]
    /// Nil where the text holds the clause whole, or nothing of it.
    public let longest: Run?
    public let units: [Part]
    /// Of the words channel; none where it is not asked.
    public let words: [Part]
    /// Of the grams channel; none where it is not asked.
    public let grams: [Part]
    /// Each synonym that it is looked for as, too.
    public let synonyms: [Part]
    /// Whether an article with this text is found by the clause.
    public let isFound: Bool
    /// Whether the text holds the clause or one of its variants with synonyms.
    let isWhole: Bool
  }

  public let clauses: [Clause]

  /// Whether an article of this text, without a title or a path, is found.
  public let isFound: Bool

  /// - Parameters:
  ///   - query: as for a search.
  ///   - text: what it is compared with.
  ///   - repairingLines: of the text.
  ///   - analyzer: of both.
  ///   - fields: of the index that the query is for; what it asks of these is not compared.
  /// - Complexity: O(u · v) for u units of the query and v of the text.
  public init(
    _ query: String, with text: String, repairingLines: Bool = true, by analyzer: Analyzer = .cjk,
    fields: FieldSchema = FieldSchema()
  ) {
    let session = analyzer.makeSession()
    let compared = ComparedText(session.analyze(text, repairingLines: repairingLines))
    let channel: Channel = analyzer.name.makesGrams ? .grams : .words
    let root = QueryParser.parse(query).resolved(in: fields).root
    let reading = TextReading(
      root, of: fields, by: channel, synonyms: analyzer.synonyms, in: session
    ) { (pattern, _) in (compared.terms(fitting: pattern, by: channel), false) }
    var clauses: [Clause] = []
    // By the place of a text, whether it is found by pieces, and whether it is held whole.
    var held: [Int: (byPieces: Bool, whole: Bool)] = [:]
    for asked in reading.asked where asked.isSearchable && asked.part != .further {
      let compare = { (clause: ExpandedClause) in
        Clause(
          clause, with: compared, excluded: asked.isExcluded, by: channel, analyzer.name.makesWords)
      }
      let own: [Clause]
      let holds: Bool
      switch asked.content {
      case .clause(let clause):
        own = [compare(clause)]
        holds = own[0].isWhole
      case .variants(let variants):
        own = variants.map { compare(ExpandedClause($0)) }
        holds = own.contains(where: \.isWhole)
      case .near(let parts, let distance):
        own = parts.map { compare(ExpandedClause($0)) }
        let near = Near(parts, distance: distance)
        holds =
          channel == .grams
          ? near.count(parts.map { compared.positions(of: $0.units) }) > 0
          : own.allSatisfy(\.isWhole)
      }
      held[asked.source.lowerBound] = (own.contains(where: \.isFound) && own.count == 1, holds)
      clauses += own
    }
    self.clauses = clauses.filter { !$0.isExcluded } + clauses.filter(\.isExcluded)
    let found: Condition<Bool>? = root.found(by: .pieces) { node, strictness in
      guard let text = node.textKey.flatMap({ held[$0] }) else { return nil }
      return .part(text.whole || strictness == .pieces && text.byPieces)
    }
    isFound = found?.isFulfilled { $0 } ?? false
  }
}

extension QueryComparison.Clause {
  fileprivate init(
    _ expanded: ExpandedClause, with compared: ComparedText, excluded: Bool, by channel: Channel,
    _ makesWords: Bool
  ) {
    typealias Part = QueryComparison.Part
    let clause = expanded.clause
    text = clause.text
    isQuoted = clause.isQuoted
    isExcluded = excluded
    let runs = compared.runs(of: clause.units)
    let starts = runs.filter { $0.units == clause.units.indices }.map(\.start)
    wholes = starts.map { compared.source(of: $0..<$0 + clause.units.count) }
    longest =
      starts.isEmpty
      ? runs.max { ($0.units.count, $1.start) < ($1.units.count, $0.start) }
        .map { compared.run($0, of: clause) } : nil
    units = clause.units.indices.map { unit in
      Part(
        text: clause.typed(unit..<unit + 1), count: compared.count(of: [clause.units[unit]]),
        matchesAlone: false, cutInText: [])
    }
    words =
      makesWords && !(clause.isQuoted && channel == .grams)
      ? clause.wordsAsked(by: channel).map { word in
        let count = compared.count(ofWord: word.term)
        return Part(
          text: clause.typed(word.units), count: count, matchesAlone: word.matchesAlone,
          cutInText: count > 0 ? [] : compared.cut(of: Array(clause.units[word.units])))
      } : []
    grams =
      channel == .grams && !clause.isQuoted
      ? clause.atoms.map { atom in
        Part(
          text: clause.typed(atom.units),
          count: compared.count(of: Array(clause.units[atom.units])),
          matchesAlone: atom.matchesAlone, cutInText: [])
      } : []
    let synonyms = expanded.expansions.flatMap { expansion in
      expansion.others.map { other in
        Part(
          text: other.text,
          count: channel == .grams
            ? compared.count(of: other.units)
            : other.atoms.map { compared.count(ofWord: $0.terms[0].term) }.min() ?? 0,
          // As the part of the clause that it stands for.
          matchesAlone: clause.finds(alone: expansion.units), cutInText: [])
      }
    }
    self.synonyms = synonyms
    let isWhole = expanded.variants.contains { variant in
      channel == .grams
        ? compared.count(of: variant.units) > 0
        : !variant.atoms.isEmpty
          && variant.atoms.allSatisfy { compared.count(ofWord: $0.terms[0].term) > 0 }
    }
    let isFoundByPart = (words + grams + synonyms).contains { $0.matchesAlone && $0.count > 0 }
    self.isWhole = isWhole
    isFound = isWhole || !excluded && !clause.isQuoted && isFoundByPart
  }
}

extension AnalyzedClause {
  /// The words as they are looked for.
  fileprivate func wordsAsked(by channel: Channel) -> [Word] {
    guard channel == .words else { return words }
    return atoms.map {
      Word(term: $0.terms[0].term, units: $0.units, matchesAlone: $0.matchesAlone)
    }
  }

  /// Whether a piece of the clause inside these units finds articles by itself.
  fileprivate func finds(alone units: Range<Int>) -> Bool {
    func isInside(_ piece: Range<Int>) -> Bool {
      !piece.isEmpty && units.lowerBound <= piece.lowerBound && piece.upperBound <= units.upperBound
    }
    return words.contains { $0.matchesAlone && isInside($0.units) }
      || atoms.contains { $0.matchesAlone && isInside($0.units) }
  }
}
