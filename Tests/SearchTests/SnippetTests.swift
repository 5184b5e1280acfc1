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

  @Test("mark a character once that holds two pieces of the query")
  func oneCharacter() throws {
    #expect(try snippets(of: "㍿重庆。", for: "株 会")[0].highlights == [0..<1])
    #expect(try snippets(of: "㍿重庆。", for: "会社 \"株\" 重庆")[0].highlights == [0..<1, 1..<3])
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

  /// A page as a scan gives it: lines of 18 characters, a full stop at the start of one.
  private static let column = """
    议联主席会议今日举行，致公党中央主席何
    维、九三学社中央主席武维华出席开幕会
    。会议听取了关于完善促进消费意愿的说
    明，要求各地着力推动高质量发展，取得历
    史性成就，把各项政策落到实处并且坚持到
    底，同时做好安全生产工作，确保全年目标
    任务如期完成，让人民群众有更多的获得感
    与幸福感以及安全感，这是会议的共识
    。会后各方代表进行了深入的交流与讨论。
    """

  @Test("are not cut where line repair took a break out")
  func breaksAreNoMarks() throws {
    for query in ["议联主", "开幕会", "消费意愿", "高质量发展", "获得感", "历史性成就", "如期完成"] {
      for snippet in try snippets(of: Self.column, for: query) {
        let first = try #require(snippet.text.first)
        let last = try #require(snippet.text.last)
        #expect("议会要把同确任让与会".contains(first), "\(query): \(snippet.text)")
        #expect("，。".contains(last), "\(query): \(snippet.text)")
        #expect(!snippet.text.contains("\n"))
      }
    }
  }

  @Test("show every clause that the text holds, if there is room for it")
  func everyClause() throws {
    let filler = String(repeating: "这一句话与所问的事情没有任何关系，说的是别的事情。", count: 8)
    let text = "俄罗斯方面今天没有回应。乌克兰方面说，乌克兰的粮食出口恢复，各方欢迎这一消息。" + filler + "补贴到位。"
    let shown = try snippets(of: text, for: "乌克兰 俄罗斯 补贴").map(\.text).joined(separator: "|")
    for word in ["俄罗斯", "乌克兰", "补贴"] { #expect(shown.contains(word), "\(word): \(shown)") }
    let car = "新能源汽车销量增长，新能源汽车出口增长。" + filler + "通过补贴、发放消费券促进消费。"
    let cars = try snippets(of: car, for: "新能源汽车 补贴")
    #expect(cars.contains { marked($0).contains("补贴") })
  }

  @Test("of a text and a query that repeat one unit come to an end")
  func repetition() throws {
    let text = String(repeating: "重", count: 20_000)
    let query = String(repeating: "重", count: 2_000)
    #expect(try !snippets(of: text, for: query).isEmpty)
    #expect(
      try marked(snippets(of: "重庆重庆重庆", for: String(repeating: "重庆", count: 4_000))[0])
        == ["重庆重庆重庆"])
  }

  @Test("of a text that says one thing in every sentence are found in one pass over these")
  func everySentence() throws {
    let text = String(repeating: "重。", count: 40_000)
    let found = try snippets(of: text, for: "重")
    #expect(found.map(\.text.count) == [120, 120, 120])
    #expect(found.map(\.highlights.count) == [60, 60, 60])
  }

  @Test("of a long text for a query of a thousand pieces are found run by run")
  func manyPieces() throws {
    var random = SeededGenerator(seed: 1)
    let characters = (0x4E00..<0x8E00).compactMap(Unicode.Scalar.init).map(Character.init)
    let text = String((0..<60_000).map { _ in characters.randomElement(using: &random) ?? "重" })
    let query = String(characters.shuffled(using: &random))
    #expect(try !snippets(of: text + "。" + query.prefix(4), for: query).isEmpty)
  }

  @Test("that begin or end inside one character show all of it")
  func insideCharacter() throws {
    for (text, query) in [
      (String(repeating: "㍿", count: 400), "会社"), (String(repeating: "㍿", count: 400), "式"),
      (String(repeating: "重庆㍿", count: 400), "会社重"), (String(repeating: "ﷺ", count: 300), "الله"),
      (String(repeating: "ﷺ", count: 300) + "工厂", "工厂"),
    ] {
      let scalars = Array(text.unicodeScalars)
      for snippet in try snippets(of: text, for: query) {
        #expect(snippet.text.unicodeScalars.elementsEqual(scalars[snippet.source]))
        #expect(!snippet.highlights.isEmpty && snippet.highlights.allSatisfy { !$0.isEmpty })
        #expect(snippet.text.unicodeScalars.count <= 125)
      }
    }
  }

  @Test("keep of a long row of marks only the nearest")
  func rowsOfMarks() throws {
    let dots = String(repeating: "…", count: 5_000)
    #expect(try snippets(of: "重庆\(dots)汽车。", for: "重庆")[0].text == "重庆" + dots.prefix(10))
    let behind = try snippets(of: "\(dots)重庆汽车。", for: "重庆")[0]
    #expect(behind.text == dots.prefix(10) + "重庆汽车。")
    #expect(behind.source == 4_990..<5_005 && behind.highlights == [10..<12])
    let mixed = String(repeating: "=…", count: 5_000)
    #expect(try snippets(of: "重庆\(mixed)汽车\(mixed)。", for: "汽车")[0].text.count < 40)
  }

  @Test("of a very long text are found wherever it holds the query")
  func longText() throws {
    let filler = String(repeating: "这一句话与所问的事情没有任何关系，说的是别的事情。\n", count: 12_000)
    let text = "俄罗斯方面没有回应。\n" + filler + "独轮车远销全球。\n" + filler + "补贴到位。\n" + filler
    let scalars = Array(text.unicodeScalars)
    for (query, wanted) in [
      ("独轮车", ["独轮车"]), ("\"补贴到位\"", ["补贴到位"]), ("俄罗斯 补贴 独轮车", ["俄罗斯", "补贴", "独轮车"]),
    ] {
      let found = try snippets(of: text, for: query)
      #expect(Set(found.flatMap(marked)) == Set(wanted))
      for snippet in found {
        #expect(
          snippet.text.unicodeScalars.filter { $0 != "\n" }
            == scalars[snippet.source].filter { $0 != "\n" })
      }
    }
  }

  @Test("of one character with any number of selectors are short")
  func selectors() throws {
    let text = "重" + String(repeating: "\u{FE0F}", count: 50_000) + "庆工厂。"
    for query in ["重庆", "重", "工厂"] {
      for snippet in try snippets(of: text, for: query) {
        #expect(snippet.text.unicodeScalars.count <= 240 && !snippet.highlights.isEmpty)
      }
    }
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
    // The one without a text is the shorter, so the first.
    try #require(result.hits.map(\.id) == ["b", "a"])
    #expect(result.hits.map { $0.snippets.map(\.text) } == [[], ["第一句。第二句。"]])
    #expect(result.hits[1].snippets.first?.highlights == [])
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
