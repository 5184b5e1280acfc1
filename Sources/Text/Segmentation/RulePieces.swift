import SuoyinStorage

/// The next pieces into which ICU's rules cut a text, found many at once.
///
/// Each piece is the longest that the rules accept from where the one before ends. The automaton
/// begins a piece in the same step in which one ends, and what is known of a piece is written down at
/// every character and kept only where it ends: a branch there would be guessed wrong at most words.
/// Hangul among Hangul changes nothing, and is passed over some at a time. A piece that the rules read
/// further than they accept (`end` in `end. A`) is read again by itself.
///
/// Where it is known which rules these are (``RuleRoles``), most pieces need no automaton.
struct RulePieces: Sendable {
  /// A piece in one number, so that it is written at once.
  struct Piece: BitwiseCopyable {
    let bits: UInt64

    @inline(__always)
    init(bits: UInt64) { self.bits = bits }

    /// - Parameters:
    ///   - accepted: its kind, and ``CompiledWordRules/accepts``.
    @inline(__always)
    init(end: Int, accepted: UInt8, flags: Flags) {
      bits = UInt64(truncatingIfNeeded: end) &<< 24 | UInt64(flags.bits) &<< 8 | UInt64(accepted)
    }

    @inline(__always) var end: Int { Int(truncatingIfNeeded: bits &>> 24) }
    /// Its ``WordIterator/Kind``.
    @inline(__always) var kind: UInt8 { accepted & ~CompiledWordRules.accepts }
    /// The same with ``CompiledWordRules/accepts``.
    @inline(__always) var accepted: UInt8 { UInt8(truncatingIfNeeded: bits) }
    @inline(__always) var flags: Flags { Flags(bits: UInt16(truncatingIfNeeded: bits &>> 8)) }
  }

  /// The flags of some characters: below those that any has, above them those that any has not.
  struct Flags: BitwiseCopyable {
    var bits: UInt16

    static let none = Flags(bits: 0)

    /// Those of one character.
    @inline(__always)
    init(_ flags: UInt8) { bits = UInt16(flags) | UInt16(~flags) &<< 8 }

    @inline(__always)
    init(bits: UInt16) { self.bits = bits }

    /// The flags that any of the characters has.
    @inline(__always) var any: UInt8 { UInt8(truncatingIfNeeded: bits) }
    /// The flags that all of the characters have.
    @inline(__always) var all: UInt8 { ~UInt8(truncatingIfNeeded: bits &>> 8) }
  }

  /// For each state and category a ``Step``, for all states that there might be.
  private let steps: [Step]
  private static let places = 1 << 13
  /// What Hangul syllables do to the rules; nil where they are not alike.
  private let hangul: Hangul?
  /// Nil where the automaton alone is right, or the processor knows nothing better.
  private let roles: RuleRoles?
  private var pieces = [Piece](
    repeating: Piece(end: 0, accepted: 0, flags: .none), count: atOnce + RuleRoles.piecesAhead)
  /// How many pieces there are.
  private(set) var count = 0
  /// The flags of all characters that were read for them.
  private(set) var flags = Flags.none

  /// The characters that are read at once, more only where they are all of one piece.
  private static let atOnce = 256

  /// What a character does in a state.
  private struct Step: BitwiseCopyable {
    /// The next state; above it what the state before accepts, and two flags.
    let bits: UInt32

    /// A piece ends before the character, and the next state is that of the next piece.
    static let ends: UInt32 = 1 << 31
    /// The rules stop where they do not accept. The flag for half of a pair of surrogates, which is
    /// as rare, comes to the same bit.
    static let refuses: UInt32 = 1 << 21
    static let flagShift: UInt32 = 16

    @inline(__always) var state: Int { Int(bits & 0xFF) }
    @inline(__always) var accepted: UInt8 { UInt8(truncatingIfNeeded: bits &>> 8) }
    @inline(__always) var ends: UInt16 { UInt16(truncatingIfNeeded: bits &>> 31) }

    /// Whether the rules stop here, or at a character of such flags.
    @inline(__always)
    func refuses(_ flags: UInt8) -> Bool {
      (bits | UInt32(flags) &<< Self.flagShift) & Self.refuses != 0
    }
  }

  /// A state in which the rules stay as long as Hangul syllables follow.
  private struct Hangul {
    let state: Int
    let flags: Flags

    init?(_ tables: WordTables, _ steps: [Step]) {
      let entries = (0xAC00...0xD7A3).map { WordTables.Entry(bits: tables.units[$0]) }
      let (category, flags) = (entries[0].category, entries[0].flags)
      state = steps[1 << 5 | category].state
      self.flags = Flags(flags)
      let next = steps[state << 5 | category]
      guard next.state == state, next.ends == 0, !next.refuses(flags),
        entries.allSatisfy({ $0.category == category && $0.flags == flags })
      else { return nil }
    }
  }

  /// - Parameters:
  ///   - tables: without them nothing can be found.
  ///   - usesRoles: whether pieces are found by ``RuleRoles`` where they can be; the pieces are the same.
  init(of tables: WordTables?, usesRoles: Bool = true) {
    guard let tables else {
      steps = []
      hangul = nil
      roles = nil
      return
    }
    let (next, accepting) = (tables.next, tables.accepting)
    precondition(UInt32(WordTables.Flag.leadSurrogate) << Step.flagShift == Step.refuses)
    let steps = (0..<next.count).map { place in
      let accepted = UInt32(accepting[place >> 5]) << 8
      if next[place] != 0 { return Step(bits: UInt32(next[place]) | accepted) }
      let first = next[1 << 5 | place & 0x1F]
      let accepts = accepting[place >> 5] >= CompiledWordRules.accepts
      return Step(
        bits: (accepts && first != 0 ? UInt32(first) | Step.ends : Step.refuses) | accepted)
    }
    let padded = steps + repeatElement(Step(bits: 0), count: Self.places - steps.count)
    hangul = Hangul(tables, padded)
    self.steps = padded
    roles =
      !usesRoles ? nil : tables === WordTables.shared ? RuleRoles.shared : RuleRoles(of: tables)
  }

  subscript(index: Int) -> Piece { pieces[index] }

  /// Finds the pieces from `start` on, one at least.
  ///
  /// - Precondition: `start` is before the end of `text`.
  /// - Complexity: linear in the length of the pieces, which are many unless they are long.
  @inline(never)
  mutating func find(from start: Int, in text: Span<UInt16>, by tables: WordTables) {
    if let roles {
      let stop = min(text.count, start &+ Self.atOnce)
      (count, flags) = roles.find(from: start, to: stop, in: text, into: &pieces)
      if count > 0 { return }
    }
    (count, flags) = Self.find(from: start, in: text, by: tables, steps, hangul, into: &pieces)
    if count == 0 {
      pieces[0] = Self.longest(from: start, in: text, by: tables)
      flags = pieces[0].flags
      count = 1
    }
  }

  private static func find(
    from start: Int, in text: Span<UInt16>, by tables: WordTables, _ list: [Step],
    _ hangul: Hangul?, into found: inout [Piece]
  ) -> (count: Int, Flags) {
    let (units, accepting) = (tables.units, tables.accepting)
    let steps = list.span
    // So that no look-up by a unit, or by a state and a category, is checked.
    precondition(units.count == 1 << 16 && steps.count == places)
    let (hangulState, hangulFlags) = (hangul?.state ?? 0, hangul?.flags.bits ?? 0)
    var pieces = found.mutableSpan
    var count = 0
    var state = 1
    // Those of the piece, and of all.
    var (flags, all): (UInt16, UInt16) = (0, 0)
    var i = start
    while count == 0, i < text.count {
      let stop = min(text.count, i &+ atOnce)
      while i < stop {
        let entry = WordTables.Entry(bits: units[Int(text[i])])
        let step = steps[state &<< 5 | entry.category]
        if step.refuses(entry.flags) { return (count, Flags(bits: all)) }
        pieces[count] = Piece(end: i, accepted: step.accepted, flags: Flags(bits: flags))
        count &+= Int(step.ends)
        let own = Flags(entry.flags).bits
        flags = flags & (step.ends &- 1) | own
        all |= own
        state = step.state
        i &+= 1
        if state == hangulState {
          let syllables = text.hangulSyllables(at: i)
          let passed = syllables > 0 ? hangulFlags : 0
          flags |= passed
          all |= passed
          i &+= syllables
        }
      }
    }
    if i == text.count, accepting[state] >= CompiledWordRules.accepts {
      pieces[count] = Piece(end: i, accepted: accepting[state], flags: Flags(bits: flags))
      count &+= 1
    }
    return (count, Flags(bits: all))
  }

  /// The longest piece that the rules accept from `start` on, or where they accept none one scalar.
  private static func longest(
    from start: Int, in text: Span<UInt16>, by tables: WordTables
  ) -> Piece {
    let (next, accepting) = (tables.next, tables.accepting)
    var state = 1
    var i = start
    var flags = Flags.none
    var piece = Piece(end: start, accepted: 0, flags: flags)
    while i < text.count {
      let (entry, width) = tables.entry(of: text, at: i)
      state = Int(next[state &<< 5 | entry.category])
      if state == 0 { break }
      i &+= width
      flags.bits |= Flags(entry.flags).bits
      if accepting[state] >= CompiledWordRules.accepts {
        piece = Piece(end: i, accepted: accepting[state], flags: flags)
      }
    }
    guard piece.end == start else { return piece }
    let width = tables.entry(of: text, at: start).width
    return Piece(end: start &+ width, accepted: 0, flags: flags)
  }
}
