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
  /// What ICU lets a run of katakana cost, by its length; a longer one costs as much as one of 0.
  private static let katakanaCosts = [8192, 984, 408, 240, 204, 252, 300, 372, 480]
  /// A run of so many is none.
  private static let katakanaLimit = 20

  /// Calls `boundary` with the end of each word in `range`, in order.
  ///
  /// - Precondition: every scalar of the range is Han or kana and its own NFKC.
  /// - Complexity: O(n) steps of at most the longest word's length.
  @inline(__always)
  mutating func divide(
    _ text: Span<UInt16>, _ range: Range<Int>, by tables: borrowing WordTables,
    and userWords: UserWords?, at boundary: (Int) -> Void
  ) {
    let units = tables.units
    let labels = tables.labels
    let nodes = tables.nodes
    let end = range.upperBound
    // The last settled place, and the furthest to which a word leads.
    var origin = range.lowerBound
    var furthest = origin
    var wait = patience
    var followsKatakana = false
    best[0] = 0
    var i = origin
    while i < end {
      if i == furthest {
        handOut(origin, to: i, at: boundary)
        origin = i
        best[0] = 0
        wait = patience
      } else if i &- origin >= wait, best[i &- origin] != Self.impossible {
        let settled = parting(of: i &- origin, through: furthest &- origin)
        if settled > 0 {
          handOut(origin, to: origin + settled, at: boundary)
          forget(settled, through: furthest &- origin)
          origin += settled
          wait = patience
        } else {
          wait *= 2
        }
      }
      let cost = best[i &- origin]
      // The middle of a scalar.
      if cost == Self.impossible {
        i &+= 1
        continue
      }
      let entry = WordTables.Entry(bits: units[Int(text[i])])
      var node = entry.node
      let single = Int(node & 0xFF)
      if single != 0 { reach(i &+ 1, cost &+ single, from: i, origin, &furthest) }
      var j = i &+ 1
      while node > 0xFF, j < end {
        let code = WordTables.Entry(bits: units[Int(text[j])]).code
        let place = Int(node &>> DoubleArray.costBits) &+ Int(code)
        guard code != 0, labels[place] == code else { break }
        node = nodes[place]
        j &+= 1
        let longer = Int(node & 0xFF)
        if longer != 0 { reach(j, cost &+ longer, from: i, origin, &furthest) }
      }
      if single == 0 {
        let width = entry.flags & WordTables.Flag.leadSurrogate != 0 && i &+ 1 < end ? 2 : 1
        reach(i &+ width, cost &+ Self.unknownCost, from: i, origin, &furthest)
      }
      let isKatakana = entry.flags & WordTables.Flag.katakana != 0
      if isKatakana, !followsKatakana {
        var last = i &+ 1
        while last < end, last &- i < Self.katakanaLimit,
          WordTables.Entry(bits: units[Int(text[last])]).flags & WordTables.Flag.katakana != 0
        {
          last &+= 1
        }
        let length = last &- i
        if length < Self.katakanaLimit {
          let costs = Self.katakanaCosts
          let run = costs[length < costs.count ? length : 0]
          reach(last, cost &+ run, from: i, origin, &furthest)
        }
      }
      followsKatakana = isKatakana
      if let userWords {
        userWords.forEach(in: text, i..<end) { last, cheap in
          reach(last, cost &+ cheap, from: i, origin, &furthest)
        }
      }
      i &+= 1
    }
    handOut(origin, to: end, at: boundary)
  }

  /// Takes the word from `start` to `end` as the way to its end, if it is the cheapest.
  @inline(__always)
  private mutating func reach(
    _ end: Int, _ cost: Int, from start: Int, _ origin: Int, _ furthest: inout Int
  ) {
    let place = end &- origin
    if end > furthest {
      if place >= best.count { grow(beyond: place) }
      while furthest &+ 1 < end {
        furthest &+= 1
        best[furthest &- origin] = Self.impossible
      }
      furthest = end
    } else if cost >= best[place] {
      return
    }
    best[place] = cost
    steps[place] = Int32(truncatingIfNeeded: end &- start)
  }

  /// Calls `boundary` with the ends of the words from `origin`, a settled place, to `end`.
  @inline(__always)
  private mutating func handOut(_ origin: Int, to end: Int, at boundary: (Int) -> Void) {
    var place = end &- origin
    if place == 0 { return }
    if Int(steps[place]) == place { return boundary(end) }
    while place > 0 {
      let before = place &- Int(steps[place])
      following[before] = Int32(truncatingIfNeeded: place)
      place = before
    }
    repeat {
      place = Int(following[place])
      boundary(origin &+ place)
    } while origin &+ place < end
  }

  /// The last place that the best ways to all places from `first` through `last` have in common.
  @inline(never)
  private func parting(of first: Int, through last: Int) -> Int {
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
  private mutating func grow(beyond place: Int) {
    let more = max(place + 1, 2 * best.count) - best.count
    best.append(contentsOf: repeatElement(0, count: more))
    steps.append(contentsOf: repeatElement(0, count: more))
    following.append(contentsOf: repeatElement(0, count: more))
  }

  /// Gives back memory that a long stretch made it take.
  mutating func shrink() {
    if best.count > 1 << 16 { self = RangeDivision(patience: patience) }
  }
}
