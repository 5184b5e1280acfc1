import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

/// What is found only by characters that look alike.
@Suite struct LookalikeTests {
  private static func searcher(_ texts: [String], commits: Int = 1) throws -> Searcher {
    let memory = MemoryIndex()
    let writer = try memory.makeWriter()
    let part = (texts.count + commits - 1) / commits
    for (number, text) in texts.enumerated() {
      _ = try writer.add(
        Article(
          id: "\(number)", text: text, date: "20\(10 + number % 10)",
          extra: #"{"views": \#(number % 7)}"#))
      if number % part == part - 1 { try writer.commit() }
    }
    try writer.commit()
    return Searcher(try IndexSnapshot.open(at: memory.path))
  }

  private static func request(_ query: String, limit: Int = 1000) -> SearchRequest {
    var request = SearchRequest(query: query, limit: limit)
    request.findsLookalikes = true
    return request
  }

  @Test func theTableIsOfFoldedCharacters() throws {
    var odd: [Unicode.Scalar] = []
    for (character, others) in LookalikeHan.table {
      let folded = Analyzer.cjk.makeSession().analyze(String(character), repairingLines: false)
        .folded
      if !folded.utf16.elementsEqual(String(character).utf16) { odd.append(character) }
      #expect(!others.contains(character))
      for other in others { #expect(LookalikeHan.table[other]?.contains(character) ?? false) }
    }
    #expect(odd.isEmpty, "\(odd)")
  }

  @Test func whatIsMisreadComesLastAndIsMarked() throws {
    let searcher = try Self.searcher([
      "氦能源的末来在重庆。", "氢能源是未来。", "未来的汽车。", "天空是蓝的。", "人们谈末来的计划。",
    ])
    let result = try searcher.search(Self.request("氢能源 未来"))
    #expect(
      result.hits.map(\.id) == ["1", "2", "0", "4"]
        || result.hits.map(\.id) == ["1", "0", "2", "4"])
    #expect(result.hits.last?.match == .lookalike)
    let snippet = try #require(result.hits.last?.snippets.first)
    let scalars = Array(snippet.text.unicodeScalars)
    #expect(snippet.highlights.map { String(String.UnicodeScalarView(scalars[$0])) } == ["末来"])
    #expect(result.notes.contains { $0.text.contains("未 as 末朱") })
    // Off by default, and not where something must not be held.
    #expect(try searcher.search(SearchRequest(query: "氢能源 未来")).hits.allSatisfy { $0.id != "4" })
    #expect(try searcher.search(Self.request("天空 -未来")).hits.map(\.id) == ["3"])
    #expect(try searcher.search(Self.request("重庆 -未来")).hits.map(\.id) == ["0"])
    // Phrases near one another, operators, one character.
    #expect(try searcher.search(Self.request("末来 NEAR/5 计划")).hits.map(\.match) == [.whole])
    #expect(try searcher.search(Self.request("未来 NEAR/5 计划")).hits.map(\.match) == [.lookalike])
    #expect(try searcher.search(Self.request("未来 NEAR/0 计划")).hits.isEmpty)
    #expect(
      try searcher.search(Self.request("氢能源 AND 未来")).hits.map(\.match) == [.whole, .lookalike])
    #expect(try searcher.search(Self.request("兰")).hits.isEmpty)
    #expect(try Set(searcher.search(Self.request("氧")).hits.map(\.id)) == ["0", "1"])
    let none = try searcher.search(Self.request("computers"))
    #expect(none.hits.isEmpty && none.notes.contains { $0.text.contains("taken for another") })
  }

  /// A phrase, and whether a text holds it as it is or with what looks alike.
  private static func holds(_ text: String, _ phrase: String, alike: Bool) -> Bool {
    let text = Array(text.unicodeScalars)
    let phrase = Array(phrase.unicodeScalars)
    guard text.count >= phrase.count else { return false }
    return (0...text.count - phrase.count).contains { start in
      phrase.indices.allSatisfy { place in
        let (found, asked) = (text[start + place], phrase[place])
        return found == asked || alike && LookalikeHan.table[asked]?.contains(found) ?? false
      }
    }
  }

  @Test(arguments: 0..<8)
  func phrasesAreThoseOfAnOracle(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let alphabet = Array("未末朱己已氢氦重庆汽".unicodeScalars)
    func text(_ lengths: ClosedRange<Int>) -> String {
      let scalars = (0..<Int.random(in: lengths, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      return String(String.UnicodeScalarView(scalars))
    }
    let texts = (0..<150).map { _ in text(1...12) }
    let searcher = try Self.searcher(texts, commits: 1 + seed % 3)
    for _ in 0..<40 {
      let (a, b) = (text(1...5), text(1...2))
      let bound = Int.random(in: 0..<7, using: &random)
      let shapes: [(String, (String, Bool) -> Bool)] = [
        ("\"\(a)\"", { Self.holds($0, a, alike: $1) }),
        (
          "+\"\(a)\" +\"\(b)\"",
          { Self.holds($0, a, alike: $1) && Self.holds($0, b, alike: $1) }
        ),
        ("\"\(a)\" OR \"\(b)\"", { Self.holds($0, a, alike: $1) || Self.holds($0, b, alike: $1) }),
        (
          "+\"\(a)\" -\"\(b)\"",
          { Self.holds($0, a, alike: $1) && !Self.holds($0, b, alike: false) }
        ),
      ]
      for (query, holds) in shapes {
        for query in [query, "(\(query)) AND views:<=\(bound)"] {
          let isFiltered = query.hasSuffix("\(bound)")
          let wanted = texts.indices.filter { !isFiltered || $0 % 7 <= bound }
          let typed = Set(wanted.filter { holds(texts[$0], false) }.map(String.init))
          let alike = Set(wanted.filter { holds(texts[$0], true) }.map(String.init))
            .subtracting(typed)
          let result = try searcher.search(Self.request(query))
          let place: Comment = "seed \(seed), \(query)"
          #expect(result.total == typed.count + alike.count, place)
          #expect(Set(result.hits.prefix(typed.count).map(\.id)) == typed, place)
          let misread = result.hits.dropFirst(typed.count)
          #expect(Set(misread.map(\.id)) == alike, place)
          #expect(misread.allSatisfy { $0.match == .lookalike }, place)
          #expect(result.hits.prefix(typed.count).allSatisfy { $0.match != .lookalike }, place)
          try check(result, of: query, in: searcher, place)
        }
      }
    }
  }

  /// Pages, counts, orders and scores are those of the whole result.
  private func check(
    _ result: SearchResult, of query: String, in searcher: Searcher, _ place: Comment
  ) throws {
    let ids = result.hits.map(\.id)
    var page = Self.request(query, limit: 1 + ids.count / 3)
    page.makesSnippets = false
    var pages: [String] = []
    repeat {
      let answer = try searcher.search(page)
      pages += answer.hits.map(\.id)
      page.after = answer.next.flatMap { SearchCursor($0.description) }
    } while page.after != nil
    #expect(pages == ids, place)
    page.offset = ids.count / 2
    #expect(
      try searcher.search(page).hits.map(\.id) == Array(ids[page.offset...].prefix(page.limit)))
    page.offset = 0
    page.limit = 1000
    page.order = .field("views", isDescending: false)
    page.facets = ["views"]
    page.explains = true
    let ordered = try searcher.search(page)
    let matches = Dictionary(
      uniqueKeysWithValues: result.hits.map { ($0.id, ($0.match, $0.score)) })
    for hit in ordered.hits {
      #expect(matches[hit.id].map { $0 == (hit.match, hit.score) } ?? false, place)
      #expect(hit.explanation?.value == hit.score, place)
    }
    #expect(ordered.facets[0].counts.reduce(0) { $0 + $1.articles } == ids.count, place)
    if let hit = result.hits.last {
      let why = try searcher.explain(article: hit.id, Self.request(query))
      #expect(why?.match == hit.match && why?.score?.value == hit.score, place)
      #expect(!hit.snippets.flatMap(\.highlights).isEmpty, place)
    }
  }

  @Test func aQueryOfManyCharactersIsBounded() throws {
    var random = SeededGenerator(seed: 3)
    let characters = LookalikeHan.table.keys.sorted()
    let text = String(
      String.UnicodeScalarView(
        (0..<20_000).map { _ in characters[Int.random(in: 0..<characters.count, using: &random)] }))
    let searcher = try Self.searcher([text])
    let result = try searcher.search(Self.request("\(text.prefix(3000))朱"))
    #expect(result.hits.count == 1)
    #expect(result.notes.contains { $0.text.contains("typed only") })
    #expect(try searcher.search(Self.request("\"\(text.prefix(400).dropLast())\"")).total == 1)
    let repeated = try Self.searcher([String(repeating: "未", count: 20_000)])
    let query = String(repeating: "末", count: 10_000)
    #expect(try repeated.search(Self.request("\"\(query)\"")).hits.map(\.match) == [.lookalike])
  }
}
