import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex
@testable import SuoyinSearch

/// Near-duplicates: how they are recognised, and how a search folds them.
@Suite struct DuplicateTests {
  /// Sentences of random characters: a text of its own for each seed.
  private static func sentences(_ count: Int, _ random: inout SeededGenerator) -> [String] {
    (0..<count).map { _ in
      let scalars = (0..<Int.random(in: 8...30, using: &random)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0x4E00...0x5FFF, using: &random))
      }
      return String(String.UnicodeScalarView(scalars)) + "。"
    }
  }

  private static func fingerprints(_ articles: [Article]) throws -> [Fingerprint] {
    let memory = MemoryIndex()
    let writer = try memory.makeWriter()
    for article in articles { _ = try writer.add(article) }
    try writer.commit()
    let segment = try #require(try IndexSnapshot.open(at: memory.path).segments.first)
    return articles.indices.map { segment.fingerprint(of: UInt32($0)) }
  }

  @Test func cutReorderedAndRetitledTextsAreAlikeAndOthersAreNot() throws {
    var random = SeededGenerator(seed: 11)
    var articles: [Article] = []
    for number in 0..<200 {
      let text = Self.sentences(30, &random)
      for (kind, other) in [text, Array(text.dropLast(12)), text.shuffled(using: &random)]
        .enumerated()
      {
        let title = Self.sentences(1, &random)[0]
        articles.append(
          Article(id: "\(number)-\(kind)", title: title, text: other.joined()))
      }
    }
    let prints = try Self.fingerprints(articles)
    var missed = 0
    var wrong = 0
    for number in 0..<200 {
      let own = prints[number * 3]
      #expect(own.alike(own) == Fingerprint.size)
      for kind in 1...2 where own.alike(prints[number * 3 + kind]) < Fingerprint.nearDuplicate {
        missed += 1
      }
      for other in 0..<200 where other != number {
        if own.alike(prints[other * 3]) >= Fingerprint.nearDuplicate { wrong += 1 }
      }
    }
    #expect(missed <= 8, "of 400 pairs")
    #expect(wrong == 0, "of 39,800 pairs")
  }

  @Test func aShortTextHasNone() throws {
    let prints = try Self.fingerprints([
      Article(id: "a", text: "重庆的汽车。"), Article(id: "b", text: "重庆的汽车。"),
      Article(id: "c", text: String(repeating: "重庆的汽车出口。", count: 10)),
    ])
    #expect(prints[0].isNone && prints[0].alike(prints[1]) == 0 && !prints[2].isNone)
  }

  @Test func alikeBinsAreCountedOneByOne() {
    var random = SeededGenerator(seed: 2)
    for _ in 0..<1000 {
      let words = (0..<4).map { _ in
        UInt64.random(in: .min ... .max, using: &random)
          & UInt64.random(in: .min ... .max, using: &random)
      }
      let (a, b) = (
        Fingerprint(low: words[0], high: words[1]), Fingerprint(low: words[2], high: words[3])
      )
      var alike = 0
      for bin in 0..<16 {
        let shift = UInt64(bin * 4)
        if words[0] >> shift & 15 == words[2] >> shift & 15 { alike += 1 }
        if words[1] >> shift & 15 == words[3] >> shift & 15 { alike += 1 }
      }
      #expect(a.alike(b) == (a.isNone || b.isNone ? 0 : alike))
    }
  }

  /// Merged segments keep them, and the folded hits are those of the plain list, folded.
  @Test(arguments: 0..<3) func hitsAreFoldedAsTheListIs(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let memory = MemoryIndex()
    var options = IndexOptions()
    options.mergesSegments = false
    let writer = try memory.makeWriter(options: options)
    for part in 0..<3 {
      for number in 0..<40 {
        var text = Self.sentences(12, &random)
        for copy in 0..<Int.random(in: 1...4, using: &random) {
          text.swapAt(0, copy % text.count)
          _ = try writer.add(
            Article(id: "\(part)-\(number)-\(copy)", text: "重庆汽车。" + text.joined()))
        }
      }
      try writer.commit()
    }
    if seed == 2 { try writer.optimize() }
    let searcher = Searcher(try IndexSnapshot.open(at: memory.path))
    var request = SearchRequest(query: "重庆汽车", limit: 1000)
    let plain = try searcher.search(request)
    #expect(plain.hits.allSatisfy { $0.duplicates.isEmpty })
    request.collapsesDuplicates = true
    let all = try searcher.search(request)
    #expect(all.total == plain.total && all.next == nil)
    #expect(Set(all.hits.map { $0.id.split(separator: "-").dropLast() }).count == all.hits.count)
    let shown = all.hits.flatMap { [$0.id] + $0.duplicates.map(\.id) }
    #expect(shown.sorted() == plain.hits.map(\.id).sorted())
    for hit in all.hits {
      let family = hit.id.split(separator: "-").dropLast()
      #expect(hit.duplicates.allSatisfy { $0.id.split(separator: "-").dropLast() == family })
    }
    // A page is a part of the whole, and ranks count what is left.
    request.limit = 7
    request.offset = 5
    let page = try searcher.search(request)
    #expect(
      page.hits.map(\.id) == all.hits[5..<12].map(\.id) && page.hits.map(\.rank) == Array(6...12))
    // By cursor they are the same, whatever comes meanwhile.
    request.offset = 0
    var hits: [Hit] = []
    repeat {
      let answer = try Searcher(try IndexSnapshot.open(at: memory.path)).search(request)
      hits += answer.hits
      request.after = answer.next.flatMap { SearchCursor($0.description) }
      _ = try writer.add(
        Article(id: "new \(hits.count)", text: "重庆汽车。" + Self.sentences(9, &random).joined()))
      try writer.commit()
    } while request.after != nil
    #expect(hits.map(\.id) == all.hits.map(\.id))
    #expect(hits.map(\.rank) == Array(1...hits.count))
    // As far as ranking came to them.
    #expect(zip(hits, all.hits).allSatisfy { $1.duplicates.starts(with: $0.duplicates) })
  }
}
