import Foundation
import SuoyinTestSupport
import Testing

/// `suoyin-bench` as the comparison calls it: the built program in a process of its own.
@Suite("suoyin-bench measures, and checks what it measures")
struct BenchTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private struct Answer {
    let status: Int32
    let output: String
    let errors: String

    func object() throws -> [String: Any] {
      let object = try JSONSerialization.jsonObject(with: Data(output.utf8))
      return try #require(object as? [String: Any])
    }
  }

  private func run(_ arguments: String...) throws -> Answer { try run(arguments) }

  private func run(_ arguments: [String]) throws -> Answer {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let process = Process()
    process.executableURL = tests.deletingLastPathComponent().appendingPathComponent("suoyin-bench")
    process.arguments = arguments
    // Files, because a pipe that nobody empties stops its writer.
    let output = URL(fileURLWithPath: try folder.write("", to: "output-\(UUID().uuidString)"))
    let errors = URL(fileURLWithPath: try folder.write("", to: "errors-\(UUID().uuidString)"))
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Answer(
      status: process.terminationStatus,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  @Test("index and query, as the comparison reads them")
  func indexAndQuery() throws {
    let tokens = try folder.write("a b c\nb c\n\nc a b a\n", to: "tokens.txt")
    let queries = try folder.write(
      "term\ta\nand2\ta c\nor2\ta b\nphrase2\tb c\nphrase2\ta b\nor3\ta x c\n", to: "queries.txt")
    let index = folder.path("index")
    for _ in 0..<2 {  // The second time in the place of the first.
      let indexed = try run("index", tokens, index, "1")
      #expect(indexed.status == 0, "\(indexed.errors)")
      let made = try indexed.object()
      #expect(made["passages"] as? Int == 4 && made["words"] as? Int == 9)
      #expect(made["segments"] as? Int == 1 && made["threads"] as? Int == 1)
    }
    let queried = try run("query", index, queries, "2")
    #expect(queried.status == 0, "\(queried.errors)")
    let answer = try queried.object()
    let matches = try #require(answer["matches"] as? [String: Int])
    #expect(matches == ["term": 2, "and2": 2, "or2": 3, "phrase2": 4, "or3": 3])
    let us = try #require(answer["us"] as? [String: Double])
    #expect(us.count == 15 && us.values.allSatisfy { $0 > 0 })
    // BM25 of “a” by hand: N 3 (an empty passage has no length), df 2, lengths 3 and 4 of 3 on
    // average, k1 0.9, b 0.4.
    let idf = log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    let wanted = idf * (1 / (1 + 0.9) + 2 / (2 + 0.9 * (0.6 + 0.4 * 4 / 3)))
    let scores = try #require(answer["scores"] as? [String: Double])
    #expect(abs((scores["term"] ?? 0) - wanted) < 1e-6)
    let reordered = try run("reorder", index, "1", "64")
    #expect(reordered.status == 0, "\(reordered.errors)")
    let sizes = try reordered.object()
    #expect(sizes["before"] is [String: Int] && sizes["after"] is [String: Int])
    #expect(try run("query", index, queries, "1").object()["matches"] as? [String: Int] == matches)
  }

  @Test("any number of threads makes an index of the same size")
  func threads() throws {
    let tokens = try folder.write("a b\nb c d\n", to: "tokens.txt")
    let sizes = try ["1", "8"].map { threads in
      let answer = try run("index", tokens, folder.path("index"), threads)
      #expect(answer.status == 0 && answer.errors.isEmpty)
      #expect(try answer.object()["threads"] as? Int == Int(threads))
      return try #require(answer.object()["bytes"] as? [String: Int])
    }
    #expect(sizes[0] == sizes[1])
  }

  @Test("ingest and search, by the default analysis")
  func ingestAndSearch() throws {
    let lines = (0..<30).map { #"{"_id":"\#($0)","text":"赛力斯汽车第\#($0)号。产业大脑。"}"# }
    let file = try folder.write(lines.joined(separator: "\n"), to: "articles.jsonl")
    let index = folder.path("index")
    for (option, parts) in [([], "text"), (["--store"], "stored"), (["--whole"], "whole")] {
      let ingested = try run(["ingest", file, index, "1"] + option)
      #expect(ingested.status == 0, "\(ingested.errors)")
      #expect(try ingested.object()["articles"] as? Int == 30)
      #expect(try ingested.object()["parts"] as? String == parts)
    }
    let queries = try folder.write("word\t賽力斯\nphrase\t\"产业大脑\"\nword\t氨\n", to: "queries.txt")
    let searched = try run("search", index, queries, "2")
    #expect(searched.status == 0, "\(searched.errors)")
    let matches = try searched.object()["matches"] as? [String: Int]
    #expect(matches == ["word": 30, "phrase": 30])
  }

  @Test("the stages of the analysis make what the whole makes")
  func analyze() throws {
    let answer = try run("analyze", Seeds.folder + "/\(Seeds.ids[0]).txt", "2")
    #expect(answer.status == 0, "\(answer.errors)")
    let rates = try #require(try answer.object()["mb_per_second"] as? [String: Double])
    #expect(Set(rates.keys) == ["decode", "repair", "fold", "icu", "segment", "terms", "whole"])
    #expect((try answer.object()["whole_to_icu"] as? Double ?? 0) > 0)
  }

  @Test("segment compares with ICU, and dumps what it cuts")
  func segment() throws {
    let seed = Seeds.folder + "/\(Seeds.ids[0]).txt"
    for folded in [[], ["--folded"]] {
      let answer = try run(["segment", seed, "1"] + folded)
      #expect(answer.status == 0, "\(answer.errors)")
      #expect(try answer.object()["differences"] as? Int == 0)
    }
    let lines = try folder.write("依托 C919。\n\nword", to: "lines.txt")
    let dumped = try run("segment", lines, "--dump")
    #expect(dumped.output == "依托\u{1F} \u{1F}C919\u{1F}。\n\nword\n")
  }

  @Test("quoted pieces of the seeds are found where their units stand")
  func exactness() throws {
    let answer = try run("exactness", Seeds.folder, "300", "7")
    #expect(answer.status == 0, "\(answer.errors)")
    let object = try answer.object()
    #expect(object["articles"] as? Int == Seeds.ids.count && object["pieces"] as? Int == 300)
    #expect(object["differences"] as? Int == 0)
    #expect(try #require(object["found"] as? Int) >= 300)
  }

  @Test("what cannot be run says why")
  func errors() throws {
    let index = folder.path("index")
    #expect(try run().status == 2)
    #expect(try run("index", "nowhere.txt", index, "1").errors.contains("nowhere.txt"))
    #expect(try run("index", "nowhere.txt", index, "0").errors.contains("0 is no number"))
    let queries = try folder.write("near\ta\n", to: "queries.txt")
    #expect(try run("query", index, queries, "1").errors.contains("no index"))
    let foreign = try folder.write("mine", to: "full/notes.txt")
    let tokens = try folder.write("a\n", to: "tokens.txt")
    let refused = try run("index", tokens, folder.path("full"), "1")
    #expect(refused.status == 2 && refused.errors.contains("notes.txt"))
    #expect(FileManager.default.fileExists(atPath: foreign))
    #expect(try run("index", tokens, index, "1").status == 0)
    let unknown = try run("query", index, queries, "1")
    #expect(unknown.status == 2 && unknown.errors.contains("near is no kind"))
  }
}
