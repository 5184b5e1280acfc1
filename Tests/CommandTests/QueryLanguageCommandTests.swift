import Foundation
import SuoyinTestSupport
import Testing

@testable import SuoyinCommand

@Suite struct QueryLanguageCommandTests {
  @Test func notesSayWhereAndStrictMakesThemErrors() throws {
    let suoyin = try SeedIndex.command()
    let object = try suoyin.run("search", "--json", "重庆 views:>100").json()
    let notes = try #require(object["notes"] as? [[String: Any]])
    let note = try #require(notes.first)
    #expect(note["kind"] as? String == "misunderstood")
    #expect((note["text"] as? String)?.contains("no field “views”") == true)
    #expect(note["source"] as? [Int] == [3, 13])
    let strict = try suoyin.run("search", "--strict", "重庆 views:>100")
    #expect(strict.status == 2 && strict.output.isEmpty)
    #expect(strict.errors.contains("views"))
    #expect(try suoyin.run("search", "--strict", "重庆 AND 汽车").status == 0)
  }

  @Test func explainQueryShowsTheTreeAndThePlan() throws {
    let suoyin = try SeedIndex.command()
    let shown = try suoyin.run("explain-query", "重庆 AND (汽车 OR \"独轮车\") -成都")
    #expect(shown.status == 0)
    for line in ["all of", "any of", "phrase “独轮车”", "excluded: text “成都”", "text.grams “重庆”"] {
      #expect(shown.output.contains(line), "\(line) in \(shown.output)")
    }
    let object = try suoyin.run("explain-query", "--json", "重庆").json()
    #expect(Set(object.keys) == ["query", "tree", "found", "whole", "leaves", "notes"])
    let leaf = try #require((object["leaves"] as? [[String: Any]])?.first)
    #expect(Set(leaf.keys) == ["field", "text", "matches_alone", "df", "weight"])
    #expect(leaf["df"] as? Int == 5)
  }

  @Test func queriesComeFromStandardInputOneALine() throws {
    let suoyin = try SeedIndex.command()
    let answer = try suoyin.run("search", "--json", "-", input: "重庆\n\"绝无此句\"\n独轮车\n")
    #expect(answer.status == 0)
    let lines = answer.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].contains("\"total\":5") && lines[1].contains("\"total\":0"))
    #expect(try suoyin.run("search", "-", input: "").status == 1)
  }

  @Test func pagesGoOnByCursor() throws {
    let suoyin = try SeedIndex.command()
    func ids(_ object: [String: Any]) throws -> [String] {
      try #require(object["hits"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    }
    let all = try ids(suoyin.run("search", "--json", "重庆").json())
    var seen: [String] = []
    var cursor = "first"
    while true {
      let page = try suoyin.run("search", "--json", "--limit", "2", "--after", cursor, "重庆").json()
      seen += try ids(page)
      guard let next = page["next"] as? String else { break }
      cursor = next
    }
    #expect(seen == all && all.count == 5)
    let shown = try suoyin.run("search", "--limit", "2", "--after", "first", "重庆")
    #expect(shown.output.contains("the next: --after "))
    let other = try suoyin.run("search", "--after", cursor, "汽车")
    #expect(other.status == 2 && other.errors.contains("another query"))
    #expect(try suoyin.run("search", "--after", "xyz", "重庆").errors.contains("no cursor"))
  }

  @Test func completeOffersWordsAndTitles() throws {
    let suoyin = try SeedIndex.command()
    let shown = try suoyin.run("complete", "cq")
    #expect(shown.status == 0 && shown.output.contains("重庆  5 articles"), "\(shown)")
    let object = try suoyin.run("complete", "--json", "--limit", "3", "重").json()
    #expect(Set(object.keys) == ["prefix", "took_ms", "completions"])
    let first = try #require((object["completions"] as? [[String: Any]])?.first)
    #expect(Set(first.keys) == ["text", "kind", "articles"] && first["kind"] as? String == "words")
    #expect(try suoyin.run("complete", "绝无此").status == 1)
    let lines = try suoyin.run("complete", "--json", "-", input: "cq\nzzzzz\n").output
    #expect(lines.split(separator: "\n").count == 2)
  }

  @Test func aTimeLimitIsTakenAndShown() throws {
    let suoyin = try SeedIndex.command()
    let object = try suoyin.run("search", "--json", "--timeout", "60000", "重庆").json()
    #expect(object["timed_out"] as? Bool == false && object["total"] as? Int == 5)
    #expect(try suoyin.run("search", "--timeout", "0", "重庆").status == 2)
  }

  @Test func fieldsAreWhatIsAskedFor() throws {
    let suoyin = try SeedIndex.command()
    let lines = try suoyin.run("search", "--fields", "rank,id", "重庆").output.split(separator: "\n")
    #expect(lines.count == 5 && lines[0].hasPrefix("1\t0"))
    let object = try suoyin.run("search", "--json", "--fields", "id,score", "重庆").json()
    let hits = try #require(object["hits"] as? [[String: Any]])
    #expect(hits.allSatisfy { Set($0.keys) == ["id", "score"] })
    let wrong = try suoyin.run("search", "--fields", "titel", "重庆")
    #expect(wrong.status == 2 && wrong.errors.contains("did you mean title?"))
  }

  @Test func explainSaysWhyAnArticleMatchesOrNot() throws {
    let suoyin = try SeedIndex.command()
    let found = try suoyin.run("explain", Seeds.ids[0], "独轮车", "-绝无此句")
    #expect(found.status == 0 && found.output.contains("holds the whole query"), "\(found)")
    #expect(found.output.contains("+ text.grams holds “独轮·轮车” whole"), "\(found.output)")
    let not = try suoyin.run("explain", "--json", Seeds.ids[0], "+独轮车 -重庆")
    #expect(not.status == 1)
    #expect(try not.json()["match"] is NSNull)
    #expect(try suoyin.run("explain", "nothing", "重庆").status == 1)
  }

  /// Characters that scans confuse, in the page, in JSON and in both explanations.
  @Test func lookalikesAreFoundAndMarked() throws {
    let folder = try TemporaryFolder()
    let suoyin = CommandProcess(folder: folder.path)
    try folder.write(#"{"_id":"scan","text":"末来汽车产业园"}"#, to: "scan.jsonl")
    #expect(try suoyin.run("index", folder.path).status == 0)
    #expect(try suoyin.run("search", "\"未来汽车\"").status == 1)
    let page = try suoyin.run("search", "--lookalikes", "\"未来汽车\"")
    #expect(page.status == 0 && page.output.contains("looks alike"), "\(page)")
    #expect(page.output.contains("末来汽车") && page.errors.contains("未 as"), "\(page)")
    let found = try suoyin.run("search", "--json", "--lookalikes", "\"未来汽车\"").json()
    let hit = try #require((found["hits"] as? [[String: Any]])?.first)
    #expect(hit["id"] as? String == "scan" && hit["match"] as? String == "lookalike")
    let why = try suoyin.run("explain", "--lookalikes", "scan", "\"未来汽车\"")
    #expect(why.status == 0 && why.output.contains("found only by what looks alike"), "\(why)")
    #expect(try suoyin.run("explain", "scan", "\"未来汽车\"").status == 1)
    let plan = try suoyin.run("explain-query", "--lookalikes", "未来")
    #expect(plan.output.contains("未来/末来"), "\(plan.output)")
  }

  @Test func similarFindsOtherArticles() throws {
    let suoyin = try SeedIndex.command()
    let answer = try suoyin.run("similar", "--fields", "id", Seeds.ids[0])
    #expect(answer.status == 0)
    let ids = answer.output.split(separator: "\n").map(String.init)
    #expect(!ids.isEmpty && !ids.contains(Seeds.ids[0]))
    #expect(try suoyin.run("similar", "nothing").status == 1)
  }

  @Test func completionAndManualNameAllThatIsDeclared() throws {
    let suoyin = try SeedIndex.command()
    for shell in Completion.shells {
      let script = try suoyin.run("completion", shell).output
      for command in CommandDeclaration.all {
        #expect(script.contains(command.name.rawValue))
        for option in command.options { #expect(script.contains(option.name.rawValue)) }
      }
    }
    #expect(try suoyin.run("completion", "csh").status == 2)
    let line = #"""
      eval "$("$SUOYIN" completion bash)"; COMP_WORDS=(suoyin search --of); COMP_CWORD=2; _suoyin
      echo "${COMPREPLY[@]}"; COMP_WORDS=(suoyin expl); COMP_CWORD=1; _suoyin; echo "${COMPREPLY[@]}"
      """#
    let completed = try suoyin.shell(line)
    #expect(completed.output == "--offset\nexplain-query explain\n", "\(completed)")
    let page = try suoyin.run("manual").output
    for command in CommandDeclaration.all {
      for option in command.options {
        #expect(page.contains(option.name.typed.replacing("-", with: "\\-")))
      }
    }
  }
}
