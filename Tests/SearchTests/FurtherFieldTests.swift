import Foundation
import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex
@testable import SuoyinSearch

/// What queries ask of further fields of text; `QueryTreeTests` holds random ones against a scan.
@Suite struct FurtherFieldTests {
  /// What a random article has of `abstract` and `caption`; nil for none.
  static func extra(_ random: inout SeededGenerator) -> String? {
    var members: [String: Any] = [:]
    if Bool.random(using: &random) {
      members["abstract"] = NaiveSearchTests.text(Int.random(in: 0...12, using: &random), &random)
    }
    if Int.random(in: 0..<3, using: &random) == 0 {
      members["caption"] = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        NaiveSearchTests.text(Int.random(in: 0...5, using: &random), &random)
      }
    }
    guard !members.isEmpty,
      let data = try? JSONSerialization.data(withJSONObject: members, options: .sortedKeys)
    else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  /// An index in memory whose schema declares fields of text.
  static func searcher(
    _ articles: [Article], texts: [String] = ["abstract", "caption"], analyzer: Analyzer = .cjk
  ) throws -> Searcher {
    var options = IndexOptions(analyzer: analyzer)
    var schema = FieldSchema()
    for name in texts { schema.insert(FieldSchema.Field(name: name, kind: .text)) }
    options.fields = schema
    let memory = MemoryIndex()
    let writer = try memory.makeWriter(options: options)
    for article in articles {
      _ = try writer.add(article)
      #expect(writer.misfits.isEmpty)
    }
    try writer.commit()
    return Searcher(try IndexSnapshot.open(at: memory.path))
  }

  private static func ids(_ searcher: Searcher, _ query: String) throws -> [String] {
    try searcher.search(SearchRequest(query: query, limit: 1_000)).hits.map(\.id).sorted()
  }

  private static let three = [
    Article(
      id: "a", title: "标题", text: "一二三。",
      extra: #"{"abstract":["四五","六七"],"caption":"八九 chongqing"}"#),
    Article(id: "b", text: "四五六七。重庆独轮车。Chongming", extra: #"{"abstract":"七四。獨輪車"}"#),
    Article(id: "c", text: "重庆", extra: #"{"caption":["。。"],"abstract":"  "}"#),
  ]

  @Test func findsInTheFieldThatIsNamed() throws {
    let searcher = try Self.searcher(Self.three)
    let wanted = [
      "abstract:四五": ["a"], "abstract:\"六七\"": ["a"], "abstract:\"四五六七\"": [],
      "abstract:\"五六\"": [], "abstract:\"四五。六七\"": [], "\"三四\"": [], "caption:\"七八\"": [],
      "\"九重庆\"": [], "八九": [], "四五": ["b"], "title:四五": ["b"], "text:四五": ["b"],
      "+abstract:四五 +caption:八九": ["a"], "abstract:七四": ["b"], "abstract:独轮车": ["b"],
      "caption:獨輪車": [], "* -abstract:四五": ["b", "c"], "abstract:(六七 OR 七四)": ["a", "b"],
      "abstract:*": ["a", "b"], "caption:*": ["a", "c"], "重庆 caption:*": ["c"],
      "-abstract:*": ["c"], "caption:chong*": ["a"], "abstract:chong*": [], "chong*": ["b"],
      "caption:*qing": ["a"], "caption:\"chongqing 八九\"~3": ["a"],
      "abstract:\"四五 六七\"~2": ["a"], "abstract:\"四五 六七\"~1": [], "ABSTRACT:四五^3": ["a"],
      "caption:(八九 NEAR/2 chongqing)": ["a"], "abstract:四五 OR caption:chongqing": ["a"],
    ]
    for (query, ids) in wanted {
      #expect(try Self.ids(searcher, query) == ids, "\(query)")
    }
    let notes = try searcher.search(SearchRequest(query: "abstract:八十")).notes
    #expect(
      notes.first?.text == "No article holds “八” of “八十”, “十” of “八十” in “abstract”.")
    let range = try searcher.search(SearchRequest(query: "abstract:>5")).notes
    #expect(
      range.first?.text
        == "“abstract” holds text, which has no ranges; “abstract:>5” was searched as text.")
    #expect(range.first?.kind == .misunderstood)
    var request = SearchRequest(query: "重庆")
    request.order = .field("abstract", isDescending: false)
    #expect(throws: SearchError.self) { try searcher.search(request) }
    request.order = .score
    request.facets = ["abstract"]
    #expect(throws: SearchError.self) { try searcher.search(request) }
  }

  @Test(arguments: Analyzer.Name.allCases)
  func worksWithEveryAnalyzer(name: Analyzer.Name) throws {
    let analyzer = try Analyzer(name, options: AnalyzerOptions())
    let searcher = try Self.searcher(
      [
        Article(id: "a", text: "甲 乙", extra: #"{"abstract":"重庆 汽车"}"#),
        Article(id: "b", text: "重庆 汽车", extra: #"{"abstract":"。"}"#),
        Article(id: "c", text: "重庆"),
      ], analyzer: analyzer)
    #expect(try Self.ids(searcher, "abstract:重庆") == ["a"], "\(name)")
    #expect(try Self.ids(searcher, "abstract:\"重庆 汽车\"") == ["a"], "\(name)")
    #expect(try Self.ids(searcher, "abstract:*") == ["a", "b"], "\(name)")
    #expect(try Self.ids(searcher, "重庆") == ["b", "c"], "\(name)")
    for segment in searcher.snapshot.segments { #expect(segment.verify().isEmpty, "\(name)") }
  }

  @Test(arguments: 0..<3) func plainWordsAreRankedAsWithout(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let articles = (0..<60).map { number in
      Article(
        id: "\(number)",
        title: Bool.random(using: &random) ? NaiveSearchTests.text(3, &random) : nil,
        text: NaiveSearchTests.text(Int.random(in: 0..<30, using: &random), &random),
        extra: Self.extra(&random))
    }
    let with = try Self.searcher(articles)
    let without = try Self.searcher(
      articles.map { Article(id: $0.id, title: $0.title, text: $0.text) }, texts: [])
    #expect(without.snapshot.segments.allSatisfy { !$0.file.has("further.grams.terms") })
    for _ in 0..<40 {
      let clause = NaiveSearchTests.clause(&random)
      let request = SearchRequest(query: clause.text, limit: 100)
      let (a, b) = (try with.search(request), try without.search(request))
      #expect(a.total == b.total && a.hits.map(\.id) == b.hits.map(\.id), "\(clause.text)")
      #expect(a.hits.map(\.score.bitPattern) == b.hits.map(\.score.bitPattern), "\(clause.text)")
      #expect(a.hits.map(\.snippets) == b.hits.map(\.snippets), "\(clause.text)")
      #expect(!a.hits.contains { !$0.fieldSnippets.isEmpty })
    }
  }

  /// A field that turns out to be text in the middle of a segment, and another one later: what came
  /// before is found as well, as in an index that was told.
  @Test(arguments: [1, 4], [1 << 16, 512 << 20])
  func losesNothingBeforeAFieldIsKnownToBeText(threads: Int, memoryBudget: Int) throws {
    func articles() -> [Article] {
      (0..<400).map { number in
        let isLong = number == 311 || number == 312
        let note = String(repeating: "第\(number)号文，两江新区。", count: isLong ? 40 : 1)
        let remark = String(repeating: "重庆\(number % 7)。", count: number == 350 ? 90 : 1)
        return Article(
          id: "\(number)", text: "正文\(number)",
          extra: number % 3 == 2 && !isLong
            ? "{\"remark\":\"\(remark)\"}"
            : "{\"note\":[\"\(note)\",\"汽车\(number % 5)\",\"\(note)\"],\"remark\":\"\(remark)\"}")
      }
    }
    func searcher(declared: Bool) throws -> Searcher {
      let memory = MemoryIndex()
      var options = IndexOptions(memoryBudget: memoryBudget, threads: threads)
      options.roundSize = 1 << 12
      options.mergesSegments = false
      if declared {
        options.fields = try FieldSchema(parsing: "remark: text\nnote: text", file: "schema")
      }
      let writer = try memory.makeWriter(options: options)
      for article in articles() { _ = try writer.add(article) }
      try writer.commit()
      return Searcher(try IndexSnapshot.open(at: memory.path))
    }
    let (inferred, declared) = (try searcher(declared: false), try searcher(declared: true))
    // A segment that is full before a long value has come has decided otherwise.
    guard memoryBudget > 1 << 20 else {
      #expect(inferred.snapshot.segments.count > 1)
      #expect(inferred.snapshot.fields["note"] == .keyword)
      #expect(try declared.search(SearchRequest(query: "note:\"第7号文\"")).total == 1)
      return
    }
    #expect(
      inferred.snapshot.fields["note"] == .text && inferred.snapshot.fields["remark"] == .text)
    for segment in inferred.snapshot.segments { #expect(segment.verify().isEmpty) }
    for query in [
      "note:\"第0号文\"", "note:\"第310号文\"", "note:汽车3", "remark:重庆 note:两江新区", "note:*",
      "remark:重庆5 -note:汽车2", "note:\"汽车1 第\"~9", "remark:* 正文7",
    ] {
      let request = SearchRequest(query: query, limit: 1_000)
      let (a, b) = (try inferred.search(request), try declared.search(request))
      #expect(a.total > 0 && a.total == b.total, "\(query)")
      #expect(a.hits.map(\.id) == b.hits.map(\.id), "\(query)")
      #expect(a.hits.map(\.score.bitPattern) == b.hits.map(\.score.bitPattern), "\(query)")
    }
  }

  @Test func takesFieldsOfAnyName() throws {
    let names = [
      "摘要", "a b", "a\u{1}b", "Ünï", "text.grams", String(repeating: "很长", count: 900),
      "\u{10FFFF}", "*",
      "TITLE", "中:文",
    ]
    let object = Dictionary(uniqueKeysWithValues: names.map { ($0, "重庆" + $0) })
    let data = try JSONSerialization.data(withJSONObject: object, options: .sortedKeys)
    let searcher = try Self.searcher(
      [Article(id: "a", text: "x", extra: String(decoding: data, as: UTF8.self))], texts: names)
    #expect(searcher.snapshot.segments.allSatisfy { $0.verify().isEmpty })
    for query in ["摘要:重庆", "ünï:重庆", "text.grams:重庆"] {
      #expect(try Self.ids(searcher, query) == ["a"], "\(query)")
    }
    // A name of the language's own goes before the index's.
    #expect(try Self.ids(searcher, "title:重庆").isEmpty)
    for name in names {
      _ = try searcher.explain(SearchRequest(query: "\(name):\"重庆\" \(name):*"))
    }
  }

  /// Lists of many blocks, so that there is something to be passed over.
  @Test(arguments: 0..<2) func theBestAreTheFirstOfAll(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let words = (0..<60).map { "w\($0)" }
    func text(_ count: Int) -> String {
      (0..<count).map { _ in
        words[Int(pow(60, Double.random(in: 0..<1, using: &random)))]
      }.joined(separator: " ")
    }
    let searcher = try Self.searcher(
      (0..<5_000).map { number in
        let abstract = text(Int.random(in: 0...12, using: &random))
        return Article(
          id: "\(number)", text: text(2),
          extra: number % 5 == 4 ? nil : "{\"abstract\":\"\(abstract)\",\"caption\":\"w1 w2\"}")
      }, analyzer: .whitespace)
    for query in [
      "abstract:w1", "abstract:w2 abstract:w5", "abstract:w1 w1 w3", "+abstract:w3 abstract:w1 w20",
      "abstract:\"w1 w2\"", "abstract:w40 abstract:w1^2 -w2", "abstract:w1*",
      "abstract:(w7 AND w1)",
    ] {
      let all = try searcher.rank(SearchRequest(query: query, limit: 10_000))
      #expect(all.places.count == all.total && all.total > 20, "\(query)")
      for k in [1, 10, 100] {
        let top = try searcher.rank(SearchRequest(query: query, limit: k))
        #expect(top.total == all.total, "\(query)")
        #expect(top.places.map(\.id) == all.places.prefix(k).map(\.id), "seed \(seed), \(query)")
        #expect(top.places.map(\.score) == all.places.prefix(k).map(\.score), "\(query)")
      }
    }
  }

  @Test func passagesShowWhereItWasAskedFor() throws {
    let long = String(repeating: "别的话题也有很多。", count: 40)
    let searcher = try Self.searcher([
      Article(
        id: "a", text: "重庆的汽车。",
        extra: "{\"abstract\":[\"没有。\",\"\(long)重慶汽车出口。\(long)\"],\"caption\":\"重庆汽车\"}")
    ])
    func marks(_ snippet: Snippet) -> [String] {
      let scalars = Array(snippet.text.unicodeScalars)
      return snippet.highlights.map { String(String.UnicodeScalarView(scalars[$0])) }
    }
    let hit = try #require(
      try searcher.search(SearchRequest(query: "abstract:重庆 汽车")).hits.first)
    #expect(hit.snippets.flatMap(marks) == ["汽车"], "what is asked of the abstract stays there")
    let passage = try #require(hit.fieldSnippets.first)
    #expect(hit.fieldSnippets.count == 1 && passage.field == "abstract" && passage.value == 1)
    #expect(marks(passage.snippet) == ["重慶"] && passage.snippet.text.contains("出口"))
    let start = long.unicodeScalars.count
    #expect(passage.snippet.source.contains(start))
    // Nothing of it is asked for, or it does not have it.
    for query in ["重庆 abstract:*", "重庆 -abstract:北京", "重庆 OR caption:北京"] {
      #expect(
        try searcher.search(SearchRequest(query: query)).hits.first?.fieldSnippets.isEmpty == true)
    }
    let two = try searcher.search(SearchRequest(query: "caption:重庆 abstract:出口")).hits.first
    #expect(two?.fieldSnippets.map(\.field) == ["caption", "abstract"])
  }

  @Test func explanationsNameTheField() throws {
    let searcher = try Self.searcher(Self.three)
    let request = SearchRequest(query: "caption:chongqing caption:*", explains: true)
    let hit = try #require(try searcher.search(request).hits.first)
    let texts = hit.explanation?.parts.map(\.text) ?? []
    #expect(texts.contains { $0.hasPrefix("caption.grams “chongqing”") })
    #expect(texts.contains { $0.hasPrefix("caption.words “chongqing”") })
    let plan = try searcher.explain(request)
    #expect(plan.leaves.allSatisfy { $0.field.hasPrefix("caption.") })
    #expect(plan.leaves.allSatisfy { !$0.text.unicodeScalars.contains("\u{FFFD}") })
    let why = try #require(try searcher.explain(article: "a", request))
    #expect(why.match == .whole && why.score?.value == hit.score)
    #expect(why.found?.parts.contains { $0.text == "the text “caption” is there" } == true)
    #expect(why.comparison.clauses.isEmpty, "the text has nothing to do with it")
    #expect(try searcher.explain(article: "b", request)?.match == nil)
  }

  @Test func synonymsAndLookalikesStandInTheField() throws {
    let synonyms = try Analyzer(
      .cjk, options: AnalyzerOptions(synonyms: Synonyms(parsing: "电脑, 计算机", file: "")))
    let searcher = try Self.searcher(
      [
        Article(id: "a", text: "甲", extra: #"{"abstract":"计算机","caption":"乙"}"#),
        Article(id: "b", text: "计算机", extra: #"{"caption":"计算机"}"#),
        Article(id: "c", text: "末来", extra: #"{"caption":"末来","abstract":"乙"}"#),
      ], analyzer: synonyms)
    #expect(try Self.ids(searcher, "abstract:电脑") == ["a"])
    #expect(try Self.ids(searcher, "abstract:电脑 caption:电脑") == ["a", "b"])
    var request = SearchRequest(query: "caption:未来")
    request.findsLookalikes = true
    let hits = try searcher.search(request).hits
    #expect(hits.map(\.id) == ["c"] && hits.first?.match == .lookalike)
    #expect(hits.first?.fieldSnippets.first?.snippet.highlights == [0..<2])
    request.query = "abstract:未来"
    #expect(try searcher.search(request).hits.isEmpty)
  }
}
