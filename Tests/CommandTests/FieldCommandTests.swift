import Foundation
import SuoyinTestSupport
import Testing

@testable import SuoyinCommand

@Suite struct FieldCommandTests {
  private static let lines = """
    {"_id":"a","text":"电池一","date":"2024-03-05","views":120,"source":"人民日报","tags":["x","y"]}
    {"_id":"b","text":"电池二","date":"2023","views":9007199254740993,"source":"Reuters","tags":[]}
    {"_id":"c","text":"电池三","price":1.10,"source":"人民日報","hot":true}
    """

  private static func command(_ folder: TemporaryFolder) throws -> CommandProcess {
    try folder.write(lines, to: "news.jsonl")
    let suoyin = CommandProcess(folder: folder.path)
    let run = try suoyin.run("index", "news.jsonl")
    #expect(run.status == 0 && run.errors.isEmpty)
    return suoyin
  }

  private func ids(_ answer: CommandProcess.Answer) throws -> [String] {
    (try answer.json()["hits"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
  }

  @Test func filtersCountsAndOrders() throws {
    let folder = try TemporaryFolder()
    let suoyin = try Self.command(folder)
    #expect(try ids(suoyin.run("search", "--json", "电池 date:2024")) == ["a"])
    #expect(try ids(suoyin.run("search", "--json", "电池 views:>120")) == ["b"])
    #expect(try ids(suoyin.run("search", "--json", "电池 source:人民日报")) == ["a", "c"])
    #expect(try ids(suoyin.run("search", "--json", "--sort", "-date", "电池")) == ["a", "b", "c"])
    #expect(try ids(suoyin.run("search", "--json", "--sort=date", "电池")) == ["b", "a", "c"])
    let object = try suoyin.run(
      "search", "--json", "--facet", "source, year,tags", "--fields", "views,tags,price,hot", "电池"
    ).json()
    let facets = try #require(object["facets"] as? [[String: Any]])
    #expect(facets.map { $0["field"] as? String } == ["source", "year", "tags"])
    #expect(facets.map { $0["without"] as? Int } == [0, 1, 2])
    let hits = try #require(object["hits"] as? [[String: Any]])
    let fields = hits.map { $0["fields"] as? [String: Any] ?? [:] }
    #expect(fields[0]["tags"] as? [String] == ["x", "y"] && fields[0]["views"] as? Int == 120)
    #expect(fields[1]["views"] as? Int == 9_007_199_254_740_993)
    #expect(fields[2]["price"] as? Double == 1.1 && fields[2]["hot"] as? Bool == true)
    let lines = try suoyin.run("search", "--facet", "year", "--fields", "id,tags,views", "电池")
    #expect(lines.output.hasPrefix("year: 2023 1 · 2024 1 · 1 without\na\tx, y\t120\nb\t\t9"))
    let page = try suoyin.run("search", "--facet", "year", "--sort", "views", "电池")
    #expect(page.output.contains("year: 2023 1 · 2024 1 · 1 without"))
    #expect(page.errors.contains("1 article has no “views” and comes last."))
    let unknown = try suoyin.run("search", "--facet", "colour", "电池")
    #expect(unknown.status == 2 && unknown.errors.contains("it has date, hot, price, source"))
  }

  @Test func infoShowsFieldsAndIndexNamesWhatDoesNotFit() throws {
    let folder = try TemporaryFolder()
    let suoyin = try Self.command(folder)
    let info = try suoyin.run("info", "--json").json()
    #expect(
      info["fields"] as? [String: String] == [
        "date": "date", "hot": "keyword", "price": "number", "source": "keyword",
        "tags": "keyword", "views": "number",
      ])
    #expect(try suoyin.run("info").output.contains("price: number"))
    try folder.write(
      "{\"_id\":\"d\",\"text\":\"电池\"}\n{\"_id\":\"e\",\"text\":\"电池\",\"views\":\"many\"}\n",
      to: "more.jsonl")
    let more = try suoyin.run("index", "more.jsonl")
    #expect(more.status == 0)
    #expect(more.errors.contains("more.jsonl, line 2: “views” is “many”, which is no number"))
    #expect(try suoyin.run("search", "--json", "--limit", "0", "电池").json()["total"] as? Int == 5)
    #expect(try suoyin.run("check").status == 0)
  }

  @Test func aSchemaIsDeclaredOnce() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.lines, to: "news.jsonl")
    try folder.write("# kinds\nviews: keyword\n", to: "schema")
    try folder.write("views: dates\n", to: "wrong")
    let suoyin = CommandProcess(folder: folder.path)
    let wrong = try suoyin.run("index", "--schema", "wrong", "news.jsonl")
    #expect(
      wrong.status == 2 && wrong.errors.contains("wrong, line 1: “dates” is no kind of field"))
    #expect(try suoyin.run("index", "--schema", "schema", "news.jsonl").status == 0)
    #expect(try ids(suoyin.run("search", "--json", "views:1*")) == ["a"])
    try folder.write("views: number\n", to: "other")
    let other = try suoyin.run("index", "--schema", "other", "news.jsonl")
    #expect(other.status == 2 && other.errors.contains("is a keyword, not a number"))
  }
}
