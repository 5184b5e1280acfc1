internal import SuoyinText

/// A clause as the index knows it: its units, and the pieces of it that may be found.
struct AnalyzedClause: Sendable {
  /// One unit of the clause.
  struct Unit: Equatable, Sendable {
    /// The term, UTF-8.
    let term: [UInt8]
    /// How it was typed.
    let typed: String
    /// Ordinals from the clause's first unit; a sentence end inside the clause leaves a gap.
    let offset: UInt32
  }

  /// A piece that is looked for in the grams channel: one term, or several as a phrase.
  struct Atom: Sendable {
    /// The units that it covers.
    let units: Range<Int>
    let terms: [PhraseTerm]
    /// Whether an article that holds nothing else of the clause is found by it.
    let matchesAlone: Bool
  }

  /// A word of the clause in the words channel.
  struct Word: Sendable {
    let term: [UInt8]
    /// The units that it overlaps.
    let units: Range<Int>
    let matchesAlone: Bool
  }

  let text: String
  let isQuoted: Bool
  let units: [Unit]
  let words: [Word]
  let atoms: [Atom]
  /// Terms of the grams channel that together hold the clause as a run of units.
  let whole: [PhraseTerm]

  /// Analyzes a clause.
  ///
  /// One character that stands among others is not looked for by itself: 力 of 赛力斯 would find
  /// every article with 力 in it. It still counts for the rank of what the clause's other pieces
  /// find. For the same reason the parts of C919 are looked for only together. A clause that has
  /// nothing but single characters, as `难！难！`, is looked for by these.
  init(_ clause: Query.Clause, in session: AnalysisSession) {
    let analysis = session.analyze(clause.text, repairingLines: false)
    let units = analysis.units
    let first = units.first?.position ?? 0
    text = clause.text
    isQuoted = clause.isQuoted
    let bytes = Array(clause.text.utf8)
    self.units = units.indices.map { index in
      let source = analysis.folded.source(of: units[index].range)
      return Unit(
        term: analysis.term(of: Gram(units: index..<index + 1)),
        typed: String(
          decoding: bytes[source.lowerBound.utf8..<source.upperBound.utf8], as: UTF8.self),
        offset: units[index].position - first)
    }

    let isSingles = units.indices.allSatisfy {
      units[$0].kind == .character && !PhraseTerm.isPair($0, $0 + 1, in: units)
    }
    words = analysis.words.map { word in
      let isOneCharacter = word.units.count == 1 && units[word.units.lowerBound].kind == .character
      return Word(
        term: analysis.term(of: word), units: word.units,
        matchesAlone: !isOneCharacter || isSingles)
    }

    func phrase(_ range: Range<Int>) -> [PhraseTerm] {
      PhraseTerm.cover(of: range, in: analysis, from: units[range.lowerBound].position)
    }
    var atoms: [Atom] = []
    var at = 0
    let runs = Self.alphanumericRuns(of: analysis)
    while at < units.count {
      if let run = runs[at] {
        atoms.append(Atom(units: run, terms: phrase(run), matchesAlone: true))
        at = run.upperBound
        continue
      }
      let pairsWithNext = PhraseTerm.isPair(at, at + 1, in: units)
      let pairsWithLast = PhraseTerm.isPair(at - 1, at, in: units)
      if pairsWithNext {
        atoms.append(
          Atom(units: at..<at + 2, terms: phrase(at..<at + 2), matchesAlone: true))
      } else if !pairsWithLast {
        atoms.append(
          Atom(units: at..<at + 1, terms: phrase(at..<at + 1), matchesAlone: isSingles))
      }
      at += 1
    }
    self.atoms = atoms
    whole = units.isEmpty ? [] : phrase(0..<units.count)
  }

  /// For each unit at which letters and digits begin that one word holds together, their range.
  private static func alphanumericRuns(of analysis: Analysis) -> [Int: Range<Int>] {
    var runs: [Int: Range<Int>] = [:]
    let units = analysis.units
    func add(_ range: Range<Int>) {
      if !range.isEmpty { runs[range.lowerBound] = range }
    }
    var inWords = Array(repeating: false, count: units.count)
    for word in analysis.words {
      var start = word.units.lowerBound
      for unit in word.units {
        inWords[unit] = true
        if units[unit].kind == .character {
          add(start..<unit)
          start = unit + 1
        }
      }
      if start < word.units.upperBound { add(start..<word.units.upperBound) }
    }
    for unit in units.indices where !inWords[unit] && units[unit].kind != .character {
      add(unit..<unit + 1)
    }
    return runs
  }
}
