import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

@Suite("Phrases")
struct PhraseTests {
  @Test("that repeat themselves are found where a scan finds them", arguments: 0..<6)
  func repetitive(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    func text(_ count: ClosedRange<Int>) -> String {
      (0..<Int.random(in: count, using: &random))
        .map { _ in ["重", "重", "庆", "a1", "。"].randomElement(using: &random) ?? "" }.joined()
    }
    let folder = try TemporaryFolder()
    var naive = NaiveSearch(similarity: Similarity())
    let writer = try IndexWriter(at: folder.path)
    for id in 0..<30 {
      let article = Article(id: "\(id)", text: text(0...120))
      _ = try writer.add(article)
      naive.add(article)
    }
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    for _ in 0..<60 {
      let phrase = text(1...12)
      let found = try searcher.search(SearchRequest(query: "\"\(phrase)\"", limit: 100))
      let wanted = naive.search([.init(text: phrase, isQuoted: true, isExcluded: false)])
      #expect(Set(found.hits.map(\.id)) == Set(wanted.map(\.id)), "seed \(seed), \(phrase)")
      for (hit, naive) in zip(found.hits, wanted) {
        #expect(abs(hit.score - naive.score) < 1e-6 * (1 + naive.score), "seed \(seed), \(phrase)")
      }
    }
  }

  @Test("of one character many thousand times end in time", .timeLimit(.minutes(1)))
  func oneCharacter() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    _ = try writer.add(Article(id: "a", text: String(repeating: "重", count: 1_000_000)))
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    let query = String(repeating: "重", count: 20_000)
    for query in [query, "\"\(query)\""] {
      #expect(try searcher.search(SearchRequest(query: query, limit: 0)).total == 1)
    }
  }

  @Test("take the offsets of a term in rows of equal steps")
  func steps() {
    func rows(_ offsets: [UInt32]) -> [[UInt32]] {
      OffsetSteps.of(offsets).map { row in
        (0..<UInt32(row.count)).map { row.first + $0 * row.step }
      }
    }
    #expect(rows([3]) == [[3]])
    #expect(rows([0, 2, 4, 6]) == [[0, 2, 4, 6]])
    #expect(rows([0, 2, 4, 5, 6, 9]) == [[0, 2, 4], [5, 6], [9]])
  }
}
