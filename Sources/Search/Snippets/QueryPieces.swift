internal import SuoyinIndex
internal import SuoyinText

/// The pieces of a query that a passage can show, and what showing each is worth.
///
/// They are what the grams channel is searched for: the atoms of plain clauses that match alone,
/// and each clause whole. So a highlight is always a run of units that was asked for.
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
    let words: [AnalyzedClause.Word]
    let pieces: [Piece]
  }

  let clauses: [Clause]
  /// For each unit's term the places in the clauses where it stands.
  private let places: [[UInt8]: [Place]]

  struct Place: Sendable {
    let clause: Int
    let unit: Int
  }

  init(_ plan: QueryPlan, on snapshot: IndexSnapshot) throws(IndexError) {
    let field = FieldID(.text, .grams)
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
    var places: [[UInt8]: [Place]] = [:]
    for (index, clause) in plan.clauses.enumerated() {
      var pieces: [Piece] = []
      let atoms = clause.isQuoted ? [] : clause.atoms.filter(\.matchesAlone)
      for atom in atoms {
        pieces.append(Piece(units: atom.units, weight: try weight(of: atom.terms)))
      }
      if pieces.isEmpty || clause.units.count > pieces[0].units.count {
        pieces.append(
          Piece(units: clause.units.indices, weight: try weight(of: clause.whole)))
      }
      clauses.append(Clause(units: clause.units, words: clause.words, pieces: pieces))
      for (unit, content) in clause.units.enumerated() {
        places[content.term, default: []].append(Place(clause: index, unit: unit))
      }
    }
    self.clauses = clauses
    self.places = places
  }

  /// Where a unit with this term stands in the clauses.
  func places(of term: [UInt8]) -> [Place] {
    places[term] ?? []
  }
}
