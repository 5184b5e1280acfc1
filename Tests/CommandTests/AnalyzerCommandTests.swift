import Foundation
import Glibc
import SuoyinTestSupport
import Testing

@Suite struct AnalyzerCommandTests {
  private let folder: TemporaryFolder
  private let suoyin: CommandProcess

  init() throws {
    folder = try TemporaryFolder()
    suoyin = CommandProcess(folder: folder.path)
    _ = try folder.write("宁德时代的电池装上了渝A的 running cars。", to: "articles/a.txt")
    _ = try folder.write("# makers\n宁德时代\n", to: "words")
    _ = try folder.write("重庆,渝\n", to: "synonyms")
    _ = try folder.write("的\n", to: "stop")
  }

  private let options = [
    "--user-dictionary", "words", "--synonyms", "synonyms", "--stop-words", "stop", "--stem",
    "english",
  ]

  private func run(_ arguments: [String]) throws -> CommandProcess.Answer {
    try suoyin.run(arguments, input: Data())
  }

  @Test func theIndexKeepsWhatItWasMadeWith() throws {
    #expect(try run(["index"] + options + ["articles"]).status == 0)
    for file in ["words", "synonyms", "stop"] {
      try FileManager.default.removeItem(atPath: folder.path(file))
    }
    let info = try suoyin.run("info", "--json").json()
    let kept = try #require(info["options"] as? [String: String])
    #expect(Set(kept.keys) == ["user dictionary", "synonyms", "stop words", "stemmer"])
    #expect(try suoyin.run("info").output.contains("user dictionary  1 word, "))
    let again = try suoyin.run("index", "articles")
    #expect(again.status == 0 && again.output.contains("1 unchanged"))
    #expect(try suoyin.run("search", "car").status == 0)
    #expect(try suoyin.run("search", "重庆").status == 0)
    let analysis = try suoyin.run("analyze", "--index", "index", "--json", "宁德时代的cars").json()
    let words = try #require(analysis["words"] as? [[String: Any]])
    #expect(words.map { $0["text"] as? String } == ["宁德时代", "car"])
    #expect((analysis["stop_words"] as? [Any])?.count == 1)
    _ = try folder.write("汽车,cars\n", to: "synonyms")
    #expect(try suoyin.run("index", "--synonyms", "synonyms", "articles").status == 0)
    let changed = try suoyin.run("info", "--json").json()
    let now = try #require(changed["options"] as? [String: String])
    #expect(now["synonyms"] != kept["synonyms"] && now["stemmer"] == "english")
    #expect(try suoyin.run("search", "汽车").status == 0)
    let other = try suoyin.run("index", "--stem", "german", "articles")
    #expect(other.status == 2)
    #expect(other.errors.contains("stemmer (index: english; asked for: german)"))
    #expect(other.errors.contains("--index index-2"))
  }

  @Test func badFilesAreNamedWithTheirLine() throws {
    _ = try folder.write("重庆\nC919\n", to: "bad")
    for (line, expected) in [
      (["--user-dictionary", "bad"], "bad, line 2: “C919”"),
      (["--synonyms", "bad"], "bad, line 1: “重庆” stands alone"),
      (["--stop-words", "nowhere"], "nowhere cannot be read"),
      (["--analyzer", "grams", "--stem", "english"], "grams has no use for a stemmer"),
      (["--analyzer", "cjkk"], "did you mean cjk?"), (["--stem", "englsh"], "english"),
    ] {
      for command in [["index"] + line + ["articles"], ["analyze"] + line + ["x"]] {
        let answer = try run(command)
        #expect(answer.status == 2)
        #expect(answer.errors.contains(expected), "\(answer.errors)")
      }
    }
    _ = try folder.write(Array("重庆,渝\r\n山城,".utf8) + [0xD3, 0xE5, 0x0A], to: "gbk")
    _ = try folder.write([0xEF, 0xBB, 0xBF] + Array("a,b".utf8), to: "marked")
    try #require(unsafe mkfifo(folder.path("pipe"), 0o600) == 0)
    for (file, expected) in [
      ("gbk", "gbk, line 2: bytes that are not UTF-8"), ("/dev/zero", "no regular file"),
      ("pipe", "no regular file"), ("articles", "no regular file"),
    ] {
      for option in ["--user-dictionary", "--synonyms", "--stop-words"] {
        let answer = try run(["index", option, file, "articles"])
        #expect(answer.status == 2 && answer.errors.contains(expected), "\(answer.errors)")
      }
    }
    #expect(try run(["analyze", "--synonyms", "marked", "a"]).status == 0)
    #expect(try !folder.names().contains("index"), "no empty index is left")
  }

  @Test func aQueryIsComparedWithAFile() throws {
    let file = "articles/a.txt"
    let answer = try run(["analyze", "\"电池装好\" 寧德時代", "--with", file])
    #expect(answer.status == 0)
    #expect(answer.output.contains("longest run that both share is “电池装”"))
    #expect(answer.output.contains("after it the query has “好”, the text “上”"))
    #expect(answer.output.contains("【宁德时代】"))
    #expect(answer.output.contains("is found."))
    let object = try run(["analyze", "--json", "\"电池装好\"", "--with", file]).json()
    #expect(object["found"] as? Bool == false)
    let clause = try #require((object["clauses"] as? [[String: Any]])?.first)
    #expect((clause["longest"] as? [String: Any])?["source"] as? [Int] == [5, 8])
    for line in [["--with", file], ["x", "--with", "/nowhere"], ["-", "--with", file]] {
      #expect(try run(["analyze"] + line).status == 2)
    }
  }

  @Test func howATextWasDecodedIsShown() throws {
    let answer = try suoyin.run(
      ["analyze", "--encoding", "utf-8", "-"], input: Data([0x61, 0xFF]))
    #expect(answer.output.contains("from UTF-8, but for 1 place"))
    #expect(answer.output.contains("byte 1: ff"))
    let given = try suoyin.run("analyze", "a")
    #expect(!given.output.contains("decoded"))
  }
}
