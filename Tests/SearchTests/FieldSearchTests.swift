import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

/// Filters, facets and orders over fields, against articles looked at one by one.
@Suite struct FieldSearchTests {
  private struct Item {
    var number: Int
    var words: Set<String>
    var views: Int?
    var price: Double?
    var date: String?
    var source: String?
    var tags: [String]

    var article: Article {
      var members = ["\"tags\":[\(tags.map { "\"\($0)\"" }.joined(separator: ","))]"]
      if let views { members.append("\"views\":\(views)") }
      if let price { members.append("\"Price\":\(price)") }
      if let source { members.append("\"source\":\"\(source)\"") }
      return Article(
        id: "\(number)", text: words.sorted().joined(separator: "。") + "。文",
        path: "p/\(number).txt",
        date: date, extra: "{\(members.joined(separator: ","))}")
    }
  }

  private static let sources = ["人民日報", "人民日报", "Reuters", "ＲＥＵＴＥＲＳ", "新华社"]

  private static func item(_ number: Int, using random: inout SeededGenerator) -> Item {
    func maybe<Value>(_ value: Value, _ random: inout SeededGenerator) -> Value? {
      Int.random(in: 0..<6, using: &random) == 0 ? nil : value
    }
    let month = Int.random(in: 1...9, using: &random)
    let dates = [
      "2023", "2024-0\(month)", "202\(month % 5)-0\(month)-1\(month)",
      "2024-0\(month)-0\(month)T1\(month):30",
    ]
    return Item(
      number: number,
      words: Set(["电池", "汽车", "重庆"].filter { _ in Bool.random(using: &random) }),
      views: maybe(Int.random(in: -3...20, using: &random), &random),
      price: maybe(Double(Int.random(in: 0...12, using: &random)) / 4, &random),
      date: maybe(dates[Int.random(in: 0..<4, using: &random)], &random),
      source: maybe(sources[Int.random(in: 0..<5, using: &random)], &random),
      tags: (0..<Int.random(in: 0...3, using: &random)).map { _ in
        "t\(Int.random(in: 0..<5, using: &random))"
      })
  }

  /// Three segments, some articles deleted.
  private static func index(
    seed: UInt64, at path: String, merged: Bool
  ) throws -> (Searcher, [Item]) {
    var random = SeededGenerator(seed: seed)
    var items: [Item] = []
    var options = IndexOptions()
    options.mergesSegments = false
    for part in 0..<3 {
      let writer = try IndexWriter(at: path, options: options)
      for number in part * 100..<part * 100 + 100 {
        let item = item(number, using: &random)
        items.append(item)
        _ = try writer.add(item.article)
        #expect(writer.misfits.isEmpty)
      }
      for _ in 0..<8 {
        let gone = items.remove(at: Int.random(in: 0..<items.count, using: &random))
        #expect(try writer.delete(id: "\(gone.number)"))
      }
      if part == 2, merged { try writer.optimize() } else { try writer.commit() }
    }
    return (Searcher(try IndexSnapshot.open(at: path)), items)
  }

  /// The first and the last minute of a date, days of months without regard to their number.
  private static func minutes(_ date: String) -> (first: String, last: String) {
    let length = date.utf8.count
    return (
      date + "0000-01-01T00:00".dropFirst(length), date + "0000-12-31T23:59".dropFirst(length)
    )
  }

  private static func lies(_ date: String?, from: String, to: String) -> Bool {
    guard let date else { return false }
    let own = minutes(date)
    return own.first >= minutes(from).first && own.last <= minutes(to).last
  }

  private static func filters(
    using random: inout SeededGenerator
  ) -> (typed: String, fits: @Sendable (Item) -> Bool) {
    let number = Int.random(in: -4...21, using: &random)
    let price = Double(Int.random(in: 0...12, using: &random)) / 4
    let month =
      "202\(Int.random(in: 0...4, using: &random))-0\(Int.random(in: 1...9, using: &random))"
    let year = String(month.prefix(4))
    let day = month + "-1\(Int.random(in: 0...9, using: &random))"
    let tag = "t\(Int.random(in: 0..<6, using: &random))"
    let all: [(String, @Sendable (Item) -> Bool)] = [
      ("views:\(number)", { $0.views == number }),
      ("views:>\(number)", { $0.views.map { $0 > number } ?? false }),
      ("views:<=\(number)", { $0.views.map { $0 <= number } ?? false }),
      (
        "views:[\(number) TO \(number + 5)}",
        {
          $0.views.map { $0 >= number && $0 < number + 5 } ?? false
        }
      ),
      ("views:*", { $0.views != nil }),
      ("price:>=\(price)", { $0.price.map { $0 >= price } ?? false }),
      ("price:\(price)", { $0.price == price }),
      ("date:\(year)", { lies($0.date, from: year, to: year) }),
      ("date:\(month)", { lies($0.date, from: month, to: month) }),
      ("date:[\(month) TO 2024-06]", { lies($0.date, from: month, to: "2024-06") }),
      ("date:>=\(day)", { lies($0.date, from: day, to: "9999") }),
      ("date:[* TO \(year)]", { lies($0.date, from: "0001", to: year) }),
      ("source:人民日报", { $0.source?.hasPrefix("人民") ?? false }),
      ("source:reuters", { ["Reuters", "ＲＥＵＴＥＲＳ"].contains($0.source) }),
      ("source:人*", { $0.source?.hasPrefix("人") ?? false }),
      ("tags:\(tag)", { $0.tags.contains(tag) }),
      ("tags:t*", { !$0.tags.isEmpty }),
      ("(tags:\(tag) OR views:\(number))", { $0.tags.contains(tag) || $0.views == number }),
      ("-tags:\(tag)", { !$0.tags.contains(tag) }),
    ]
    return all[Int.random(in: 0..<all.count, using: &random)]
  }

  @Test(arguments: [UInt64](1...3), [false, true])
  func findsWhatFilterAndWordFit(seed: UInt64, merged: Bool) throws {
    let folder = try TemporaryFolder()
    let (searcher, items) = try Self.index(seed: seed, at: folder.path, merged: merged)
    var random = SeededGenerator(seed: seed + 100)
    for _ in 0..<80 {
      let (typed, fits) = Self.filters(using: &random)
      let word = ["电池", "汽车", "", "重庆"][Int.random(in: 0..<4, using: &random)]
      let query = "\(word) \(typed)"
      let result = try searcher.search(SearchRequest(query: query, limit: 1000))
      let expected = items.filter { (word.isEmpty || $0.words.contains(word)) && fits($0) }
      #expect(
        Set(result.hits.map(\.id)) == Set(expected.map { "\($0.number)" }), "\(query), seed \(seed)"
      )
      #expect(
        result.total == expected.count && !result.notes.contains { $0.kind == .misunderstood })
    }
  }

  private static func naiveCounts(_ values: [[String]]) -> [String: Int] {
    var counts: [String: Int] = [:]
    for values in values {
      for value in Set(values) { counts[value, default: 0] += 1 }
    }
    return counts
  }

  @Test(arguments: [UInt64](4...6))
  func countsAllThatIsFound(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let (searcher, items) = try Self.index(seed: seed, at: folder.path, merged: false)
    for query in ["电池", "*", "汽车 重庆", "views:>5"] {
      var request = SearchRequest(query: query, limit: 3)
      request.facets = ["tags", "source", "year", "date.month", "views", "PRICE"]
      request.facetLimit = 1000
      let result = try searcher.search(request)
      let found = items.filter { item in
        switch query {
        case "电池": item.words.contains("电池")
        case "*": true
        case "views:>5": (item.views ?? 0) > 5
        default: !item.words.isDisjoint(with: ["汽车", "重庆"])
        }
      }
      #expect(result.total == found.count && result.hits.count == 3)
      var expected: [[[String]]] = [found.map(\.tags)]
      expected.append(found.map { [$0.source].compactMap(\.self) })
      for length in [4, 7] {
        expected.append(
          found.map { (item: Item) -> [String] in
            [item.date].compactMap(\.self).map { String($0.prefix(length)) }
          })
      }
      expected.append(found.map { [$0.views].compactMap(\.self).map { "\($0)" } })
      expected.append(
        found.map { (item: Item) -> [String] in
          [item.price].compactMap(\.self).compactMap { FieldNumber($0)?.description }
        })
      for (facet, values) in zip(result.facets, expected) {
        let counts = Dictionary(
          uniqueKeysWithValues: facet.counts.map { ($0.value.description, $0.articles) })
        #expect(counts == Self.naiveCounts(values), "\(facet.field) of \(query)")
        #expect(facet.without == values.count(where: \.isEmpty) && facet.valueCount == counts.count)
      }
      // The commonest first; years in their order.
      let articles = result.facets[0].counts.map(\.articles)
      #expect(articles == articles.sorted(by: >))
      let years = result.facets[2].counts.map(\.value.description)
      #expect(years == years.sorted())
    }
  }

  @Test(arguments: [UInt64](7...9), [false, true])
  func ordersByValues(seed: UInt64, merged: Bool) throws {
    let folder = try TemporaryFolder()
    let (searcher, items) = try Self.index(seed: seed, at: folder.path, merged: merged)
    func numbers(
      _ found: [Item], _ key: (Item) -> [Double], falling: Bool
    ) -> [String] {
      found.enumerated().sorted { a, b in
        let (first, second) = (
          falling ? key(a.element).max() : key(a.element).min(),
          falling ? key(b.element).max() : key(b.element).min()
        )
        switch (first, second) {
        case (nil, nil): return a.offset < b.offset
        case (nil, _): return false
        case (_, nil): return true
        case (let first?, let second?):
          return first != second ? (first < second) != falling : a.offset < b.offset
        }
      }.map { "\($0.element.number)" }
    }
    let keys: [(String, (Item) -> [Double])] = [
      ("views", { $0.views.map { [Double($0)] } ?? [] }),
      ("price", { $0.price.map { [$0] } ?? [] }),
      ("tags", { $0.tags.map { Double($0.dropFirst()) ?? 0 } }),
    ]
    let found = items.filter { $0.words.contains("电池") }
    for (name, key) in keys {
      for falling in [false, true] {
        let expected = numbers(found, key, falling: falling)
        for (limit, offset) in [(1000, 0), (7, 0), (5, 3), (0, 0), (9, 80)] {
          var request = SearchRequest(query: "电池", limit: limit, offset: offset)
          request.order = .field(name, isDescending: falling)
          let result = try searcher.search(request)
          #expect(
            result.hits.map(\.id) == Array(expected.dropFirst(offset).prefix(limit)),
            "\(name) \(falling) seed \(seed)")
          #expect(result.total == found.count)
          let without = found.count { key($0).isEmpty }
          #expect(result.notes.contains { $0.text.contains(" last.") } == (without > 0))
        }
      }
    }
    // Dates by their first second, longer ones first; and scores are those of the ranking.
    var request = SearchRequest(query: "电池", limit: 1000)
    let scores = Dictionary(
      uniqueKeysWithValues: try searcher.search(request).hits.map { ($0.id, $0.score) })
    request.order = .field("date", isDescending: false)
    request.fields = ["views", "tags", "none"]
    let result = try searcher.search(request)
    for hit in result.hits { #expect(scores[hit.id] == hit.score) }
    let dates = result.hits.compactMap { $0.date.flatMap { DateSpan(parsing: $0) } }
    #expect(dates == dates.sorted() && !dates.isEmpty)
    for hit in result.hits {
      let item = try #require(items.first { "\($0.number)" == hit.id })
      let has = ["views": item.views != nil, "tags": !item.tags.isEmpty]
      #expect(hit.fields.map(\.name) == ["views", "tags"].filter { has[$0] ?? false })
    }
  }

  @Test func saysWhatIsNotUnderstood() throws {
    let folder = try TemporaryFolder()
    let (searcher, _) = try Self.index(seed: 1, at: folder.path, merged: false)
    for query in ["views:many", "date:soon", "date:[2024 TO then]", "none:[1 TO 2]"] {
      let notes = try searcher.search(SearchRequest(query: query)).notes
      #expect(
        notes.contains { $0.kind == .misunderstood && $0.source == 0..<query.count }, "\(query)")
    }
    var request = SearchRequest(query: "电池")
    for name in ["none", "year.date", "views.year", ""] {
      request.facets = [name]
      #expect(throws: SearchError.self) { try searcher.search(request) }
    }
    // Without fields of its own an index filters by paths.
    let plain = try TemporaryFolder()
    let writer = try IndexWriter(at: plain.path)
    _ = try writer.add(Article(id: "a", text: "电池", path: "news/2024.txt"))
    try writer.commit()
    let other = Searcher(try IndexSnapshot.open(at: plain.path))
    #expect(try other.search(SearchRequest(query: "source:news")).total == 1)
  }
}
