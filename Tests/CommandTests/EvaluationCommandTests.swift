import Foundation
import SuoyinTestSupport
import Testing

/// Runs and their measures by the command.
@Suite struct EvaluationCommandTests {
  let folder: TemporaryFolder
  let suoyin: CommandProcess

  init() throws {
    folder = try TemporaryFolder()
    suoyin = CommandProcess(folder: folder.path)
    for (name, text) in [("a", "氨燃料，氨燃料。"), ("b", "氢燃料。"), ("c", "甲醇燃料，长一些的文章。")] {
      try folder.write(text, to: "news/\(name).md")
    }
    try folder.write("1\t燃料\n2\t氨燃料\n3\t没有的词\n", to: "topics.tsv")
    try folder.write("1 0 b 1\n2 0 a 2\n3 0 c 1\n", to: "qrels.txt")
    try suoyin.run("index", "news")
  }

  @Test func aRunIsWrittenAndMeasured() throws {
    let answer = try suoyin.run(
      "run", "--topics", "topics.tsv", "--output", "a.run", "--timings", "times.tsv", "--tag", "x")
    #expect(answer.status == 0 && answer.output.isEmpty, "\(answer.errors)")
    #expect(answer.errors.contains("topic 3: nothing found"))
    let lines = String(decoding: try folder.bytes("a.run"), as: UTF8.self).split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("1 Q0 ") }.count == 3)
    #expect(lines.contains { $0.hasPrefix("2 Q0 a 1 ") && $0.hasSuffix(" x") })
    #expect(
      String(decoding: try folder.bytes("times.tsv"), as: UTF8.self).split(separator: "\n").count
        == 3)
    let flat = try suoyin.run("run", "--topics", "topics.tsv", "--k1", "0", "--depth", "1")
    #expect(flat.output.split(separator: "\n").count == 2)
    try folder.write(flat.output, to: "b.run")

    let page = try suoyin.run(
      "evaluate", "--qrels", "qrels.txt", "--measure", "R@3", "--measure", "Judged@1 P(rel=2)@1",
      "a.run", "b.run")
    #expect(page.status == 0)
    #expect(page.output.contains("3 topics"))
    #expect(page.output.contains("b.run against a.run"))
    #expect(page.output.contains("P(rel=2)@1"))
    #expect(page.errors.contains("a.run: nothing for 1 topic, which count 0"))
    let object = try suoyin.run(
      "evaluate", "--qrels", "qrels.txt", "--json", "--per-query", "a.run", "b.run"
    ).json()
    let runs = try #require(object["runs"] as? [[String: Any]])
    #expect((runs[0]["means"] as? [String: Double])?["R@100"] == 2.0 / 3)
    #expect((runs[0]["values"] as? [String: [String: Double]])?["AP"]?["2"] == 1)
    #expect((object["comparisons"] as? [Any])?.count == 5)
  }

  @Test func mistakesAreNamed() throws {
    #expect(try suoyin.run("run").errors.contains("needs --topics"))
    #expect(try suoyin.run("evaluate", "a.run").errors.contains("needs --qrels"))
    #expect(try suoyin.run("run", "--topics", "none").status == 2)
    let missing = try suoyin.run("run", "--topics", "qrels.txt")
    #expect(missing.status == 2 && missing.errors.contains("qrels.txt, line 1: no tab in it"))
    let measure = try suoyin.run("evaluate", "--qrels", "qrels.txt", "--measure", "P", "x.run")
    #expect(measure.status == 2 && measure.errors.contains("“P”: no cutoff"))
    try folder.write("燃料", to: "news/a b.md")
    try suoyin.run("index", "news")
    let blank = try suoyin.run("run", "--topics", "topics.tsv")
    #expect(blank.status == 2 && blank.errors.contains("“a b” holds a blank"))
    try folder.write("as it was\n", to: "b.run")
    let broken = try suoyin.run("run", "--topics", "topics.tsv", "--output", "b.run")
    #expect(broken.status == 2)
    #expect(String(decoding: try folder.bytes("b.run"), as: UTF8.self) == "as it was\n")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!left.contains { $0.hasSuffix(".part") }, "\(left)")
  }

  @Test func settingsAreTriedAndChosenByOtherTopics() throws {
    let collection = """
      {"name": "news", "index": "../index", "topics": "../topics.tsv", "qrels": "../qrels.txt"}
      """
    func plan(_ grid: String, _ rest: String = "") throws {
      try folder.write(
        "{\"collections\": [\(collection)], \"grid\": {\(grid)}\(rest)}", to: "plans/plan.json")
    }
    try plan("\"k1\": [0, 1], \"words\": [0.5, 1, 2]", ", \"folds\": 2, \"measure\": \"RR\"")
    let page = try suoyin.run("tune", "plans/plan.json")
    #expect(page.status == 0 && page.output.contains("k1 1.0, words 0.5"), "\(page.errors)")
    #expect(page.output.contains("standard") && page.output.contains("fold 2"))
    let line = try suoyin.run("tune", "plans/plan.json", "--json", "--threads", "1")
    #expect(line.output == (try suoyin.run("tune", "plans/plan.json", "--json").output))
    let object = try line.json()
    #expect((object["settings"] as? [Any])?.count == 7 && (object["chosen"] as? [Int])?.count == 2)
    let outcome = try #require((object["collections"] as? [[String: Any]])?.first)
    #expect(outcome["topics"] as? Int == 3 && outcome["standard"] as? Double != nil)

    for (grid, rest, message) in [
      ("\"k2\": [1]", "", "no parameter “k2”"), ("\"b\": []", "", "b has no values"),
      ("\"b\": [2]", "", "2"), ("\"b\": [1]", ", \"folds\": 1", "folds"),
      ("", ", \"measure\": \"P\"", "no cutoff"),
    ] {
      try plan(grid, rest)
      let answer = try suoyin.run("tune", "plans/plan.json")
      #expect(answer.status == 2 && answer.errors.contains(message), "\(answer.errors)")
    }
  }
}
