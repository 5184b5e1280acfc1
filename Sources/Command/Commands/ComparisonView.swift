import Suoyin

/// The object that `suoyin analyze --with FILE --json` prints.
struct ComparisonView: Encodable {
  struct Part: Encodable {
    let text: String
    let count: Int
    let matchesAlone: Bool
    let cutInText: [String]

    private enum CodingKeys: String, CodingKey {
      case text, count
      case matchesAlone = "matches_alone"
      case cutInText = "cut_in_text"
    }

    init(_ part: QueryComparison.Part) {
      text = part.text
      count = part.count
      matchesAlone = part.matchesAlone
      cutInText = part.cutInText
    }
  }

  struct Parting: Encodable {
    let query: String
    let text: String?
    let sentenceEnd: String?

    private enum CodingKeys: String, CodingKey {
      case query, text
      case sentenceEnd = "sentence_end"
    }

    init(_ parting: QueryComparison.Parting) {
      query = parting.query
      text = parting.text
      sentenceEnd = parting.sentenceEnd?.rawValue
    }
  }

  struct Run: Encodable {
    let text: String
    let source: RangeView
    let before: Parting?
    let after: Parting?

    init(_ run: QueryComparison.Run) {
      text = run.text
      source = RangeView(run.source)
      before = run.before.map(Parting.init)
      after = run.after.map(Parting.init)
    }
  }

  struct Clause: Encodable {
    let text: String
    let quoted: Bool
    let excluded: Bool
    let found: Bool
    let wholes: [RangeView]
    let longest: Run?
    let units: [Part]
    let words: [Part]
    let grams: [Part]
    let synonyms: [Part]

    init(_ clause: QueryComparison.Clause) {
      text = clause.text
      quoted = clause.isQuoted
      excluded = clause.isExcluded
      found = clause.isFound
      wholes = clause.wholes.map(RangeView.init)
      longest = clause.longest.map(Run.init)
      units = clause.units.map(Part.init)
      words = clause.words.map(Part.init)
      grams = clause.grams.map(Part.init)
      synonyms = clause.synonyms.map(Part.init)
    }
  }

  let found: Bool
  let clauses: [Clause]

  init(_ comparison: QueryComparison) {
    found = comparison.isFound
    clauses = comparison.clauses.map(Clause.init)
  }
}
