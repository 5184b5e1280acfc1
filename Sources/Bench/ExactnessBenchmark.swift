import Foundation
import SuoyinCorpus
import SuoyinIndex
import SuoyinSearch
import SuoyinText

/// `exactness`: a quoted search finds exactly the articles whose units hold those of the piece.
///
/// Pieces of 1 to 12 units are taken from random places of the articles, as a reader would copy them,
/// and each answer of the index is held against the units of every article.
enum ExactnessBenchmark {
  struct Answer: Encodable {
    let articles: Int
    /// Units of all articles, titles included.
    let units: Int
    let pieces: Int
    /// Of these, pieces that a sentence or paragraph ends in.
    let acrossSentences: Int
    /// Pieces whose units are others when they stand alone, as 々 without what it repeats: asked and
    /// compared as they stand alone.
    let otherAlone: Int
    /// Articles found, over all pieces.
    let found: Int
    /// Pieces whose answer is not that of the scan.
    let differences: Int

    enum CodingKeys: String, CodingKey {
      case articles, units, pieces, found, differences
      case acrossSentences = "across_sentences"
      case otherAlone = "other_alone"
    }
  }

  static let longestPiece = 12
  /// The differences that are described.
  private static let differencesShown = 5

  static func run(file: String, pieces: Int, seed: UInt64) throws -> Answer {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("suoyin-exactness-\(UUID().uuidString)")
    defer {
      // A folder that stays behind is no reason to fail a measurement that was made.
      do { try FileManager.default.removeItem(at: folder) } catch { say("warning: \(error)") }
    }
    let session = Analyzer.cjk.makeSession()
    var scan = UnitScan()
    var articles: [Article] = []
    let writer = try IndexWriter(at: folder.path)
    var reader = CorpusReader(paths: [file])
    while let item = reader.next() {
      guard case .article(let article, _, _) = item else { continue }
      guard try writer.add(article) == .added else {
        throw InputError("the id \(article.id) comes a second time")
      }
      let number = articles.count
      for text in [article.title ?? "", article.text] {
        scan.add(session.analyze(text, repairingLines: article.repairsLines), of: number)
      }
      articles.append(article)
    }
    try writer.commit()
    guard scan.holdsUnits else { throw InputError("\(file) holds no text") }
    scan.finish()

    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    var random = PieceGenerator(state: seed)
    var found = 0
    var differences = 0
    var acrossSentences = 0
    var otherAlone = 0
    for _ in 0..<pieces {
      let piece = try piece(of: articles, session, using: &random)
      let asked = scan.units(of: session.analyze(piece.text, repairingLines: false))
      if asked.contains(UnitScan.sentenceEnd) { acrossSentences += 1 }
      if asked != scan.units(of: piece.analysis, in: piece.units) { otherAlone += 1 }
      let expected = Set(scan.articles(holding: asked).map { articles[$0].id })
      let answer = Set(
        try searcher.rank(
          SearchRequest(query: "\"\(piece.text)\"", limit: searcher.snapshot.articleCount)
        ).places.map(\.id))
      found += answer.count
      guard answer != expected else { continue }
      differences += 1
      if differences <= differencesShown {
        say(
          "“\(piece.text)”: \(answer.count) articles, not \(expected.count); missing "
            + "\(expected.subtracting(answer).sorted().prefix(3)), too many "
            + "\(answer.subtracting(expected).sorted().prefix(3))")
      }
    }
    return Answer(
      articles: articles.count, units: scan.count, pieces: pieces,
      acrossSentences: acrossSentences, otherAlone: otherAlone, found: found,
      differences: differences)
  }

  private struct Piece {
    let text: String
    let analysis: Analysis
    let units: Range<Int>
  }

  /// A run of units of an article that has any, as the repaired text writes it, without the
  /// quotation marks that would end a quoted clause.
  private static func piece(
    of articles: [Article], _ session: AnalysisSession, using random: inout PieceGenerator
  ) throws -> Piece {
    while true {
      let article = articles[Int.random(in: articles.indices, using: &random)]
      let analysis = session.analyze(article.text, repairingLines: article.repairsLines)
      guard !analysis.units.isEmpty else { continue }
      let start = Int.random(in: analysis.units.indices, using: &random)
      let length = Int.random(in: 1...longestPiece, using: &random)
      let units = start..<min(analysis.units.count, start + length)
      let folded =
        analysis.units[start].range
        .lowerBound..<analysis.units[units.upperBound - 1].range.upperBound
      let text = repaired(analysis.folded.source(of: folded), of: analysis)
      return Piece(
        text: text.replacingOccurrences(of: "\"", with: " "), analysis: analysis, units: units)
    }
  }

  private static func repaired(_ range: Range<OriginalOffset>, of analysis: Analysis) -> String {
    let bytes = Array(analysis.original.utf8)
    var result: [UInt8] = []
    var at = range.lowerBound.utf8
    for edit in analysis.edits
    where range.lowerBound <= edit.range.lowerBound && edit.range.upperBound <= range.upperBound {
      result += bytes[at..<edit.range.lowerBound.utf8]
      if edit.replacement == .blank { result.append(0x20) }
      at = edit.range.upperBound.utf8
    }
    return String(decoding: result + bytes[at..<range.upperBound.utf8], as: UTF8.self)
  }
}

/// The units of all articles one behind the other, to look through.
private struct UnitScan {
  static let sentenceEnd: Int32 = -1
  /// Stands between two texts.
  private static let border: Int32 = -2
  /// A unit that no article has.
  private static let unknown: Int32 = -3

  private var numbers: [[UInt8]: Int32] = [:]
  private var sequence: [Int32] = []
  /// Where each text begins, and the article it is of.
  private var starts: [Int] = []
  private var owners: [Int] = []
  /// The places of each unit.
  private var places: [[Int32]] = []

  var holdsUnits: Bool { !numbers.isEmpty }
  var count: Int { sequence.count { $0 >= 0 } }

  mutating func add(_ analysis: Analysis, of article: Int) {
    starts.append(sequence.count)
    owners.append(article)
    for unit in analysis.units.indices {
      let term = analysis.term(of: Gram(units: unit..<unit + 1))
      if numbers[term] == nil { numbers[term] = Int32(numbers.count) }
    }
    sequence += units(of: analysis)
    sequence.append(Self.border)
  }

  /// To be called when all articles are in.
  mutating func finish() {
    places = Array(repeating: [], count: numbers.count)
    for (place, unit) in sequence.enumerated() where unit >= 0 {
      places[Int(unit)].append(Int32(place))
    }
  }

  /// The numbers of an analysis's units, with the sentence ends between them.
  func units(of analysis: Analysis, in range: Range<Int>? = nil) -> [Int32] {
    let units = analysis.units
    let range = range ?? units.indices
    var result: [Int32] = []
    for unit in range {
      if unit > range.lowerBound, units[unit].position > units[unit - 1].position + 1 {
        result.append(Self.sentenceEnd)
      }
      result.append(numbers[analysis.term(of: Gram(units: unit..<unit + 1))] ?? Self.unknown)
    }
    return result
  }

  /// The articles in which the units stand side by side, found at each place of the rarest.
  func articles(holding units: [Int32]) -> Set<Int> {
    guard !units.isEmpty, !units.contains(Self.unknown) else { return [] }
    let rarest =
      units.indices.filter { units[$0] >= 0 }
      .min { places[Int(units[$0])].count < places[Int(units[$1])].count } ?? 0
    var found: Set<Int> = []
    for place in places[Int(units[rarest])] {
      let start = Int(place) - rarest
      guard start >= 0, start + units.count <= sequence.count,
        units.indices.allSatisfy({ sequence[start + $0] == units[$0] })
      else { continue }
      found.insert(owner(of: start))
    }
    return found
  }

  private func owner(of place: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= place { low = middle } else { high = middle }
    }
    return owners[low]
  }
}

/// SplitMix64, after S. Vigna, so that a seed names its pieces on every machine.
private struct PieceGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}
