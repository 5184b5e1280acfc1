import SuoyinStorage

/// Divides a range of Han and kana into words: the segmentation of least cost, by the dictionary's
/// costs and those that ICU gives to unknown characters and to runs of katakana.
///
/// The programme is ICU's (CjkBreakEngine in `dictbe.cpp`, ICU 72), with its ties. It differs in that
/// it forgets what lies behind it: a word that all open segmentations share is settled. Memory is
/// bounded by the longest stretch between two places where all segmentations that are still open part.
struct RangeDivision: Sendable {
  /// For each place from the last settled one on the best way to it; ``Way/none`` behind the places
  /// to which a way is known, and in the middle of scalars.
  private var best: [Way]
  /// The ends of the words of the range that was divided last, in order; more may follow, which mean
  /// nothing.
  private(set) var ends = [Int](repeating: 0, count: 256)
  /// How many words it has.
  private(set) var count = 0

  /// After so many units it looks for where the open segmentations part.
  private let patience: Int

  init(patience: Int = 1 << 10) {
    self.patience = patience
    best = [Way](repeating: .none, count: 256)
  }

  /// Appends the words of the range that was divided last.
  @inline(__always)
  func append(to pieces: inout WordPieces, kind: UInt8) {
    pieces.append(ends: ends.span.extracting(0..<count), kind: kind)
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

  /// The cost of a way to a place above the length of its last word, in one number: of two ways the
  /// lesser is the cheaper, and of equally cheap ones, as ICU has it, that of the longer word.
  private struct Way: BitwiseCopyable {
    let bits: Int

    private static let lengthBits = 16
    private static let lengths = (1 << lengthBits) - 1
    /// A cost above that of ``none``.
    private static let unpayable = 1 << 45
    static let start = Way(bits: 0)
    static let none = Way(bits: 1 << 60)

    @inline(__always) var isNone: Bool { bits >= Way.none.bits }
    @inline(__always) var length: Int { Way.lengths &- (bits & Way.lengths) }

    /// Takes another way, if it is the better. Without a branch: which word is cheaper nobody
    /// foresees.
    @inline(__always)
    mutating func take(_ other: Way) { self = Way(bits: min(bits, other.bits)) }

    /// This way and a word more.
    @inline(__always)
    func longer(by length: Int, at cost: Int) -> Way {
      Way(bits: (bits | Way.lengths) &+ cost &<< Way.lengthBits &- length)
    }

    /// The same with the word of a node; dearer than none where there is no such word.
    @inline(__always)
    func longer(by length: Int, withWordOf node: UInt32) -> Way {
      let word = Int(node & 0xFF)
      return longer(by: length, at: word &+ ((word &- 1) &>> 63 & Way.unpayable))
    }

    /// The same way, at what it costs more than another.
    func since(_ other: Way) -> Way {
      Way(bits: bits &- (other.bits & ~Way.lengths))
    }
  }

  /// Divides `range` into words, whose ``ends`` are there until the next one.
  ///
  /// - Precondition: every scalar of the range is Han or kana and its own NFKC.
  /// - Complexity: O(n) steps of at most the longest word's length.
  @inline(__always)
  mutating func divide(
    _ text: Span<UInt16>, _ range: Range<Int>, by tables: WordTables, and userWords: UserWords?
  ) {
    let end = range.upperBound
    count = 0
    let lead = max(Self.usualReach, userWords?.longest ?? 0)
    var (origin, place) = (range.lowerBound, range.lowerBound)
    var followsKatakana = false
    var wait = patience
    best[0] = .start
    while true {
      while best.count <= place &- origin &+ lead { grow() }
      let limit = min(wait, best.count &- lead)
      let stop = min(end, origin &+ limit)
      followsKatakana = advance(
        from: place, to: stop, origin, followsKatakana, in: text, before: end, by: tables,
        and: userWords)
      place = stop
      if place == end { break }
      if place &- origin >= wait {
        let settled = parting(at: place &- origin, lead)
        if settled > 0 {
          handOut(origin, settled)
          forget(settled, at: place &- origin, lead)
          origin &+= settled
        } else {
          wait *= 2
        }
      }
    }
    handOut(origin, end &- origin)
    var all = best.mutableSpan
    for i in 0...end &- origin { all[i] = .none }
  }

  /// Appends the ends of the words from the origin on, up to the place so far behind it.
  @inline(__always)
  private mutating func handOut(_ origin: Int, _ length: Int) {
    while self.ends.count &- count < length {
      self.ends.append(contentsOf: repeatElement(0, count: self.ends.count))
    }
    var (list, count): ([Int], Int) = ([], count)
    swap(&list, &self.ends)
    defer {
      swap(&list, &self.ends)
      self.count = count
    }
    let best = self.best.span
    var ends = list.mutableSpan
    // The last first, then all to where they belong.
    var first = count &+ length
    var last = length
    while last > 0 {
      first &-= 1
      ends[first] = origin &+ last
      last &-= best[last].length
    }
    for i in first..<count &+ length {
      ends[count] = ends[i]
      count &+= 1
    }
  }

  /// Goes on from place to place; returns whether the last character is a katakana.
  @inline(__always)
  private mutating func advance(
    from start: Int, to stop: Int, _ origin: Int, _ isBehindKatakana: Bool, in text: Span<UInt16>,
    before end: Int, by tables: WordTables, and userWords: UserWords?
  ) -> Bool {
    // A span, because an array would be asked at each access whether it is shared; of an array that
    // is no part of `self` meanwhile.
    var ways: [Way] = []
    swap(&ways, &self.best)
    defer { swap(&ways, &self.best) }
    var best = ways.mutableSpan
    var ahead = LookAhead(from: start, in: text, to: end, by: tables)
    var near = NearWays(best, at: start &- origin)
    var followsKatakana = isBehindKatakana
    for i in start..<stop {
      let (entry, two, three) = ahead.next(i, in: text, to: end, by: tables)
      let place = i &- origin
      let way = near.here
      let isKatakana = entry.flags & WordTables.Flag.katakana != 0
      let begins = isKatakana && !followsKatakana
      followsKatakana = isKatakana
      // Else the middle of a scalar.
      if !way.isNone {
        let single = Int(entry.node & 0xFF)
        let isWide =
          single == 0 && entry.flags & WordTables.Flag.leadSurrogate != 0 && i &+ 1 < end
        if isWide {
          near.two.take(way.longer(by: 2, at: Self.unknownCost))
        } else {
          near.one.take(way.longer(by: 1, at: single == 0 ? Self.unknownCost : single))
        }
        // Whether two characters or three make a word nobody foresees, so they are taken as if they
        // did.
        near.two.take(way.longer(by: 2, withWordOf: two))
        near.three.take(way.longer(by: 3, withWordOf: three))
        var node = three
        var j = i &+ 3
        while node > 0xFF, j < end {
          let code = WordTables.Entry(bits: tables.units[Int(text[j])]).code
          node = tables.slot(of: node, code).node(below: code)
          j &+= 1
          best[j &- origin].take(way.longer(by: j &- i, withWordOf: node))
        }
        if begins {
          var last = i &+ 1
          while last < end, last &- i < Self.katakanaLimit,
            WordTables.Entry(bits: tables.units[Int(text[last])]).flags & WordTables.Flag.katakana
              != 0
          {
            last &+= 1
          }
          let length = last &- i
          if length < Self.katakanaLimit {
            near.take(
              way.longer(by: length, at: Self.cost(ofKatakana: length)), place, length, &best)
          }
        }
        if let userWords {
          for (last, cost) in userWords.beginning(in: text, i..<end) {
            near.take(way.longer(by: last &- i, at: cost), place, last &- i, &best)
          }
        }
      }
      near.goOn(from: place, &best)
    }
    near.end(at: stop &- origin, &best)
    return followsKatakana
  }

  /// The ways to a place and to the next three: most words end there, and the way to the next place
  /// need not wait for memory that was just written.
  private struct NearWays {
    private(set) var here: Way
    var one: Way
    var two: Way
    var three: Way

    @inline(__always)
    init(_ best: borrowing MutableSpan<Way>, at place: Int) {
      (here, one) = (best[place], best[place &+ 1])
      (two, three) = (best[place &+ 2], best[place &+ 3])
    }

    /// Takes a way to a place near or far.
    @inline(never)
    mutating func take(_ way: Way, _ place: Int, _ length: Int, _ best: inout MutableSpan<Way>) {
      switch length {
      case 1: one.take(way)
      case 2: two.take(way)
      case 3: three.take(way)
      default: best[place &+ length].take(way)
      }
    }

    /// Goes on to the next place, to which no more ways are found.
    @inline(__always)
    mutating func goOn(from place: Int, _ best: inout MutableSpan<Way>) {
      best[place &+ 1] = one
      (here, one, two, three) = (one, two, three, best[place &+ 4])
    }

    /// Writes down what is known of the places behind the last one.
    @inline(__always)
    func end(at place: Int, _ best: inout MutableSpan<Way>) {
      best[place &+ 1] = one
      best[place &+ 2] = two
    }
  }

  /// What the next places need of the tables, asked for before its turn: waiting for memory takes
  /// most of the time, and a word that ends unforeseen would let it begin only then.
  private struct LookAhead {
    private var entries: (WordTables.Entry, WordTables.Entry, WordTables.Entry, WordTables.Entry)
    /// The node of the next two characters, and the slots of those behind.
    private var two: UInt32
    private var three: DoubleArray.Slot
    private var later: DoubleArray.Slot

    @inline(__always)
    init(from i: Int, in text: Span<UInt16>, to end: Int, by tables: WordTables) {
      entries = (
        Self.entry(i, in: text, to: end, by: tables),
        Self.entry(i &+ 1, in: text, to: end, by: tables),
        Self.entry(i &+ 2, in: text, to: end, by: tables),
        Self.entry(i &+ 3, in: text, to: end, by: tables)
      )
      two = tables.slot(of: entries.0.node, entries.1.code).node(below: entries.1.code)
      three = tables.slot(of: two, entries.2.code)
      later = tables.slot(of: entries.1.node, entries.2.code)
    }

    /// The entry of the character at `i`, and the nodes of the two and of the three characters that
    /// begin there, 0 where no word begins so.
    @inline(__always)
    mutating func next(
      _ i: Int, in text: Span<UInt16>, to end: Int, by tables: WordTables
    ) -> (WordTables.Entry, two: UInt32, three: UInt32) {
      let (first, second, third, fourth) = entries
      let result = (first, two, three.node(below: third.code))
      two = later.node(below: third.code)
      three = tables.slot(of: two, fourth.code)
      later = tables.slot(of: third.node, fourth.code)
      entries = (second, third, fourth, Self.entry(i &+ 4, in: text, to: end, by: tables))
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

  /// The last place that the best ways to all open places have in common, or 0 where that cannot be
  /// said: in the middle of a scalar.
  ///
  /// - Parameters:
  ///   - place: the first open one; all are counted from the origin.
  ///   - lead: how far behind it there may be others.
  @inline(never)
  private func parting(at place: Int, _ lead: Int) -> Int {
    guard !best[place].isNone else { return 0 }
    var open = Set((place..<min(best.count, place + lead + 1)).filter { !best[$0].isNone })
    while open.count > 1, let furthest = open.max() {
      open.remove(furthest)
      open.insert(furthest - best[furthest].length)
    }
    return open.first ?? 0
  }

  /// Makes the settled place the origin, which costs nothing.
  @inline(never)
  private mutating func forget(_ settled: Int, at place: Int, _ lead: Int) {
    let all = 0..<min(best.count, place + lead + 1)
    let (start, kept) = (best[settled], best[settled..<all.upperBound])
    let moved = kept.map { $0.isNone ? $0 : $0.since(start) }
    for i in all { best[i] = i < moved.count ? moved[i] : .none }
  }

  @inline(never)
  private mutating func grow() {
    best.append(contentsOf: repeatElement(.none, count: best.count))
  }

  /// Gives back memory that a long stretch made it take.
  mutating func shrink() {
    if best.count > 1 << 16 { self = RangeDivision(patience: patience) }
  }
}
