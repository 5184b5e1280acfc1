import SuoyinStorage

/// Divides a range of Han and kana into words: the segmentation of least cost, by the dictionary's
/// costs and those that ICU gives to unknown characters and to runs of katakana.
///
/// The programme is ICU's (CjkBreakEngine in `dictbe.cpp`, ICU 72), with its ties. It differs in that
/// it forgets what lies behind it: where no word goes on over a place, every segmentation ends a word
/// there, so what came before is settled. Memory is bounded by the longest stretch between two such
/// places, or, in text where there are none, by where all segmentations that are still open part.
struct RangeDivision: Sendable {
  /// For each place from the last settled one on the cost of the best way to it, as long as nothing
  /// has gone on from there; ``impossible`` everywhere else.
  private var best: [Int]
  /// For each place the length of the word by which the best way comes to it.
  private var steps: [Int32]
  /// The places on the best way, the last first; only while they are handed out.
  private var ends: [Int32]

  /// After so many units it hands out what is settled, and where nothing is it looks for where the
  /// open segmentations part.
  private let patience: Int
  private static let impossible = 1 << 60
  /// Added to any cost, more than impossible.
  private static let unpayable = 1 << 61

  init(patience: Int = 1 << 10) {
    self.patience = patience
    best = [Int](repeating: Self.impossible, count: 256)
    steps = [Int32](repeating: 0, count: 256)
    ends = [Int32](repeating: 0, count: 256)
  }

  /// What ICU lets an unknown character cost.
  private static let unknownCost = 255
  /// A run of so many katakana is none.
  private static let katakanaLimit = 20
  /// How far words lead from a place; those of a user may lead further.
  private static let usualReach = 64

  /// What ICU lets a run of katakana cost, by its length.
  private static func cost(ofKatakana length: Int) -> Int {
    switch length {
    case 1: 984
    case 2: 408
    case 3: 240
    case 4: 204
    case 5: 252
    case 6: 300
    case 7: 372
    case 8: 480
    default: 8192
    }
  }

  /// Calls `boundary` with the end of each word in `range`, in order.
  ///
  /// - Precondition: every scalar of the range is Han or kana and its own NFKC.
  /// - Complexity: O(n) steps of at most the longest word's length.
  @inline(__always)
  mutating func divide(
    _ text: Span<UInt16>, _ range: Range<Int>, by tables: WordTables,
    and userWords: UserWords?, at boundary: (Int) -> Void
  ) {
    let end = range.upperBound
    let lead = max(Self.usualReach, userWords?.longest ?? 0)
    var way = Way(origin: range.lowerBound)
    var wait = patience
    best[0] = 0
    while true {
      while best.count <= way.place &- way.origin &+ lead { grow() }
      let limit = min(wait, best.count &- lead)
      advance(&way, in: text, to: end, before: limit, by: tables, and: userWords)
      if way.place == end { break }
      if way.place &- way.origin >= wait {
        if way.settled == way.origin { way.settled = parting(of: way) }
        if way.settled > way.origin {
          handOut(way, to: way.settled, at: boundary)
          forgetSettled(&way)
        } else {
          wait *= 2
        }
      }
    }
    handOut(way, to: end, at: boundary)
    best[end &- way.origin] = Self.impossible
  }

  /// Calls `boundary` with the ends of the words between the origin of `way` and `place`.
  @inline(__always)
  private mutating func handOut(_ way: Way, to place: Int, at boundary: (Int) -> Void) {
    var list: [Int32] = []
    swap(&list, &self.ends)
    defer { swap(&list, &self.ends) }
    let steps = self.steps.span
    var ends = list.mutableSpan
    var count = 0
    var last = place &- way.origin
    while last > 0 {
      ends[count] = Int32(truncatingIfNeeded: last)
      count &+= 1
      last &-= Int(steps[last])
    }
    while count > 0 {
      count &-= 1
      boundary(way.origin &+ Int(ends[count]))
    }
  }

  /// Goes on from place to place up to `end`, or to the place `limit` behind the origin.
  @inline(__always)
  private mutating func advance(
    _ way: inout Way, in text: Span<UInt16>, to end: Int, before limit: Int,
    by tables: WordTables, and userWords: UserWords?
  ) {
    // Spans, because arrays would be asked at each access whether they are shared; of arrays that
    // are no part of `self` meanwhile.
    var (bests, lengths): ([Int], [Int32]) = ([], [])
    swap(&bests, &self.best)
    swap(&lengths, &self.steps)
    defer {
      swap(&bests, &self.best)
      swap(&lengths, &self.steps)
    }
    var best = bests.mutableSpan
    var steps = lengths.mutableSpan
    let stop = min(end, way.origin &+ limit)
    var ahead = LookAhead(from: way.place, in: text, to: end, by: tables)
    while way.place < stop {
      let i = way.place
      let (entry, two) = ahead.next(i, in: text, to: end, by: tables)
      way.place = i &+ 1
      if i == way.furthest { way.settled = i }
      let cost = best[i &- way.origin]
      best[i &- way.origin] = Self.impossible
      let isKatakana = entry.flags & WordTables.Flag.katakana != 0
      let followsKatakana = way.followsKatakana
      way.followsKatakana = isKatakana
      // The middle of a scalar.
      if cost == Self.impossible { continue }
      let single = Int(entry.node & 0xFF)
      let isWide =
        single == 0 && entry.flags & WordTables.Flag.leadSurrogate != 0 && i &+ 1 < end
      way.reach(
        i &+ (isWide ? 2 : 1), cost &+ (single == 0 ? Self.unknownCost : single), from: i, &best,
        &steps)
      // Whether two characters make a word nobody foresees either, so they are taken as if they did.
      way.reach(i &+ 2, byWord: two, cost, from: i, &best, &steps)
      var node = two
      var j = i &+ 2
      while node > 0xFF, j < end {
        let code = WordTables.Entry(bits: tables.units[Int(text[j])]).code
        node = tables.slot(of: node, code).node(below: code)
        j &+= 1
        way.reach(j, byWord: node, cost, from: i, &best, &steps)
      }
      if isKatakana, !followsKatakana {
        var last = i &+ 1
        while last < end, last &- i < Self.katakanaLimit,
          WordTables.Entry(bits: tables.units[Int(text[last])]).flags & WordTables.Flag.katakana
            != 0
        {
          last &+= 1
        }
        if last &- i < Self.katakanaLimit {
          way.reach(last, cost &+ Self.cost(ofKatakana: last &- i), from: i, &best, &steps)
        }
      }
      if let userWords {
        for (last, cheap) in userWords.beginning(in: text, i..<end) {
          way.reach(last, cost &+ cheap, from: i, &best, &steps)
        }
      }
    }
  }

  /// What the next places need of the tables, asked for before its turn: waiting for memory takes
  /// most of the time, and a word that ends unforeseen would let it begin only then.
  private struct LookAhead {
    private var entries: (WordTables.Entry, WordTables.Entry, WordTables.Entry)
    private var twos: (DoubleArray.Slot, DoubleArray.Slot)

    @inline(__always)
    init(from i: Int, in text: Span<UInt16>, to end: Int, by tables: WordTables) {
      entries = (
        Self.entry(i, in: text, to: end, by: tables),
        Self.entry(i &+ 1, in: text, to: end, by: tables),
        Self.entry(i &+ 2, in: text, to: end, by: tables)
      )
      twos = (
        tables.slot(of: entries.0.node, entries.1.code),
        tables.slot(of: entries.1.node, entries.2.code)
      )
    }

    /// The entry of the character at `i`, and the node of the two characters that begin there, 0
    /// where no word begins so.
    @inline(__always)
    mutating func next(
      _ i: Int, in text: Span<UInt16>, to end: Int, by tables: WordTables
    ) -> (WordTables.Entry, two: UInt32) {
      let result = (entries.0, twos.0.node(below: entries.1.code))
      let later = Self.entry(i &+ 3, in: text, to: end, by: tables)
      twos = (twos.1, tables.slot(of: entries.2.node, later.code))
      entries = (entries.1, entries.2, later)
      return result
    }

    /// Behind the end is a character of no word.
    @inline(__always)
    private static func entry(
      _ i: Int, in text: Span<UInt16>, to end: Int, by tables: WordTables
    ) -> WordTables.Entry {
      let bits = tables.units[Int(text[min(i, end &- 1)])]
      return WordTables.Entry(bits: i < end ? bits : 0)
    }
  }

  /// Where a division stands.
  private struct Way {
    /// What lies before it is handed out.
    var origin: Int
    /// The last settled place.
    var settled: Int
    /// The place whose words come next.
    var place: Int
    /// The furthest to which a word leads.
    var furthest: Int
    /// Whether katakana stand before the place.
    var followsKatakana = false

    init(origin: Int) {
      self.origin = origin
      settled = origin
      place = origin
      furthest = origin
    }

    /// Takes the word from `start` to `end` as the way to its end, if it is the cheapest.
    @inline(__always)
    mutating func reach(
      _ end: Int, _ cost: Int, from start: Int, _ best: inout MutableSpan<Int>,
      _ steps: inout MutableSpan<Int32>
    ) {
      // Without branches: which word is cheaper nobody foresees.
      let place = end &- origin
      let (known, step) = (best[place], steps[place])
      let isCheaper = cost < known
      best[place] = isCheaper ? cost : known
      steps[place] = isCheaper ? Int32(truncatingIfNeeded: end &- start) : step
      furthest = max(furthest, cost < RangeDivision.impossible ? end : furthest)
    }

    /// The same for the word of a node, if there is one.
    @inline(__always)
    mutating func reach(
      _ end: Int, byWord node: UInt32, _ cost: Int, from start: Int,
      _ best: inout MutableSpan<Int>, _ steps: inout MutableSpan<Int32>
    ) {
      let word = Int(node & 0xFF)
      // All bits where there is none: then it is dearer than anything, and leads nowhere.
      let none = (word &- 1) &>> 63
      reach(end, cost &+ word &+ none & RangeDivision.unpayable, from: start, &best, &steps)
    }
  }

  /// The last place that the best ways to all open places have in common, or the origin where that
  /// cannot be said: in the middle of a scalar.
  @inline(never)
  private func parting(of way: Way) -> Int {
    let first = way.place - way.origin
    guard best[first] != Self.impossible else { return way.origin }
    var open = Set((first...(way.furthest - way.origin)).filter { best[$0] != Self.impossible })
    while open.count > 1, let furthest = open.max() {
      open.remove(furthest)
      open.insert(furthest - Int(steps[furthest]))
    }
    return way.origin + (open.first ?? 0)
  }

  /// Makes the settled place the origin.
  @inline(never)
  private mutating func forgetSettled(_ way: inout Way) {
    let settled = way.settled - way.origin
    for place in settled...(way.furthest - way.origin) {
      steps[place - settled] = steps[place]
      let cost = best[place]
      best[place] = Self.impossible
      best[place - settled] = cost
    }
    way.origin = way.settled
  }

  @inline(never)
  private mutating func grow() {
    best.append(contentsOf: repeatElement(Self.impossible, count: best.count))
    steps.append(contentsOf: repeatElement(0, count: steps.count))
    ends.append(contentsOf: repeatElement(0, count: ends.count))
  }

  /// Gives back memory that a long stretch made it take.
  mutating func shrink() {
    if best.count > 1 << 16 { self = RangeDivision(patience: patience) }
  }
}
