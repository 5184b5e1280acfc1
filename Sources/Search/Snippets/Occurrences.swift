internal import SuoyinText

/// A piece of the query where a text holds it.
struct Occurrence: Sendable {
  /// Which clause of the query it is a piece of.
  let clause: Int
  /// Which piece: an ordinal over all clauses.
  let piece: Int
  /// Which run of units that text and clause share holds it; pieces of one run belong together.
  let run: Int
  let weight: Double
  /// The text's units that it covers.
  let units: Range<Int>

  func isIn(_ passage: Range<Int>) -> Bool {
    passage.lowerBound <= units.lowerBound && units.upperBound <= passage.upperBound
  }
}

extension QueryPieces {
  /// Every place at which a text holds a piece of the query, in the order of the text.
  ///
  /// Runs of units that text and clause share are followed from their first unit to their last, the
  /// longest of those that begin at a unit, and every piece inside such a run occurs; where the run
  /// holds whole words of the clause, inside these. A text that holds nothing but parts of words is
  /// shown with them.
  ///
  /// - Complexity: linear in the units of the text times the places in the query of each. Where a
  ///   text and a query that repeat the same units would take more than a million steps, the
  ///   rest of the text is left out.
  func occurrences(in analysis: Analysis) -> [Occurrence] {
    let runs = SharedRuns(analysis, self).found
    let found = occurrences(of: runs, wholeWords: true)
    return found.isEmpty ? occurrences(of: runs, wholeWords: false) : found
  }

  private func occurrences(of runs: [SharedRun], wholeWords: Bool) -> [Occurrence] {
    var found: [Occurrence] = []
    for (index, run) in runs.enumerated() {
      let clause = clauses[run.clause]
      let shown = wholeWords ? wordsInside(run.units, of: clause) : run.units
      // A clause may have thousands of pieces, and a text as many runs of a few units.
      let first = clause.pieces.partitioningIndex { $0.units.lowerBound >= shown.lowerBound }
      for offset in first..<clause.pieces.count {
        let piece = clause.pieces[offset]
        if piece.units.lowerBound >= shown.upperBound { break }
        guard piece.units.upperBound <= shown.upperBound else { continue }
        let start = run.start + piece.units.lowerBound - run.units.lowerBound
        found.append(
          Occurrence(
            clause: run.clause, piece: clause.firstPiece + offset, run: index,
            weight: piece.weight, units: start..<start + piece.units.count))
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
    let first = clause.words.partitioningIndex { $0.units.lowerBound >= run.lowerBound }
    let end = clause.words.partitioningIndex { $0.units.upperBound > run.upperBound }
    guard first < end else { return run }
    if end - first == 1 && !clause.words[first].matchesAlone {
      return run.lowerBound..<run.lowerBound
    }
    return clause.words[first].units.lowerBound..<clause.words[end - 1].units.upperBound
  }
}

/// A run of units that a text and a clause share.
private struct SharedRun {
  let clause: Int
  /// The units of the clause.
  let units: Range<Int>
  /// The first unit of the text.
  let start: Int
}

/// The runs of units that a text shares with a query.
private struct SharedRuns {
  private(set) var found: [SharedRun] = []

  private let query: QueryPieces
  private let units: [Unit]
  /// For each unit of the text the number of its term among the query's, -1 for any other term.
  private let terms: [Int]
  private var stepsLeft = 1 << 20

  init(_ analysis: Analysis, _ query: QueryPieces) {
    self.query = query
    units = analysis.units
    terms = query.numbers(in: analysis)
    for unit in units.indices where terms[unit] >= 0 && stepsLeft > 0 {
      findRuns(from: unit)
    }
  }

  /// Takes in for each clause the longest run that begins at a unit of the text.
  private mutating func findRuns(from unit: Int) {
    var longest: SharedRun?
    for place in query.places[terms[unit]] {
      stepsLeft -= 1
      if unit > 0, place.unit > 0, continues(at: unit, place.clause, place.unit) { continue }
      let length = length(from: unit, place)
      if let run = longest, run.clause != place.clause {
        found.append(run)
        longest = nil
      }
      if length > longest?.units.count ?? 0 {
        longest = SharedRun(
          clause: place.clause, units: place.unit..<place.unit + length, start: unit)
      }
    }
    if let longest { found.append(longest) }
  }

  private mutating func length(from unit: Int, _ place: QueryPieces.Place) -> Int {
    let count = min(units.count - unit, query.clauses[place.clause].units.count - place.unit)
    var length = 1
    while length < count, stepsLeft > 0,
      query.shows(terms[unit + length], query.clauses[place.clause].terms[place.unit + length]),
      continues(at: unit + length, place.clause, place.unit + length)
    {
      length += 1
      stepsLeft -= 1
    }
    return length
  }

  /// Whether the units before both places are the same and as far away.
  private func continues(at unit: Int, _ clause: Int, _ clauseUnit: Int) -> Bool {
    let clause = query.clauses[clause]
    guard query.shows(terms[unit - 1], clause.terms[clauseUnit - 1]) else { return false }
    let distance = units[unit].position - units[unit - 1].position
    return distance == clause.units[clauseUnit].offset - clause.units[clauseUnit - 1].offset
  }
}
