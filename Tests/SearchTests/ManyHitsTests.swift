import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex
@testable import SuoyinSearch

/// Many hits, which several threads read, are what few at a time are.
@Suite struct ManyHitsTests {
  @Test func manyAreAsFewAtATime() throws {
    let index = MemoryIndex()
    var options = IndexOptions()
    options.mergesSegments = false
    let writer = try index.makeWriter(options: options)
    var random = SeededGenerator(seed: 11)
    let parts = ["重庆汽车产业大脑", "依托本地电摩生态，", "新能源汽车。", "C919 ", "\n", "市场", "百分之三点五"]
    for number in 0..<300 {
      // Some are longer than a passage, so that they have to be cut between words.
      let text = (0..<Int.random(in: 1...60, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }
      _ = try writer.add(
        Article(id: "a\(number)", title: "第\(number)篇", text: text.joined() + "汽车 w\(number % 5)"))
      if number % 120 == 119 { try writer.commit() }
    }
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: index.path))
    for query in ["汽车", "产业 w3", "\"新能源汽车\"", "市场 -w1"] {
      let many = try searcher.search(SearchRequest(query: query, limit: 300))
      #expect(many.hits.count == many.total && many.total > 50)
      var few: [Hit] = []
      while few.count < many.total {
        var request = SearchRequest(query: query, limit: 23)
        request.offset = few.count
        few += try searcher.search(request).hits
      }
      #expect(many.hits.map(\.id) == few.map(\.id))
      #expect(many.hits.map(\.rank) == Array(1...many.total))
      for (one, other) in zip(many.hits, few) {
        #expect(one.snippets == other.snippets && !one.snippets.isEmpty)
        #expect(one.title == other.title && one.score == other.score)
      }
    }
  }

  /// A damaged article of many ends the search, by whatever thread it is read.
  @Test func aDamagedArticleIsAnError() throws {
    let folder = try TemporaryFolder()
    do {
      let writer = try IndexWriter(at: folder.path)
      for number in 0..<200 {
        _ = try writer.add(Article(id: "a\(number)", text: "汽车 \(number)"))
      }
      try writer.commit()
    }
    let name = try #require(try folder.names().first { $0.hasPrefix("segment") })
    let bytes = try folder.bytes(name)
    let segment = try #require(try IndexSnapshot.open(at: folder.path).segments.first)
    let articles = try segment.file.section("articles").range
    for place in stride(from: articles.lowerBound, to: articles.upperBound, by: 97) {
      var damaged = bytes
      damaged[place] ^= 0xFF
      try folder.write(damaged, to: name)
      let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
      let error = #expect(throws: SearchError.self) {
        try searcher.search(SearchRequest(query: "汽车", limit: 200))
      }
      #expect(error?.description.contains(name) == true)
    }
  }
}
