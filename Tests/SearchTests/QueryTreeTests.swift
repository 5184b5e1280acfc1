import SuoyinIndex
import SuoyinSearch
import SuoyinTestSupport
import SuoyinText
import Testing

@Suite("Operators find, rank and order as a scan does")
struct QueryTreeTests {
  private typealias Node = NaiveSearch.Node

  private static func part(_ random: inout SeededGenerator) -> NaiveSearch.Place {
    let places: [NaiveSearch.Place] = [
      .title, .further("abstract"), .further("abstract"), .further("caption"),
    ]
    return Int.random(in: 0..<3, using: &random) == 0
      ? places.randomElement(using: &random) ?? .text : .text
  }

  private static func leaf(_ random: inout SeededGenerator) -> Node {
    switch Int.random(in: 0..<13, using: &random) {
    case 0:
      let start = ["e", "eu", "c", "x", "zz"].randomElement(using: &random) ?? "e"
      return .pattern(start, part: part(&random))
    case 1, 2:
      let words = ["重庆", "汽车", "车", "C919", "5G", "大脑", "赛力斯", "。"]
      let texts = (0..<Int.random(in: 2...3, using: &random))
        .map { _ in words.randomElement(using: &random) ?? "" }
      return .near(
        texts, part: part(&random), distance: Int.random(in: 1...9, using: &random))
    case 3: return .source(["a/", "B", "a/b", "q"].randomElement(using: &random) ?? "a")
    case 4: return Int.random(in: 0..<4, using: &random) == 0 ? .everything : .source("a")
    case 5: return .has(["abstract", "caption"].randomElement(using: &random) ?? "caption")
    default:
      var clause = NaiveSearchTests.clause(&random)
      clause.isExcluded = false
      return .text(
        clause, part: part(&random),
        weight: Int.random(in: 0..<5, using: &random) == 0 ? 2.5 : 1)
    }
  }

  private static func node(_ depth: Int, _ random: inout SeededGenerator) -> Node {
    guard depth > 0 else { return leaf(&random) }
    func nodes() -> [Node] {
      (0..<Int.random(in: 2...3, using: &random)).map { _ in
        node(Int.random(in: 0..<depth, using: &random), &random)
      }
    }
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1: return .all(nodes())
    case 2, 3: return .any(nodes())
    case 4: return .not(node(depth - 1, &random))
    default:
      return .list(
        nodes().map {
          ([.none, .none, .required, .excluded].randomElement(using: &random) ?? .none, $0)
        })
    }
  }

  @Test("on random articles, with replaced ones and several segments", arguments: 0..<10)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    var naive = NaiveSearch(similarity: Similarity())
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      var options = IndexOptions()
      // The scan counts replaced articles until a merge drops them.
      options.mergesSegments = false
      options.fields = try FieldSchema(parsing: "abstract: text\ncaption: text", file: "schema")
      let writer = try IndexWriter(at: folder.path, options: options)
      var taken: Set<Int> = []
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        let id = Int.random(in: 0..<50, using: &random)
        guard taken.insert(id).inserted else { continue }
        let article = Article(
          id: "\(id)", title: Bool.random(using: &random) ? NaiveSearchTests.text(3, &random) : nil,
          text: NaiveSearchTests.text(Int.random(in: 0..<30, using: &random), &random),
          path: ["a/b", "A/c", "b", nil].randomElement(using: &random) ?? nil,
          extra: FurtherFieldTests.extra(&random))
        if try writer.add(article) != .unchanged { naive.add(article) }
      }
      try writer.commit()
    }
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    for _ in 0..<60 {
      let node = Self.node(3, &random)
      let query = node.typed
      let wanted = naive.search(node)
      let result = try searcher.search(SearchRequest(query: query, limit: 1_000, explains: true))
      let place: Comment = "seed \(seed), query \(query)"
      #expect(result.total == wanted.count, place)
      #expect(Set(result.hits.map(\.id)) == Set(wanted.map(\.id)), place)
      #expect(
        result.hits.filter { $0.match == .whole }.map(\.id).sorted()
          == wanted.filter(\.isWhole).map(\.id).sorted(), place)
      #expect(result.hits.map(\.id) == wanted.map(\.id), place)
      for (hit, found) in zip(result.hits, wanted) {
        #expect(abs(hit.score - found.score) <= 1e-6 * (1 + found.score), place)
        #expect(hit.explanation?.value == hit.score, place)
      }
      // One article is judged as all are.
      let id = "\(Int.random(in: 0..<50, using: &random))"
      let explanation = try searcher.explain(article: id, SearchRequest(query: query))
      let hit = result.hits.first { $0.id == id }
      #expect(explanation?.match == hit?.match, place)
      #expect(explanation?.score?.value == hit?.score, place)
    }
  }

  @Test("articles like one share what says most of it, and it is not among them")
  func similar() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    for (id, text) in [
      "a": "赛力斯在重庆发布新能源汽车。", "b": "赛力斯的新能源汽车销量大增。", "c": "重庆的火锅。", "d": "北京下雪。",
    ] {
      _ = try writer.add(Article(id: id, text: text))
    }
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    let found = try #require(try searcher.similar(to: "a", SearchRequest(query: "")))
    #expect(found.hits.map(\.id) == ["b", "c"] && found.total == 2)
    #expect(found.hits.first?.snippets.first?.highlights.isEmpty == false)
    let none = try searcher.similar(to: "x", SearchRequest(query: ""))
    #expect(none.map(\.total) == nil)
  }
}
