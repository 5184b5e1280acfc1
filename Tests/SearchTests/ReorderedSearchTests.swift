import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

/// An index whose documents are reordered answers as the same index without, to the bit.
@Suite struct ReorderedSearchTests {
  /// The same articles in two indexes, of which one is reordered after some of the steps: so it has
  /// reordered segments beside others, deletes in both, and reordered ones merged with others.
  private struct Twins {
    let plain = MemoryIndex()
    let reordered = MemoryIndex()

    func change(_ body: (IndexWriter) throws -> Void) throws {
      for index in [plain, reordered] {
        var options = IndexOptions()
        options.mergesSegments = false
        options.fields = try FieldSchema(parsing: "abstract: text", file: "schema")
        let writer = try index.makeWriter(options: options)
        try body(writer)
        try writer.commit()
      }
    }

    func optimize(reordering: Bool) throws {
      try plain.makeWriter().optimize()
      try reordered.makeWriter().optimize(reordering: reordering)
    }

    func searchers() throws -> (plain: Searcher, reordered: Searcher) {
      (
        Searcher(try IndexSnapshot.open(at: plain.path)),
        Searcher(try IndexSnapshot.open(at: reordered.path))
      )
    }
  }

  /// Few texts, so that scores tie and near-duplicates come.
  private static func article(_ id: String, using random: inout SeededGenerator) -> Article {
    let kind = Int.random(in: 0..<5, using: &random)
    let same = Bool.random(using: &random)
    let text =
      same
      ? String(repeating: "重庆汽车产业大脑，第\(kind)种新能源汽车。", count: kind + 3)
      : NaiveSearchTests.text(Int.random(in: 3...40, using: &random), &random) + "第\(kind)种"
    return Article(
      id: id, title: same ? "重庆汽车 \(kind)" : nil, text: text, path: "p\(kind)/\(id).md",
      date: "2024-0\(kind + 1)-11",
      extra: Int.random(in: 0..<4, using: &random) == 0
        ? nil
        : "{\"views\":\(Int.random(in: 0..<9, using: &random)),\"tag\":[\"a\",\"b\(kind)\"],"
          + "\"abstract\":\"第\(kind)种汽车，\(same ? "重庆" : "euro\(kind)")造。\"}")
  }

  private static let queries = [
    "重庆 汽车", "\"重庆汽车\" 产业 大脑 赛力斯 C919", "重庆 -汽车", "-重庆", "谁 是 工 5G 46.2 euro 한국", "views:>3", "车*",
    "+重庆 汽车 source:p2", "重庆 NEAR/5 汽车", "(重庆 AND 产业) OR C919", "*", "新能源 date:2024-03 汽车",
    "title:重庆 汽车^3", "tag:b1 第", "abstract:重庆汽车 产业", "-abstract:euro* abstract:*",
    "汽车 views:[2 TO 5}",
  ]

  private static func requests(_ random: inout SeededGenerator) -> [SearchRequest] {
    var requests: [SearchRequest] = []
    let orders: [SearchOrder] = [
      .score, .field("views", isDescending: true), .field("tag", isDescending: false),
    ]
    for query in queries {
      for order in orders {
        let limit = [1, 2, 7, 30, 1_000].randomElement(using: &random) ?? 1
        var request = SearchRequest(query: query, limit: limit, explains: limit == 7)
        request.order = order
        request.facets = ["tag", "month"]
        request.makesSnippets = limit == 7
        request.collapsesDuplicates = Int.random(in: 0..<3, using: &random) == 0
        request.suggestsQuery = true
        if Int.random(in: 0..<3, using: &random) == 0 {
          request.offset = Int.random(in: 0..<40, using: &random)
        }
        requests.append(request)
      }
    }
    return requests
  }

  /// All that a result says but how long it took.
  private static func text(_ result: SearchResult) -> String {
    let hits = result.hits.map { hit in
      "\(hit.rank) \(hit.id) \(hit.score.bitPattern) \(hit.match) \(hit.path ?? "") \(hit.snippets) "
        + "\(hit.duplicates.map(\.id)) \(hit.explanation.map { "\($0)" } ?? "")"
    }
    return
      (hits
      + [
        "\(result.total) \(result.facets) \(result.notes)",
        "\(result.suggestion.map { "\($0)" } ?? "") \(result.next?.description ?? "")",
      ]).joined(separator: "\n")
  }

  private static func expectEqual(_ twins: Twins, seed: UInt64, _ step: Int) throws {
    var random = SeededGenerator(seed: seed &* 10 &+ UInt64(step))
    let (plain, reordered) = try twins.searchers()
    for request in requests(&random) {
      var request = request
      for page in 0..<3 {
        let expected = try plain.search(request)
        let found = try reordered.search(request)
        #expect(
          text(found) == text(expected), "seed \(seed), step \(step), page \(page): \(request)")
        guard let next = expected.next, found.next != nil, request.limit > 1 else { break }
        request.after = next
        request.offset = 0
      }
    }
    for number in stride(from: 0, to: 90, by: 41) {
      let request = SearchRequest(query: "重庆 汽车", limit: 20)
      for id in ["0-\(number)", "1-\(number)", "none"] {
        let similar = try plain.similar(to: id, request)
        let otherSimilar = try reordered.similar(to: id, request)
        #expect(otherSimilar.map(text) == similar.map(text))
        let why = try plain.explain(article: id, request)
        let other = try reordered.explain(article: id, request)
        #expect(other?.article == why?.article && other?.match == why?.match)
        #expect(other.map { "\($0.score as Any)" } == why.map { "\($0.score as Any)" })
      }
    }
    for typed in ["重", "cq", "汽", "qc", "c9"] {
      let completions = try plain.complete(typed)
      #expect(try reordered.complete(typed) == completions)
    }
  }

  @Test(arguments: 0..<3) func answersAreTheSame(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let twins = Twins()
    for step in 0..<5 {
      var articles: [Article] = []
      for number in 0..<90 { articles.append(Self.article("\(step)-\(number)", using: &random)) }
      for number in 0..<8 where step > 0 {
        articles.append(Self.article("\(step - 1)-\(number * 9)", using: &random))
      }
      let gone = (0..<12).map { _ in
        "\(Int.random(in: 0...step, using: &random))-\(Int.random(in: 0..<90, using: &random))"
      }
      try twins.change { writer in
        for article in articles { _ = try writer.add(article) }
        try writer.commit()
        for id in gone { _ = try writer.delete(id: id) }
      }
      switch (step + Int(seed)) % 3 {
      case 0: try twins.optimize(reordering: true)
      case 1: break
      default: try twins.optimize(reordering: step % 2 == 0)
      }
      try Self.expectEqual(twins, seed: seed, step)
    }
    let segments = try twins.searchers().reordered.snapshot.segments
    #expect(segments.contains { $0.isReordered })
  }

  /// Long lists with their bounds, by the strategies that pass most over.
  @Test("pruned as exhaustive, and as without", arguments: 0..<3)
  func pruned(seed: UInt64) throws {
    let (folder, other) = (try TemporaryFolder(), try TemporaryFolder())
    let vocabulary = try ZipfIndex.make(seed: seed, documents: 9_000, in: folder)
    _ = try ZipfIndex.make(seed: seed, documents: 9_000, in: other)
    do { try IndexWriter(at: folder.path).optimize() }
    do { try IndexWriter(at: other.path).optimize(reordering: true) }
    let plain = Searcher(try IndexSnapshot.open(at: folder.path))
    let reordered = Searcher(try IndexSnapshot.open(at: other.path))
    #expect(reordered.snapshot.segments.contains { $0.isReordered })
    func found(_ searcher: Searcher, _ k: Int, _ query: FieldQuery) throws -> [[UInt64]] {
      try searcher.top(k, of: query).map {
        [searcher.snapshot.segments[$0.segment].ordinal(of: $0.document), $0.score.bitPattern]
      }
    }
    var random = SeededGenerator(seed: seed + 100)
    for round in 0..<45 {
      let shape = [FieldQuery.Shape.any, .all, .phrase][round % 3]
      let terms = (0..<Int.random(in: 1...(shape == .any ? 9 : 3), using: &random)).map { _ in
        vocabulary[Int.random(in: 0..<Int.random(in: 1...400, using: &random), using: &random)]
      }
      let query = FieldQuery(
        shape, of: terms.map { Array($0.utf8) }, in: FieldID(.text, .grams))
      let all = try found(plain, .max, query)
      #expect(try reordered.count(query) == all.count)
      for k in [1, 2, 10, 100, 1_000, .max] {
        #expect(
          try found(reordered, k, query) == Array(all.prefix(k)),
          "seed \(seed), \(k) of \(shape) of \(terms)")
      }
    }
  }
}
