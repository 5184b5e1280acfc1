import SuoyinStorage

/// What the dictionary knows of the words that begin at the next places of a text: those of one
/// character to four, and where longer ones go on.
///
/// The places are looked up many at once, before any of them has its turn: waiting for memory takes
/// most of the time of a look-up, and so the memory of many is waited for together. No look-up here
/// depends on how another one ended.
struct WordLookUps: Sendable {
  /// The words that begin at a place, as ``PackedCost``; unpayable where there is none.
  struct Words: BitwiseCopyable {
    var one = 0
    var two = 0
    var three = 0
    var four = 0
    /// The node of the first four characters.
    var node: UInt32 = 0
    var flags: UInt8 = 0
  }

  /// The places that are looked up at once.
  private static let atOnce = 64
  /// The characters of a word behind its first that are looked up with it.
  private static let ahead = 3

  /// What is known, from the place ``first`` on.
  private var words = [Words](repeating: Words(), count: atOnce)
  private var entries = [UInt64](repeating: 0, count: atOnce + ahead)
  private var first = 0
  private(set) var end = 0

  /// Forgets what is known, because another text follows.
  mutating func startOver() {
    first = 0
    end = 0
  }

  /// The words that begin at `i`, where ``end`` is not yet reached.
  @inline(__always)
  subscript(i: Int) -> Words { words[i &- first] }

  /// Looks up the places from `i` on.
  @inline(never)
  mutating func fill(from i: Int, in text: Span<UInt16>, by tables: WordTables) {
    let rest = text.extracting(i..<min(i &+ Self.atOnce &+ Self.ahead, text.count))
    first = i
    end = i &+ min(Self.atOnce, rest.count)
    Self.look(up: rest, by: tables, into: &words, with: &entries)
  }

  /// Looks up as many places as there are words; behind the end are characters of no word.
  private static func look(
    up text: Span<UInt16>, by tables: WordTables, into words: inout [Words],
    with entries: inout [UInt64]
  ) {
    let (units, slots) = (tables.units, tables.slots)
    var entries = entries.mutableSpan
    var words = words.mutableSpan
    for k in text.indices { entries[k] = units[Int(text[k])] }
    for k in text.count..<entries.count { entries[k] = 0 }
    for k in words.indices {
      let entry = WordTables.Entry(bits: entries[k])
      let node = child(of: entry.node, by: entries[k &+ 1], slots)
      let single = Int(entry.node & 0xFF)
      words[k] = Words(
        one: PackedCost.word(of: single == 0 ? RangeDivision.unknownCost : single, step: 1),
        two: PackedCost.word(of: node, step: 2), three: 0, four: 0, node: node, flags: entry.flags)
    }
    for k in words.indices {
      let node = child(of: words[k].node, by: entries[k &+ 2], slots)
      words[k].three = PackedCost.word(of: node, step: 3)
      words[k].node = node
    }
    for k in words.indices {
      let node = child(of: words[k].node, by: entries[k &+ 3], slots)
      words[k].four = PackedCost.word(of: node, step: 4)
      words[k].node = node
    }
  }

  /// The node that the character of an entry leads to, or 0.
  @inline(__always)
  private static func child(
    of node: UInt32, by entry: UInt64, _ slots: MappedArray<UInt64>
  ) -> UInt32 {
    // A node without children asks for the first place, which is always at hand and free; no branch,
    // because each wrong guess would begin the waiting anew.
    let code = WordTables.Entry(bits: entry).code
    let hasChildren = UInt16(truncatingIfNeeded: (0xFF &- Int(node)) &>> 63)
    let place = DoubleArray.Slot.place(below: node, code & hasChildren)
    return DoubleArray.Slot(bits: slots[place]).node(below: code)
  }
}

/// A cost with the length of the last word on the way to it, in one number: the lesser is the better
/// way, and of equally dear ones that with the longer last word, which is the one found first.
enum PackedCost {
  static let stepBits = 16
  private static let stepMask = 1 << stepBits - 1
  /// The longest word, in code units.
  static let longestStep = stepMask

  /// More than any cost.
  static let impossible = 1 << 60
  /// More than impossible, whatever it is added to.
  static let unpayable = 1 << 61

  /// What a word adds to the cost of the place where it begins.
  @inline(__always)
  static func word(of cost: Int, step: Int) -> Int {
    cost &<< stepBits | stepMask &- step
  }

  /// The same for the word of a node, without a branch; unpayable where there is none.
  @inline(__always)
  static func word(of node: UInt32, step: Int) -> Int {
    let cost = Int(node & 0xFF)
    // All bits where there is none.
    let none = (cost &- 1) &>> 63
    return word(of: cost, step: step) &+ none & unpayable
  }

  /// The cost alone, to which that of a word can be added.
  @inline(__always)
  static func cost(of packed: Int) -> Int { packed & ~stepMask }

  /// The length of the last word.
  @inline(__always)
  static func step(of packed: Int) -> UInt16 { ~UInt16(truncatingIfNeeded: packed) }
}
