/// Finds the units of folded text, their positions and pairs.
struct UnitScanner {
  private var classes = CharacterClasses()
  private let writesUnits = TermKernels.writesUnits

  /// Hands the units of `text` to `sink`.
  ///
  /// A unit's position is that of the one before plus one, and one more where one or more sentence
  /// or paragraph ends lie between; the first is at 0. Two characters make a pair where no such end
  /// and no other unit lies between them.
  ///
  /// - Complexity: O(n).
  mutating func scan<Sink: TermSink & ~Copyable>(_ text: Span<UInt16>, into sink: inout Sink) {
    var walk = UnitWalk()
    var i = 0
    while i < text.count {
      let start = i
      let kind = classes.of(Self.scalar(of: text, at: &i))
      if writesUnits, kind == .letter || kind == .digit {
        let end = walk.units(from: start, of: text, classes.plane.span, into: &sink)
        if end > start {
          i = end
          continue
        }
      }
      switch kind {
      case .character:
        // Nearly all of a text: characters without marks.
        let end = walk.characters(from: start, of: text, classes.plane.span, into: &sink)
        if end > start {
          i = end
        } else {
          i = endOfRun(of: .mark, from: i, in: text)
          walk.unit(.character, start..<i, of: text, into: &sink)
        }
      case .letter:
        i = endOfRun(of: .letter, from: i &+ text.smallLetters(at: i), in: text)
        walk.unit(.letters, start..<i, of: text, into: &sink)
        // What follows most words.
        if i < text.count, text[i] == 0x20 { i &+= 1 }
      case .digit:
        i = endOfRun(of: .digit, from: i, in: text)
        walk.unit(.digits, start..<i, of: text, into: &sink)
      // A mark without a letter or character is like punctuation: ICU gives it no word either.
      case .ignored, .blank, .mark:
        break
      case .sentenceEnd, .lineEnd:
        walk.afterEnd = true
      case .fullStop:
        if endsSentence(beforeUnitAt: i, of: text) { walk.afterEnd = true }
      }
    }
  }

  /// Where scalars of a class end, from `start` on; letters have marks among them.
  @inline(__always)
  private mutating func endOfRun(
    of kind: CharacterClass, from start: Int, in text: Span<UInt16>
  ) -> Int {
    var end = start
    while end < text.count {
      var next = end
      let found = classes.of(Self.scalar(of: text, at: &next))
      guard found == kind || found == .mark && kind == .letter else { break }
      end = next
    }
    return end
  }

  /// Whether a full stop is followed by a blank, a line end or nothing (as that of `3.14` is not).
  private mutating func endsSentence(beforeUnitAt next: Int, of text: Span<UInt16>) -> Bool {
    guard next < text.count else { return true }
    var i = next
    let following = classes.of(Self.scalar(of: text, at: &i))
    return following == .blank || following == .lineEnd
  }

  /// The scalar that begins at `i`, which moves behind it; half a pair of surrogates is itself.
  @inline(__always)
  static func scalar(of text: Span<UInt16>, at i: inout Int) -> UInt32 {
    let unit = text[i]
    i &+= 1
    guard UTF16.isLeadSurrogate(unit), i < text.count, UTF16.isTrailSurrogate(text[i]) else {
      return UInt32(unit)
    }
    i &+= 1
    return SuoyinText.scalar(lead: unit, trail: text[i &- 1])
  }
}

/// Where a scan stands: what came before the next unit.
private struct UnitWalk {
  /// Whether a sentence or paragraph ended since the last unit.
  var afterEnd = false
  /// The position of the next unit, if nothing ends before it.
  private var next: UInt32 = 0
  /// The last unit, where it was a character.
  private var character: Range<Int>?

  /// Hands a unit to `sink`.
  @inline(__always)
  mutating func unit<Sink: TermSink & ~Copyable>(
    _ kind: Unit.Kind, _ range: Range<Int>, of text: Span<UInt16>, into sink: inout Sink
  ) {
    passEnd(into: &sink)
    sink.unit(
      kind, range, at: next, pairedWith: kind == .character ? character : nil, of: text)
    next += 1
    character = kind == .character ? range : nil
  }

  /// Hands characters from `start` on, of one code unit and three bytes each, to `sink`, and returns
  /// where the last of them ends; `start` where there is none such, or one before them is no such.
  @inline(__always)
  mutating func characters<Sink: TermSink & ~Copyable>(
    from start: Int, of text: Span<UInt16>, _ classes: Span<CharacterClass?>, into sink: inout Sink
  ) -> Int {
    passEnd(into: &sink)
    if let before = character, before.count > 1 { return start }
    // One above the first plane.
    guard classes.isCharacter(text[start]) else { return start }
    let run = sink.characters(
      from: start, at: next, pairedWith: character?.lowerBound, of: text, classes)
    guard run.count > 0 else { return start }
    next += UInt32(run.count)
    character = run.end &- 1..<run.end
    return run.end
  }

  /// Hands units of ASCII from `start` on to `sink`, and returns how far; `start` where it takes none.
  @inline(__always)
  mutating func units<Sink: TermSink & ~Copyable>(
    from start: Int, of text: Span<UInt16>, _ classes: Span<CharacterClass?>, into sink: inout Sink
  ) -> Int {
    guard text[start] < 0x80 else { return start }
    let state = sink.units(
      from: UnitState(end: start, position: next, isAfterEnd: afterEnd), of: text, classes)
    if state.count > 0 { character = nil }
    next = state.position
    afterEnd = state.isAfterEnd
    return state.end
  }

  /// Hands the end of a sentence or paragraph before the next unit to `sink`; what ends before the
  /// first unit separates nothing.
  @inline(__always)
  private mutating func passEnd<Sink: TermSink & ~Copyable>(into sink: inout Sink) {
    guard afterEnd else { return }
    if next > 0 {
      sink.sentenceEnd(at: next)
      next += 1
    }
    character = nil
    afterEnd = false
  }
}
