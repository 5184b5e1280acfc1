internal import SuoyinIndex
internal import SuoyinText

/// A text that a query is compared with, by its units and words.
struct ComparedText {
  /// A run of units that clause and text share, and that neither goes on with at either end.
  struct SharedRun {
    /// Of the clause.
    let units: Range<Int>
    /// The first unit of the text.
    let start: Int
  }

  private let analysis: Analysis
  private let terms: [[UInt8]]
  private let words: [[UInt8]: Int]
  /// For each byte of the original the scalars that begin before it.
  private let scalarsBefore: [Int]

  /// - Complexity: O(n).
  init(_ analysis: Analysis) {
    self.analysis = analysis
    terms = analysis.units.indices.map { analysis.term(of: Gram(units: $0..<$0 + 1)) }
    words = Dictionary(analysis.words.map { (analysis.term(of: $0), 1) }, uniquingKeysWith: +)
    var count = 0
    var before: [Int] = []
    for byte in analysis.original.utf8 {
      before.append(count)
      if byte & 0xC0 != 0x80 { count += 1 }
    }
    scalarsBefore = before + [count]
  }

  func count(ofWord term: [UInt8]) -> Int { words[term] ?? 0 }

  /// How often the text has these units side by side.
  func count(of units: [AnalyzedClause.Unit]) -> Int { places(of: units).count }

  /// At which positions the text has these units side by side.
  func positions(of units: [AnalyzedClause.Unit]) -> [UInt32] {
    places(of: units).map { analysis.units[$0].position }
  }

  /// The different terms that fit a pattern.
  func terms(fitting pattern: TermPattern, by channel: Channel) -> [[UInt8]] {
    let all = channel == .grams ? terms : Array(words.keys)
    return Set(all.filter { pattern.matches($0) }).sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// The pieces that the text has where it has these units, cut otherwise; empty where it has them
  /// nowhere.
  func cut(of units: [AnalyzedClause.Unit]) -> [String] {
    guard let start = places(of: units).first else { return [] }
    let range = start..<start + units.count
    return analysis.words.filter { $0.units.overlaps(range) }
      .map { analysis.folded.string(in: $0.range) }
  }

  /// Where units of the text stand in the original, in scalars.
  func source(of units: Range<Int>) -> Range<Int> {
    let folded =
      analysis.units[units.lowerBound].range
      .lowerBound..<analysis.units[units.upperBound - 1]
      .range.upperBound
    let source = analysis.folded.source(of: folded)
    return scalarsBefore[source.lowerBound.utf8]..<scalarsBefore[source.upperBound.utf8]
  }

  private func places(of units: [AnalyzedClause.Unit]) -> [Int] {
    guard let first = units.first, units.count <= terms.count else { return [] }
    return (0...terms.count - units.count).filter { start in
      units.indices.allSatisfy { unit in
        terms[start + unit] == units[unit].term
          && distance(from: start, to: start + unit) == units[unit].offset - first.offset
      }
    }
  }

  private func distance(from a: Int, to b: Int) -> UInt32 {
    analysis.units[b].position - analysis.units[a].position
  }

  /// Every run of units that the text and a clause share and that cannot be made longer.
  ///
  /// - Complexity: O(units of the text · units of the clause).
  func runs(of units: [AnalyzedClause.Unit]) -> [SharedRun] {
    var runs: [SharedRun] = []
    // The length of the run that ends at the unit of the text before, for each unit of the clause.
    var before = [Int](repeating: 0, count: units.count)
    for at in terms.indices {
      var lengths = [Int](repeating: 0, count: units.count)
      for unit in units.indices where terms[at] == units[unit].term {
        let goesOn =
          at > 0 && unit > 0 && before[unit - 1] > 0
          && distance(from: at - 1, to: at) == units[unit].offset - units[unit - 1].offset
        lengths[unit] = goesOn ? before[unit - 1] + 1 : 1
      }
      for unit in units.indices
      where before[unit] > 0 && (unit + 1 == units.count || lengths[unit + 1] <= before[unit]) {
        runs.append(SharedRun(units: unit + 1 - before[unit]..<unit + 1, start: at - before[unit]))
      }
      before = lengths
    }
    for unit in units.indices where before[unit] > 0 {
      runs.append(
        SharedRun(units: unit + 1 - before[unit]..<unit + 1, start: terms.count - before[unit]))
    }
    return runs
  }

  /// A shared run for people to read.
  func run(_ run: SharedRun, of clause: AnalyzedClause) -> QueryComparison.Run {
    let end = run.start + run.units.count
    let before = run.units.lowerBound
    return QueryComparison.Run(
      text: clause.typed(run.units), source: source(of: run.start..<end),
      before: before == 0
        ? nil
        : parting(
          clause, before - 1, beside: before, text: run.start - 1, beside: run.start),
      after: run.units.upperBound == clause.units.count
        ? nil
        : parting(
          clause, run.units.upperBound, beside: run.units.upperBound - 1, text: end,
          beside: end - 1))
  }

  private func parting(
    _ clause: AnalyzedClause, _ unit: Int, beside last: Int, text at: Int, beside lastAt: Int
  ) -> QueryComparison.Parting {
    let typed = clause.typed(unit..<unit + 1)
    guard terms.indices.contains(at) else {
      return QueryComparison.Parting(query: typed, text: nil, sentenceEnd: nil)
    }
    let gap = distance(from: min(at, lastAt), to: max(at, lastAt))
    let asked = clause.units[max(unit, last)].offset - clause.units[min(unit, last)].offset
    return QueryComparison.Parting(
      query: typed, text: analysis.folded.string(in: analysis.units[at].range),
      sentenceEnd: gap == asked ? nil : gap < asked ? .query : sentenceEnd(between: at, lastAt))
  }

  private func sentenceEnd(between a: Int, _ b: Int) -> QueryComparison.SentenceEnd {
    let range =
      analysis.units[min(a, b)].range.upperBound
      .utf16..<analysis.units[max(a, b)].range.lowerBound
      .utf16
    return analysis.folded.utf16[range].contains { (0x0A...0x0D).contains($0) || $0 == 0x2028 }
      ? .lineEnd : .mark
  }
}
