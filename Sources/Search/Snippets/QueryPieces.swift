internal import SuoyinIndex
internal import SuoyinText

/// The pieces of a query that a passage can show, and what showing each is worth.
///
/// They are what the index is searched for: the atoms of plain clauses that match alone, each
/// clause whole, and synonyms. So a highlight is always a run of units that was asked for.
struct QueryPieces: Sendable {
  struct Piece: Sendable {
    /// The units of its clause that it covers.
    let units: Range<Int>
    /// Its inverse document frequency, summed over its terms; the rarer the more it says.
    let weight: Double
  }

  /// One clause: its units, and its words and pieces in the order of the clause.
  struct Clause: Sendable {
    let units: [AnalyzedClause.Unit]
    /// The numbers of the units' terms.
    let terms: [Int]
    /// Those that overlap any unit.
    let words: [AnalyzedClause.Word]
    /// In the order of their first units.
    let pieces: [Piece]
    /// The ordinal of its first piece over all clauses.
    let firstPiece: Int
  }

  struct Place: Sendable {
    let clause: Int
    let unit: Int
  }

  let clauses: [Clause]
  /// The number of pieces of all clauses.
  let count: Int
  /// For each term's number the places where it stands, clause after clause.
  let places: [[Place]]
  /// For the number of each term that looks like others of the query, their numbers.
  private let alike: [Int: [Int]]
  private let numbers: [[UInt8]: Int]
  /// The numbers of the terms of one UTF-16 code unit, as Han characters are.
  private let ofCharacters: [UInt16: Int]
  /// For the low eight bits of a UTF-16 code unit whether a term begins with such a one.
  private let begins: [Bool]

  /// - Parameter asked: the field whose texts passages show.
  init(
    _ plan: QueryPlan, shownBy asked: AskedField, on snapshot: IndexSnapshot
  ) throws(IndexError) {
    let field = FieldID(asked.part, plan.phraseChannel)
    let documents = snapshot.statistics(of: field).documentCount
    func weight(of terms: [PhraseTerm]) throws(IndexError) -> Double {
      var sum = 0.0
      for term in terms {
        let df = try snapshot.documentFrequency(of: term.term, in: field)
        sum += BM25.inverseDocumentFrequency(df, of: documents)
      }
      return sum
    }
    var clauses: [Clause] = []
    var numbers: [[UInt8]: Int] = [:]
    var places: [[Place]] = []
    var alike: [Int: [Int]] = [:]
    func number(of term: [UInt8]) -> Int {
      let number = numbers[term] ?? places.count
      if number == places.count {
        numbers[term] = number
        places.append([])
      }
      return number
    }
    var pieceCount = 0
    let shown =
      (plan.lookalikes ?? plan).clauses(shownBy: asked) + plan.synonyms(shownBy: asked)
    for (index, clause) in shown.enumerated() {
      var pieces: [Piece] = []
      let isExact = clause.isQuoted && plan.phraseChannel == .grams
      let atoms = isExact ? [] : clause.atoms.filter(\.matchesAlone)
      if atoms.isEmpty || clause.units.count > atoms[0].units.count {
        pieces.append(
          Piece(units: clause.units.indices, weight: try weight(of: clause.whole)))
      }
      for atom in atoms {
        pieces.append(Piece(units: atom.units, weight: try weight(of: atom.terms)))
      }
      var terms: [Int] = []
      for (unit, content) in clause.units.enumerated() {
        let own = number(of: content.term)
        places[own].append(Place(clause: index, unit: unit))
        terms.append(own)
        for other in content.lookalikes.map(number(of:)) {
          places[other].append(Place(clause: index, unit: unit))
          alike[other, default: []].append(own)
        }
      }
      clauses.append(
        Clause(
          units: clause.units, terms: terms, words: clause.words.filter { !$0.units.isEmpty },
          pieces: pieces, firstPiece: pieceCount))
      pieceCount += pieces.count
    }
    self.clauses = clauses
    count = pieceCount
    self.places = places
    self.numbers = numbers
    self.alike = alike
    var begins = Array(repeating: false, count: 256)
    var ofCharacters: [UInt16: Int] = [:]
    for (term, number) in numbers {
      let units = Array(String(decoding: term, as: UTF8.self).utf16)
      if let first = units.first { begins[Int(first & 0xFF)] = true }
      if units.count == 1 { ofCharacters[units[0]] = number }
    }
    self.begins = begins
    self.ofCharacters = ofCharacters
  }

  /// Whether a term of a text, given by its number, is one of a clause or looks like it.
  func shows(_ term: Int, _ asked: Int) -> Bool {
    term == asked || !alike.isEmpty && alike[term]?.contains(asked) ?? false
  }

  /// The number of each unit's term, or -1 where the query does not hold it, as for most units.
  func numbers(in analysis: Analysis) -> [Int] {
    let text = analysis.folded.utf16.span
    return analysis.units.enumerated().map { (index, unit) in
      let first = text[unit.range.lowerBound.utf16]
      guard begins[Int(first & 0xFF)] else { return -1 }
      if unit.range.upperBound.utf16 - unit.range.lowerBound.utf16 == 1 {
        return ofCharacters[first] ?? -1
      }
      return numbers[analysis.term(of: Gram(units: index..<index + 1))] ?? -1
    }
  }
}
