/// Divides a range of Han and kana into words: the segmentation of least cost, by the dictionary's
/// costs and those that ICU gives to unknown characters and to runs of katakana.
///
/// The programme is ICU's (CjkBreakEngine in `dictbe.cpp`, ICU 72), with its ties. It differs in that
/// it forgets what lies behind it: where the best ways to all places that are still open part, what
/// came before is settled. Memory is bounded by the longest stretch between two such places.
struct RangeDivision: Sendable {
  /// For each place from the origin on the ``PackedCost`` of the best way to it so far, as long as
  /// nothing has gone on from there; impossible everywhere else.
  private var best: [Int]
  /// For each place the length of the word by which the best way comes to it.
  private var steps: [UInt16]
  /// The places on the best way, the last first; only while they are handed out.
  private var ends: [Int32]
  private var lookUps = WordLookUps()

  /// After so many units it looks for what is settled and hands it out.
  private let patience: Int

  init(patience: Int = 1 << 10) {
    self.patience = patience
    best = [Int](repeating: PackedCost.impossible, count: 256)
    steps = [UInt16](repeating: 0, count: 256)
    ends = [Int32](repeating: 0, count: 256)
  }

  /// What ICU lets an unknown character cost.
  static let unknownCost = 255
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

  /// Prepares for ranges of another text.
  mutating func startOver() { lookUps.startOver() }

  /// Calls `boundary` with the end of each word in `range`, in order.
  ///
  /// - Precondition: every scalar of the range is Han or kana and its own NFKC; `text` is the same
  ///   since ``startOver()``.
  /// - Complexity: O(n) steps of at most the longest word's length.
  @inline(__always)
  mutating func divide(
    _ text: Span<UInt16>, _ range: Range<Int>, by tables: WordTables,
    and userWords: UserWords?, at boundary: (Int) -> Void
  ) {
    let end = range.upperBound
    let lead = max(Self.usualReach, userWords?.longest ?? 0)
    var way = Way(origin: range.lowerBound, place: range.lowerBound)
    var wait = patience
    best[0] = 0
    while true {
      while best.count <= way.place &- way.origin &+ lead { grow() }
      let limit = min(wait, best.count &- lead)
      advance(&way, in: text, to: end, before: limit, by: tables, and: userWords)
      if way.place == end { break }
      if way.place &- way.origin >= wait {
        let settled = parting(of: way, lead: lead)
        if settled > way.origin {
          handOut(way, to: settled, at: boundary)
          forget(before: settled, &way, lead: lead)
        } else {
          wait *= 2
        }
      }
    }
    handOut(way, to: end, at: boundary)
  }

  /// Where a division stands.
  private struct Way {
    /// What lies before it is handed out.
    var origin: Int
    /// The place whose words come next.
    var place: Int
    /// Whether katakana stand before the place.
    var followsKatakana = false
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
  @inline(never)
  private mutating func advance(
    _ way: inout Way, in text: Span<UInt16>, to end: Int, before limit: Int,
    by tables: WordTables, and userWords: UserWords?
  ) {
    // Spans, because arrays would be asked at each access whether they are shared; of arrays that
    // are no part of `self` meanwhile.
    var (bests, lengths): ([Int], [UInt16]) = ([], [])
    swap(&bests, &self.best)
    swap(&lengths, &self.steps)
    defer {
      swap(&bests, &self.best)
      swap(&lengths, &self.steps)
    }
    var best = bests.mutableSpan
    var steps = lengths.mutableSpan
    let stop = min(end, way.origin &+ limit)
    var i = way.place
    var open = OpenPlaces(at: i &- way.origin, of: &best)
    while i < stop {
      if i >= lookUps.end { lookUps.fill(from: i, in: text, by: tables) }
      let words = lookUps[i]
      let isKatakana = words.flags & WordTables.Flag.katakana != 0
      let beginsKatakana = isKatakana && !way.followsKatakana
      way.followsKatakana = isKatakana
      steps[open.place] = PackedCost.step(of: open.here)
      // Else the middle of a scalar.
      if open.here < PackedCost.impossible {
        let cost = PackedCost.cost(of: open.here)
        let left = end &- i
        // Without branches: which word is cheaper nobody foresees, nor which ones there are.
        let two = left > 1 ? words.two : PackedCost.unpayable
        let three = left > 2 ? words.three : PackedCost.unpayable
        if words.flags & WordTables.Flag.leadSurrogate == 0 || left == 1 {
          open.next = min(open.next, cost &+ words.one)
          open.second = min(open.second, cost &+ two)
        } else {
          open.second = min(
            open.second, cost &+ PackedCost.word(of: Self.unknownCost, step: 2), cost &+ two)
        }
        open.third = min(open.third, cost &+ three)
        if left > 3 { open.reach(4, by: cost &+ words.four, &best) }
        if words.node > 0xFF, left > 4 {
          var node = words.node
          var length = 4
          while node > 0xFF, length < left {
            let code = tables.entry(text[i &+ length]).code
            node = tables.slot(of: node, code).node(below: code)
            length &+= 1
            open.reach(length, by: cost &+ PackedCost.word(of: node, step: length), &best)
          }
        }
        if beginsKatakana {
          var length = 1
          while length < left, length < Self.katakanaLimit,
            tables.entry(text[i &+ length]).flags & WordTables.Flag.katakana != 0
          {
            length &+= 1
          }
          if length < Self.katakanaLimit {
            let run = PackedCost.word(of: Self.cost(ofKatakana: length), step: length)
            open.reach(length, by: cost &+ run, &best)
          }
        }
        if let userWords {
          for (last, cheap) in userWords.beginning(in: text, i..<end) {
            let word = PackedCost.word(of: cheap, step: last &- i)
            open.reach(last &- i, by: cost &+ word, &best)
          }
        }
      }
      open.advance(&best)
      i &+= 1
    }
    way.place = i
    if i == end { steps[open.place] = PackedCost.step(of: open.here) } else { open.close(&best) }
  }

  /// The best ways to a place and to the three behind it, which nearly all words lead to: taken out
  /// of the array, in which writing and reading again would take longer than all the rest.
  private struct OpenPlaces {
    /// Behind the origin.
    var place: Int
    var here: Int
    var next: Int
    var second: Int
    var third: Int

    @inline(__always)
    init(at place: Int, of best: inout MutableSpan<Int>) {
      self.place = place
      here = Self.take(place, of: &best)
      next = Self.take(place &+ 1, of: &best)
      second = Self.take(place &+ 2, of: &best)
      third = Self.take(place &+ 3, of: &best)
    }

    /// Takes the way of some length from here, if it is the cheapest to its end.
    @inline(__always)
    mutating func reach(_ length: Int, by cost: Int, _ best: inout MutableSpan<Int>) {
      switch length {
      case 1: next = min(next, cost)
      case 2: second = min(second, cost)
      case 3: third = min(third, cost)
      default: best[place &+ length] = min(best[place &+ length], cost)
      }
    }

    @inline(__always)
    mutating func advance(_ best: inout MutableSpan<Int>) {
      place &+= 1
      (here, next, second) = (next, second, third)
      third = Self.take(place &+ 3, of: &best)
    }

    /// Puts the ways back.
    func close(_ best: inout MutableSpan<Int>) {
      best[place] = here
      best[place &+ 1] = next
      best[place &+ 2] = second
      best[place &+ 3] = third
    }

    @inline(__always)
    private static func take(_ place: Int, of best: inout MutableSpan<Int>) -> Int {
      let cost = best[place]
      best[place] = PackedCost.impossible
      return cost
    }
  }

  /// The last place that the best ways to all open places have in common, or the origin where that
  /// cannot be said: in the middle of a scalar.
  @inline(never)
  private mutating func parting(of way: Way, lead: Int) -> Int {
    let first = way.place - way.origin
    guard best[first] < PackedCost.impossible else { return way.origin }
    var open: Set<Int> = []
    for place in first...first + lead where best[place] < PackedCost.impossible {
      steps[place] = PackedCost.step(of: best[place])
      open.insert(place)
    }
    while open.count > 1, let furthest = open.max() {
      open.remove(furthest)
      open.insert(furthest - Int(steps[furthest]))
    }
    return way.origin + (open.first ?? 0)
  }

  /// Makes a settled place the origin, and the cost of the next place none.
  @inline(never)
  private mutating func forget(before settled: Int, _ way: inout Way, lead: Int) {
    let distance = settled - way.origin
    let next = way.place - way.origin
    let spent = PackedCost.cost(of: best[next])
    for place in distance...next + lead {
      steps[place - distance] = steps[place]
      let cost = best[place]
      best[place] = PackedCost.impossible
      best[place - distance] = cost < PackedCost.impossible ? cost - spent : cost
    }
    way.origin = settled
  }

  @inline(never)
  private mutating func grow() {
    best.append(contentsOf: repeatElement(PackedCost.impossible, count: best.count))
    steps.append(contentsOf: repeatElement(0, count: steps.count))
    ends.append(contentsOf: repeatElement(0, count: ends.count))
  }

  /// Gives back memory that a long stretch made it take.
  mutating func shrink() {
    if best.count > 1 << 16 { self = RangeDivision(patience: patience) }
  }
}
