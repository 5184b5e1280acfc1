import SuoyinIndex
import SuoyinSearch

/// `search`: what a user waits for, by the default analysis: parsing, matching, scoring and the
/// snippets of the best. `rank`: the same without reading articles.
enum SearchBenchmark {
  struct Answer: Encodable {
    let articles: Int
    let rounds: Int
    /// `KIND`: the number of queries.
    var queries: [String: Int] = [:]
    /// `KIND`: the sum of the totals.
    var matches: [String: Int] = [:]
    /// `KIND`: the mean over the queries of the best of the rounds, in microseconds.
    var us: [String: Double] = [:]
    /// `KIND`: how the times of all queries in all rounds are spread, in microseconds.
    var spread: [String: Spread] = [:]
  }

  /// What a search found; equal in every round.
  struct Outcome: Equatable {
    let total: Int
    let ids: [String]
    let scores: [Double]
    let snippets: [String]
  }

  static func run(
    in folder: String, queries: String, rounds: Int, hits: Int, readsArticles: Bool
  ) throws -> Answer {
    let lines = try QueryLine.read(queries, kind: "all")
    let searcher = Searcher(try IndexSnapshot.open(at: folder))
    let cases = lines.map { line in
      Case(
        name: String(line.text),
        run: {
          let request = SearchRequest(query: String(line.text), limit: hits)
          return try readsArticles
            ? Outcome(searcher.search(request)) : Outcome(searcher.rank(request))
        },
        check: { result in
          guard result.ids.count == min(hits, result.total) else {
            throw CheckFailure(
              String(line.text), "\(result.ids.count) hits of \(result.total)")
          }
        })
    }
    let (times, results) = try measure(cases, rounds: rounds)
    var answer = Answer(articles: searcher.snapshot.articleCount, rounds: rounds)
    var best: [String: [Double]] = [:]
    var all: [String: [Double]] = [:]
    for (index, line) in lines.enumerated() {
      answer.queries[line.kind, default: 0] += 1
      answer.matches[line.kind, default: 0] += results[index].total
      let us = times[index].map { $0 / 1_000 }
      best[line.kind, default: []].append(us.min() ?? 0)
      all[line.kind, default: []] += us
    }
    answer.us = best.mapValues { rounded($0.reduce(0, +) / Double($0.count)) }
    answer.spread = all.mapValues(Spread.init)
    return answer
  }
}

extension SearchBenchmark.Outcome {
  fileprivate init(_ result: SearchResult) {
    self.init(
      total: result.total, ids: result.hits.map(\.id), scores: result.hits.map(\.score),
      snippets: result.hits.flatMap { $0.snippets.map(\.text) })
  }

  fileprivate init(_ ranking: Ranking) {
    self.init(
      total: ranking.total, ids: ranking.places.map(\.id), scores: ranking.places.map(\.score),
      snippets: [])
  }
}
