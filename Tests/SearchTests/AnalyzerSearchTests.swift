import SuoyinIndex
import SuoyinSearch
import SuoyinTestSupport
import SuoyinText
import Testing

@Suite("Searches go by the index's own analyzer")
struct AnalyzerSearchTests {
  /// Opens an index of these texts, whose ids are their places.
  private func searcher(
    _ texts: [String], by analyzer: Analyzer, in folder: TemporaryFolder
  ) throws -> Searcher {
    let writer = try IndexWriter(at: folder.path, options: IndexOptions(analyzer: analyzer))
    for (id, text) in texts.enumerated() { _ = try writer.add(Article(id: "\(id)", text: text)) }
    try writer.commit()
    return Searcher(try IndexSnapshot.open(at: folder.path))
  }

  private func synonyms(_ text: String, _ name: Analyzer.Name = .cjk) throws -> Analyzer {
    try Analyzer(name, options: AnalyzerOptions(synonyms: Synonyms(parsing: text, file: "")))
  }

  private func found(_ query: String, _ searcher: Searcher) throws -> [String] {
    try searcher.search(SearchRequest(query: query)).hits
      .map { "\($0.id) \($0.match)" }.sorted()
  }

  @Test("with words alone a phrase is its words, and says so")
  func words() throws {
    let folder = try TemporaryFolder()
    let searcher = try searcher(
      ["重庆的汽车产业。", "汽车在重庆。", "重庆。汽车", "北京的汽车"], by: .words, in: folder)
    let result = try searcher.search(SearchRequest(query: "\"重庆汽车\""))
    #expect(Set(result.hits.map(\.id)) == ["0", "1", "2"])
    #expect(result.notes.contains { $0.text.contains("in any order") })
    #expect(!(result.hits.first?.snippets.first?.highlights.isEmpty ?? true))
    #expect(try found("重庆汽车", searcher) == ["0 whole", "1 whole", "2 whole", "3 partial"])
    #expect(try found("汽车 -重庆", searcher) == ["3 whole"])
    #expect(
      try searcher.search(SearchRequest(query: "火星 汽车")).notes.map(\.text)
        == ["No article holds “火星”.", "No article holds the whole query; these hold parts of it."])
  }

  @Test("with grams alone all is found by them, the whole first, C919 as one")
  func grams() throws {
    let folder = try TemporaryFolder()
    let searcher = try searcher(
      ["产业与大脑，产业与大脑", "产业大脑", "C 1", "919", "C919"], by: .grams, in: folder)
    let hits = try searcher.search(SearchRequest(query: "产业大脑")).hits
    #expect(hits.map(\.id) == ["1", "0"] && hits.map(\.match) == [.whole, .partial])
    #expect(try found("c919", searcher) == ["4 whole"])
    #expect(try found("\"业大\"", searcher) == ["1 whole"])
  }

  @Test("synonyms find, count, mark and explain as the word does")
  func synonymsFind() throws {
    let folder = try TemporaryFolder()
    let searcher = try searcher(
      ["重庆的车企", "山城的车企", "渝的车企", "北京的车企", "人工智能与芯片", "artificial intelligence chips", "AI芯片"],
      by: try synonyms("重庆,渝,山城\n北京 => 首都\nAI,人工智能,artificial intelligence"), in: folder)
    #expect(try found("重庆", searcher) == ["0 whole", "1 whole", "2 whole"])
    #expect(try found("山城", searcher) == ["0 whole", "1 whole", "2 whole"])
    #expect(try found("重庆的车企", searcher).prefix(3) == ["0 whole", "1 whole", "2 whole"])
    #expect(try found("首都", searcher) == [], "one way only")
    #expect(try found("北京", searcher) == ["3 whole"])
    #expect(try found("AI", searcher) == ["4 whole", "5 whole", "6 whole"])
    #expect(try found("artificial intelligence", searcher) == ["4 whole", "5 whole", "6 whole"])
    #expect(try found("AI芯片", searcher).contains("6 whole"))
    #expect(try found("\"重庆\"", searcher) == ["0 whole"], "as typed")
    #expect(
      try found("车企 -渝", searcher) == ["0 whole", "1 whole", "3 whole"],
      "no more is excluded than was typed")
    let result = try searcher.search(SearchRequest(query: "重庆", explains: true))
    #expect(result.notes.map(\.text) == ["“重庆” was looked for as “渝”, “山城”, too."])
    for hit in result.hits {
      let explanation = try #require(hit.explanation)
      #expect(explanation.value == hit.score)
      #expect(explanation.parts.allSatisfy { $0.text.contains("” or “渝”, “山城”") })
      let snippet = try #require(hit.snippets.first)
      #expect(!snippet.highlights.isEmpty, "\(hit.id)")
    }
    // Texts of one length, each with the word or a synonym once, are worth the same.
    #expect(Set(result.hits.filter { $0.id != "2" }.map(\.score)).count == 1)
  }

  @Test("synonyms are looked up and told once, however often their word is typed")
  func synonymsOnce() throws {
    let words = (0..<40).map { "k\($0)" }
    let rules =
      (["重庆,渝"]
      + words.flatMap { word in
        (0..<2).map { part in
          "\(word) => " + (0..<60).map { "\(word)x\(part)x\($0)" }.joined(separator: ",")
        }
      }).joined(separator: "\n")
    let searcher = try searcher(["重庆的车", "k3x1x7"], by: synonyms(rules), in: TemporaryFolder())
    let note = "“渝” was looked for as “重庆”, too."
    func notes(_ query: String) throws -> [String] {
      try searcher.search(SearchRequest(query: query)).notes.map(\.text)
        .filter { $0.contains("looked for") }
    }
    #expect(try notes("渝 渝 渝") == [note])
    #expect(try found("渝 渝 渝", searcher) == ["0 whole"])
    let clock = ContinuousClock()
    let time = try clock.measure {
      #expect(try notes(String(repeating: "渝、", count: 2_000)) == [note])
      // 34 entries of 120 synonyms are as many as one query has.
      let many = try notes(words.joined(separator: " "))
      #expect(many.count == 10, "\(many)")
      #expect(many.dropFirst(8).first?.hasPrefix("26 more of") == true)
      #expect(many.last?.contains("as typed only") == true)
    }
    #expect(time < .seconds(3))
    #expect(try found("k3", searcher) == ["1 whole"])
  }

  @Test("synonyms find what a scan for any of them finds", arguments: 0..<10)
  func synonymsAgainstAScan(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let groups = [["重庆", "渝州", "山城"], ["汽车", "车辆"], ["电池", "battery"]]
    let fillers = ["，", "。", "和", "x", "在", " "]
    let texts = (0..<30).map { _ in
      (0..<6).map { _ in
        (Bool.random(using: &random) ? groups.joined().randomElement(using: &random) : nil)
          ?? fillers.randomElement(using: &random) ?? ""
      }.joined(separator: "，")
    }
    let rules = groups.map { $0.joined(separator: ",") }.joined(separator: "\n")
    for name in [Analyzer.Name.cjk, .grams, .words] {
      let folder = try TemporaryFolder()
      let searcher = try searcher(texts, by: synonyms(rules, name), in: folder)
      for group in groups {
        let expected = texts.indices.filter { text in group.contains { texts[text].contains($0) } }
        for word in group {
          let hits = try searcher.search(SearchRequest(query: word, limit: 100, explains: true))
            .hits
          #expect(Set(hits.map(\.id)) == Set(expected.map(String.init)), "\(name) \(word)")
          #expect(hits.allSatisfy { $0.explanation?.value == $0.score })
        }
      }
    }
  }

  @Test("stems find one another; stop words are no words but stand in phrases")
  func stemsAndStopWords() throws {
    let folder = try TemporaryFolder()
    let options = try AnalyzerOptions(
      stopWords: StopWords(parsing: "the\nto", file: ""), stemmer: "english")
    let searcher = try searcher(
      ["the running cars", "a car runs to the end", "to the"],
      by: try Analyzer(.cjk, options: options), in: folder)
    #expect(try found("car", searcher) == ["0 partial", "1 whole"])
    #expect(try found("\"to the\"", searcher) == ["1 whole", "2 whole"])
    let words = try self.searcher(
      ["the running cars"], by: try Analyzer(.words, options: options), in: try TemporaryFolder())
    let result = try words.search(SearchRequest(query: "the"))
    #expect(result.total == 0 && result.notes[0].text.contains("stop words"))
    #expect(try words.search(SearchRequest(query: "the car")).total == 1)
  }

  @Test("a user's word is found as one word, and its phrases as before")
  func userWords() throws {
    let texts = ["宁德时代的电池", "宁静的德行，时代", "德时的人"]
    let dictionary = try UserDictionary(parsing: "宁德时代", file: "")
    let own = try searcher(
      texts, by: try Analyzer(.cjk, options: AnalyzerOptions(userDictionary: dictionary)),
      in: try TemporaryFolder())
    let plain = try searcher(texts, by: .cjk, in: try TemporaryFolder())
    for phrase in ["\"宁德\"", "\"德时\"", "\"宁德时代的\"", "\"时代\""] {
      #expect(try found(phrase, own) == found(phrase, plain))
    }
    let result = try own.search(SearchRequest(query: "寧德時代", explains: true))
    #expect(
      result.hits.first?.explanation?.parts.contains { $0.text.contains("words “宁德时代”") } == true)
  }

  @Test("a comparison finds what a search finds", arguments: 0..<20)
  func comparison(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let texts = (0..<12).map { _ in NaiveSearchTests.text(6, &random) }
    let analyzer = [
      Analyzer.cjk, .grams, .words, try synonyms("重庆,汽车\n5G,光"),
    ][Int(seed % 4)]
    let searcher = try searcher(texts, by: analyzer, in: folder)
    for _ in 0..<12 {
      let clauses = (0..<Int.random(in: 1...2, using: &random)).map { _ in
        NaiveSearchTests.clause(&random)
      }
      let query = clauses.map {
        ($0.isExcluded ? "-" : "") + ($0.isQuoted ? "\"\($0.text)\"" : $0.text)
      }.joined(separator: " ")
      let found = Set(
        try searcher.search(SearchRequest(query: query, limit: 100)).hits.map(\.id))
      for (id, text) in texts.enumerated() {
        let comparison = QueryComparison(query, with: text, by: analyzer)
        #expect(comparison.isFound == found.contains("\(id)"), "\(query) in \(text)")
        for clause in comparison.clauses where clause.wholes.isEmpty {
          guard let run = clause.longest else { continue }
          let scalars = Array(text.unicodeScalars)
          #expect(run.source.upperBound <= scalars.count && (run.before ?? run.after) != nil)
        }
      }
    }
  }

  @Test("a comparison says why a run ends")
  func partings() throws {
    func longest(_ query: String, _ text: String) -> QueryComparison.Run? {
      QueryComparison("\"\(query)\"", with: text, repairingLines: false).clauses.first?.longest
    }
    let mark = longest("电池汽车", "新的电池。汽车")
    #expect(mark?.text == "电池" && mark?.source == 2..<4)
    #expect(mark?.after == .init(query: "汽", text: "汽", sentenceEnd: .mark))
    #expect(longest("电池汽车", "新的电池\n汽车")?.after?.sentenceEnd == .lineEnd)
    #expect(longest("电池。汽车", "电池汽车")?.after?.sentenceEnd == .query)
    #expect(longest("电池汽车", "新的电池")?.after == .init(query: "汽", text: nil, sentenceEnd: nil))
    let inside = longest("锂电池车", "铁电池组")
    #expect(inside?.before?.text == "铁" && inside?.after?.query == "车")
    #expect(longest("火星", "电池") == nil)
    let words = QueryComparison("德时", with: "宁德时代").clauses[0].words
    #expect(words.first?.cutInText == [] || words.first?.count == 0)
  }
}
