import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

/// Pages by cursor, in an index that stands still and in one that changes.
@Suite struct CursorTests {
  private static func article(_ id: String, using random: inout SeededGenerator) -> Article {
    Article(
      id: id, text: NaiveSearchTests.text(Int.random(in: 4...40, using: &random), &random),
      extra: Int.random(in: 0..<5, using: &random) == 0
        ? nil : "{\"views\":\(Int.random(in: 0..<9, using: &random)),\"tag\":[\"a\",\"b\"]}")
  }

  private static let queries = [
    "重庆 汽车", "\"重庆汽车\" 产业 大脑 赛力斯 C919", "重庆 -汽车", "-重庆", "谁 是 工 5G 46.2 euro 한국", "views:>3", "车*",
  ]
  private static let orders: [SearchOrder] = [
    .score, .field("views", isDescending: true), .field("views", isDescending: false),
  ]

  /// All pages from a cursor on.
  private static func pages(
    of request: SearchRequest, in searcher: () throws -> Searcher
  ) throws -> [Hit] {
    var hits: [Hit] = []
    var request = request
    while true {
      let result = try searcher().search(request)
      hits += result.hits
      guard let next = result.next else { return hits }
      #expect(result.hits.count == request.limit)
      let copy = try #require(SearchCursor(next.description))
      #expect(copy == next)
      request.after = copy
    }
  }

  @Test(arguments: 0..<4) func pagesJoinToTheWhole(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let memory = MemoryIndex()
    var options = IndexOptions()
    options.mergesSegments = seed % 2 == 0
    for part in 0..<3 {
      let writer = try memory.makeWriter(options: options)
      for number in 0..<60 { _ = try writer.add(Self.article("\(part)-\(number)", using: &random)) }
      _ = try writer.delete(id: "\(part)-7")
      try writer.commit()
    }
    let searcher = Searcher(try IndexSnapshot.open(at: memory.path))
    for query in Self.queries {
      for order in Self.orders {
        var request = SearchRequest(query: query, limit: 1000)
        request.order = order
        let whole = try searcher.search(request)
        #expect(whole.next == nil)
        request.limit = Int.random(in: 1...40, using: &random)
        let hits = try Self.pages(of: request) { searcher }
        #expect(hits.map(\.id) == whole.hits.map(\.id), "\(query), \(order)")
        #expect(hits.map(\.rank) == Array(1...max(1, hits.count)).prefix(hits.count).map(\.self))
        #expect(hits.map(\.score) == whole.hits.map(\.score))
      }
    }
  }

  /// While articles are added, replaced and deleted, and segments merged, between any two pages: what
  /// stays comes once, in the order and with the scores of the beginning.
  @Test(arguments: 0..<6) func pagesStayWhileTheIndexChanges(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let memory = MemoryIndex()
    let writer = try memory.makeWriter()
    var count = 300
    for number in 0..<count { _ = try writer.add(Self.article("\(number)", using: &random)) }
    try writer.commit()
    for query in Self.queries.dropLast() {
      for order in Self.orders {
        var request = SearchRequest(query: query, limit: 1000)
        request.order = order
        let whole = try Searcher(try IndexSnapshot.open(at: memory.path)).search(request)
        request.limit = Int.random(in: 5...60, using: &random)
        var gone: Set<String> = []
        let hits = try Self.pages(of: request) {
          let searcher = Searcher(try IndexSnapshot.open(at: memory.path))
          for _ in 0..<8 {
            let id = "\(Int.random(in: 0..<count, using: &random))"
            switch Int.random(in: 0..<3, using: &random) {
            case 0:
              count += 1
              _ = try writer.add(Self.article("\(count)", using: &random))
            case 1:
              _ = try writer.add(Self.article(id, using: &random))
              gone.insert(id)
            default:
              _ = try writer.delete(id: id)
              gone.insert(id)
            }
          }
          if Int.random(in: 0..<4, using: &random) == 0 {
            try writer.optimize()
          } else {
            try writer.commit()
          }
          return searcher
        }
        #expect(Set(hits.map(\.id)).count == hits.count, "\(query): one comes twice")
        let places = Dictionary(uniqueKeysWithValues: whole.hits.map { ($0.id, $0) })
        var last = 0
        for hit in hits {
          let place = try #require(places[hit.id], "\(query): \(hit.id) came since")
          #expect(place.rank > last && place.score == hit.score && place.match == hit.match)
          last = place.rank
        }
        let missing = Set(places.keys).subtracting(hits.map(\.id))
        #expect(missing.isSubset(of: gone), "\(query), \(order): passed over")
      }
    }
  }

  @Test func aCursorBelongsToItsRequestAndIndex() throws {
    var random = SeededGenerator(seed: 1)
    let memory = MemoryIndex()
    func fill() throws {
      var options = IndexOptions()
      options.replacesIndex = true
      let writer = try memory.makeWriter(options: options)
      for number in 0..<20 {
        _ = try writer.add(
          Article(id: "\(Int.random(in: 0..<1000, using: &random))-\(number)", text: "重庆的汽车。"))
      }
      try writer.commit()
    }
    try fill()
    var request = SearchRequest(query: "重庆", limit: 3)
    func search() throws(SearchError) -> SearchResult? {
      guard let snapshot = try? IndexSnapshot.open(at: memory.path) else { return nil }
      return try Searcher(snapshot).search(request)
    }
    request.after = try search()?.next
    #expect(try search()?.hits.map(\.rank) == [4, 5, 6])
    request.offset = 2
    #expect(try search()?.hits.map(\.rank) == [6, 7, 8])
    request.query = "汽车"
    #expect(isOther(ofIndex: false) { () throws(SearchError) in _ = try search() })
    request.query = "重庆"
    try fill()
    #expect(isOther(ofIndex: true) { () throws(SearchError) in _ = try search() })
  }

  @Test func whatIsNoCursorIsNone() throws {
    let index = MemoryIndex()
    let writer = try index.makeWriter()
    for number in 0..<3 { _ = try writer.add(Article(id: "\(number)", text: "重庆。")) }
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: index.path))
    let text = try #require(
      try searcher.search(SearchRequest(query: "重庆", limit: 1)).next?.description)
    #expect(text.utf8.allSatisfy { $0 != UInt8(ascii: "=") } && SearchCursor(text) != nil)
    var random = SeededGenerator(seed: 3)
    for _ in 0..<500 {
      var bytes = Array(text.utf8)
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
        in: 32...126, using: &random)
      let changed = String(decoding: bytes, as: UTF8.self)
      if let cursor = SearchCursor(changed) { #expect(cursor == SearchCursor(text)) }
    }
    for length in 0..<text.utf8.count { #expect(SearchCursor(String(text.prefix(length))) == nil) }
    #expect(SearchCursor("重庆") == nil)
  }
}

private func isOther(ofIndex: Bool, _ body: () throws(SearchError) -> Void) -> Bool {
  do throws(SearchError) { try body() } catch {
    if case .otherCursor(let isOfIndex) = error { return isOfIndex == ofIndex }
  }
  return false
}
