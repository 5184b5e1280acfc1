import SuoyinIndex
import SuoyinSearch
import SuoyinText

/// `query`: terms, conjunctions, disjunctions and phrases over what `index` made, in one thread and
/// without a cache of results.
enum QueryBenchmark {
  /// What is asked of each query.
  enum Mode: String, CaseIterable {
    case top10, top100, count
  }

  struct Answer: Encodable {
    /// `KIND/MODE`: the mean over the queries of the best of the rounds, in microseconds.
    var us: [String: Double] = [:]
    /// `KIND/MODE`: how the queries' best times are spread, in microseconds.
    var spread: [String: Spread] = [:]
    /// `KIND`: the sum of the counts.
    var matches: [String: Int] = [:]
    /// `KIND`: the sum of all scores of the ten best.
    var scores: [String: Double] = [:]
    let rounds: Int
  }

  /// What a query gave: how many, and their scores added up.
  struct Outcome: Equatable {
    let count: Int
    let score: Double
  }

  static func run(in folder: String, queries: String, rounds: Int) throws -> Answer {
    let lines = try QueryLine.read(queries)
    let searcher = Searcher(try IndexSnapshot.open(at: folder))
    guard searcher.snapshot.similarity == IndexBenchmark.similarity else {
      throw InputError("\(folder) was not made by suoyin-bench index; make it by that")
    }
    let built = try lines.map { try FieldQuery($0) }
    for query in built { try check(query, with: searcher) }

    // All queries in one mode after the other, as the peers' harness has them.
    let cases = Mode.allCases.flatMap { mode in
      zip(lines, built).map { line, query in
        Case(name: "\(line.kind)/\(mode) \(line.text)", run: { try run(query, mode, on: searcher) })
      }
    }
    let (times, results) = try measure(cases, rounds: rounds)

    var answer = Answer(rounds: rounds)
    var best: [String: [Double]] = [:]
    for (index, line) in (0..<cases.count).map({ ($0, lines[$0 % lines.count]) }) {
      let mode = Mode.allCases[index / lines.count]
      best["\(line.kind)/\(mode)", default: []].append((times[index].min() ?? 0) / 1_000)
      switch mode {
      case .top10: answer.scores[line.kind, default: 0] += results[index].score
      case .count: answer.matches[line.kind, default: 0] += results[index].count
      case .top100: break
      }
    }
    answer.us = best.mapValues { rounded($0.reduce(0, +) / Double($0.count)) }
    answer.spread = best.mapValues(Spread.init)
    return answer
  }

  private static func run(
    _ query: FieldQuery, _ mode: Mode, on searcher: Searcher
  ) throws -> Outcome {
    switch mode {
    case .top10: return outcome(try searcher.top(10, of: query))
    case .top100: return outcome(try searcher.top(100, of: query))
    case .count: return Outcome(count: try searcher.count(query), score: 0)
    }
  }

  private static func outcome(_ hits: [FieldHit]) -> Outcome {
    Outcome(count: hits.count, score: hits.reduce(0) { $0 + $1.score })
  }

  /// The ten best are the first of the hundred best, scores fall, and there are as many as counted.
  private static func check(_ query: FieldQuery, with searcher: Searcher) throws {
    let count = try searcher.count(query)
    let ten = try searcher.top(10, of: query)
    let hundred = try searcher.top(100, of: query)
    let name = "\(query.shape) \(query.terms.map { String(decoding: $0, as: UTF8.self) })"
    guard hundred.count == min(100, count) else {
      throw CheckFailure(name, "\(hundred.count) hits, \(count) counted")
    }
    guard ten == Array(hundred.prefix(10)) else {
      throw CheckFailure(name, "the ten best are not the first of the hundred best")
    }
    guard zip(hundred, hundred.dropFirst()).allSatisfy({ $0.score >= $1.score }) else {
      throw CheckFailure(name, "scores rise")
    }
  }
}

extension FieldQuery {
  /// The query of a line: the kind says how its words go together.
  init(_ line: QueryLine) throws {
    let shapes: [(prefix: String, shape: Shape)] = [
      ("term", .any), ("or", .any), ("and", .all), ("phrase", .phrase),
    ]
    guard let shape = shapes.first(where: { line.kind.hasPrefix($0.prefix) })?.shape else {
      throw InputError("\(line.kind) is no kind of query; use term, and…, or… or phrase…")
    }
    let terms = line.text.split(separator: " ").map { Array($0.utf8) }
    self.init(shape, of: terms, in: IndexBenchmark.field)
  }
}
