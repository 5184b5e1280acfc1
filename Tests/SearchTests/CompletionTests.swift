import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

@Suite struct CompletionTests {
  private static func searcher(_ articles: [Article], parts: Int = 1) throws -> Searcher {
    let memory = MemoryIndex()
    var options = IndexOptions()
    options.mergesSegments = false
    let writer = try memory.makeWriter(options: options)
    for part in 0..<parts {
      for (index, article) in articles.enumerated() where index % parts == part {
        _ = try writer.add(article)
      }
      try writer.commit()
    }
    return Searcher(try IndexSnapshot.open(at: memory.path))
  }

  private static let articles = [
    Article(id: "a", title: "重庆汽车走向世界", text: "重庆汽车产业的发展很快，重庆汽车出口增长。"),
    Article(id: "b", title: "长安的荔枝：一骑红尘", text: "长期以来，重庆的汽车有名。清楚。"),
    Article(id: "c", title: "C919 completes its maiden flight", text: "Computers compute. 银行的行动。"),
  ]

  @Test(arguments: 1...3) func wordsRowsAndTitlesInEveryWayOfTyping(parts: Int) throws {
    let searcher = try Self.searcher(Self.articles, parts: parts)
    func texts(_ typed: String) throws -> [String] {
      try searcher.complete(typed, limit: 20).map(\.text)
    }
    for typed in [
      "cqqc", "chongqingqiche", "CQqiche", "chongqqc", "zqqc", "重庆汽", "重慶汽", "重qqc", "ｃｑｑｃ",
    ] {
      let found = try texts(typed)
      #expect(found.contains("重庆汽车"), "\(typed): \(found)")
      #expect(found.contains("重庆汽车走向世界"), "\(typed): \(found)")
    }
    #expect(try texts("chongq").contains("重庆"))
    #expect(try texts("comp").contains("computers") && texts("comp").contains("compute"))
    #expect(try texts("maiden fl").first == "maiden flight")
    #expect(try texts("新能源 cq").contains("新能源 重庆"))
    #expect(try texts("yiqi").contains("一骑红尘"), "behind a mark")
    #expect(try texts("cadelz").contains("长安的荔枝"))
    #expect(try texts("C91").contains("c919"))
    #expect(try texts("绝无此").isEmpty && texts("").isEmpty && texts("  ").isEmpty)
    #expect(try searcher.complete("cq", limit: 0).isEmpty)
    let counted = try searcher.complete("cqqc").first { $0.kind == .words && $0.text == "重庆汽车" }
    #expect(counted?.articles == 1, "b holds the words apart")
  }

  @Test func nothingIsOfferedTwice() throws {
    let searcher = try Self.searcher([
      Article(id: "a", title: "北京", text: "北京的秋天。"), Article(id: "b", title: "Ｃ９１９首飞", text: "北京。"),
      Article(id: "c", title: "C919首飞", text: "C919。"),
      Article(id: "d", title: "北京、秋天", text: "北京。"),
    ])
    for typed in ["bei", "北", "beij", "C", "c9", "c919s"] {
      let texts = try searcher.complete(typed, limit: 20).map { $0.text.lowercased() }
      #expect(Set(texts).count == texts.count && !texts.isEmpty, "\(typed): \(texts)")
    }
    let found = try searcher.complete("c919s")
    #expect(found.filter { $0.kind == .title }.map(\.articles) == [2], "in either form")
  }

  @Test func whatIsDeletedIsNotOffered() throws {
    let memory = MemoryIndex()
    let writer = try memory.makeWriter()
    for article in Self.articles { _ = try writer.add(article) }
    try writer.commit()
    _ = try writer.delete(id: "a")
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: memory.path))
    let found = try searcher.complete("cqqc", limit: 20).map(\.text)
    #expect(!found.contains("重庆汽车") && !found.contains("重庆汽车走向世界"), "\(found)")
    #expect(try searcher.complete("cq").map(\.text).contains("重庆"))
    #expect(try !searcher.complete("chanye").map(\.text).contains("产业"))
  }

  /// Every word that begins so is among those offered, whatever is typed of it; held against all words.
  @Test(arguments: 0..<4) func completeAsAScanDoes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let vocabulary = [
      "重庆", "重点", "重复", "汽车", "清楚", "长安", "长期", "产业", "银行", "行动", "音乐", "快乐", "c919", "compute",
    ]
    let articles = (0..<60).map { number in
      Article(
        id: "\(number)",
        text: (0..<8).map { _ in vocabulary.randomElement(using: &random) ?? "" }.joined(
          separator: "。"))
    }
    let searcher = try Self.searcher(articles, parts: 2)
    for word in vocabulary {
      let holding = articles.count { $0.text.components(of: word) }
      for length in 1...word.unicodeScalars.count where holding > 0 {
        let typed = String(String.UnicodeScalarView(word.unicodeScalars.prefix(length)))
        let found = try searcher.complete(typed, limit: 50)
        if length < word.unicodeScalars.count {
          let completion = found.first { $0.text == word }
          #expect(completion?.articles == holding, "\(typed): \(found)")
        }
      }
    }
    // Nothing that is typed is an error, or offers what nobody can find.
    for _ in 0..<200 {
      let letters = Array("cqzhsaoeiungl919重庆汽 -\"*")
      let typed = String(
        (0..<Int.random(in: 1...9, using: &random)).map { _ in
          letters.randomElement(using: &random) ?? "c"
        })
      for completion in try searcher.complete(typed) where !typed.contains(where: \.isWhitespace) {
        let found = try searcher.search(SearchRequest(query: "\"\(completion.text)\"", limit: 1))
        #expect(found.total > 0, "\(typed): \(completion.text)")
      }
    }
  }
}

extension String {
  /// Whether a word stands between the ends of sentences.
  fileprivate func components(of word: String) -> Bool {
    split(separator: "。").contains { $0 == word }
  }
}
