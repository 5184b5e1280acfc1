import SuoyinIndex
import SuoyinSearch
import SuoyinTestSupport
import SuoyinText
import Testing

@Suite("The index finds, scores and orders as a scan does")
struct NaiveSearchTests {
  /// Few characters, so that words and phrases meet often; breaks, marks, widths and cases too.
  static let pieces = [
    "重庆", "汽车", "产业", "大脑", "赛力斯", "力", "斯", "車", "產業", "工", "C919", "Ｃ９１９", "5G", "46.2",
    "万辆", "Euro 5", "euro", "한국", "어", "カメラ", "ｶﾒﾗ", "。", "，", "\n", "\n\n", " ", "！", "x光", "谁",
    "는",
  ]

  static func text(_ count: Int, _ random: inout SeededGenerator) -> String {
    (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }

  static func clause(_ random: inout SeededGenerator) -> NaiveSearch.Clause {
    let words = pieces.filter { !$0.contains(where: \.isWhitespace) }
    let length = Int.random(in: 1...4, using: &random)
    let text = (0..<length).map { _ in words.randomElement(using: &random) ?? "" }.joined()
    return NaiveSearch.Clause(
      text: text, isQuoted: Bool.random(using: &random),
      isExcluded: Int.random(in: 0..<5, using: &random) == 0)
  }

  @Test("by single characters where a clause has nothing else, as 难！难！")
  func singleCharacters() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    _ = try writer.add(Article(id: "a", text: "蜀道难！难！难于上青天。"))
    _ = try writer.add(Article(id: "b", text: "难得一见。"))
    _ = try writer.add(Article(id: "c", text: "重庆的汽车。"))
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    func found(_ query: String) throws -> [String] {
      try searcher.search(SearchRequest(query: query)).hits.map { "\($0.id) \($0.match)" }
    }
    #expect(try found("难！难！") == ["a whole", "b partial"])
    #expect(try found("\"难！难！\"") == ["a whole"])
    #expect(try found("难！重庆") == ["c partial"], "a pair is there to find by")
  }

  @Test("on random articles, with replaced ones and several segments", arguments: 0..<8)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let similarity = Similarity(
      k1: Double.random(in: 0.1...2, using: &random), b: Double.random(in: 0...1, using: &random))
    var naive = NaiveSearch(similarity: similarity)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      var options = IndexOptions(similarity: similarity)
      // The scan counts replaced articles until a merge drops them.
      options.mergesSegments = false
      let writer = try IndexWriter(at: folder.path, options: options)
      var taken: Set<Int> = []
      for _ in 0..<Int.random(in: 1...25, using: &random) {
        let id = Int.random(in: 0..<60, using: &random)
        guard taken.insert(id).inserted else { continue }
        let article = Article(
          id: "a\(id)",
          title: Bool.random(using: &random) ? Self.text(3, &random) : nil,
          text: Self.text(Int.random(in: 0..<30, using: &random), &random),
          repairsLines: Bool.random(using: &random))
        if try writer.add(article) != .unchanged { naive.add(article) }
      }
      try writer.commit()
    }

    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    for _ in 0..<40 {
      let clauses = (0..<Int.random(in: 1...3, using: &random)).map { _ in Self.clause(&random) }
      let query = clauses.map {
        ($0.isExcluded ? "-" : "") + ($0.isQuoted ? "\"\($0.text)\"" : $0.text)
      }.joined(separator: " ")
      let wanted = naive.search(clauses)
      let result = try searcher.search(SearchRequest(query: query, limit: 1_000))
      let place: Comment = "seed \(seed), query \(query)"
      #expect(result.total == wanted.count, place)
      #expect(result.hits.map(\.id) == wanted.map(\.id), place)
      #expect(result.hits.map { $0.match == .whole } == wanted.map(\.isWhole), place)
      for (hit, found) in zip(result.hits, wanted) {
        #expect(abs(hit.score - found.score) <= 1e-6 * (1 + found.score), place)
      }

      let offset = Int.random(in: 0..<10, using: &random)
      let limit = Int.random(in: 0..<10, using: &random)
      let page = try searcher.search(
        SearchRequest(query: query, limit: limit, offset: offset, explains: true))
      #expect(page.total == wanted.count, place)
      #expect(page.hits.map(\.id) == wanted.dropFirst(offset).prefix(limit).map(\.id), place)
      #expect(page.hits.map(\.rank) == Array(offset + 1..<offset + 1 + page.hits.count), place)
      for hit in page.hits {
        let explanation = try #require(hit.explanation)
        #expect(explanation.value == hit.score, "to the bit; \(place)")
        #expect(explanation.parts.reduce(0) { $0 + $1.value } == hit.score, place)
      }
    }
  }
}
