import SuoyinTestSupport
import Testing

@testable import SuoyinSearch

@Suite("The best articles")
struct TopArticlesTests {
  @Test("are those that sorting gives", arguments: 0..<20)
  func sorted(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 0..<300, using: &random)
    let places = (0..<count).map { index in
      ArticlePlace(
        isWhole: Int.random(in: 0..<4, using: &random) == 0,
        score: Double(Int.random(in: 0..<20, using: &random)), ordinal: UInt64(index),
        segment: 0, document: UInt32(index))
    }.shuffled(using: &random)
    for limit in [0, 1, 2, 10, count, count + 5] {
      var top = TopArticles(limit: limit)
      for place in places { top.offer(place) }
      let wanted = places.sorted {
        ($0.isWhole ? 0 : 1, -$0.score, $0.ordinal) < ($1.isWhole ? 0 : 1, -$1.score, $1.ordinal)
      }
      #expect(top.ranked() == Array(wanted.prefix(limit)), "seed \(seed), limit \(limit)")
      #expect(top.total == count)
      #expect(top.wholes == places.count { $0.isWhole })
    }
  }
}
