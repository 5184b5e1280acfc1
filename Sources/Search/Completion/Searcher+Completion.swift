internal import SuoyinIndex
internal import SuoyinText

extension Searcher {
  /// What a text that is being typed may go on as: words of the articles that begin with what stands
  /// behind the last blank, words side by side that do, and titles.
  ///
  /// Chinese may be typed as it is written, traditional or simplified, in pinyin (`chongqing`), in
  /// initials (`cqqc` for 重庆汽车) or mixed. What is offered is held by an article that is not
  /// deleted. Where articles may be found by neither words nor titles, as in an index without them,
  /// nothing is offered.
  ///
  /// - Parameters:
  ///   - typed: what stands before the last blank is kept as it is.
  ///   - limit: the most completions; a third of these are titles, where there are so many.
  /// - Returns: words by falling number of articles, then titles.
  /// - Complexity: linear in the words that begin so, in each segment; some dozens of articles are
  ///   read.
  public func complete(_ typed: String, limit: Int = 10) throws(SearchError) -> [QueryCompletion] {
    guard typed.utf8.count <= Self.longestQuery else {
      throw .queryTooLong(bytes: typed.utf8.count)
    }
    let session = sessions.take()
    defer { sessions.giveBack(session) }
    let start = typed.lastIndex(where: \.isWhitespace).map { typed.index(after: $0) }
    let tail = String(typed[(start ?? typed.startIndex)...])
    let head = typed[..<(start ?? typed.startIndex)]
    guard limit > 0, !tail.isEmpty else { return [] }
    do throws(IndexError) {
      let completer = Completer(tail, on: snapshot, session)
      var words = try completer.words(limit)
      let titles = try completer.titles(limit, beside: words.map(\.text))
      words.removeLast(max(0, words.count - limit + min(titles.count, limit / 3)))
      return (words + titles).prefix(limit).map {
        QueryCompletion(text: head + $0.text, kind: $0.kind, articles: $0.articles)
      }
    } catch { throw .index(error) }
  }
}

/// Completes one text.
private struct Completer {
  private let snapshot: IndexSnapshot
  private let session: AnalysisSession
  private let folded: String
  private let typed: TypedText

  /// The most words that are kept of those that begin so, before they are counted.
  private static let kept = 32
  /// The words of each place that words side by side are made of.
  private static let tried = 8
  /// The readings that rows of words are made of.
  private static let rowReadings = 4
  /// The most rows of words that are looked for.
  private static let rowsCounted = 10
  /// The most articles whose titles are read.
  private static let titlesRead = 24

  init(_ text: String, on snapshot: IndexSnapshot, _ session: AnalysisSession) {
    self.snapshot = snapshot
    self.session = session
    folded = session.folded(text)
    let segments = snapshot.segments
    typed = TypedText(folded) { keys in
      segments.contains { segment in
        !(segment.suggestedWords?.places(keys).isEmpty ?? true)
          || !(segment.suggestedTitles?.entries(keys).isEmpty ?? true)
      }
    }
  }

  // MARK: Words

  private struct Word: Equatable {
    let text: String
    let frequency: Int
  }

  /// Words and rows of words, by falling number of articles.
  func words(_ limit: Int) throws(IndexError) -> [QueryCompletion] {
    var found: [String: Int] = [:]
    for (index, reading) in typed.readings.enumerated() {
      for word in words(reading, 0..<reading.units.count, goOn: true, Self.kept)
      where word.text != folded {
        found[word.text] = max(found[word.text] ?? 0, try count(of: word.text))
      }
      if found.count < limit, index < Self.rowReadings {
        for row in try rows(reading) where row.text != folded { found[row.text] = row.frequency }
      }
    }
    return found.filter { $0.value > 0 }
      .sorted {
        $0.value != $1.value
          ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
      }
      .prefix(limit).map { QueryCompletion(text: $0.key, kind: .words, articles: $0.value) }
  }

  /// The commonest words of some units.
  ///
  /// - Parameter goOn: whether they may have more units than these.
  private func words(
    _ reading: TypedText.Reading, _ units: Range<Int>, goOn: Bool, _ limit: Int
  ) -> [Word] {
    var keys = reading.keys(units)
    if !goOn {
      guard units.count < SuggestionKey.units else { return [] }
      keys = keys.lowerBound..<keys.lowerBound + 1
    }
    var found: [String: Int] = [:]
    for segment in snapshot.segments {
      guard let words = segment.suggestedWords else { continue }
      var best: [(place: Int, frequency: UInt32)] = []
      for place in words.places(keys) {
        let frequency = words.frequency(at: place)
        guard best.count < limit || frequency > best[best.count - 1].frequency,
          reading.begins(words.word(at: place), with: units)
        else { continue }
        best.insert(
          (place, frequency), at: best.partitioningIndex { $0.frequency < frequency })
        if best.count > limit { best.removeLast() }
      }
      for (place, frequency) in best { found[words.word(at: place), default: 0] += Int(frequency) }
    }
    return found.map { Word(text: $0.key, frequency: $0.value) }
      .sorted { $0.frequency != $1.frequency ? $0.frequency > $1.frequency : $0.text < $1.text }
      .prefix(limit).map(\.self)
  }

  /// In how many articles a word is; where some of few are deleted, of those that are not.
  private func count(of word: String) throws(IndexError) -> Int {
    var count = 0
    for segment in snapshot.segments {
      let field = segment.field(FieldID(.text, .words))
      guard let entry = try field.entry(for: Array(word.utf8)) else { continue }
      if segment.hasDeletes, entry.documentFrequency <= Self.recounted {
        count += FoundDocuments(field.blocks(entry)).documents.count { segment.isLive($0) }
      } else {
        count += entry.documentFrequency
      }
    }
    return count
  }

  /// Up to so many documents of a word are looked at for deleted ones.
  private static let recounted = 4096

  // MARK: Words side by side

  /// A row of words, and the least frequency of these.
  private struct Row {
    var words: [Word] = []
    var frequency: Int { words.map(\.frequency).min() ?? .max }
    var text: String { words.map(\.text).joined() }
  }

  /// Rows of two to four words of two to four units each, the last of which may go on, that stand side
  /// by side somewhere. That two words can do so is told by the pair of characters where they meet.
  private func rows(_ reading: TypedText.Reading) throws(IndexError) -> [Word] {
    let count = reading.units.count
    guard count >= 3, snapshot.analyzer.name.makesGrams else { return [] }
    // Of each place the likeliest rows that end there.
    var ending: [Int: [Row]] = [0: [Row()]]
    var complete: [Row] = []
    for place in 0..<count {
      guard let rows = ending[place], rows[0].words.count < 4 else { continue }
      if place > 0 {
        let last = words(reading, place..<count, goOn: true, Self.tried)
        complete += try joined(rows, last)
      }
      for length in 2...4 where place + length < count {
        let next = words(reading, place..<place + length, goOn: false, Self.tried)
        guard !next.isEmpty else { continue }
        let all = (ending[place + length] ?? []) + (try joined(rows, next))
        ending[place + length] =
          all.isEmpty
          ? nil : Array(all.sorted { $0.frequency > $1.frequency }.prefix(Self.tried))
      }
    }
    var found: [Word] = []
    for row in complete.sorted(by: { $0.frequency > $1.frequency }).prefix(Self.rowsCounted) {
      let frequency = try countWhole(row.text)
      if frequency > 0 { found.append(Word(text: row.text, frequency: frequency)) }
    }
    return found
  }

  private func joined(_ rows: [Row], _ words: [Word]) throws(IndexError) -> [Row] {
    var found: [Row] = []
    for row in rows {
      for word in words where try meets(row.words.last?.text, word.text) {
        found.append(Row(words: row.words + [word]))
      }
    }
    return found
  }

  private func meets(_ first: String?, _ second: String) throws(IndexError) -> Bool {
    guard let last = first?.unicodeScalars.last, let next = second.unicodeScalars.first else {
      return first == nil
    }
    var pair = String.UnicodeScalarView()
    pair.append(last)
    pair.append(next)
    return try snapshot.documentFrequency(
      of: Array(String(pair).utf8), in: FieldID(.text, .grams)) > 0
  }

  /// How many articles hold a text whole.
  private func countWhole(_ text: String) throws(IndexError) -> Int {
    let whole = AnalyzedClause(Query.Text(text: text, source: 0..<0), by: .grams, in: session).whole
    var count = 0
    for segment in snapshot.segments {
      let found = try FoundDocuments(whole, in: segment.field(FieldID(.text, .grams)), nil)
      count += found.documents.count { segment.isLive($0) }
    }
    return count
  }

  // MARK: Titles

  /// Titles that begin so, or do so behind a mark, the commonest first; none that is one of some words,
  /// and of those that differ in their form alone the first.
  ///
  /// Where more have the key than are read, those that hold what was typed or, for pinyin, one of the
  /// first of some words.
  func titles(_ limit: Int, beside words: [String]) throws(IndexError) -> [QueryCompletion] {
    var read = 0
    // By the folded text, as words are.
    var counts: [String: Int] = [:]
    var order: [(folded: String, text: String)] = []
    var seen: Set<[UInt32]> = []
    for reading in typed.readings where reading.units.count > 1 {
      let all = 0..<reading.units.count
      for (index, segment) in snapshot.segments.enumerated() {
        guard let titles = segment.suggestedTitles else { continue }
        let entries = titles.entries(reading.keys(all))
        let holding =
          entries.count > Self.titlesRead
          ? try records(
            of: segment,
            whose: reading.isWritten ? [folded] : Array(words.prefix(Self.wordsInTitles)))
          : nil
        for entry in entries where read < Self.titlesRead {
          guard let (record, place) = titles.place(of: entry), segment.isLive(record: record),
            holding?.contains(record) ?? true,
            seen.insert([UInt32(index), record, UInt32(place)]).inserted
          else { continue }
          read += 1
          guard let title = try segment.title(ofRecord: record) else { continue }
          let clauses = SuggestedTitles.clauses(of: title)
          guard place < clauses.count else { continue }
          let rest = title[clauses[place].startIndex...].prefix(Self.titleLength)
          guard reading.begins(session.folded(String(rest)), with: all) else { continue }
          // Where it was typed beyond the mark, with what follows.
          var text = String(clauses[place].prefix(Self.titleLength))
          if !reading.begins(session.folded(text), with: all) { text = String(rest) }
          let folded = session.folded(text)
          if counts.updateValue((counts[folded] ?? 0) + 1, forKey: folded) == nil {
            order.append((folded, text))
          }
        }
      }
    }
    let offered = Set(words)
    return order.enumerated().filter { !offered.contains($0.element.folded) }
      .map { (place: $0.offset, text: $0.element.text, count: counts[$0.element.folded] ?? 0) }
      .sorted { ($1.count, $0.place) < ($0.count, $1.place) }
      .prefix(limit)
      .map { QueryCompletion(text: $0.text, kind: .title, articles: $0.count) }
  }

  /// The records of the documents whose titles hold one of some texts.
  private func records(
    of segment: Segment, whose texts: [String]
  ) throws(IndexError) -> DocumentSet {
    var set = DocumentSet(documentCount: segment.documentCount)
    for text in texts {
      let text = Query.Text(text: text, source: 0..<0)
      let whole = AnalyzedClause(text, by: .grams, in: session).whole
      let found = try FoundDocuments(whole, in: segment.field(FieldID(.title, .grams)), nil)
      for document in found.documents { set.insert(segment.record(of: document)) }
    }
    return set
  }

  /// The words that titles are looked for by.
  private static let wordsInTitles = 4
  /// The most characters of a title.
  private static let titleLength = 60
}

extension SuggestedWords {
  fileprivate func places(_ keys: Range<UInt64>) -> Range<Int> {
    places(from: keys.lowerBound, to: keys.upperBound)
  }
}

extension SuggestedTitles {
  fileprivate func entries(_ keys: Range<UInt64>) -> Range<Int> {
    entries(from: keys.lowerBound, to: keys.upperBound)
  }
}

extension AnalysisSession {
  /// A text as the index has it, in one form for each character.
  fileprivate func folded(_ text: String) -> String {
    var folded: [UInt16] = []
    fold(text, edits: [], into: &folded)
    return String(decoding: folded, as: UTF16.self)
  }
}
