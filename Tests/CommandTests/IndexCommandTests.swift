import Foundation
import SuoyinTestSupport
import Testing

@Suite struct IndexCommandTests {
  private func total(_ query: String, in suoyin: CommandProcess) throws -> Int? {
    try suoyin.run("search", "--json", query).json()["total"] as? Int
  }

  @Test func articlesAreAddedReplacedAndLeftAlone() throws {
    let folder = try TemporaryFolder()
    let suoyin = CommandProcess(folder: folder.path)
    try folder.write("# 第一\n\n氨燃料。\n", to: "news/a.md")
    try folder.write("第二\n\n氢燃料。\n", to: "news/deep/b.txt")
    let first = try suoyin.run("index", "news")
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.isEmpty, "\(first.errors)")
    #expect(first.output.contains("2 added, 0 replaced, 0 unchanged, 0 pruned, 0 failed"))
    #expect(first.output.contains("MB/s"))

    try folder.write("# 第一\n\n甲醇燃料。\n", to: "news/a.md")
    let second = try suoyin.run("index", "news")
    #expect(second.status == 0)
    #expect(second.output.contains("0 added, 1 replaced, 1 unchanged, 0 pruned, 0 failed"))
    #expect(try total("氨", in: suoyin) == 0)
    #expect(try total("甲醇", in: suoyin) == 1)
    let hits = try suoyin.run("search", "--json", "氢").json()["hits"] as? [[String: Any]]
    #expect(hits?.first?["id"] as? String == "deep/b")
  }

  @Test func aPathSpelledOtherwiseChangesNothing() throws {
    let folder = try TemporaryFolder()
    var suoyin = CommandProcess(folder: folder.path)
    try folder.write("氨燃料。\n", to: "r/a.txt")
    #expect(try suoyin.run("index", "r").output.contains("1 added"))
    for spelling in ["./r", "r/", "r//", "r/../r", "././r/."] {
      let again = try suoyin.run("index", spelling)
      #expect(again.output.contains("0 replaced, 1 unchanged"), "\(spelling): \(again.output)")
    }
    // The folder where one is.
    suoyin.environment["SUOYIN_INDEX"] = folder.path("index")
    suoyin.folder = folder.path("r")
    #expect(try suoyin.run("index", ".").output.contains("1 replaced"))
    #expect(try suoyin.run("index", "a.txt").output.contains("1 unchanged"))
  }

  @Test func theFolderIsNamedByOptionOrEnvironmentOrDefault() throws {
    let folder = try TemporaryFolder()
    var suoyin = CommandProcess(folder: folder.path)
    try folder.write("氨燃料。\n", to: "a.txt")
    #expect(try suoyin.run("index", "a.txt", "--index", "one").status == 0)
    suoyin.environment["SUOYIN_INDEX"] = folder.path("two")
    #expect(try suoyin.run("index", "a.txt").status == 0)
    #expect(try suoyin.run("search", "氨").status == 0)
    suoyin.environment["SUOYIN_INDEX"] = ""
    #expect(try suoyin.run("search", "氨").status == 2)
    #expect(try suoyin.run("index", "a.txt").status == 0)
    #expect(try suoyin.run("search", "氨").status == 0)
    for name in ["one", "two", "index"] {
      #expect(FileManager.default.fileExists(atPath: folder.path(name)), "\(name)")
    }
  }

  @Test func jsonLinesBecomeArticles() throws {
    let folder = try TemporaryFolder()
    let suoyin = CommandProcess(folder: folder.path)
    try folder.write(
      """
      {"_id":"n1","title":"氨","text":"氨燃料船下水。","date":"2024-05-01","views":7}
      {"_id":"n2","text":"甲醇燃料船下水。"}
      {"text":"没有编号。"}
      not json
      {"_id":"n1","text":"又一篇。"}
      """, to: "news.jsonl")
    let answer = try suoyin.run("index", "news.jsonl")
    #expect(answer.status == 1)
    #expect(answer.output.contains("2 added"))
    #expect(answer.output.contains("3 failed"))
    for line in ["news.jsonl:3", "news.jsonl:4", "news.jsonl:5"] {
      let number = line.suffix(1)
      #expect(
        answer.errors.contains(line) || answer.errors.contains("line \(number)"),
        "\(line): \(answer.errors)")
    }
    #expect(answer.errors.contains("_id"))
    #expect(answer.errors.contains("“n1” is that of a line before it in this file"))
    let hits = try suoyin.run("search", "--json", "氨").json()["hits"] as? [[String: Any]]
    let hit = try #require(hits?.first)
    #expect(hit["id"] as? String == "n1")
    #expect(hit["title"] as? String == "氨")
    #expect(hit["date"] as? String == "2024-05-01")
    let second = try suoyin.run("search", "--json", "甲醇").json()["hits"] as? [[String: Any]]
    #expect(second?.first?["title"] is NSNull)
  }

  @Test func whatFailsIsNamedAndTheRestIndexed() throws {
    let folder = try TemporaryFolder()
    let suoyin = CommandProcess(folder: folder.path)
    try folder.write("氨燃料。\n", to: "news/a.txt")
    try folder.write("氨燃料又一篇。\n", to: "news/b.txt")
    try folder.write("# 氨\n", to: "news/b.md")
    try folder.write([0xFF, 0xD8, 0xFF, 0x00], to: "news/photo.jpg")
    let answer = try suoyin.run("index", "news", "missing.txt")
    #expect(answer.status == 1)
    #expect(answer.output.contains("1 added"))
    #expect(answer.output.contains("1 file of other kinds skipped"))
    #expect(answer.errors.contains("missing.txt"))
    #expect(answer.errors.contains("b.txt") && answer.errors.contains("b.md"))
    #expect(try total("氨", in: suoyin) == 1)
  }

  @Test func whereNothingCanBeDoneNothingIsLeft() throws {
    let folder = try TemporaryFolder()
    let suoyin = CommandProcess(folder: folder.path)
    let missing = try suoyin.run("index", "missing")
    #expect(missing.status == 2)
    #expect(missing.errors.contains("missing"))
    try folder.write([1, 2, 3], to: "empty/photo.jpg")
    let empty = try suoyin.run("index", "empty")
    #expect(empty.status == 2)
    #expect(empty.errors.contains("no article found"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("index")))
    let encoding = try suoyin.run("index", "--encoding", "klingon", "empty")
    #expect(encoding.status == 2)
    #expect(encoding.errors.contains("klingon"))
  }

  @Test func encodingsAreNamedOrFoundOut() throws {
    let folder = try TemporaryFolder()
    let suoyin = CommandProcess(folder: folder.path)
    // 重慶製造業
    let big5: [UInt8] = [0xAD, 0xAB, 0xBC, 0x79, 0xBB, 0x73, 0xB3, 0x79, 0xB7, 0x7E]
    try folder.write(big5, to: "big5/t.txt")
    #expect(try suoyin.run("index", "--encoding", "big5", "big5").status == 0)
    #expect(try total("\"重庆制造业\"", in: suoyin) == 1)
    let broken = Array("氨燃料".utf8) + [0xFF, 0xFE, 0x41] + Array("船下水。".utf8)
    try folder.write(broken, to: "broken.txt")
    let answer = try suoyin.run("index", "--encoding", "UTF-8", "broken.txt")
    #expect(answer.status == 0)
    #expect(answer.errors.contains("warning"))
    #expect(answer.errors.contains("broken.txt"))
    #expect(answer.errors.contains("9"), "the offset: \(answer.errors)")
    #expect(try total("氨燃料", in: suoyin) == 1)
  }

  @Test func parametersOfBM25BelongToTheIndex() throws {
    let folder = try TemporaryFolder()
    let suoyin = CommandProcess(folder: folder.path)
    try folder.write("氨燃料。\n", to: "a.txt")
    #expect(try suoyin.run("index", "--k1", "0.9", "--b", "0.4", "a.txt").status == 0)
    let info = try suoyin.run("info", "--json").json()
    #expect(info["k1"] as? Double == 0.9)
    #expect(info["b"] as? Double == 0.4)
    #expect(try suoyin.run("index", "a.txt").status == 0)
    #expect(try suoyin.run("index", "--k1", "0.9", "a.txt").status == 0, "the b of the index holds")
    let other = try suoyin.run("index", "--k1", "2", "a.txt")
    #expect(other.status == 2)
    #expect(other.errors.contains("0.9"))
  }

  @Test func linesStayApartWithoutRepair() throws {
    let folder = try TemporaryFolder()
    // A column of sixteen characters, as a scan gives it; a break cuts 的|工业.
    try folder.write(
      """
      承载着中国高端航空材料自主的底气
      。航空高端铝材是大国重器所依托的
      工业骨骼，长期被海外寡头垄断，是
      典型卡脖子短板。研制遭遇关键瓶颈
      ，核心精密铝材被外方掣肘，肆意抬
      价、超长交期，严重拖累研发量产。

      """, to: "a.txt")
    let repaired = CommandProcess(folder: folder.path)
    #expect(try repaired.run("index", "a.txt").status == 0)
    #expect(try total("\"所依托的工业骨骼\"", in: repaired) == 1)
    var plain = CommandProcess(folder: folder.path)
    plain.environment["SUOYIN_INDEX"] = folder.path("plain")
    #expect(try plain.run("index", "--no-repair", "a.txt").status == 0)
    #expect(try total("\"所依托的工业骨骼\"", in: plain) == 0)
  }
}
