import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

@Suite("Few documents have a score")
struct FewScoresTests {
  /// Articles of few words, most of which hold nothing that a query of many words asks for.
  private static func searcher(seed: UInt64) throws -> (Searcher, pieces: [String]) {
    var random = SeededGenerator(seed: seed)
    let pieces = ["甲乙", "丙丁", "戊己", "庚辛", "壬癸", "子丑", "寅卯"]
    let memory = MemoryIndex()
    var options = IndexOptions()
    options.mergesSegments = false
    for part in 0..<2 {
      let writer = try memory.makeWriter(options: options)
      for number in 0..<100 {
        let held = pieces.filter { _ in Int.random(in: 0..<60, using: &random) == 0 }
        _ = try writer.add(
          Article(
            id: "\(part)-\(number)", text: "文" + held.joined(separator: "。"),
            extra: "{\"views\":\(number % 7)}"))
      }
      try writer.commit()
    }
    return (Searcher(try IndexSnapshot.open(at: memory.path)), pieces)
  }

  @Test("and those without come behind them, however many are wanted", arguments: 0..<4)
  func behind(seed: UInt64) throws {
    let (searcher, pieces) = try Self.searcher(seed: seed)
    let asked = pieces.joined(separator: " ")
    for query in ["views:>2 OR \(asked)", "+views:>0 \(asked)", "\(asked) -甲乙", asked] {
      let all = try searcher.search(SearchRequest(query: query, limit: 1_000)).hits
      for limit in [1, 5, 20, 50, 120] {
        let best = try searcher.search(SearchRequest(query: query, limit: limit)).hits
        #expect(best.map(\.id) == all.prefix(limit).map(\.id), "\(limit) of \(query)")
        #expect(best.map(\.score) == all.prefix(limit).map(\.score), "\(limit) of \(query)")
      }
    }
  }
}
