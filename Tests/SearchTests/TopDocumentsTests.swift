import SuoyinTestSupport
import Testing

@testable import SuoyinSearch

@Suite("The best documents")
struct TopDocumentsTests {
  @Test(
    "are those that sorting gives, and what is below the least is not among them", arguments: 0..<20
  )
  func sorted(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 0..<300, using: &random)
    let places = (0..<count).map { index in
      TopDocuments.Place(
        score: UInt32.random(in: 0..<20, using: &random), document: UInt32(index), segment: 0,
        ordinal: UInt64(index))
    }.shuffled(using: &random)
    for limit in [0, 1, 2, 10, count, count + 5] {
      var top = TopDocuments(limit: limit)
      for place in places where place.score >= top.least { top.keep(place) }
      let wanted = places.sorted { ($1.score, $0.ordinal) < ($0.score, $1.ordinal) }
      #expect(top.ranked() == Array(wanted.prefix(limit)), "seed \(seed), limit \(limit)")
    }
  }

  @Test("may be told what they reach before any is offered")
  func raised() {
    var top = TopDocuments(limit: 3)
    top.raise(to: 7)
    #expect(top.least == 7)
    top.raise(to: 5)
    #expect(top.least == 7)
  }
}
