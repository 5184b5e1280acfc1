/// Finds the units of folded text, their positions and pairs.
struct UnitScanner {
  private var classes = CharacterClasses()

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
      let scalar = Self.scalar(of: text, at: &i)
      switch classes.of(scalar) {
      case .character:
        walk.close(text, into: &sink)
        walk.open(.character, start..<i)
      case .letter:
        if walk.kind != .letters {
          walk.close(text, into: &sink)
          walk.open(.letters, start..<i)
        }
        walk.end = i
      case .digit:
        if walk.kind != .digits {
          walk.close(text, into: &sink)
          walk.open(.digits, start..<i)
        }
        walk.end = i
      case .mark:
        // One without a letter or character is like punctuation: ICU gives it no word either.
        if walk.kind == .letters || walk.kind == .character {
          walk.end = i
        } else {
          walk.close(text, into: &sink)
        }
      case .ignored, .blank:
        walk.close(text, into: &sink)
      case .sentenceEnd, .lineEnd:
        walk.close(text, into: &sink)
        walk.afterEnd = true
      case .fullStop:
        walk.close(text, into: &sink)
        if endsSentence(beforeUnitAt: i, of: text) { walk.afterEnd = true }
      }
    }
    walk.close(text, into: &sink)
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

/// Where a scan stands: the unit that is not yet ended, and what came before it.
private struct UnitWalk {
  private(set) var kind: Unit.Kind?
  private var start = 0
  /// The end of the open unit, as far as it is known.
  var end = 0
  /// Whether a sentence or paragraph ended since the last unit.
  var afterEnd = false
  /// The position of the next unit, if nothing ends before it.
  private var next: UInt32 = 0
  /// The last unit, where it was a character.
  private var character: Range<Int>?

  @inline(__always)
  mutating func open(_ kind: Unit.Kind, _ range: Range<Int>) {
    self.kind = kind
    start = range.lowerBound
    end = range.upperBound
  }

  /// Hands the open unit to `sink`, if there is one.
  @inline(__always)
  mutating func close<Sink: TermSink & ~Copyable>(_ text: Span<UInt16>, into sink: inout Sink) {
    guard let kind else { return }
    self.kind = nil
    emit(kind, text, into: &sink)
  }

  private mutating func emit<Sink: TermSink & ~Copyable>(
    _ kind: Unit.Kind, _ text: Span<UInt16>, into sink: inout Sink
  ) {
    let range = start..<end
    // What ends before the first unit separates nothing.
    if afterEnd {
      if next > 0 {
        sink.sentenceEnd(at: next)
        next += 1
      }
      character = nil
    }
    afterEnd = false
    sink.unit(
      kind, range, at: next, pairedWith: kind == .character ? character : nil, of: text)
    next += 1
    character = kind == .character ? range : nil
  }
}
