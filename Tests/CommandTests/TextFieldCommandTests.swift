import Foundation
import SuoyinTestSupport
import Testing

@testable import SuoyinCommand

/// Further fields of text, declared in a schema file and inferred.
@Suite struct TextFieldCommandTests {
  private static let long = String(repeating: "轻轨建设的经验。", count: 40)
  private static let lines = """
    {"_id":"a","text":"山城的交通。","abstract":"重庆轻轨建设概述。","caption":["图一：站台","图二：隧道"]}
    {"_id":"b","text":"重庆轻轨。","abstract":"北京地铁。"}
    {"_id":"c","text":"成都。","abstract":"\(long)","caption":"Chengdu 3号线"}
    """

  private func ids(_ answer: CommandProcess.Answer) throws -> [String] {
    (try answer.json()["hits"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
  }

  @Test(arguments: [true, false]) func searchesShowsAndExplains(declared: Bool) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.lines, to: "papers.jsonl")
    try folder.write("abstract: text\ncaption: text\n", to: "schema")
    let suoyin = CommandProcess(folder: folder.path)
    let run =
      declared
      ? try suoyin.run("index", "--schema", "schema", "papers.jsonl")
      : try suoyin.run("index", "papers.jsonl")
    #expect(run.status == 0 && run.errors.isEmpty)
    let info = try suoyin.run("info", "--json").json()
    let fields = try #require(info["fields"] as? [String: String])
    #expect(fields == ["abstract": "text", "caption": declared ? "text" : "keyword"])
    #expect(info["articles_without_texts"] as? Int == 0)
    #expect(try ids(suoyin.run("search", "--json", "abstract:\"轻轨建设\"")).sorted() == ["a", "c"])
    #expect(try ids(suoyin.run("search", "--json", "轻轨")) == ["b"])
    #expect(try ids(suoyin.run("search", "--json", "轻轨 abstract:地铁")) == ["b"])
    #expect(try ids(suoyin.run("search", "--json", "* -abstract:轻轨")) == ["b"])
    let hits = try #require(
      try suoyin.run("search", "--json", "abstract:重庆").json()["hits"] as? [[String: Any]])
    let passages = try #require(hits.first?["field_snippets"] as? [[String: Any]])
    #expect(passages.count == 1 && passages[0]["field"] as? String == "abstract")
    #expect(passages[0]["highlights"] as? [[Int]] == [[0, 2]])
    #expect(passages[0]["source"] as? [Int] == [0, 9] && passages[0]["value"] as? Int == 0)
    let page = try suoyin.run("search", "abstract:重庆")
    #expect(page.output.contains("- abstract: 【重庆】轻轨建设概述。"))
    #expect(page.output.contains("- 山城的交通。"))
    let only = try suoyin.run("search", "--json", "--fields", "id,abstract", "abstract:重庆").json()
    let hit = try #require((only["hits"] as? [[String: Any]])?.first)
    #expect(Set(hit.keys) == ["id", "fields"])
    if declared {
      let list = try suoyin.run("search", "--json", "caption:\"二 隧道\"").json()
      let shown = try #require((list["hits"] as? [[String: Any]])?.first?["field_snippets"])
      #expect((shown as? [[String: Any]])?.first?["value"] as? Int == 1)
      #expect(try ids(suoyin.run("search", "--json", "caption:\"站台图二\"")).isEmpty)
      #expect(try ids(suoyin.run("search", "--json", "caption:cheng*")) == ["c"])
    }
    let why = try suoyin.run("explain", "a", "abstract:重庆")
    #expect(why.status == 0 && why.output.contains("+ abstract.grams “重庆”"))
    let plan = try suoyin.run("explain-query", "--json", "abstract:重庆").json()
    let leaves = try #require(plan["leaves"] as? [[String: Any]])
    #expect(
      Set(leaves.compactMap { $0["field"] as? String }) == ["abstract.words", "abstract.grams"])
    #expect(try suoyin.run("check").status == 0)
    #expect(try suoyin.run("rebuild", "papers.jsonl").status == 0)
    #expect(try ids(suoyin.run("search", "--json", "abstract:\"轻轨建设\"")).sorted() == ["a", "c"])
  }

  @Test func saysWhatCannotBeAskedOfText() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.lines, to: "papers.jsonl")
    let suoyin = CommandProcess(folder: folder.path)
    _ = try suoyin.run("index", "papers.jsonl")
    let range = try suoyin.run("search", "abstract:>5")
    #expect(range.errors.contains("“abstract” holds text, which has no ranges"))
    #expect(try suoyin.run("search", "--strict", "abstract:[1 TO 2]").status == 2)
    #expect(try suoyin.run("search", "--strict", "abstract:轻轨").status == 0)
    let sorted = try suoyin.run("search", "--sort", "abstract", "轻轨")
    #expect(sorted.status == 2 && sorted.errors.contains("caption"))
    let unknown = try suoyin.run("search", "abstrakt:轻轨")
    #expect(unknown.errors.contains("its fields are title, text, source, abstract, caption"))
  }

  /// A sentence of some length is no name; what is taken for one says so where nothing is found.
  @Test func infersTextFromSentences() throws {
    let folder = try TemporaryFolder()
    let abstract = "三号线连接南北，昨日正式通车，市民排队试乘。"
    #expect(abstract.utf8.count > 60)
    try folder.write(
      """
      {"_id":"a","text":"轻轨通车。","abstract":"\(abstract)","slogan":"山城欢迎你！","desk":"重庆轻轨编辑部"}
      """, to: "papers.jsonl")
    let suoyin = CommandProcess(folder: folder.path)
    _ = try suoyin.run("index", "papers.jsonl")
    let info = try suoyin.run("info", "--json").json()
    #expect(
      info["fields"] as? [String: String]
        == ["abstract": "text", "slogan": "keyword", "desk": "keyword"])
    #expect(try ids(suoyin.run("search", "--json", "abstract:南北")) == ["a"])
    let within = try suoyin.run("search", "desk:轻轨")
    #expect(within.errors.contains("“desk” holds keywords, which are compared whole"))
    #expect(try ids(suoyin.run("search", "--json", "desk:重庆轻轨*")) == ["a"])
    #expect(!(try suoyin.run("search", "轻轨 -desk:重庆轻轨*").errors.contains("compared whole")))
  }
}
