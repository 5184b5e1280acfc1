import Foundation
import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

@Suite("A query over one field finds, counts and scores as a scan does")
struct FieldQueryTests {
  private static let field = FieldID(.text, .grams)

  /// Documents as lists of words, and BM25 written out once more.
  private struct Scan {
    var documents: [(words: [String], isLive: Bool)] = []
    let similarity: Similarity

    func occurrences(of phrase: [String], in words: [String]) -> Int {
      guard phrase.count <= words.count else { return 0 }
      return (0...words.count - phrase.count).count {
        Array(words[$0...].prefix(phrase.count)) == phrase
      }
    }

    func idf(_ word: String) -> Double {
      let n = Double(documents.count { !$0.words.isEmpty })
      let df = Double(documents.count { $0.words.contains(word) })
      return log(1 + (n - df + 0.5) / (df + 0.5))
    }

    func part(_ frequency: Int, of length: Int) -> Double {
      let total = documents.reduce(0) { $0 + $1.words.count }
      let average = Double(total) / Double(documents.count { !$0.words.isEmpty })
      let (k1, b) = (similarity.k1, similarity.b)
      return Double(frequency) / (Double(frequency) + k1 * (1 - b + b * Double(length) / average))
    }

    /// The scores of all that is found, best first.
    func search(_ shape: FieldQuery.Shape, _ terms: [String]) -> [(document: Int, score: Double)] {
      var found: [(document: Int, score: Double)] = []
      for (index, document) in documents.enumerated() where document.isLive {
        let words = document.words
        let frequencies = terms.map { term in words.count { $0 == term } }
        var score = 0.0
        switch shape {
        case .phrase:
          let count = occurrences(of: terms, in: words)
          guard count > 0 else { continue }
          score = terms.reduce(0) { $0 + idf($1) } * part(count, of: words.count)
        case .all where frequencies.contains(0): continue
        case .any where frequencies.allSatisfy { $0 == 0 }: continue
        case .all, .any:
          for (term, frequency) in zip(terms, frequencies) where frequency > 0 {
            score += idf(term) * part(frequency, of: words.count)
          }
        }
        found.append((index, score))
      }
      return found.sorted { ($1.score, $0.document) < ($0.score, $1.document) }
    }
  }

  @Test("on random words, with deletes and several segments", arguments: 0..<12)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let similarity = Similarity(k1: 0.9, b: 0.4)
    var scan = Scan(similarity: similarity)
    let vocabulary = (0..<Int.random(in: 2...12, using: &random)).map { "词\($0)" }
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let writer = try IndexWriter(
        at: folder.path, options: IndexOptions(analyzer: .whitespace, similarity: similarity))
      for _ in 0..<Int.random(in: 1...400, using: &random) {
        let words = (0..<Int.random(in: 0...9, using: &random)).map { _ in
          vocabulary.randomElement(using: &random) ?? ""
        }
        let article = Article(id: "\(scan.documents.count)", text: words.joined(separator: " "))
        #expect(try writer.addText(of: article, isStored: false) == .added)
        scan.documents.append((words, true))
      }
      try writer.commit()
      if seed % 2 == 1 {
        for _ in 0..<5 {
          let document = Int.random(in: scan.documents.indices, using: &random)
          let isLive = scan.documents[document].isLive
          #expect(try writer.delete(id: "\(document)") == isLive)
          scan.documents[document].isLive = false
        }
        try writer.commit()
      }
    }

    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    for _ in 0..<60 {
      let shape = [FieldQuery.Shape.any, .all, .phrase].randomElement(using: &random) ?? .any
      let terms = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        Int.random(in: 0..<9, using: &random) == 0
          ? "无" : vocabulary.randomElement(using: &random) ?? ""
      }
      let query = FieldQuery(shape, of: terms.map { Array($0.utf8) }, in: Self.field)
      let wanted = scan.search(shape, terms)
      let place: Comment = "seed \(seed), \(shape) of \(terms)"
      #expect(try searcher.count(query) == wanted.count, place)
      let limit = Int.random(in: 0...wanted.count + 1, using: &random)
      let top = try searcher.top(limit, of: query)
      #expect(top.count == min(limit, wanted.count), place)
      for (hit, found) in zip(top, wanted) {
        #expect(abs(hit.score - found.score) <= 1e-6 * (1 + found.score), place)
      }
      // Which documents: all that were found, since sums in another order may swap equal scores.
      let ids = try searcher.top(.max, of: query).map { hit in
        try searcher.snapshot.segments[hit.segment].article(hit.document).id
      }
      #expect(Set(ids) == Set(wanted.map { "\($0.document)" }), place)
    }
  }

  @Test("no term finds nothing, and equal scores come in the order of indexing")
  func borders() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path, options: IndexOptions(analyzer: .whitespace))
    for id in 0..<5 {
      _ = try writer.addText(of: Article(id: "\(id)", text: "a b"), isStored: false)
    }
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    for shape in [FieldQuery.Shape.any, .all, .phrase] {
      let nothing = FieldQuery(shape, of: [], in: Self.field)
      #expect(try searcher.count(nothing) == 0 && searcher.top(10, of: nothing).isEmpty)
      let both = FieldQuery(shape, of: [Array("a".utf8), Array("b".utf8)], in: Self.field)
      #expect(try searcher.count(both) == 5)
      #expect(try searcher.top(3, of: both).map(\.document) == [0, 1, 2])
    }
  }

  /// Found by fuzzing: a list that claims more documents than the field has.
  @Test func noWeightIsBelowZero() {
    #expect(BM25.inverseDocumentFrequency(9, of: 2) == BM25.inverseDocumentFrequency(2, of: 2))
    #expect(BM25.inverseDocumentFrequency(9, of: 0) > 0)
  }
}
