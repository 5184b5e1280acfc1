import SuoyinIndex
import SuoyinSearch
import SuoyinTestSupport
import SuoyinText
import Testing

@Suite("Snippets")
struct SnippetTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func snippets(of text: String, for query: String, repairsLines: Bool = true) throws
    -> [Snippet]
  {
    let writer = try IndexWriter(at: folder.path)
    _ = try writer.add(Article(id: text, text: text, repairsLines: repairsLines))
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    let result = try searcher.search(SearchRequest(query: query))
    return try #require(result.hits.first { $0.id == text }).snippets
  }

  private func marked(_ snippet: Snippet) -> [String] {
    let scalars = Array(snippet.text.unicodeScalars)
    return snippet.highlights.map { range in
      var piece = ""
      piece.unicodeScalars.append(contentsOf: scalars[range])
      return piece
    }
  }

  @Test("show the original where the query is folded")
  func original() throws {
    let text = "㍿重慶產業大腦公司ﾊﾟｿｺﾝ部。ﬁnal版İstanbul站"
    #expect(try marked(snippets(of: text, for: "产业大脑")[0]) == ["產業大腦"])
    #expect(try marked(snippets(of: text, for: "パソコン")[0]) == ["ﾊﾟｿｺﾝ"])
    #expect(try marked(snippets(of: text, for: "株式会社")[0]) == ["㍿"])
    #expect(try marked(snippets(of: text, for: "FINAL")[0]) == ["ﬁnal"])
  }

  @Test("hold whole sentences, closing marks with them, opening ones before them")
  func marks() throws {
    let text = "甲说：“重庆好。”乙说：“汽车多！”（丙不语。）\n丁说：“产业强。”"
    let snippet = try snippets(of: text, for: "汽车")[0]
    #expect(snippet.text == "甲说：“重庆好。”乙说：“汽车多！”（丙不语。）")
    #expect(!snippet.startsMidSentence && !snippet.endsMidSentence)
    #expect(try snippets(of: text, for: "产业")[0].text == "丁说：“产业强。”")
  }

  @Test("stay in their paragraph and near 120 characters")
  func length() throws {
    let clause = "四家企业横跨高端材料汽车零部件智能消费装备通用动力四大赛道体量不同，"
    let clauses = String(repeating: clause, count: 4)
    let long = clauses + "独轮车远销全球，" + clauses
    let snippet = try snippets(of: "前言。\n" + long + "。\n后记。", for: "独轮车")[0]
    #expect(snippet.text.count <= 120 && snippet.text.count >= 60)
    #expect(snippet.text.contains("独轮车远销全球"))
    #expect(snippet.startsMidSentence && snippet.endsMidSentence)
    #expect(snippet.text.first == "四" && snippet.text.last == "，", "cut behind marks")
  }

  @Test("are cut even where a sentence has no mark")
  func noMarks() throws {
    let long = String(repeating: "重庆", count: 500) + "独轮车" + String(repeating: "汽车", count: 500)
    let snippet = try snippets(of: long, for: "独轮车")[0]
    #expect(snippet.text.count <= 120 && snippet.text.contains("独轮车"))
  }

  @Test("join what line repair joins, and say where that stands in the text")
  func repaired() throws {
    let text = """


      “重庆完备的产业链配套，是我们创新出海的最大底气。”总经理蒋洪亮说，依

      托本地电摩生态，企业20公里内可配齐核心零部件，大幅压缩研发与生产周期。

      同在江津的科马工贸，在小型通用动力装备领域走出差异化出海路。
      """
    let snippet = try snippets(of: text, for: "\"依托本地\"")[0]
    #expect(marked(snippet) == ["依托本地"])
    let source = Array(text.unicodeScalars)[snippet.source]
    #expect(source.first == "“" && source.last == "。" && source.contains("\n"))
    #expect(!snippet.text.contains("\n"))
  }

  @Test("mark only the pieces that were asked for")
  func pieces() throws {
    let text = "C919大飞机与C929不同，c919是919架中的一架。赛力斯的力。"
    #expect(try marked(snippets(of: text, for: "C919")[0]) == ["C919", "c919"])
    #expect(try marked(snippets(of: text, for: "赛力斯")[0]) == ["赛力斯"])
    #expect(try marked(snippets(of: text, for: "力")[0]) == ["力", "力"])
    #expect(try marked(snippets(of: text, for: "大飞机 不同")[0]) == ["大飞机", "不同"])
  }

  @Test("mark whole words where there are any, parts of words where there are not")
  func wholeWords() throws {
    let text = "行业大脑的市场份额高，人工智能化。"
    #expect(try marked(snippets(of: text, for: "产业大脑")[0]) == ["大脑"])
    #expect(try marked(snippets(of: text, for: "份额高吗")[0]) == ["份额高"])
    #expect(try marked(snippets(of: text, for: "智能")[0]) == ["智能"])
    #expect(try marked(snippets(of: "阿维亚与维塔。", for: "阿维塔")[0]) == ["阿维", "维塔"])
  }

  @Test("of an article found by its title alone show how its text begins")
  func titleOnly() throws {
    let writer = try IndexWriter(at: folder.path)
    _ = try writer.add(Article(id: "a", title: "重庆汽车", text: "第一句。第二句。\n第三句。"))
    _ = try writer.add(Article(id: "b", title: "重庆汽车", text: "！！"))
    try writer.commit()
    let result = try Searcher(IndexSnapshot.open(at: folder.path))
      .search(SearchRequest(query: "重庆汽车"))
    #expect(result.hits.map { $0.snippets.map(\.text) } == [["第一句。第二句。"], []])
    #expect(result.hits[0].snippets[0].highlights == [])
  }

  @Test("mark runs that fold to a run of the query, in random articles", arguments: 0..<10)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let writer = try IndexWriter(at: folder.path)
    var texts: [String: String] = [:]
    for index in 0..<20 {
      let text = NaiveSearchTests.text(Int.random(in: 1..<150, using: &random), &random)
      texts["\(index)"] = text
      _ = try writer.add(Article(id: "\(index)", text: text))
    }
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    let session = Analyzer.cjk.makeSession()
    func units(_ text: String) -> [String] {
      let analysis = session.analyze(text, repairingLines: false)
      return analysis.units.map { analysis.folded.string(in: $0.range) }
    }
    for _ in 0..<20 {
      let clause = NaiveSearchTests.clause(&random)
      let query = clause.isQuoted ? "\"\(clause.text)\"" : clause.text
      let asked = units(clause.text)
      for hit in try searcher.search(SearchRequest(query: query, limit: 20)).hits {
        let place: Comment = "seed \(seed), query \(query), text \(texts[hit.id] ?? "")"
        let text = Array(try #require(texts[hit.id]).unicodeScalars)
        #expect(!hit.snippets.isEmpty && hit.snippets.count <= 3, place)
        for snippet in hit.snippets {
          #expect(
            text[snippet.source].filter { !$0.properties.isWhitespace }
              == snippet.text.unicodeScalars.filter { !$0.properties.isWhitespace }, place)
          #expect(snippet.text.unicodeScalars.count <= 125, place)
          for piece in marked(snippet).map(units) {
            // Two runs of the query that overlap are one highlight, so units are compared in twos.
            let pairs = piece.indices.dropLast().map { Array(piece[$0...$0 + 1]) }
            let runs = piece.count < 2 ? [piece] : pairs
            #expect(runs.allSatisfy(asked.contains(run:)), "\(piece): \(place)")
          }
        }
        if let first = hit.snippets.first, hit.match == .whole {
          #expect(!first.highlights.isEmpty, place)
          #expect(
            hit.snippets.contains { marked($0).contains { units($0).contains(run: asked) } }, place)
        }
        let sources = hit.snippets.map(\.source).sorted { $0.lowerBound < $1.lowerBound }
        for (a, b) in zip(sources, sources.dropFirst()) {
          #expect(a.upperBound <= b.lowerBound, place)
        }
      }
    }
  }
}

extension Array where Element: Equatable {
  /// Whether the elements of `run` stand in the array side by side.
  fileprivate func contains(run: [Element]) -> Bool {
    !run.isEmpty
      && indices.contains { self[$0...].prefix(run.count).elementsEqual(run) }
  }
}
