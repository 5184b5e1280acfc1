import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

/// Searches that end before all was looked at.
@Suite struct SearchWatchTests {
  /// Several segments of some hundred articles.
  private static func searcher(seed: UInt64) throws -> Searcher {
    var random = SeededGenerator(seed: seed)
    let memory = MemoryIndex()
    var options = IndexOptions()
    options.mergesSegments = false
    for part in 0..<3 {
      let writer = try memory.makeWriter(options: options)
      for number in 0..<120 {
        _ = try writer.add(
          Article(
            id: "\(part)-\(number)", text: NaiveSearchTests.text(30, &random),
            extra: "{\"views\":\(number % 7)}"))
      }
      try writer.commit()
    }
    return Searcher(try IndexSnapshot.open(at: memory.path))
  }

  private static let queries = [
    "重庆 汽车", "\"重庆汽车\" 产业 大脑 赛力斯 力 C919", "重庆 -汽车", "重庆 NEAR 汽车", "c*", "-重庆", "* -重庆",
    "重庆 views:>3", "source:x OR 重庆", "谁 是 工 5G 46.2 euro 한국",
  ]

  /// What is given early is a part of the whole answer, with its scores and in its order.
  @Test(arguments: 0..<4) func anEarlyAnswerIsPartOfTheWhole(seed: UInt64) throws {
    let searcher = try Self.searcher(seed: seed)
    var random = SeededGenerator(seed: seed)
    var early = 0
    for query in Self.queries {
      var request = SearchRequest(query: query, limit: 1000)
      if seed % 2 == 1 { request.order = .field("views", isDescending: true) }
      request.facets = ["views"]
      let whole = try searcher.search(request)
      #expect(!whole.timedOut)
      let ranks = Dictionary(uniqueKeysWithValues: whole.hits.map { ($0.id, $0) })
      for _ in 0..<30 {
        var looks = Int.random(in: 0...80, using: &random)
        if Bool.random(using: &random) { request.limit = Int.random(in: 0...20, using: &random) }
        let result = try searcher.search(
          request,
          SearchWatch {
            looks -= 1
            return looks < 0 ? .timeUp : nil
          })
        guard result.timedOut else {
          #expect(result.hits.map(\.id) == whole.hits.prefix(request.limit).map(\.id))
          continue
        }
        early += 1
        #expect(result.total <= whole.total)
        #expect(result.hits.count <= min(request.limit, result.total))
        var last = 0
        for hit in result.hits {
          let same = try #require(ranks[hit.id], "\(query): \(hit.id) is not found")
          #expect(same.score == hit.score && same.match == hit.match && same.rank > last)
          last = same.rank
        }
        for count in result.facets[0].counts {
          let all = whole.facets[0].counts.first { $0.value == count.value }
          #expect(count.articles <= all?.articles ?? 0)
        }
      }
    }
    #expect(early > 100)
  }

  @Test func noTimeGivesNothingAndSaysSo() throws {
    let searcher = try Self.searcher(seed: 1)
    var request = SearchRequest(query: "重庆 汽车")
    request.timeLimit = .zero
    let result = try searcher.search(request)
    #expect(result.timedOut && result.hits.isEmpty)
    #expect(result.notes.contains { $0.text.contains("time was up") })
    #expect(try searcher.rank(request).timedOut)
    #expect(try searcher.similar(to: "0-1", request)?.timedOut == true)
    request.timeLimit = .seconds(3600)
    #expect(try !searcher.search(request).timedOut)
  }

  @Test func whatIsReadLateHasNoPassagesAndIsNotMuch() throws {
    let searcher = try Self.searcher(seed: 2)
    let plain = try searcher.search(SearchRequest(query: "重庆 汽车", limit: 1000))
    #expect(plain.total > Searcher.lateHits)
    // Time runs out behind the last window, while hits are read.
    var looks = 0
    _ = try searcher.search(
      SearchRequest(query: "重庆 汽车", limit: 0),
      SearchWatch {
        looks += 1
        return nil
      })
    var left = looks + 40
    let result = try searcher.search(
      SearchRequest(query: "重庆 汽车", limit: 1000),
      SearchWatch {
        left -= 1
        return left < 0 ? .timeUp : nil
      })
    #expect(result.timedOut && result.total == plain.total)
    #expect(result.hits.count == Searcher.lateHits)
    #expect(result.hits.map(\.id) == plain.hits.prefix(Searcher.lateHits).map(\.id))
    #expect(result.hits.first?.snippets.isEmpty == false)
    #expect(result.hits.last?.snippets.isEmpty == true)
  }

  @Test func cancellingIsAnError() async throws {
    let searcher = try Self.searcher(seed: 3)
    var request = SearchRequest(query: "重庆")
    let cancellation = SearchCancellation()
    request.cancellation = cancellation
    #expect(try searcher.search(request).total > 0)
    cancellation.cancel()
    #expect(isCancelled { () throws(SearchError) in _ = try searcher.search(request) })
    #expect(isCancelled { () throws(SearchError) in _ = try searcher.rank(request) })
    #expect(isCancelled { () throws(SearchError) in _ = try searcher.similar(to: "0-1", request) })
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return isCancelled { () throws(SearchError) in
        _ = try searcher.search(SearchRequest(query: "重庆"))
      }
    }
    task.cancel()
    #expect(await task.value)
  }
}

private func isCancelled(_ body: () throws(SearchError) -> Void) -> Bool {
  do throws(SearchError) { try body() } catch { if case .cancelled = error { return true } }
  return false
}
