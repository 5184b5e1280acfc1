import SuoyinIndex
import SuoyinSearch
import SuoyinTestSupport
import SuoyinText
import Testing

@Suite("A search gives the same, to the bit, however the index is laid out")
struct MergedSearchTests {
  struct Found: Equatable {
    let total: Int
    let ids: [String]
    let scores: [UInt64]
    let wholes: [Bool]

    init(_ folder: TemporaryFolder, _ query: String) throws {
      let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
      let result = try searcher.search(SearchRequest(query: query, limit: 1000))
      total = result.total
      ids = result.hits.map(\.id)
      scores = result.hits.map(\.score.bitPattern)
      wholes = result.hits.map { $0.match == .whole }
    }
  }

  @Test("of articles that were only added", arguments: 0..<6)
  func added(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (whole, parts) = (try TemporaryFolder(), try TemporaryFolder())
    var options = IndexOptions()
    options.fields = try FieldSchema(parsing: "abstract: text\ncaption: text", file: "schema")
    let wholeWriter = try IndexWriter(at: whole.path, options: options)
    options.mergesSegments = false
    let partWriter = try IndexWriter(at: parts.path, options: options)
    for number in 0..<80 {
      let article = Article(
        id: "a\(number)",
        title: Bool.random(using: &random) ? NaiveSearchTests.text(3, &random) : nil,
        text: NaiveSearchTests.text(Int.random(in: 0..<30, using: &random), &random),
        extra: FurtherFieldTests.extra(&random))
      _ = try wholeWriter.add(article)
      _ = try partWriter.add(article)
      if Int.random(in: 0..<5, using: &random) == 0 { try partWriter.commit() }
    }
    try wholeWriter.commit()
    try partWriter.commit()
    let queries = (0..<60).map { _ in
      (0..<Int.random(in: 1...3, using: &random)).map { _ in
        let clause = NaiveSearchTests.clause(&random)
        let field = ["abstract:", "caption:", "", ""].randomElement(using: &random) ?? ""
        return (clause.isExcluded ? "-" : "") + field
          + (clause.isQuoted ? "\"\(clause.text)\"" : clause.text)
      }.joined(separator: " ")
    }
    let before = try queries.map { try Found(parts, $0) }
    #expect(try IndexSnapshot.open(at: parts.path).segments.count > 1)
    try partWriter.optimize()
    #expect(try IndexSnapshot.open(at: parts.path).segments.count == 1)
    for (query, found) in zip(queries, before) {
      #expect(try Found(parts, query) == found, "seed \(seed), \(query)")
      #expect(try Found(whole, query) == found, "seed \(seed), \(query)")
    }
    #expect(before.contains { $0.total > 1 })
  }
}
