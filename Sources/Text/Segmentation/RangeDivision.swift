import SuoyinStorage

/// Divides a range of Han and kana into words: the segmentation of least cost, by the dictionary's
/// costs and those that ICU gives to unknown characters and to runs of katakana.
///
/// The programme is ICU's (CjkBreakEngine in `dictbe.cpp`, ICU 72), with its ties. It differs in that
/// it forgets what lies behind it: where no word goes on over a place, every segmentation ends a word
/// there, so what came before is settled. Memory is bounded by the longest stretch between two such
/// places, or, in text where there are none, by where all segmentations that are still open part.
struct RangeDivision: Sendable {
  /// For each place from the last settled one on the cost of the best way to it.
  private var best: [Int]
  /// For each place the length of the word by which the best way comes to it.
  private var steps: [Int32]
  /// For each place on the best way the next one; only while it is handed out.
  private var following: [Int32]

  /// After so many units without a settled place it looks for where the open segmentations part.
  private let patience: Int
  private static let impossible = Int.max

  init(patience: Int = 1 << 16) {
    self.patience = patience
    best = [Int](repeating: 0, count: 256)
    steps = [Int32](repeating: 0, count: 256)
    following = [Int32](repeating: 0, count: 256)
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
    _ text: Span<UInt16>, _ range: Range<Int>, by tables: borrowing WordTables,
    and userWords: UserWords?, at boundary: (Int) -> Void
  ) {
    let end = range.upperBound
    let lead = max(Self.usualReach, userWords?.longest ?? 0)
    var way = Way(origin: range.lowerBound)
    var wait = patience
    var followsKatakana = false
    best[0] = 0
    while way.place < end {
      if way.place &- way.origin >= wait {
        let settled = parting(of: way.place &- way.origin, through: way.furthest &- way.origin)
        if settled > 0 {
          var behind = way
          behind.place = way.origin + settled
          handOut(behind, at: boundary)
          forget(settled, through: way.furthest &- way.origin)
          way.origin = behind.place
        } else {
          wait *= 2
        }
      }
      while best.count <= way.place &- way.origin &+ lead { grow() }
      let limit = min(wait, best.count &- lead)
      advance(
        &way, in: text, to: end, before: limit, &followsKatakana, by: tables, and: userWords,
        at: boundary)
    }
    handOut(way, at: boundary)
  }

  /// Calls `boundary` with the ends of the words between the settled place of `way` and its place.
  @inline(__always)
  private mutating func handOut(_ way: Way, at boundary: (Int) -> Void) {
    var nexts = following
    following = []
    var span = nexts.mutableSpan
    way.handOut(&span, steps.span, at: boundary)
    following = nexts
  }

  /// Takes the arrays out.
  @inline(__always)
  private mutating func take() -> ([Int], [Int32], [Int32]) {
    defer { (best, steps, following) = ([], [], []) }
    return (best, steps, following)
  }

  /// Goes on from place to place up to `end`, or to the place `limit` behind the last settled one.
  @inline(__always)
  private mutating func advance(
    _ way: inout Way, in text: Span<UInt16>, to end: Int, before limit: Int,
    _ followsKatakana: inout Bool, by tables: borrowing WordTables, and userWords: UserWords?,
    at boundary: (Int) -> Void
  ) {
    // Spans, because arrays would be asked at each access whether they are shared; taken from arrays
    // that are no part of `self` meanwhile.
    var (bests, lengths, nexts) = take()
    defer { (self.best, self.steps, self.following) = (bests, lengths, nexts) }
    var best = bests.mutableSpan
    var steps = lengths.mutableSpan
    var following = nexts.mutableSpan
    while way.place < end, way.place &- way.origin < limit {
      let i = way.place
      if i == way.furthest, i > way.origin {
        way.handOut(&following, steps.span, at: boundary)
        way.origin = i
        best[0] = 0
      }
      let cost = best[i &- way.origin]
      way.place = i &+ 1
      // The middle of a scalar.
      if cost == Self.impossible { continue }
      let entry = WordTables.Entry(bits: tables.units[Int(text[i])])
      var node = entry.node
      let single = Int(node & 0xFF)
      if single != 0 { way.reach(i &+ 1, cost &+ single, from: i, &best, &steps) }
      var j = i &+ 1
      while node > 0xFF, j < end {
        let code = WordTables.Entry(bits: tables.units[Int(text[j])]).code
        let slot = Int(node &>> DoubleArray.costBits) &+ Int(code)
        guard code != 0, tables.labels[slot] == code else { break }
        node = tables.nodes[slot]
        j &+= 1
        let longer = Int(node & 0xFF)
        if longer != 0 { way.reach(j, cost &+ longer, from: i, &best, &steps) }
      }
      if single == 0 {
        let width = entry.flags & WordTables.Flag.leadSurrogate != 0 && i &+ 1 < end ? 2 : 1
        way.reach(i &+ width, cost &+ Self.unknownCost, from: i, &best, &steps)
      }
      let isKatakana = entry.flags & WordTables.Flag.katakana != 0
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
      followsKatakana = isKatakana
      if let userWords {
        for (last, cheap) in userWords.beginning(in: text, i..<end) {
          way.reach(last, cost &+ cheap, from: i, &best, &steps)
        }
      }
    }
  }

  /// Where a division stands.
  private struct Way {
    /// The last settled place.
    var origin: Int
    /// The place whose words come next.
    var place: Int
    /// The furthest to which a word leads.
    var furthest: Int

    init(origin: Int) {
      self.origin = origin
      place = origin
      furthest = origin
    }

    /// Takes the word from `start` to `end` as the way to its end, if it is the cheapest.
    @inline(__always)
    mutating func reach(
      _ end: Int, _ cost: Int, from start: Int, _ best: inout MutableSpan<Int>,
      _ steps: inout MutableSpan<Int32>
    ) {
      let place = end &- origin
      if end > furthest {
        while furthest &+ 1 < end {
          furthest &+= 1
          best[furthest &- origin] = RangeDivision.impossible
        }
        furthest = end
      } else if cost >= best[place] {
        return
      }
      best[place] = cost
      steps[place] = Int32(truncatingIfNeeded: end &- start)
    }

    /// Calls `boundary` with the ends of the words from the settled place to this one.
    @inline(__always)
    func handOut(
      _ following: inout MutableSpan<Int32>, _ steps: Span<Int32>, at boundary: (Int) -> Void
    ) {
      let length = place &- origin
      if length == 0 { return }
      if Int(steps[length]) == length { return boundary(place) }
      var last = length
      while last > 0 {
        let before = last &- Int(steps[last])
        following[before] = Int32(truncatingIfNeeded: last)
        last = before
      }
      repeat {
        last = Int(following[last])
        boundary(origin &+ last)
      } while last < length
    }
  }

  /// The last place that the best ways to all places from `first` through `last` have in common, or 0
  /// where that cannot be said: in the middle of a scalar.
  @inline(never)
  private func parting(of first: Int, through last: Int) -> Int {
    guard best[first] != Self.impossible else { return 0 }
    var open = Set((first...last).filter { best[$0] != Self.impossible })
    while open.count > 1, let furthest = open.max() {
      open.remove(furthest)
      open.insert(furthest - Int(steps[furthest]))
    }
    return open.first ?? 0
  }

  /// Makes the place `settled` the first.
  @inline(never)
  private mutating func forget(_ settled: Int, through last: Int) {
    let paid = best[settled]
    for place in settled...last {
      let cost = best[place]
      best[place - settled] = cost == Self.impossible ? cost : cost - paid
      steps[place - settled] = steps[place]
    }
  }

  @inline(never)
  private mutating func grow() {
    best.append(contentsOf: repeatElement(0, count: best.count))
    steps.append(contentsOf: repeatElement(0, count: steps.count))
    following.append(contentsOf: repeatElement(0, count: following.count))
  }

  /// Gives back memory that a long stretch made it take.
  mutating func shrink() {
    if best.count > 1 << 16 { self = RangeDivision(patience: patience) }
  }
}
