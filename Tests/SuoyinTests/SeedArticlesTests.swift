import Suoyin
import SuoyinTestSupport
import Testing

/// The five newspaper articles, indexed once for all tests of this file.
private enum IndexedSeeds {
  static let index = Result { try build() }
  /// Kept, so that the folder lives as long as the tests.
  private static let folder = Result { try TemporaryFolder() }

  private static func build() throws -> SearchIndex {
    let folder = try folder.get()
    let writer = try IndexWriter(at: folder.path)
    var reader = CorpusReader(paths: [Seeds.folder])
    while let item = reader.next() {
      guard case .article(let article, _, let warnings) = item else {
        Issue.record("\(item)")
        continue
      }
      #expect(warnings.isEmpty)
      #expect(try writer.add(article) == .added)
    }
    try writer.commit()
    return try SearchIndex.open(at: folder.path)
  }
}

@Suite("The five articles")
struct SeedArticlesTests {
  /// The numbers of the articles found, best first.
  private func found(_ query: String) throws -> [Int] {
    try search(query).hits.compactMap { Seeds.ids.firstIndex(of: $0.id) }
  }

  private func search(_ query: String) throws -> SearchResult {
    try IndexedSeeds.index.get().search(query)
  }

  @Test("have their headlines as titles")
  func titles() throws {
    let titles = try search("重庆").hits.sorted { $0.id < $1.id }.map { $0.title ?? "" }
    let beginnings = [
      "“活力重庆”主题采访团走进九龙坡、江津制造一线", "重庆“33618”现代制造业集群加快提能级", "集群发展壮大智造优势",
      "重庆如何走出产业升级新路径 ", "涪陵『三个提升』打造升级版 ",
    ]
    #expect(titles.count == 5)
    for (title, beginning) in zip(titles, beginnings) { #expect(title.hasPrefix(beginning)) }
    #expect(titles[1] == beginnings[1] && titles[2] == beginnings[2])
  }

  @Test(
    "are found by phrases that a column break cuts",
    arguments: [
      ("依托本地电摩生态", 0), ("6520台套", 1), ("科技成果转化和产业化", 2), ("生命健康", 4), ("加速前行", 2),
      ("忽米网负责人称", 1), ("增加高质量科技供给", 2), ("促进动力电池与下游", 4), ("加大深度利用", 4),
      ("近日，重庆出台方案", 2), ("协同创新体系", 2), ("压力和挑战", 2), ("洪亮说，依托本地", 0),
    ])
  func broken(phrase: String, article: Int) throws {
    let result = try search("\"\(phrase)\"")
    #expect(result.hits.map(\.id).contains(Seeds.ids[article]), "\(phrase)")
    for hit in result.hits {
      #expect(hit.match == .whole)
      let snippet = try #require(hit.snippets.first)
      let marked = try #require(snippet.highlights.first)
      #expect(snippet.piece(marked) == phrase)
      #expect(!snippet.text.contains("\n"))
    }
  }

  @Test(
    "hold no phrase across headings, captions, bylines and paragraphs",
    arguments: [
      "赛道走进九龙坡戴卡捷力", "马菱涛图片除署名", "目前近年来", "智造换道跳出低价内卷", "郑宇摄今年8月",
      "自动化机械臂作业车间乐行创新产品展示", "夏元推进新型工业化", "赋智推动数字化变革", "转型标杆硬核破壁",
    ])
  func apart(phrase: String) throws {
    let result = try search("\"\(phrase)\"")
    #expect(result.total == 0 && result.hits.isEmpty, "\(phrase)")
  }

  @Test(
    "are found by names and numbers, whole and first",
    arguments: [
      ("阿维塔", [0, 1, 2]), ("赛力斯", [1, 2]), ("戴卡捷力", [0]), ("C919", [0]), ("Ｃ９１９", [0]),
      ("c919", [0]), ("5G", [1, 2]), ("Euro 5", [0]), ("750CC单缸", [0]), ("33618", [1, 2, 4]),
      ("46.2万辆", [1]), ("MOPs", [4]), ("產業大腦", [1, 2]), ("賽力斯", [1, 2]), ("氨", [1, 2, 3, 4]),
      ("二氧化碳", [4]), ("Micro LED", [2]), ("72GWh", [4]), ("99.9999%", [2]), ("RS智能滑板车", [0]),
      ("尼龙66", [4]), ("AI视觉检测", [3]), ("问界新车型M7", [2]), ("汪立東", [2]), ("鑫源汽車", [4]),
    ])
  func names(query: String, articles: [Int]) throws {
    let wholes = try search(query).hits.prefix { $0.match == .whole }
    #expect(Set(wholes.map(\.id)) == Set(articles.map { Seeds.ids[$0] }), "\(query)")
    #expect(try search(query).hits.dropFirst(wholes.count).allSatisfy { $0.match == .partial })
  }

  @Test("answer a question in plain words with its sentence")
  func question() throws {
    let result = try search("独轮车全球市场占有率是多少")
    let hit = try #require(result.hits.first)
    #expect(hit.id == Seeds.ids[0])
    let snippet = try #require(hit.snippets.first)
    #expect(snippet.text.contains("独轮车全球市场占有率超56%"))
    #expect(snippet.highlights.map(snippet.piece).contains("独轮车全球市场占有率"))
  }

  @Test("are excluded by what they hold")
  func exclusions() throws {
    #expect(Set(try found("赛力斯 -葛江造")) == [1])
    #expect(Set(try found("赛力斯 -\"未来工厂\"")) == [])
    #expect(Set(try found("-赛力斯")) == [0, 3, 4])
    #expect(Set(try found("重庆 -賽力斯")) == [0, 3, 4])
    #expect(try found("赛力斯 -赛力斯") == [])
  }

  @Test("are found by any word, those that hold all of them first")
  func anyWord() throws {
    let result = try search("榨菜 独轮车 重庆")
    #expect(result.total == 5)
    #expect(result.hits.allSatisfy { $0.match == .partial })
    let both = try search("榨菜 页岩气 涪陵")
    #expect(both.hits.first?.id == Seeds.ids[4])
    #expect(both.hits.first?.match == .whole)
  }

  @Test("have snippets that stand in the decoded text where they say")
  func sources() throws {
    for query in ["重庆", "依托本地电摩生态", "产业大脑 未来工厂", "\"生命健康\"", "氨", "MOPs"] {
      for hit in try search(query).hits {
        var reader = CorpusReader(paths: ["\(Seeds.folder)/\(hit.id).txt"])
        guard case .article(let article, _, _) = reader.next() else {
          Issue.record("\(hit.id) is not read again")
          continue
        }
        let scalars = Array(article.text.unicodeScalars)
        #expect(hit.snippets.count <= 3)
        for snippet in hit.snippets {
          let source = scalars[snippet.source].filter { !$0.properties.isWhitespace }
          let shown = snippet.text.unicodeScalars.filter { !$0.properties.isWhitespace }
          #expect(source.elementsEqual(shown), "\(query): \(snippet.text)")
          #expect(snippet.text.unicodeScalars.count <= 130)
          for (a, b) in zip(snippet.highlights, snippet.highlights.dropFirst()) {
            #expect(a.upperBound <= b.lowerBound)
          }
        }
      }
    }
  }
}

extension Snippet {
  /// The characters at a range of the snippet's scalars.
  fileprivate func piece(_ range: Range<Int>) -> String {
    var piece = ""
    piece.unicodeScalars.append(contentsOf: Array(text.unicodeScalars)[range])
    return piece
  }
}
