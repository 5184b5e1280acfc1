import SuoyinStorage

/// What the dictionary knows of the words that begin at the next places of a text: those of one
/// character to four, and where longer ones go on.
///
/// The places are looked up many at once, before any of them has its turn: waiting for memory takes
/// most of the time of a look-up, and so the memory of many is waited for together. That needs a loop
/// that only reads: in one that compares as well, the processor would guess whether there is a word,
/// and begin anew behind each wrong guess, of which it learns when memory has answered.
struct WordLookUps: Sendable {
  /// The words that begin at a place, as ``PackedCost``; unpayable where there is none.
  struct Words {
    let one: Int
    let two: Int
    let three: Int
    let four: Int
    /// The node of the first four characters.
    let node: UInt32
    let flags: UInt8
  }

  /// The places that are looked up at once.
  private static let atOnce = 64
  /// The characters of a word behind its first that are looked up with it.
  private static let ahead = 3

  /// What is known, from the place ``first`` on.
  private var known = Known()
  private var first = 0
  private(set) var end = 0

  /// Forgets what is known, because another text follows.
  mutating func startOver() {
    first = 0
    end = 0
  }

  /// The words that begin at `i`, where ``end`` is not yet reached.
  @inline(__always)
  subscript(i: Int) -> Words {
    let k = i &- first
    return Words(
      one: known.costs[k], two: known.costs[Self.atOnce &+ k],
      three: known.costs[2 &* Self.atOnce &+ k], four: known.costs[3 &* Self.atOnce &+ k],
      node: known.nodes[k], flags: WordTables.Entry(bits: known.entries[k]).flags)
  }

  /// Looks up the places from `i` on.
  @inline(never)
  mutating func fill(from i: Int, in text: Span<UInt16>, by tables: WordTables) {
    let rest = text.extracting(i..<min(i &+ Self.atOnce &+ Self.ahead, text.count))
    first = i
    end = i &+ min(Self.atOnce, rest.count)
    known.look(up: rest, by: tables)
  }

  private struct Known {
    /// Those of the characters; behind the end are characters of no word.
    var entries = [UInt64](repeating: 0, count: atOnce + ahead)
    /// The costs of the words of one character, then of two and so on.
    var costs = [Int](repeating: 0, count: atOnce * (ahead + 1))
    var nodes = [UInt32](repeating: 0, count: atOnce)
    /// The slots in which the next nodes are, or others.
    private var slots = [UInt64](repeating: 0, count: atOnce)

    mutating func look(up text: Span<UInt16>, by tables: WordTables) {
      Self.read(tables.units, of: text, into: &entries)
      for k in 0..<atOnce {
        let node = WordTables.Entry(bits: entries[k]).node
        nodes[k] = node
        let single = Int(node & 0xFF)
        costs[k] = PackedCost.word(of: single == 0 ? RangeDivision.unknownCost : single, step: 1)
      }
      for more in 1...ahead {
        Self.read(tables.slots, below: nodes, entries, more, into: &slots)
        Self.take(slots, entries, more, to: &nodes, &costs)
      }
    }

    private static func read(
      _ array: MappedArray<UInt64>, of text: Span<UInt16>, into entries: inout [UInt64]
    ) {
      var entries = entries.mutableSpan
      for k in text.indices { entries[k] = array[Int(text[k])] }
      for k in text.count..<entries.count { entries[k] = 0 }
    }

    /// Reads the slots by which the nodes go on with the character that lies `more` behind.
    private static func read(
      _ array: MappedArray<UInt64>, below nodes: [UInt32], _ entries: [UInt64], _ more: Int,
      into slots: inout [UInt64]
    ) {
      var slots = slots.mutableSpan
      for k in 0..<atOnce {
        // A node without children asks for the first place, which is always at hand and free.
        let hasChildren = UInt16(truncatingIfNeeded: (0xFF &- Int(nodes[k])) &>> 63)
        let code = WordTables.Entry(bits: entries[k &+ more]).code & hasChildren
        slots[k] = array[DoubleArray.Slot.place(below: nodes[k], code)]
      }
    }

    /// Goes on to the nodes in the slots, where they are of the right characters.
    private static func take(
      _ slots: [UInt64], _ entries: [UInt64], _ more: Int, to nodes: inout [UInt32],
      _ costs: inout [Int]
    ) {
      var nodes = nodes.mutableSpan
      var costs = costs.mutableSpan
      for k in 0..<atOnce {
        let code = WordTables.Entry(bits: entries[k &+ more]).code
        let node = DoubleArray.Slot(bits: slots[k]).node(below: code)
        nodes[k] = node
        costs[more &* atOnce &+ k] = PackedCost.word(of: node, step: more &+ 1)
      }
    }
  }
}
