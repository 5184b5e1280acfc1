import SuoyinStorage

/// Cuts text into words.
///
/// The cut is that of ICU's root word iterator over the whole text, whatever the text: by ICU's own
/// rules, run here, and by its dictionary, in a programme of our own (``RangeDivision``). What other
/// engines of ICU divide (Thai, Lao, Khmer, Burmese) is given to ICU's iterator, one piece of the
/// rules at a time.
struct Segmenter: ~Copyable {
  /// Nil where ICU's data cannot be read: then its iterator cuts everything.
  private let tables: WordTables?
  /// Those of the text that was cut last.
  private(set) var pieces = WordPieces()
  private var rules: RulePieces
  private let userWords: UserWords?
  private var division: RangeDivision
  private var iterator: StretchIterator

  /// - Parameters:
  ///   - userWords: words that are cut as one piece.
  ///   - tables: nil makes ICU's iterator cut everything.
  ///   - patience: see ``RangeDivision``.
  ///   - usual, most: see ``StretchIterator``.
  init(
    userWords: UserWords? = nil, tables: WordTables? = .shared, patience: Int = 1 << 10,
    usual: Int = 1 << 15, most: Int = 1 << 20
  ) {
    division = RangeDivision(patience: patience)
    self.tables = tables
    rules = RulePieces(of: tables)
    self.userWords = userWords
    iterator = StretchIterator(usual: usual, most: most)
  }

  /// Hands the words of `text` to `sink`.
  ///
  /// - Complexity: O(n). It is not cut anywhere: memory grows with the number of pieces.
  mutating func words<Sink: TermSink & ~Copyable>(of text: Span<UInt16>, into sink: inout Sink) {
    cut(text)
    pieces.hand(of: text, to: &sink)
    pieces.shrink()
  }

  /// Cuts `text` into ``pieces``.
  mutating func cut(_ text: Span<UInt16>) {
    pieces.removeAll()
    guard let tables else {
      iterator.cut(text, 0..<text.count, into: &pieces)
      return iterator.shrink()
    }
    let dividing = WordTables.Flag.startsRange | WordTables.Flag.otherEngine
    var start = 0
    while start < text.count {
      rules.find(from: start, in: text, by: tables)
      if rules.flags.any & dividing == 0 {
        pieces.append(rules)
        start = rules[rules.count - 1].end
        continue
      }
      var index = 0
      while index < rules.count {
        index = pieces.append(rules, from: index) { piece in
          let isWhole = piece.flags.any & dividing == 0 || piece.end &- start == 1
          if isWhole { start = piece.end }
          return isWhole
        }
        guard index < rules.count else { break }
        divide(rules[index], from: start, of: text, tables)
        start = rules[index].end
        index += 1
      }
    }
    division.shrink()
    iterator.shrink()
  }

  /// Divides a piece of the rules that is no whole word.
  @inline(__always)
  private mutating func divide(
    _ piece: RulePieces.Piece, from start: Int, of text: Span<UInt16>, _ tables: WordTables
  ) {
    let range = start..<piece.end
    let (any, all) = (piece.flags.any, piece.flags.all)
    if any & WordTables.Flag.otherEngine != 0 {
      iterator.cut(text, range, into: &pieces)
    } else if all & any & WordTables.Flag.startsRange != 0,
      any & WordTables.Flag.normalizationVaries == 0
    {
      division.divide(text, range, by: tables, and: userWords)
      division.append(to: &pieces, kind: piece.kind)
    } else {
      for place in places(in: range, of: text, tables) {
        pieces.append(end: place, kind: piece.kind)
      }
    }
  }

  /// The number of pieces into which ICU's iterator cuts `text`, in one pass.
  mutating func cutByIterator(_ text: Span<UInt16>) -> Int {
    iterator.cut(text)
  }

  /// The ends of the words in a piece of the rules that is not one plain range of Han and kana.
  @inline(never)
  private mutating func places(
    in piece: Range<Int>, of text: Span<UInt16>, _ tables: WordTables
  ) -> [Int] {
    var places: [Int] = []
    var i = piece.lowerBound
    while i < piece.upperBound {
      let (first, width) = tables.entry(of: text, at: i)
      guard first.flags & WordTables.Flag.startsRange != 0 else {
        i += width
        continue
      }
      var end = i
      var varies = false
      while end < piece.upperBound {
        let (entry, width) = tables.entry(of: text, at: end)
        guard entry.flags & WordTables.Flag.inRange != 0 else { break }
        varies = varies || entry.flags & WordTables.Flag.normalizationVaries != 0
        end += width
      }
      divide(i..<end, of: text, tables, normalizing: varies, into: &places)
      // A range's end is no boundary by itself.
      if places.last == end { places.removeLast() }
      i = end
    }
    places.append(piece.upperBound)
    return places
  }

  /// Appends the ends of the words in a range of Han and kana.
  private mutating func divide(
    _ range: Range<Int>, of text: Span<UInt16>, _ tables: WordTables,
    normalizing varies: Bool, into places: inout [Int]
  ) {
    guard varies, !ICU.isNormalized(text.extracting(range)) else {
      division.divide(text, range, by: tables, and: userWords)
      places += division.ends[..<division.count]
      return
    }
    let (units, origins) = ICU.normalize(text.extracting(range))
    var last = range.lowerBound
    division.divide(units.span, 0..<units.count, by: tables, and: userWords)
    for place in division.ends[..<division.count] {
      // Several words of the normalized text may lie in one character.
      let origin = place < origins.count ? range.lowerBound + Int(origins[place]) : range.upperBound
      if origin > last { places.append(origin) }
      last = origin
    }
  }
}

extension WordTables {
  /// The tables of this machine's ICU, from the user's cache or made; nil where there are none.
  static let shared: WordTables? =
    WordTablesCache.tables(in: SuoyinStorage.Folder.caches.map { "\($0)/suoyin" })
}

/// What cuts text into words.
public enum SegmentationSource: String, Sendable, CaseIterable {
  /// Our programme over ICU's rules and dictionary.
  case dictionary
  /// ICU's own iterator, because its rules or dictionary cannot be read. The cut is the same.
  case iterator

  /// What is in use in this process.
  public static var current: SegmentationSource {
    WordTables.shared == nil ? .iterator : .dictionary
  }
}
