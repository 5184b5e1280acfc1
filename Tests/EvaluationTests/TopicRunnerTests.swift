import SuoyinEvaluation
import SuoyinIndex
import SuoyinSearch
import SuoyinTestSupport
import SuoyinText
import Testing

@Suite struct TopicRunnerTests {
  @Test func aRunIsWhatSearchesGive() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path, options: IndexOptions())
    for number in 0..<60 {
      let text = String(repeating: "重庆汽车。", count: number % 7) + "大飞机\(number)号产业大脑"
      _ = try writer.add(Article(id: "a\(number)", text: text))
    }
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    let queries = ["重庆汽车", "大飞机", "产业大脑 重庆", "没有", "\"大脑\" -重庆"]
    let topics = (0..<50).map { Topic(id: "\($0)", query: queries[$0 % queries.count]) }

    for similarity in [nil, Similarity(k1: 0.9, b: 0.4)] {
      for threads in [1, 3] {
        let runner = TopicRunner(searcher, depth: 20, similarity: similarity, threads: threads)
        var answers: [TopicRunner.Answer] = []
        try runner.forEachAnswer(to: topics) { answers.append($0) }
        #expect(answers.map(\.topic) == topics)
        for answer in answers {
          var request = SearchRequest(
            query: answer.topic.query, limit: 20, similarity: similarity)
          request.isPlain = true
          let result = try searcher.search(request)
          #expect(
            answer.ranking == result.hits.map { Run.Entry(id: $0.id, score: $0.score) })
          #expect(answer.total == result.total)
        }
      }
    }
    #expect(throws: SearchError.self) {
      try searcher.rank(SearchRequest(query: "大脑", similarity: Similarity(k1: -1, b: 0)))
    }
  }

  /// The score is BM25's by the parameters of the request, as an explanation adds it up.
  @Test func parametersOfTheRequestRank() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(
      at: folder.path,
      options: IndexOptions(
        similarity: Similarity(k1: 0.9, b: 0.4)))
    let other = try TemporaryFolder()
    let standard = try IndexWriter(at: other.path, options: IndexOptions())
    for number in 0..<20 {
      let text = String(repeating: "重庆，", count: number % 5 + 1) + "汽车"
      _ = try writer.add(Article(id: "\(number)", text: text))
      _ = try standard.add(Article(id: "\(number)", text: text))
    }
    try writer.commit()
    try standard.commit()
    let asked = try Searcher(try IndexSnapshot.open(at: other.path)).search(
      SearchRequest(query: "重庆", explains: true, similarity: Similarity(k1: 0.9, b: 0.4)))
    let built = try Searcher(try IndexSnapshot.open(at: folder.path)).search(
      SearchRequest(query: "重庆"))
    #expect(asked.hits.map(\.score) == built.hits.map(\.score))
    #expect(asked.hits.map(\.explanation?.value) == asked.hits.map(\.score))
    #expect(asked.hits.map(\.id) == built.hits.map(\.id))
  }
}
