/// Takes what an analysis finds, in the order of the text: terms for an index, or the parts with
/// their offsets for whoever wants to see them. The one walk over the text is specialized for each.
protocol TermSink: ~Copyable {
  /// A word, as a range of `text`.
  mutating func word(_ range: Range<Int>, of text: Span<UInt16>)
  /// The pieces that cover `text`, of which those that are words are handed over.
  mutating func words(_ pieces: Span<WordPiece>, of text: Span<UInt16>)
  /// A unit; `previous` is the character before it with which it makes a pair.
  mutating func unit(
    _ kind: Unit.Kind, _ range: Range<Int>, at position: UInt32, pairedWith previous: Range<Int>?,
    of text: Span<UInt16>)
  /// Characters without marks, of one code unit and three bytes each, with what is ignored between
  /// them: units from `position` on, each of which makes a pair with the one before it; the first
  /// does so with its like at `previous`. As many as there are from `start` on, or fewer.
  ///
  /// - Parameters:
  ///   - start: where a character stands.
  ///   - classes: those of the text's code units.
  mutating func characters(
    from start: Int, at position: UInt32, pairedWith previous: Int?, of text: Span<UInt16>,
    _ classes: Span<CharacterClass?>
  ) -> CharacterRun
  /// Runs of letters and of digits in ASCII, with the ends of sentences before them, of which `start`
  /// is the first or lies within what comes before it: as many as there are, or fewer, or none, and
  /// then they are handed over one by one.
  ///
  /// - Parameter classes: those of the text's code units, ASCII's among them.
  mutating func units(
    from state: UnitState, of text: Span<UInt16>, _ classes: Span<CharacterClass?>
  ) -> UnitState
  /// The end of a sentence or paragraph between two units.
  mutating func sentenceEnd(at position: UInt32)
}

extension TermSink where Self: ~Copyable {
  mutating func words(_ pieces: Span<WordPiece>, of text: Span<UInt16>) {
    var start = 0
    for i in pieces.indices {
      let piece = pieces[i]
      if piece.isWord { word(start..<piece.end, of: text) }
      start = piece.end
    }
  }

  mutating func characters(
    from start: Int, at position: UInt32, pairedWith previous: Int?, of text: Span<UInt16>,
    _ classes: Span<CharacterClass?>
  ) -> CharacterRun {
    var run = CharacterRun(count: 0, end: start)
    var before = previous.map { $0..<$0 + 1 }
    for i in start..<text.count {
      guard classes.staysInRun(text[i]) else { break }
      guard classes.isCharacter(text[i]) else { continue }
      if classes.mayBeMark(at: i + 1, in: text) { break }
      unit(.character, i..<i + 1, at: position + UInt32(run.count), pairedWith: before, of: text)
      before = i..<i + 1
      run = CharacterRun(count: run.count + 1, end: i + 1)
    }
    return run
  }

  mutating func units(
    from state: UnitState, of text: Span<UInt16>, _ classes: Span<CharacterClass?>
  ) -> UnitState {
    state
  }
}

/// Characters that a sink has taken at once: how many, and where the last ends.
struct CharacterRun {
  var count: Int
  var end: Int
}

/// How far a sink has taken units at once.
struct UnitState {
  /// Where the next one is looked for.
  var end: Int
  /// How many it has taken.
  var count = 0
  /// The position of the next one, if nothing ends before it.
  var position: UInt32
  /// Whether a sentence or paragraph ended since the last one.
  var isAfterEnd: Bool
}

/// Puts terms into batches.
struct BatchSink: TermSink, ~Copyable {
  private var words: TokenBatch
  private var grams: TokenBatch

  /// Takes the batches over; ``finish(words:grams:)`` gives them back.
  init(words: inout TokenBatch, grams: inout TokenBatch) {
    self.words = words
    self.grams = grams
    (words, grams) = (TokenBatch(), TokenBatch())
  }

  consuming func finish(words: inout TokenBatch, grams: inout TokenBatch) {
    words = self.words
    grams = self.grams
  }

  @inline(__always)
  mutating func word(_ range: Range<Int>, of text: Span<UInt16>) {
    words.append(range, of: text)
    words.fieldLength &+= 1
  }

  mutating func words(_ pieces: Span<WordPiece>, of text: Span<UInt16>) {
    let before = words.count
    words.append(wordsAmong: pieces, of: text)
    words.fieldLength &+= UInt32(truncatingIfNeeded: words.count &- before)
  }

  /// A word in other bytes than those of the text.
  mutating func word(_ bytes: [UInt8]) {
    words.append(bytes)
    words.fieldLength &+= 1
  }

  @inline(__always)
  mutating func unit(
    _ kind: Unit.Kind, _ range: Range<Int>, at position: UInt32, pairedWith previous: Range<Int>?,
    of text: Span<UInt16>
  ) {
    // The pair comes before its second unit: it stands at the position of its first.
    if let previous { grams.append(previous, range, of: text, position: position &- 1) }
    grams.append(range, of: text, position: position)
    grams.fieldLength &+= 1
  }

  @inline(__always)
  mutating func characters(
    from start: Int, at position: UInt32, pairedWith previous: Int?, of text: Span<UInt16>,
    _ classes: Span<CharacterClass?>
  ) -> CharacterRun {
    var (from, at) = (start, position)
    if previous == nil {
      from &+= 1
      if classes.mayBeMark(at: from, in: text) { return CharacterRun(count: 0, end: start) }
      grams.append(start..<from, of: text, position: position)
      at &+= 1
    }
    var run = grams.appendPairsAndUnits(
      from: from, after: previous ?? start, of: text, classes, position: at)
    if previous == nil { run.count &+= 1 }
    grams.fieldLength &+= UInt32(truncatingIfNeeded: run.count)
    return run
  }

  @inline(__always)
  mutating func units(
    from state: UnitState, of text: Span<UInt16>, _ classes: Span<CharacterClass?>
  ) -> UnitState {
    let state = grams.appendUnits(from: state, of: text, classes)
    grams.fieldLength &+= UInt32(truncatingIfNeeded: state.count)
    return state
  }

  @inline(__always)
  mutating func sentenceEnd(at position: UInt32) {
    grams.append(Term.sentenceEnd, position: position)
  }
}

/// Keeps units with their ranges, and with them words and grams where these are wanted.
struct PartSink: TermSink {
  /// Whether ``grams`` are wanted.
  var keepsGrams = true
  var words: [Range<Int>] = []
  var units: [Unit] = []
  var grams: [Gram] = []

  mutating func word(_ range: Range<Int>, of text: Span<UInt16>) {
    words.append(range)
  }

  mutating func unit(
    _ kind: Unit.Kind, _ range: Range<Int>, at position: UInt32, pairedWith previous: Range<Int>?,
    of text: Span<UInt16>
  ) {
    if keepsGrams {
      let index = units.count
      if previous != nil { grams.append(Gram(units: index - 1..<index + 1)) }
      grams.append(Gram(units: index..<index + 1))
    }
    units.append(Unit(kind: kind, range: Range(folded: range), position: position))
  }

  mutating func sentenceEnd(at position: UInt32) {
    if keepsGrams { grams.append(Gram(units: units.count..<units.count)) }
  }
}

extension Range<FoldedOffset> {
  init(folded range: Range<Int>) {
    self = FoldedOffset(utf16: range.lowerBound)..<FoldedOffset(utf16: range.upperBound)
  }
}
