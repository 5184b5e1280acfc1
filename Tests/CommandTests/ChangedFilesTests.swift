import Foundation
import SuoyinTestSupport
import Testing

/// Indexing a folder again: what is not read, what is pruned, what is committed on the way.
@Suite struct ChangedFilesTests {
  let folder: TemporaryFolder
  let suoyin: CommandProcess

  init() throws {
    folder = try TemporaryFolder()
    suoyin = CommandProcess(folder: folder.path)
    for (name, text) in [("a", "氨燃料。"), ("b", "氢燃料。"), ("c", "甲醇燃料。")] {
      try write(text, to: "news/\(name).md", changed: 1_000_000)
    }
  }

  /// Writes a file that was changed at that second.
  private func write(_ text: String, to name: String, changed: Double) throws {
    let path = try folder.write(text, to: name)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: changed)], ofItemAtPath: path)
  }

  private func total(_ query: String) throws -> Int? {
    try suoyin.run("search", "--json", query).json()["total"] as? Int
  }

  private func index(_ arguments: String..., expect summary: String) throws {
    let answer = try suoyin.run(["index"] + arguments, input: Data())
    #expect(answer.status == 0, "\(answer.errors)")
    #expect(answer.output.contains("index: \(summary)"), "\(answer.output)")
  }

  @Test func aFileOfTheSameSizeAndTimeIsNotRead() throws {
    try index("news", expect: "3 added, 0 replaced, 0 unchanged, 0 pruned, 0 failed")
    // Changed behind the back of size and time: that it is not seen shows that it is not read.
    try write("砷燃料。", to: "news/a.md", changed: 1_000_000)
    try index("news", expect: "0 added, 0 replaced, 3 unchanged, 0 pruned, 0 failed")
    #expect(try total("砷") == 0)
    try write("砷燃料。", to: "news/a.md", changed: 1_000_001)
    try index("news", expect: "0 added, 1 replaced, 2 unchanged, 0 pruned, 0 failed")
    #expect(try total("砷") == 1)
    // Another time and the same content: read, and left alone.
    try write("砷燃料。", to: "news/a.md", changed: 1_000_002)
    try index("news", expect: "0 added, 0 replaced, 3 unchanged, 0 pruned, 0 failed")
    // Read in another way it may be another article.
    try index(
      "news", "--no-repair", expect: "0 added, 3 replaced, 0 unchanged, 0 pruned, 0 failed")
    try suoyin.run("delete", "b")
    try index(
      "news", "--no-repair", expect: "1 added, 0 replaced, 2 unchanged, 0 pruned, 0 failed")
  }

  @Test func aFileWithWarningsIsReadEachTime() throws {
    let path = try folder.write(Array("氨燃料。".utf8) + [0xFF] + Array("。".utf8), to: "news/d.md")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000)], ofItemAtPath: path)
    for _ in 0..<2 {
      let answer = try suoyin.run("index", "news", "--encoding", "UTF-8")
      #expect(answer.status == 0 && answer.errors.contains("news/d.md"), "\(answer.errors)")
    }
  }

  @Test func articlesOfGoneFilesArePruned() throws {
    try write("船。", to: "old/d.md", changed: 1_000_000)
    try folder.write(#"{"_id":"j","text":"燃料电池。"}"#, to: "news/j.jsonl")
    try index("news", "old", expect: "5 added, 0 replaced, 0 unchanged, 0 pruned, 0 failed")
    for name in ["news/b.md", "news/j.jsonl", "old/d.md"] {
      try FileManager.default.removeItem(atPath: folder.path(name))
    }
    try index("news", expect: "0 added, 0 replaced, 2 unchanged, 0 pruned, 0 failed")
    #expect(try total("燃料") == 4)
    try index("news/", "--prune", expect: "0 added, 0 replaced, 2 unchanged, 2 pruned, 0 failed")
    #expect(try total("燃料") == 2)
    #expect(try total("船") == 1)

    // A folder that is not there may only not be mounted.
    try FileManager.default.removeItem(atPath: folder.path("old"))
    let answer = try suoyin.run("index", "news", "old", "--prune")
    #expect(answer.status == 1)
    #expect(answer.output.contains("2 unchanged, 0 pruned, 1 failed"))
    #expect(try total("船") == 1)

    // The last file of a folder gone is no error.
    for name in ["a", "c"] {
      try FileManager.default.removeItem(atPath: folder.path("news/\(name).md"))
    }
    try index("news", "--prune", expect: "0 added, 0 replaced, 0 unchanged, 2 pruned, 0 failed")
    #expect(try total("燃料") == 0)
  }

  @Test func commitsOnTheWayAreOneRun() throws {
    let lines = (0..<10).map { #"{"_id":"\#($0)","text":"燃料 \#($0)"}"# }
    try folder.write((lines + [lines[2]]).joined(separator: "\n"), to: "news/j.jsonl")
    let answer = try suoyin.run("index", "news", "--commit-every", "4", "--memory", "16")
    #expect(answer.status == 1)
    #expect(answer.output.contains("13 added, 0 replaced, 0 unchanged, 0 pruned, 1 failed"))
    #expect(answer.errors.contains("“2”"))
    let info = try suoyin.run("info", "--json").json()
    #expect(info["generation"] as? Int == 4 && info["articles"] as? Int == 13)
    #expect(try suoyin.run("check").status == 0)
    for wrong in [["--commit-every", "0"], ["--memory", "0"]] {
      #expect(try suoyin.run(["index", "news"] + wrong, input: Data()).status == 2)
    }
  }
}
