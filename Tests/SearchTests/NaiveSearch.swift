import Foundation
import SuoyinIndex
import SuoyinText

/// What a search must find, computed without any index: articles are lists of units and words, a
/// phrase is looked for by comparing units one by one, and BM25 is written out once more.
struct NaiveSearch {
  /// Where in an article something stands.
  enum Place: Hashable {
    case title, text
    /// A further field of text.
    case further(String)

    /// As a query names it.
    var typed: String {
      switch self {
      case .title: "title:"
      case .text: ""
      case .further(let name): "\(name):"
      }
    }

    /// The further fields of text that articles of tests have.
    static let names = ["abstract", "caption"]
    static let all = [.title, .text] + names.map(Place.further)
  }

  struct Field {
    /// The unit at each position; sentence ends leave positions without one.
    var units: [UInt32: [UInt8]] = [:]
    /// Which of them are CJK characters.
    var characters: Set<UInt32> = []
    /// The positions that ends of sentences take.
    var sentenceEnds: Set<UInt32> = []
    var words: [[UInt8]] = []
    /// By how much it is normalized; of a further field of text that of all such fields together.
    var lengths: (words: Int, units: Int) {
      lengthsOfAll ?? (words.count, units.count)
    }
    var lengthsOfAll: (words: Int, units: Int)?
    /// Whether the article has it.
    var isThere = true

    init(_ text: String, repairingLines: Bool, _ session: AnalysisSession) {
      let analysis = session.analyze(text, repairingLines: repairingLines)
      for unit in analysis.units {
        units[unit.position] = Array(analysis.folded.string(in: unit.range).utf8)
        if unit.kind == .character { characters.insert(unit.position) }
      }
      sentenceEnds = Set(0..<length).subtracting(units.keys)
      words = analysis.words.map { Array(analysis.folded.string(in: $0.range).utf8) }
    }

    /// Positions up to the last unit.
    var length: UInt32 { units.keys.max().map { $0 + 1 } ?? 0 }

    /// Appends another, to which no phrase goes over.
    mutating func append(_ other: Field) {
      let start = length == 0 ? 0 : length + 2
      if length > 0 { sentenceEnds.insert(length) }
      for (position, unit) in other.units { units[start + position] = unit }
      characters.formUnion(other.characters.map { start + $0 })
      sentenceEnds.formUnion(other.sentenceEnds.map { start + $0 })
      words += other.words
    }

    /// The first 60 positions, without words.
    var lead: Field {
      var lead = self
      lead.units = units.filter { $0.key < 60 }
      lead.characters = characters.filter { $0 < 60 }
      lead.sentenceEnds = sentenceEnds.filter { $0 < 60 }
      lead.words = []
      return lead
    }

    /// How often the units stand in the field at these distances from one another, with sentence
    /// ends, and nothing else, between them.
    func count(_ phrase: [(offset: UInt32, unit: [UInt8])]) -> Int {
      units.keys.count { stands(phrase, at: $0) }
    }

    /// Whether the units stand so at a position.
    func stands(_ phrase: [(offset: UInt32, unit: [UInt8])], at start: UInt32) -> Bool {
      guard let last = phrase.last?.offset else { return false }
      return phrase.allSatisfy { units[start + $0.offset] == $0.unit }
        && (0...last).count { units[start + $0] != nil } == phrase.count
    }
  }

  struct StoredArticle {
    let id: String
    let fields: [Place: Field]
    var path = ""
    let isLive: Bool
  }

  struct Found: Equatable {
    let id: String
    let isWhole: Bool
    let score: Double
  }

  /// Part of a query, as the test made it.
  struct Clause {
    let text: String
    let isQuoted: Bool
    var isExcluded: Bool
  }

  /// In the order of indexing, deleted ones included.
  var articles: [StoredArticle] = []
  let similarity: Similarity
  let session = Analyzer.cjk.makeSession()

  mutating func add(_ article: Article) {
    for index in articles.indices where articles[index].id == article.id {
      articles[index] = StoredArticle(
        id: article.id, fields: articles[index].fields, path: "", isLive: false)
    }
    var title = Field(article.title ?? "", repairingLines: article.repairsLines, session)
    var text = Field(article.text, repairingLines: article.repairsLines, session)
    if title.units.isEmpty { title = text.lead } else { text.append(title) }
    var fields = further(of: article)
    fields[.title] = title
    fields[.text] = text
    articles.append(
      StoredArticle(id: article.id, fields: fields, path: article.path ?? "", isLive: true))
  }

  /// The further fields of text, whose values no phrase joins.
  private func further(of article: Article) -> [Place: Field] {
    let extra = Data((article.extra ?? "{}").utf8)
    let object = (try? JSONSerialization.jsonObject(with: extra) as? [String: Any]) ?? [:]
    var fields: [Place: Field] = [:]
    for name in Place.names {
      let values = (object[name] as? [String] ?? [object[name] as? String].compactMap(\.self))
        .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
      var known: Set<String> = []
      var field = Field("", repairingLines: false, session)
      field.isThere = !values.isEmpty
      for value in values where known.insert(value).inserted {
        let one = Field(value, repairingLines: article.repairsLines, session)
        if !one.units.isEmpty { field.append(one) }
      }
      fields[.further(name)] = field
    }
    let all = (
      words: fields.values.reduce(0) { $0 + $1.words.count },
      units: fields.values.reduce(0) { $0 + $1.units.count }
    )
    for place in fields.keys { fields[place]?.lengthsOfAll = all }
    return fields
  }

  /// Clauses side by side.
  func search(_ clauses: [Clause]) -> [Found] {
    search(
      .list(clauses.map { ($0.isExcluded ? .excluded : .none, .text($0, part: .text, weight: 1)) }))
  }

  /// What a leaf weighs in each part of the articles, deleted ones counted.
  func weigh(_ leaf: AskedClause.Leaf) -> [Place: (idf: Double, averageLength: Double)] {
    var weights: [Place: (idf: Double, averageLength: Double)] = [:]
    for part in Place.all {
      let fields = articles.compactMap { $0.fields[part] }
      let lengths = fields.map(leaf.length)
      let n = Double(lengths.count { $0 > 0 })
      var idf = 0.0
      for df in leaf.documentFrequencies(in: fields).map(Double.init) {
        idf += log(1 + (n - df + 0.5) / (df + 0.5))
      }
      weights[part] = (idf, Double(lengths.reduce(0, +)) / n)
    }
    return weights
  }
}

/// A clause as the naive search looks for it.
struct AskedClause {
  typealias Units = [(offset: UInt32, unit: [UInt8])]

  struct Leaf {
    /// A word's term, or the units of a piece.
    let word: [UInt8]?
    let units: Units
    /// Which units stand together in one term of the grams channel.
    let terms: [Units]
    let matchesAlone: Bool
    /// What it counts beside its rarity.
    var share = 1.0
    /// What it counts where the title has it.
    var titleShare = 0.5

    var isWord: Bool { word != nil }
    /// The same for leaves that look for the same.
    var name: String { "\(word ?? []) \(units)" }

    /// The length by which the field is normalized: words, or units.
    func length(of field: NaiveSearch.Field) -> Int {
      isWord ? field.lengths.words : field.lengths.units
    }

    func frequency(in field: NaiveSearch.Field) -> Int {
      if let word { return field.words.count { $0 == word } }
      return field.count(units)
    }

    func documentFrequencies(in fields: [NaiveSearch.Field]) -> [Int] {
      if let word { return [fields.count { $0.words.contains(word) }] }
      let sentenceEnds = zip(units, units.dropFirst()).count { $0.offset + 1 != $1.offset }
      return terms.map { term in
        fields.count { $0.count(term.map { ($0.offset - term[0].offset, $0.unit) }) > 0 }
      } + Array(repeating: fields.count { !$0.sentenceEnds.isEmpty }, count: sentenceEnds)
    }
  }

  var units: Units = []
  var leaves: [Leaf] = []

  init(_ clause: NaiveSearch.Clause, _ session: AnalysisSession) {
    let analysis = session.analyze(clause.text, repairingLines: false)
    guard let first = analysis.units.first?.position else { return }
    units = analysis.units.map {
      ($0.position - first, Array(analysis.folded.string(in: $0.range).utf8))
    }
    let isCharacter = analysis.units.map { $0.kind == .character }
    let units = units

    /// Whether the unit and its next are two characters side by side.
    func pairs(_ unit: Int) -> Bool {
      unit >= 0 && unit + 1 < units.count && isCharacter[unit] && isCharacter[unit + 1]
        && units[unit + 1].offset == units[unit].offset + 1
    }
    /// The terms that hold a range of units: pairs from its start, the last one pulled back.
    func terms(_ range: Range<Int>) -> [Units] {
      var terms: [Units] = []
      var at = range.lowerBound
      while at < range.upperBound {
        if pairs(at), at + 1 < range.upperBound {
          terms.append([units[at], units[at + 1]])
          at += 2
        } else if at > range.lowerBound, pairs(at - 1) {
          terms.append([units[at - 1], units[at]])
          at += 1
        } else {
          terms.append([units[at]])
          at += 1
        }
      }
      return terms
    }
    // Which word each unit belongs to: letters and digits of one word are one piece.
    var wordOf: [Int: Int] = [:]
    for (index, word) in analysis.words.enumerated() {
      for unit in word.units { wordOf[unit] = index }
    }
    let says = Self.saying(analysis, units)
    func piece(_ range: Range<Int>, matchesAlone: Bool) -> Leaf {
      let start = units[range.lowerBound].offset
      var leaf = Leaf(
        word: nil, units: units[range].map { ($0.offset - start, $0.unit) }, terms: terms(range),
        matchesAlone: matchesAlone)
      if range.count == 2, isCharacter[range.lowerBound],
        wordOf[range.lowerBound] == nil || wordOf[range.lowerBound] != wordOf[range.lowerBound + 1]
      {
        leaf.share = 0.6
      }
      if !says[range].allSatisfy({ $0 }) { leaf.share *= 0.2 }
      return leaf
    }

    if clause.isQuoted {
      leaves = [piece(0..<units.count, matchesAlone: true)]
      leaves[0].share = 1
      return
    }
    // 难！难！ has no pair and no letter: its characters are all there is to find it by.
    let isSingles = units.indices.allSatisfy { isCharacter[$0] && !pairs($0) }
    for word in analysis.words {
      let isOneOfMany =
        word.units.count == 1 && isCharacter[word.units.lowerBound] && !isSingles
      leaves.append(
        Leaf(
          word: Array(analysis.folded.string(in: word.range).utf8), units: [], terms: [],
          matchesAlone: !isOneOfMany, share: says[word.units].allSatisfy { $0 } ? 1 : 0.2,
          titleShare: 0))
    }
    var at = 0
    while at < units.count {
      if isCharacter[at] {
        if pairs(at) {
          leaves.append(piece(at..<at + 2, matchesAlone: true))
        } else if !pairs(at - 1) {
          leaves.append(piece(at..<at + 1, matchesAlone: isSingles))
        }
        let isKana = String(decoding: units[at].unit, as: UTF8.self).unicodeScalars
          .contains { 0x3041...0x30FF ~= $0.value }
        if pairs(at) || pairs(at - 1), !isKana {
          var single = piece(at..<at + 1, matchesAlone: false)
          single.share *= 0.5
          single.titleShare = 0
          leaves.append(single)
        }
        at += 1
        continue
      }
      var end = at + 1
      while end < units.count, !isCharacter[end], let word = wordOf[end], word == wordOf[at] {
        end += 1
      }
      leaves.append(piece(at..<end, matchesAlone: true))
      at = end
    }
  }

  /// Which units say something: not those of 谁, which asks, nor 는 where it ends a Korean word. The
  /// queries of the tests hold nothing else of the kind.
  private static func saying(_ analysis: Analysis, _ units: Units) -> [Bool] {
    let asking = analysis.words.filter { analysis.folded.string(in: $0.range) == "谁" }
      .flatMap { Array($0.units) }
    func isHangul(_ unit: Int) -> Bool {
      String(decoding: units[unit].unit, as: UTF8.self).unicodeScalars
        .allSatisfy { 0xAC00...0xD7A3 ~= $0.value }
    }
    return units.indices.map { unit in
      let goesOn =
        unit + 1 < units.count && units[unit + 1].offset == units[unit].offset + 1
        && isHangul(unit + 1)
      let isEnding = units[unit].unit == Array("는".utf8) && unit > 0 && !goesOn
      return !isEnding && !asking.contains(unit)
    }
  }
}
