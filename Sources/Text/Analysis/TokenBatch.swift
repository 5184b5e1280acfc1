/// The terms of one text in one channel, in the order of the text, as the index takes them.
///
/// A batch is filled by ``AnalysisSession`` and emptied by its owner. Terms are UTF-8 bytes behind one
/// another, never `String`s: an index run makes tens of millions of them. Both arrays are longer than
/// what is in them and stay so from text to text: room is made for many terms at once, and terms are
/// written through spans. Appending to an array asks each time whether it has room and whether
/// somebody else has it.
public struct TokenBatch: Sendable {
  /// One term.
  public struct Token: BitwiseCopyable, Equatable, Sendable {
    /// Both in one number, so that a term is written at once.
    @usableFromInline let bits: UInt64

    /// How many bytes it has; they begin where those of the term before end.
    @inlinable public var length: UInt32 { UInt32(truncatingIfNeeded: bits) }
    /// The ordinal of its (first) unit, never falling; 0 in a channel without positions.
    @inlinable public var position: UInt32 { UInt32(truncatingIfNeeded: bits &>> 32) }

    @inline(__always)
    private init(bits: UInt64) { self.bits = bits }

    @inline(__always)
    init(length: Int, position: UInt32) {
      bits = UInt64(UInt32(truncatingIfNeeded: length)) | UInt64(position) &<< 32
    }
  }

  /// The terms, of which the first ``count`` are those of the text.
  public private(set) var tokens: [Token] = []
  /// The bytes of all terms, one behind the other; more may follow, which mean nothing.
  public private(set) var bytes: [UInt8] = []
  /// The number of terms.
  public private(set) var count = 0
  /// The number of bytes of all terms.
  public private(set) var byteCount = 0
  /// The text's length in this channel, for BM25: words in the words channel, units in the grams
  /// channel.
  public var fieldLength: UInt32 = 0

  public init() {}

  /// The terms with their positions, for looking at.
  ///
  /// - Complexity: O(``count``).
  public var terms: [(bytes: ArraySlice<UInt8>, position: UInt32)] {
    var start = 0
    return tokens[..<count].map { token in
      let end = start + Int(token.length)
      defer { start = end }
      return (bytes[start..<end], token.position)
    }
  }

  /// Appends a term of less than 4 GB.
  ///
  /// - Parameters:
  ///   - term: in UTF-8.
  ///   - position: the ordinal of its first unit, or 0 in a channel without positions.
  public mutating func append(_ term: some Collection<UInt8>, position: UInt32 = 0) {
    makeRoom(bytes: term.count, terms: 1)
    var place = byteCount
    for byte in term {
      bytes[place] = byte
      place += 1
    }
    tokens[count] = Token(length: term.count, position: position)
    count += 1
    byteCount = place
  }

  /// Appends the terms of a further field of text, each behind the field's mark, at their positions.
  package mutating func append(_ other: borrowing TokenBatch, behind mark: FieldMark) {
    makeRoom(bytes: other.byteCount + FieldMark.size * other.count, terms: other.count)
    let source = other.bytes.span
    var start = 0
    var place = byteCount
    var target = bytes.mutableSpan
    for index in 0..<other.count {
      let end = start + Int(other.tokens[index].length)
      target[place] = mark.first
      target[place + 1] = mark.second
      place += FieldMark.size
      for byte in start..<end {
        target[place] = source[byte]
        place += 1
      }
      start = end
    }
    byteCount = place
    for index in 0..<other.count {
      let token = other.tokens[index]
      tokens[count] = Token(
        length: Int(token.length) + FieldMark.size, position: token.position)
      count += 1
    }
    fieldLength &+= other.fieldLength
  }

  /// Takes all terms out and keeps the room.
  public mutating func removeAll() {
    count = 0
    byteCount = 0
    fieldLength = 0
  }
}

// What an analysis appends: terms of bounded length.
extension TokenBatch {
  /// Appends the term that a range of UTF-8 is.
  mutating func append(_ range: Range<Int>, ofUTF8 text: Span<UInt8>, position: UInt32) {
    makeRoom(bytes: range.count &+ 8, terms: 1)
    let place = byteCount
    var target = bytes.mutableSpan
    if range.count <= 8, range.lowerBound &+ 8 <= text.count {
      // What follows means nothing.
      target.store(text.eightBytes(at: range.lowerBound), at: place)
    } else {
      for i in range { target[place &+ i &- range.lowerBound] = text[i] }
    }
    end(at: place &+ range.count, position)
  }

  /// Appends the term of a range of folded text.
  @inline(__always)
  mutating func append(_ range: Range<Int>, of text: Span<UInt16>, position: UInt32 = 0) {
    makeRoom(bytes: Term.room(for: range.count), terms: 1)
    end(at: write(range, of: text, at: byteCount), position)
  }

  /// Appends the term of two ranges of folded text, one behind the other.
  @inline(__always)
  mutating func append(
    _ range: Range<Int>, _ second: Range<Int>, of text: Span<UInt16>, position: UInt32
  ) {
    makeRoom(bytes: Term.room(for: range.count) &+ Term.room(for: second.count), terms: 1)
    let place = write(range, of: text, at: byteCount)
    end(at: write(second, of: text, at: place), position)
  }

  /// Appends the words among the pieces that cover `text`.
  mutating func append(wordsAmong pieces: Span<WordPiece>, of text: Span<UInt16>) {
    var walk = TermKernels.WordWalk()
    while walk.piece < pieces.count {
      makeRoom(
        bytes: 3 &* (text.count &- walk.start) &+ TermKernels.bytesAhead,
        terms: pieces.count &- walk.piece)
      walk.place = byteCount
      walk.term = count
      TermKernels.writeWords(among: pieces, of: text, &walk, to: &bytes, and: &tokens)
      byteCount = walk.place
      count = walk.term
      // It stopped behind an over-long one.
      if count > 0, tokens[count - 1].length > Term.longest { shortenLast() }
    }
  }

  /// Appends for each of some characters two terms: it together with the one before it, then it alone,
  /// at `position` and so on; see ``TermSink/characters(from:at:pairedWith:of:_:)``.
  ///
  /// - Parameters:
  ///   - previous: where the one before the first stands.
  ///   - classes: those of the text's code units.
  /// - Precondition: they and the one before have three bytes each in UTF-8.
  /// - Returns: how many there are, and where the last of them or the one before ends.
  mutating func appendPairsAndUnits(
    from start: Int, after previous: Int, of text: Span<UInt16>,
    _ classes: Span<CharacterClass?>, position: UInt32
  ) -> CharacterRun {
    let range = start..<min(text.count, start &+ Self.charactersAtOnce)
    // A pair and a unit have nine bytes.
    makeRoom(
      bytes: 9 &* range.count &+ 3 &+ TermKernels.bytesAhead,
      terms: 2 &* range.count &+ TermKernels.tokensAhead)
    let (place, term) = (byteCount, count)
    var target = bytes.mutableSpan
    target.store(Term.threeBytes(text[previous]), at: place)
    var run = TermKernels.writeCharacters(
      range, of: text, classes, from: Token(length: 3, position: position), to: &bytes,
      at: place &+ 3, and: &tokens, at: term)
    // The last is none of them where a mark may follow it.
    if run.count > 0, classes.isCharacter(text[run.end &- 1]),
      classes.mayBeMark(at: run.end, in: text)
    {
      run.count &-= 1
      run.end &-= 1
    }
    while run.end > start, !classes.isCharacter(text[run.end &- 1]) { run.end &-= 1 }
    byteCount &+= 9 &* run.count
    count &+= 2 &* run.count
    return run
  }

  private static let charactersAtOnce = 1 << 10

  /// Appends runs of letters and of digits in ASCII, and the ends of sentences before them; see
  /// ``TermSink/units(from:of:_:)``.
  mutating func appendUnits(
    from state: UnitState, of text: Span<UInt16>, _ classes: Span<CharacterClass?>
  ) -> UnitState {
    let range = state.end..<min(text.count, state.end &+ Self.charactersAtOnce)
    // Behind a run of one code unit there is an end of one, and that has two bytes.
    let most = range.count &+ TermKernels.unitsAhead
    makeRoom(bytes: 2 &* most &+ TermKernels.bytesAhead, terms: most &+ TermKernels.tokensAhead)
    let written = TermKernels.writeUnits(
      range, of: text, classes, from: state, to: &bytes, at: byteCount, and: &tokens, at: count)
    byteCount &+= written.bytes
    count &+= written.tokens
    return written.state
  }

  /// Writes a term or a part of one from `place` on, and returns where it ends.
  @inline(__always)
  private mutating func write(_ range: Range<Int>, of text: Span<UInt16>, at place: Int) -> Int {
    var target = bytes.mutableSpan
    return Term.write(range, of: text, to: &target, at: place)
  }

  /// Makes a term of the bytes up to `place`, shortened where it is over-long.
  @inline(__always)
  private mutating func end(at place: Int, _ position: UInt32) {
    let length = place &- byteCount
    tokens[count] = Token(length: length, position: position)
    count &+= 1
    byteCount = place
    if length > Term.longest { shortenLast() }
  }

  @inline(never)
  private mutating func shortenLast() {
    let last = tokens[count - 1]
    count -= 1
    byteCount -= Int(last.length)
    var term = Array(bytes[byteCount..<(byteCount + Int(last.length))])
    Term.bound(&term, from: 0)
    append(term, position: last.position)
  }

  @inline(__always)
  private mutating func makeRoom(bytes moreBytes: Int, terms moreTerms: Int) {
    if bytes.count &- byteCount < moreBytes || tokens.count &- count < moreTerms {
      grow(moreBytes, moreTerms)
    }
  }

  @inline(never)
  private mutating func grow(_ moreBytes: Int, _ moreTerms: Int) {
    if bytes.count - byteCount < moreBytes {
      bytes.append(contentsOf: repeatElement(0, count: max(moreBytes, bytes.count, 1 << 12)))
    }
    if tokens.count - count < moreTerms {
      let none = Token(length: 0, position: 0)
      tokens.append(contentsOf: repeatElement(none, count: max(moreTerms, tokens.count, 1 << 10)))
    }
  }
}
