internal import SuoyinIndex
internal import SuoyinText

/// A clause as the index knows it: its units, and the pieces of it that may be found.
struct AnalyzedClause: Sendable {
  /// One unit of the clause.
  struct Unit: Equatable, Sendable {
    /// The term, UTF-8.
    let term: [UInt8]
    /// Where it was typed, in UTF-8 bytes of the clause's text.
    let source: Range<Int>
    /// Ordinals from the clause's first unit; a sentence end inside the clause leaves a gap.
    let offset: UInt32
    /// The terms that a text may have in its place, see ``LookalikeLookup``.
    var lookalikes: [[UInt8]] = []
  }

  /// A piece that is looked for: one term, or several as a phrase.
  struct Atom: Sendable {
    /// The units that it covers.
    let units: Range<Int>
    var terms: [PhraseTerm]
    /// Whether an article that holds nothing else of the clause is found by it.
    let matchesAlone: Bool
    /// Whether it has characters of two words, in a channel beside one of words.
    var crossesWords = false
  }

  /// A word of the clause as the words channel has it.
  struct Word: Sendable {
    var term: [UInt8]
    /// The units that it overlaps.
    let units: Range<Int>
    let matchesAlone: Bool
  }

  let text: String
  let isQuoted: Bool
  var units: [Unit]
  var words: [Word]
  var atoms: [Atom]
  /// Characters that count for the rank beside the pairs that they are in: all but kana.
  var singles: [Atom]
  /// For each unit whether it says nothing of what is looked for: see ``FunctionWords``.
  let isFunctional: [Bool]
  /// Terms that together hold the clause: in the grams channel as a run of units, in the words
  /// channel as words, wherever they stand.
  var whole: [PhraseTerm]
  /// For each place between units, from before the first to behind the last, whether no word and no
  /// run of letters and digits goes on across it.
  let borders: [Bool]

  /// Analyzes a clause.
  ///
  /// One character that stands among others is not looked for by itself: 力 of 赛力斯 would find
  /// every article with 力 in it. It still counts for the rank of what the clause's other pieces
  /// find. For the same reason the parts of C919 are looked for only together. A clause that has
  /// nothing but single characters, as `难！难！`, is looked for by these.
  ///
  /// - Parameter channel: that of the atoms and the whole; in the words channel each word is an atom.
  init(_ clause: Query.Text, by channel: Channel, in session: AnalysisSession) {
    let analysis = session.analyze(clause.text, repairingLines: false)
    let units = analysis.units
    let first = units.first?.position ?? 0
    text = clause.text
    isQuoted = clause.isQuoted
    self.units = units.indices.map { index in
      let source = analysis.folded.source(of: units[index].range)
      return Unit(
        term: analysis.term(of: Gram(units: index..<index + 1)),
        source: source.lowerBound.utf8..<source.upperBound.utf8,
        offset: units[index].position - first)
    }

    let isSingles = units.indices.allSatisfy {
      units[$0].kind == .character && !PhraseTerm.isPair($0, $0 + 1, in: units)
    }
    let words = analysis.words.map { word in
      let isOneCharacter = word.units.count == 1 && units[word.units.lowerBound].kind == .character
      return Word(
        term: analysis.term(of: word), units: word.units,
        matchesAlone: !isOneCharacter || isSingles)
    }

    self.words = words
    let runs = Self.alphanumericRuns(of: analysis)
    let borders = Self.borders(of: analysis, runs)
    self.borders = borders
    isFunctional = FunctionWords.units(of: analysis)
    guard channel == .grams else {
      let parts = words.filter { !$0.units.isEmpty }
      // Without grams nothing else finds a clause of words of one character.
      let isFoundByAny = !parts.contains(where: \.matchesAlone)
      atoms = parts.map { word in
        Atom(
          units: word.units, terms: [PhraseTerm(term: word.term, offset: 0)],
          matchesAlone: word.matchesAlone || isFoundByAny)
      }
      singles = []
      whole = parts.enumerated().map { PhraseTerm(term: $1.term, offset: UInt32($0)) }
      return
    }

    func phrase(_ range: Range<Int>) -> [PhraseTerm] {
      PhraseTerm.cover(of: range, in: analysis, from: units[range.lowerBound].position)
    }
    var atoms: [Atom] = []
    var singles: [Atom] = []
    var at = 0
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
          Atom(
            units: at..<at + 2, terms: phrase(at..<at + 2), matchesAlone: true,
            crossesWords: borders[at + 1] && !words.isEmpty))
      } else if !pairsWithLast {
        atoms.append(
          Atom(units: at..<at + 1, terms: phrase(at..<at + 1), matchesAlone: isSingles))
      }
      if pairsWithNext || pairsWithLast, !Self.isKana(at, in: analysis) {
        singles.append(
          Atom(units: at..<at + 1, terms: phrase(at..<at + 1), matchesAlone: false))
      }
      at += 1
    }
    self.atoms = atoms
    self.singles = singles
    whole = units.isEmpty ? [] : phrase(0..<units.count)
  }

  /// How units of the clause were typed.
  func typed(_ units: Range<Int>) -> String {
    guard !units.isEmpty else { return "" }
    let bytes =
      self.units[units.lowerBound].source
      .lowerBound..<self.units[units.upperBound - 1]
      .source.upperBound
    return String(decoding: Array(text.utf8)[bytes], as: UTF8.self)
  }

  /// Whether a piece touches what says nothing of what is looked for.
  func isFunctional(_ units: Range<Int>) -> Bool { isFunctional[units].contains(true) }

  private static func isKana(_ unit: Int, in analysis: Analysis) -> Bool {
    0x3041...0x30FF ~= analysis.folded.utf16[analysis.units[unit].range.lowerBound.utf16]
  }

  private static func borders(of analysis: Analysis, _ runs: [Int: Range<Int>]) -> [Bool] {
    var borders = Array(repeating: true, count: analysis.units.count + 1)
    for held in analysis.cut.map(\.units) + runs.values {
      for unit in held.dropFirst() { borders[unit] = false }
    }
    return borders
  }

  /// For each unit at which letters and digits begin that one word holds together, their range. An
  /// analyzer without words takes for one word what stands side by side.
  private static func alphanumericRuns(of analysis: Analysis) -> [Int: Range<Int>] {
    var runs: [Int: Range<Int>] = [:]
    let units = analysis.units
    func add(_ range: Range<Int>) {
      if !range.isEmpty { runs[range.lowerBound] = range }
    }
    var inWords = Array(repeating: false, count: units.count)
    for word in analysis.cut {
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
    var start = 0
    for unit in units.indices where !inWords[unit] && units[unit].kind != .character {
      let touches =
        unit > 0 && units[unit - 1].kind != .character && !inWords[unit - 1]
        && units[unit - 1].range.upperBound == units[unit].range.lowerBound
      if !touches { start = unit }
      add(start..<unit + 1)
    }
    return runs
  }
}

extension Analysis {
  /// The pieces of the cut, stop words among them.
  fileprivate var cut: [SuoyinText.Word] {
    stopWords.isEmpty
      ? words : (words + stopWords).sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}
