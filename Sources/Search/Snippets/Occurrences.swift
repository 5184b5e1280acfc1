internal import SuoyinText

/// A piece of the query where a text holds it.
struct Occurrence: Sendable {
  /// Which piece: an ordinal over all clauses.
  let piece: Int
  /// Which run of units that text and clause share holds it; pieces of one run belong together.
  let run: Int
  let weight: Double
  /// The text's units that it covers.
  let units: Range<Int>
}

extension QueryPieces {
  /// Every place at which a text holds a piece of the query, in the order of the text.
  ///
  /// Runs of units that text and clause share are followed from their first unit to their last, and
  /// every piece inside such a run occurs; where the run holds whole words of the clause, inside
  /// these. A text that holds nothing but parts of words is shown with them.
  ///
  /// - Complexity: linear in the units of the text, times the runs that begin at a unit.
  func occurrences(in analysis: Analysis) -> [Occurrence] {
    let text = AskedUnits(analysis, self)
    let found = occurrences(in: text, wholeWords: true)
    return found.isEmpty ? occurrences(in: text, wholeWords: false) : found
  }

  private func occurrences(in text: AskedUnits, wholeWords: Bool) -> [Occurrence] {
    var found: [Occurrence] = []
    var run = 0
    for unit in text.units.indices {
      for place in text.places[unit] where !text.continues(at: unit, place, self) {
        let shared = text.run(from: unit, place, self)
        let shown = wholeWords ? wordsInside(shared, of: clauses[place.clause]) : shared
        append(pieces(of: place.clause, in: shown), shift: unit - place.unit, run, to: &found)
        run += 1
      }
    }
    return found.sorted { a, b in
      a.units.lowerBound == b.units.lowerBound
        ? a.piece < b.piece : a.units.lowerBound < b.units.lowerBound
    }
  }

  /// A run without the parts of words at its ends: in 行业大脑 only 大脑 was asked for by 产业大脑. A
  /// run inside one word, as 智能 of 人工智能, is all there is; a run that holds one character as a
  /// word and parts of others, nothing that was asked for.
  private func wordsInside(_ run: Range<Int>, of clause: Clause) -> Range<Int> {
    guard run.count < clause.units.count else { return run }
    let words = clause.words.filter {
      !$0.units.isEmpty && run.lowerBound <= $0.units.lowerBound
        && $0.units.upperBound <= run.upperBound
    }
    guard let first = words.first, let last = words.last else { return run }
    if words.count == 1 && !first.matchesAlone { return run.lowerBound..<run.lowerBound }
    return first.units.lowerBound..<last.units.upperBound
  }

  /// The pieces of a clause that lie in a range of its units, with their ordinals over all clauses.
  private func pieces(of clause: Int, in shared: Range<Int>) -> [(ordinal: Int, piece: Piece)] {
    var ordinal = clauses[..<clause].reduce(0) { $0 + $1.pieces.count }
    var inside: [(ordinal: Int, piece: Piece)] = []
    for piece in clauses[clause].pieces {
      if shared.lowerBound <= piece.units.lowerBound, piece.units.upperBound <= shared.upperBound {
        inside.append((ordinal, piece))
      }
      ordinal += 1
    }
    return inside
  }

  private func append(
    _ pieces: [(ordinal: Int, piece: Piece)], shift: Int, _ run: Int,
    to found: inout [Occurrence]
  ) {
    for (ordinal, piece) in pieces {
      let start = piece.units.lowerBound + shift
      found.append(
        Occurrence(
          piece: ordinal, run: run, weight: piece.weight,
          units: start..<start + piece.units.count))
    }
  }
}

/// For each unit of a text where in the query it stands.
private struct AskedUnits {
  let units: [Unit]
  let places: [[QueryPieces.Place]]

  init(_ analysis: Analysis, _ query: QueryPieces) {
    units = analysis.units
    places = units.indices.map { unit in
      query.places(of: analysis.term(of: Gram(units: unit..<unit + 1)))
    }
  }

  /// Whether the units before both places belong to the same run, so that none begins here.
  func continues(at unit: Int, _ place: QueryPieces.Place, _ query: QueryPieces) -> Bool {
    guard unit > 0, place.unit > 0, holds(unit - 1, place.clause, place.unit - 1) else {
      return false
    }
    let clause = query.clauses[place.clause].units
    let distance = units[unit].position - units[unit - 1].position
    return distance == clause[place.unit].offset - clause[place.unit - 1].offset
  }

  /// The units of the clause in the run that begins at a unit of the text and a place.
  func run(from unit: Int, _ place: QueryPieces.Place, _ query: QueryPieces) -> Range<Int> {
    let clause = query.clauses[place.clause].units
    var length = 1
    while unit + length < units.count, place.unit + length < clause.count,
      holds(unit + length, place.clause, place.unit + length)
    {
      let next = QueryPieces.Place(clause: place.clause, unit: place.unit + length)
      guard continues(at: unit + length, next, query) else { break }
      length += 1
    }
    return place.unit..<place.unit + length
  }

  /// Whether a unit of the text is that unit of the clause.
  private func holds(_ unit: Int, _ clause: Int, _ clauseUnit: Int) -> Bool {
    places[unit].contains { $0.clause == clause && $0.unit == clauseUnit }
  }
}
