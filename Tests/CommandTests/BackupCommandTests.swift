import Foundation
import SuoyinTestSupport
import Testing

/// Rebuilding, copying, exporting and repairing by the command.
@Suite struct BackupCommandTests {
  let folder: TemporaryFolder
  let suoyin: CommandProcess

  init() throws {
    folder = try TemporaryFolder()
    suoyin = CommandProcess(folder: folder.path)
    for (name, text) in [("a", "氨燃料。"), ("b", "氢燃料。\n第二行"), ("c", "甲醇燃料。")] {
      try folder.write(text, to: "news/\(name).md")
    }
    try folder.write(
      #"""
      {"_id": "j1", "n": 1.10, "text": "燃料 \u0001 \"引号\" \\ 反斜线", "date": 20240905, "x": {"y": [1, null]}}
      {"_id": "j2", "title": "標題", "text": "第一行\n第二行 燃料"}
      """#, to: "news/lines.jsonl")
  }

  /// The hits without their scores' last digits and without time.
  private func hits(_ query: String, index: String = "index") throws -> String {
    let object = try suoyin.run("search", "--json", "--explain", "--index", index, query).json()
    let hits = try #require(object["hits"])
    return String(
      decoding: try JSONSerialization.data(withJSONObject: hits, options: .sortedKeys),
      as: UTF8.self)
  }

  @Test func aRebuiltIndexTakesTheOldOnesPlace() throws {
    try suoyin.run("index", "news")
    try suoyin.run("delete", "a")
    try folder.write("mine", to: "index/mine.txt")
    // A path that is not there leaves the index as it is.
    let mistyped = try suoyin.run("rebuild", "nwes")
    #expect(mistyped.status == 2)
    #expect(try suoyin.run("info", "--json").json()["articles"] as? Int == 4)
    let answer = try suoyin.run("rebuild", "news")
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.output.hasPrefix("index: 5 added, 0 replaced"))
    #expect(try suoyin.run("check").status == 0)
    #expect(try folder.bytes("index/mine.txt") == Array("mine".utf8))
    try suoyin.run("index", "--index", "other", "news")
    #expect(try hits("燃料") == hits("燃料", index: "other"))
  }

  @Test func exportedLinesMakeTheSameIndex() throws {
    try suoyin.run("index", "--no-repair", "news/b.md")
    try suoyin.run("index", "news/a.md", "news/c.md", "news/lines.jsonl")
    let exported = try suoyin.run("export")
    #expect(exported.status == 0 && exported.errors.isEmpty)
    #expect(exported.output.split(separator: "\n").count == 5)
    #expect(exported.output.contains(#""n":1.10"#), "a number as it was")
    #expect(try suoyin.run("export", "--output", "all.jsonl").status == 0)
    #expect(try folder.bytes("all.jsonl") == Array(exported.output.utf8))
    try suoyin.run("index", "--index", "again", "all.jsonl")
    #expect(try suoyin.run("export", "--index", "again").output == exported.output)
    for query in ["燃料", "\"第一行第二行\"", "\"氢燃料。第二行\"", "標題 -氨"] {
      #expect(try hits(query) == hits(query, index: "again"))
    }
  }

  @Test func snapshotsGoThereAndBack() throws {
    try suoyin.run("index", "news")
    let made = try suoyin.run("snapshot", "copies/one")
    #expect(made.status == 0 && made.output.hasPrefix("copies/one: 5 articles copied from index;"))
    #expect(try suoyin.run("snapshot", "copies/one").status == 2)
    let before = try hits("燃料")
    try suoyin.run("delete", "a", "b", "j1")
    #expect(try hits("燃料") != before)
    let restored = try suoyin.run("restore", "copies/one", "--json").json()
    #expect(restored["articles"] as? Int == 5 && restored["to"] as? String == "index")
    #expect(try hits("燃料") == before)
    #expect(try suoyin.run("restore", "copies/none").status == 2)
    #expect(try hits("燃料") == before)
  }

  @Test func aDamagedIndexIsRepaired() throws {
    try suoyin.run("index", "news")
    var bytes = try folder.bytes("index/segment-1.suoyin")
    bytes[bytes.count / 2] ^= 1
    try folder.write(bytes, to: "index/segment-1.suoyin")
    #expect(try suoyin.run("check").errors.contains("suoyin check --repair --index index"))
    let repaired = try suoyin.run("check", "--repair")
    #expect(repaired.status == 1, "\(repaired.errors)")
    #expect(
      repaired.output.contains("index: repaired; 5 articles are in the index; 5 indexed anew"))
    #expect(try suoyin.run("check").status == 0)
    let sound = try suoyin.run("check", "--repair", "--json")
    let object = try sound.json()
    #expect(sound.status == 0 && object["repair"] == nil)
  }

  /// A limit on the size of files is an error like a full disk, and not the end of the process.
  @Test func aLimitOnFileSizesIsAnError() throws {
    try suoyin.run("index", "news/a.md")
    let long = (0..<40_000).map { "字\($0)" }.joined(separator: "，")
    try folder.write(long, to: "news/long.md")
    let answer = try suoyin.shell(#"ulimit -f 64; "$SUOYIN" index news"#)
    #expect(answer.status == 2)
    #expect(answer.errors.contains("raise the limit on file sizes"), "\(answer.errors)")
    #expect(try folder.names().contains("index"))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("index"))
    #expect(names.sorted() == ["lock", "manifest", "segment-1.suoyin"])
    #expect(try suoyin.run("check").status == 0)
    #expect(try suoyin.run("index", "news").status == 0)
  }

  /// Half of an export is an error, other than a list of hits.
  @Test func anExportThatIsCutOffIsAnError() throws {
    for number in 0..<50 {
      try folder.write(
        String(repeating: "很长的文章\(number)。", count: 2_000), to: "long/\(number).md")
    }
    try suoyin.run("index", "long")
    let answer = try suoyin.shell(#"set -o pipefail; "$SUOYIN" export | head -c 10 >/dev/null"#)
    #expect(answer.status == 2, "\(answer.errors)")
    #expect(answer.errors.contains("has left before the last"))
  }
}
