internal import SuoyinIndex
internal import SuoyinText

/// Looks for a query like the one that was typed, of which no article holds the whole, that some do.
///
/// What no article holds whole is looked at alone, clause by clause. Latin words that are rare are
/// compared with all others by the letters put in, left out, changed or swapped; Han words with those
/// that sound alike, zh and z, n and ng being the same, and with those that differ by a character that
/// looks alike (``LookalikeHan``).
struct QueryCorrection {
  private let plan: QueryPlan
  private let snapshot: IndexSnapshot
  private let session: AnalysisSession
  private let watch: SearchWatch
  private let field = FieldID(.text, .grams)

  /// The clauses that are looked at.
  private static let mostClauses = 8
  /// The replacements that are counted, of one clause.
  private static let mostCounted = 24
  /// Latin words of fewer letters are not compared: too many are like them.
  private static let shortestWord = 4
  /// Of words that two letters may differ in.
  private static let longWord = 8
  /// The longest run of Han characters that is compared as a word.
  private static let longestHan = 4

  init(
    _ plan: QueryPlan, on snapshot: IndexSnapshot, _ session: AnalysisSession, _ watch: SearchWatch
  ) {
    self.plan = plan
    self.snapshot = snapshot
    self.session = session
    self.watch = watch
  }

  /// The query with what no article holds replaced; nil where nothing is like it.
  ///
  /// - Complexity: for Latin words linear in all Latin terms, for Han in the words that sound alike.
  func corrected(_ query: String) throws(IndexError) -> String? {
    guard snapshot.analyzer.name.makesGrams else { return nil }
    var corrected = query
    for clause in plan.clauses(shownBy: .text).prefix(Self.mostClauses)
    where try count(clause) == 0 {
      if watch.ends() { return nil }
      guard let place = corrected.firstRange(of: clause.text),
        let text = try replacement(of: clause)
      else { continue }
      corrected.replaceSubrange(place, with: text)
    }
    return corrected == query ? nil : corrected
  }

  /// The text like a clause's that most articles hold.
  private func replacement(of clause: AnalyzedClause) throws(IndexError) -> String? {
    var best: (text: String, count: Int)?
    for text in try candidates(for: clause).prefix(Self.mostCounted) {
      if watch.ends() { return nil }
      let count = try count(
        AnalyzedClause(Query.Text(text: text, source: 0..<0), by: .grams, in: session))
      if count > best?.count ?? 0 { best = (text, count) }
    }
    return best?.text
  }

  /// How many articles hold a clause whole.
  private func count(_ clause: AnalyzedClause) throws(IndexError) -> Int {
    guard !clause.whole.isEmpty else { return 1 }
    var count = 0
    for segment in snapshot.segments {
      let found = try FoundDocuments(clause.whole, in: segment.field(field), watch)
      count += found.documents.count { segment.isLive($0) }
    }
    return count
  }

  private func candidates(for clause: AnalyzedClause) throws(IndexError) -> [String] {
    var texts = try latin(clause)
    for window in try windows(of: clause) {
      let word = clause.units[window].map { String(decoding: $0.term, as: UTF8.self) }.joined()
      for other in homophones(of: word) + (try lookalikes(of: word)) {
        texts.append(clause.replacing(window, with: other))
      }
    }
    return texts
  }

  // MARK: Han

  /// The runs of Han characters of a clause that may be a word: its words, it as a whole, and pairs that
  /// stand in no article.
  private func windows(of clause: AnalyzedClause) throws(IndexError) -> [Range<Int>] {
    var windows: [Range<Int>] = []
    func add(_ window: Range<Int>) {
      let isHan = clause.units[window].allSatisfy { unit in
        String(decoding: unit.term, as: UTF8.self).unicodeScalars.allSatisfy {
          Pinyin.table.initial(of: $0.value) != nil
        }
      }
      let isRun =
        clause.units[window.upperBound - 1].offset - clause.units[window.lowerBound].offset
        == window.count - 1
      if isHan, isRun, !windows.contains(window) { windows.append(window) }
    }
    let count = clause.units.count
    if (2...Self.longestHan).contains(count) { add(0..<count) }
    for word in clause.words where (2...Self.longestHan).contains(word.units.count) {
      add(word.units)
    }
    for unit in 0..<max(0, count - 1) {
      let pair = clause.units[unit].term + clause.units[unit + 1].term
      if try snapshot.documentFrequency(of: pair, in: field) == 0 { add(unit..<unit + 2) }
    }
    return windows
  }

  /// Words that sound like one, the commonest first.
  private func homophones(of word: String) -> [String] {
    let sounds = word.unicodeScalars.map { Self.sounds(of: $0) }
    var found: [String: Int] = [:]
    for key in SuggestionKey.keys(of: word.unicodeScalars.lazy.map(\.value)) {
      for segment in snapshot.segments {
        guard let words = segment.suggestedWords else { continue }
        for place in words.places(from: key, to: key + 1) {
          let other = words.word(at: place)
          guard other != word, other.unicodeScalars.count == sounds.count else { continue }
          let isAlike = zip(other.unicodeScalars, sounds).allSatisfy { scalar, sounds in
            !Self.sounds(of: scalar).isDisjoint(with: sounds)
          }
          if isAlike { found[other, default: 0] += Int(words.frequency(at: place)) }
        }
      }
    }
    return found.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
      .prefix(Self.mostCounted / 2).map(\.key)
  }

  /// The readings of a character, zh being z and ng being n.
  private static func sounds(of scalar: Unicode.Scalar) -> Set<[UInt8]> {
    Set(
      Pinyin.table.readings(of: scalar.value).map { number in
        var letters = Pinyin.table.syllables[Int(number)]
        if letters.count > 1, letters[1] == UInt8(ascii: "h") { letters.remove(at: 1) }
        if letters.count > 2, letters.suffix(2) == Array("ng".utf8)[...] { letters.removeLast() }
        return letters
      })
  }

  /// A word with one of its characters replaced by one that looks alike, where the pair that this makes
  /// stands in an article.
  private func lookalikes(of word: String) throws(IndexError) -> [String] {
    let scalars = Array(word.unicodeScalars)
    var found: [String] = []
    for (place, scalar) in scalars.enumerated() {
      for other in LookalikeHan.table[scalar] ?? [] {
        var changed = scalars
        changed[place] = other
        let start = max(0, min(place, scalars.count - 2))
        let pair = String(String.UnicodeScalarView(changed[start..<min(start + 2, changed.count)]))
        guard try snapshot.documentFrequency(of: Array(pair.utf8), in: field) > 0 else { continue }
        found.append(String(String.UnicodeScalarView(changed)))
      }
    }
    return found
  }

  // MARK: Latin

  /// The clause with its rare Latin words replaced by the likest and commonest ones.
  private func latin(_ clause: AnalyzedClause) throws(IndexError) -> [String] {
    var texts: [String] = []
    for (unit, term) in clause.units.map(\.term).enumerated() {
      guard term.count >= Self.shortestWord, term.count <= 32,
        term.allSatisfy({ 0x61...0x7A ~= $0 })
      else { continue }
      let frequency = try snapshot.documentFrequency(of: term, in: field)
      for other in try words(like: term, moreFrequentThan: frequency) {
        texts.append(clause.replacing(unit..<unit + 1, with: other))
      }
    }
    return texts
  }

  /// Latin words that differ by a letter, of long ones by two, and that several times as many articles
  /// hold; the likest first, of these the commonest.
  private func words(
    like word: [UInt8], moreFrequentThan frequency: Int
  ) throws(IndexError) -> [String] {
    let most = word.count >= Self.longWord ? 2 : 1
    var found: [[UInt8]: (distance: Int, frequency: Int)] = [:]
    for segment in snapshot.segments {
      var terms = try segment.field(field).terms(from: [UInt8(ascii: "a")])
      while let entry = try terms.next() {
        let term = terms.term
        guard term.first ?? .max <= UInt8(ascii: "z"), !watch.endsInLoop() else { break }
        guard abs(term.count - word.count) <= most,
          let distance = EditDistance.between(word, term, atMost: most), distance > 0
        else { continue }
        found[term, default: (distance, 0)].frequency += entry.documentFrequency
      }
    }
    return found.filter { $0.value.frequency > 10 * frequency }
      .sorted {
        ($0.value.distance, -$0.value.frequency) < ($1.value.distance, -$1.value.frequency)
      }
      .prefix(3).map { String(decoding: $0.key, as: UTF8.self) }
  }
}

extension AnalyzedClause {
  /// The clause's text with some of its units replaced.
  fileprivate func replacing(_ units: Range<Int>, with other: String) -> String {
    let typed = Array(text.utf8)
    let start = self.units[units.lowerBound].source.lowerBound
    let end = self.units[units.upperBound - 1].source.upperBound
    return String(decoding: typed[..<start], as: UTF8.self) + other
      + String(decoding: typed[end...], as: UTF8.self)
  }
}
