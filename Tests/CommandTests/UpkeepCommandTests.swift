import Foundation
import SuoyinTestSupport
import Testing

/// Deleting, checking and merging by the command.
@Suite struct UpkeepCommandTests {
  let folder: TemporaryFolder
  let suoyin: CommandProcess

  init() throws {
    folder = try TemporaryFolder()
    suoyin = CommandProcess(folder: folder.path)
    for (name, text) in [("a", "氨燃料。"), ("b", "氢燃料。"), ("c", "甲醇燃料。")] {
      try folder.write(text, to: "news/\(name).md")
    }
  }

  private func total(_ query: String) throws -> Int? {
    try suoyin.run("search", "--json", query).json()["total"] as? Int
  }

  @Test func deletedArticlesAreNotFound() throws {
    try suoyin.run("index", "news")
    let answer = try suoyin.run("delete", "a", "c", "a")
    #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer.errors)")
    #expect(answer.output == "index: 2 deleted, 0 not there\n")
    #expect(try total("燃料") == 1)
    #expect(try total("氨") == 0)
    // The file is still there, so that indexing brings the article back.
    #expect(try suoyin.run("index", "news").output.contains("2 added, 0 replaced, 1 unchanged"))
    #expect(try total("燃料") == 3)
  }

  @Test func idsThatAreNotThereAreNamed() throws {
    try suoyin.run("index", "news")
    let answer = try suoyin.run("delete", "a", "nowhere", "--", "-x")
    #expect(answer.status == 1)
    #expect(answer.output == "index: 1 deleted, 2 not there\n")
    #expect(answer.errors.contains("“nowhere”") && answer.errors.contains("“-x”"))
    #expect(try total("燃料") == 2)
  }

  @Test func deletingNeedsAnIndex() throws {
    let answer = try suoyin.run("delete", "a", "--index", "none")
    #expect(answer.status == 2)
    #expect(answer.errors.contains("none: no index here"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("none")))
    #expect(try suoyin.run("delete").status == 2)
  }

  @Test func aSecondWriterIsToldWhoHoldsTheLock() throws {
    try suoyin.run("index", "news")
    // This process holds the lock, as a writer in it would.
    let descriptor = unsafe open(folder.path("index/lock"), O_RDWR)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    defer { close(descriptor) }
    for arguments in [["index", "news"], ["delete", "a"]] {
      let answer = try suoyin.run(arguments, input: Data())
      #expect(answer.status == 2)
      #expect(answer.errors.contains("process \(getpid()) is writing"), "\(answer.errors)")
      #expect(answer.errors.contains("wait until process \(getpid()) has finished"))
    }
    // Readers need no lock.
    #expect(try suoyin.run("check").status == 0)
    #expect(try total("燃料") == 3)
  }

  @Test func checkSaysSoundDamagedOrImpossible() throws {
    #expect(try suoyin.run("check").status == 2)
    try suoyin.run("index", "news")
    let sound = try suoyin.run("check")
    #expect(sound.status == 0 && sound.output.hasPrefix("index: sound; 3 articles in 1 segment,"))
    let object = try suoyin.run("check", "--json").json()
    #expect(object["sound"] as? Bool == true && object["generation"] as? Int == 1)
    #expect((object["findings"] as? [Any])?.isEmpty == true)

    var bytes = try folder.bytes("index/segment-1.suoyin")
    bytes[20] ^= 0x40
    try folder.write(bytes, to: "index/segment-1.suoyin")
    let damaged = try suoyin.run("check")
    #expect(damaged.status == 1)
    #expect(damaged.output.contains("index/segment-1.suoyin, section articles, offset 16:"))
    #expect(damaged.errors.contains("suoyin check --repair --index index"))
    let json = try suoyin.run("check", "--json")
    #expect(json.status == 1)
    let findings = try json.json()["findings"] as? [[String: Any]]
    let first = try #require(findings?.first)
    #expect(first["section"] as? String == "articles" && first["offset"] as? Int == 16)
    #expect((first["file"] as? String)?.hasSuffix("segment-1.suoyin") == true)
    #expect(try suoyin.run("search", "氨").status != 0)
  }

  @Test func optimizingMakesOneSegment() throws {
    #expect(try suoyin.run("optimize").status == 2)
    for name in ["a", "b", "c"] { try suoyin.run("index", "news/\(name).md") }
    try suoyin.run("delete", "b")
    let answer = try suoyin.run("optimize")
    #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer.errors)")
    #expect(answer.output.hasPrefix("index: 2 segments of ") && answer.output.contains("became 1"))
    let info = try suoyin.run("info", "--json").json()
    #expect(info["segments"] as? Int == 1 && info["articles"] as? Int == 2)
    #expect(try suoyin.run("check").status == 0)
    #expect(try total("燃料") == 2)
  }

  @Test func reorderingIsShown() throws {
    for number in 0..<60 {
      let word = ["氨燃料", "氢燃料", "甲醇燃料"][number % 3]
      try folder.write("\(word)电池产业第\(number)号。", to: "more/\(number).md")
    }
    try suoyin.run("index", "more")
    let before = try suoyin.run("search", "--json", "氨 燃料").json()["hits"] as? [[String: Any]]
    #expect(try suoyin.run("info").output.contains("reordered") == false)
    let answer = try suoyin.run("optimize", "--reorder", "--memory", "64")
    #expect(answer.status == 0 && answer.errors.isEmpty, "\(answer.errors)")
    #expect(try suoyin.run("info").output.contains("1, 1 reordered"))
    #expect(try suoyin.run("info", "--json").json()["reordered_segments"] as? Int == 1)
    let after = try suoyin.run("search", "--json", "氨 燃料").json()["hits"] as? [[String: Any]]
    #expect(after?.map { $0["id"] as? String } == before?.map { $0["id"] as? String })
    #expect(after?.count == 10)
    #expect(try suoyin.run("check").status == 0)
  }
}
