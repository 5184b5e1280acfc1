import SuoyinStorage

/// The next pieces into which ICU's rules cut a text, found many at once.
///
/// Each piece is the longest that the rules accept from where the one before ends. The automaton
/// begins a piece in the same step in which one ends, and what is known of a piece is written down at
/// every character and kept only where it ends: a branch there would be guessed wrong at most words.
/// A piece that the rules read further than they accept (`end` in `end. A`) is read again by itself.
struct RulePieces: Sendable {
  struct Piece: BitwiseCopyable {
    var end = 0
    /// Its kind, and ``CompiledWordRules/accepts``.
    var accepted: UInt8 = 0
    /// The flags that any of its characters has, and those that all have.
    var any: UInt8 = 0
    var all: UInt8 = 0xFF

    /// Its ``WordIterator/Kind``.
    @inline(__always) var kind: UInt8 { accepted & ~CompiledWordRules.accepts }
  }

  /// For each state and category the next state, that of the next piece where one ends before the
  /// character, with the bits of ``Step``.
  private let steps: [UInt16]
  private var pieces = [Piece](repeating: Piece(), count: atOnce + 1)
  /// How many pieces there are.
  private(set) var count = 0

  /// The characters that are read at once, more only where they are all of one piece.
  private static let atOnce = 256

  private enum Step {
    /// A piece ends before the character.
    static let ends: UInt16 = 1 << 15
    /// The rules stop where they do not accept. The flag for half of a pair of surrogates, which is
    /// as rare, comes to the same bit.
    static let refuses: UInt16 = 1 << 14
    static let flagShift: UInt16 = 9
  }

  /// - Parameter tables: without them nothing can be found.
  init(of tables: WordTables?) {
    guard let tables else {
      steps = []
      return
    }
    let (next, accepting) = (tables.next, tables.accepting)
    precondition(UInt16(WordTables.Flag.leadSurrogate) << Step.flagShift == Step.refuses)
    steps = (0..<next.count).map { place in
      if next[place] != 0 { return UInt16(next[place]) }
      let first = next[1 << 5 | place & 0x1F]
      let accepts = accepting[place >> 5] >= CompiledWordRules.accepts
      return accepts && first != 0 ? UInt16(first) | Step.ends : Step.refuses
    }
  }

  subscript(index: Int) -> Piece { pieces[index] }

  /// Finds the pieces from `start` on, one at least.
  ///
  /// - Precondition: `start` is before the end of `text`.
  /// - Complexity: linear in the length of the pieces, which are many unless they are long.
  @inline(never)
  mutating func find(from start: Int, in text: Span<UInt16>, by tables: WordTables) {
    count = Self.find(from: start, in: text, by: tables, steps, into: &pieces)
    if count == 0 {
      pieces[0] = Self.longest(from: start, in: text, by: tables)
      count = 1
    }
  }

  private static func find(
    from start: Int, in text: Span<UInt16>, by tables: WordTables, _ list: [UInt16],
    into found: inout [Piece]
  ) -> Int {
    let (units, accepting) = (tables.units, tables.accepting)
    let steps = list.span
    var pieces = found.mutableSpan
    var count = 0
    var state: UInt16 = 1
    var (any, all): (UInt8, UInt8) = (0, 0xFF)
    var i = start
    while count == 0, i < text.count {
      let stop = min(text.count, i &+ atOnce)
      while i < stop {
        let entry = WordTables.Entry(bits: units[Int(text[i])])
        let step = steps[Int(state) &<< 5 | entry.category]
        let flags = entry.flags
        if (step | UInt16(flags) &<< Step.flagShift) & Step.refuses != 0 { return count }
        pieces[count] = Piece(end: i, accepted: accepting[Int(state)], any: any, all: all)
        let ends = step &>> 15
        count &+= Int(ends)
        let begun = 0 &- UInt8(truncatingIfNeeded: ends)
        any = any & ~begun | flags
        all = (all | begun) & flags
        state = step & ~Step.ends
        i &+= 1
      }
    }
    if i == text.count, accepting[Int(state)] >= CompiledWordRules.accepts {
      pieces[count] = Piece(end: i, accepted: accepting[Int(state)], any: any, all: all)
      count &+= 1
    }
    return count
  }

  /// The longest piece that the rules accept from `start` on, or where they accept none one scalar.
  private static func longest(
    from start: Int, in text: Span<UInt16>, by tables: WordTables
  ) -> Piece {
    let (next, accepting) = (tables.next, tables.accepting)
    var state = 1
    var i = start
    var piece = Piece(end: start)
    while i < text.count {
      let (entry, width) = tables.entry(of: text, at: i)
      state = Int(next[state &<< 5 | entry.category])
      if state == 0 { break }
      i &+= width
      piece.any |= entry.flags
      piece.all &= entry.flags
      if accepting[state] >= CompiledWordRules.accepts {
        piece.end = i
        piece.accepted = accepting[state]
      }
    }
    if piece.end == start { piece.end = start &+ tables.entry(of: text, at: start).width }
    return piece
  }
}
