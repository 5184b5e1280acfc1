import Foundation
import SuoyinTestSupport
import Testing

@testable import SuoyinCommand

@Suite struct SearchCommandTests {
  @Test func foundNoneAndErrorHaveStatusesOfTheirOwn() throws {
    let suoyin = try SeedIndex.command()
    let found = try suoyin.run("search", "阿维塔")
    #expect(found.status == 0)
    #expect(found.errors.isEmpty, "\(found.errors)")
    let none = try suoyin.run("search", "\"赛道走进九龙坡戴卡捷力\"")
    #expect(none.status == 1)
    #expect(none.output.isEmpty)
    #expect(none.errors.contains("nothing found"))
    let error = try suoyin.run("search", "--index", "nowhere", "阿维塔")
    #expect(error.status == 2)
    #expect(error.output.isEmpty)
    #expect(error.errors.contains("nowhere"))
    #expect(error.errors.contains("suoyin index"))
  }

  @Test func theJSONIsTheObjectPromised() throws {
    let answer = try SeedIndex.command().run("search", "--json", "\"依托本地电摩生态\"")
    #expect(answer.status == 0)
    #expect(answer.output.hasSuffix("}\n"))
    let object = try answer.json()
    #expect(
      Set(object.keys) == [
        "query", "total", "took_ms", "timed_out", "notes", "hits", "suggestion", "next",
      ])
    #expect(object["query"] as? String == "\"依托本地电摩生态\"")
    #expect(object["total"] as? Int == 1)
    #expect((object["took_ms"] as? Double ?? -1) > 0)
    #expect(object["notes"] as? [String] == [])
    let hit = try #require((object["hits"] as? [[String: Any]])?.first)
    #expect(
      Set(hit.keys) == ["rank", "id", "title", "path", "date", "score", "match", "snippets"])
    #expect(hit["rank"] as? Int == 1)
    #expect(hit["id"] as? String == Seeds.ids[0])
    #expect((hit["path"] as? String)?.hasSuffix("\(Seeds.ids[0]).txt") == true)
    #expect((hit["title"] as? String)?.hasPrefix("“活力重庆”主题采访团走进九龙坡") == true)
    #expect(hit["date"] is NSNull)
    #expect((hit["score"] as? Double ?? 0) > 0)
    #expect(hit["match"] as? String == "whole")

    let source = try String(contentsOfFile: "\(Seeds.folder)/\(Seeds.ids[0]).txt", encoding: .utf8)
    let scalars = Array(source.unicodeScalars)
    let snippets = try #require(hit["snippets"] as? [[String: Any]])
    #expect((1...3).contains(snippets.count))
    var marked: [String] = []
    for snippet in snippets {
      #expect(Set(snippet.keys) == ["text", "source", "highlights"])
      let text = Array(try #require(snippet["text"] as? String).unicodeScalars)
      let range = try #require(snippet["source"] as? [Int])
      #expect(range.count == 2 && range[0] < range[1] && range[1] <= scalars.count)
      // The text is that of its source, but for breaks that were mended.
      let isBlank = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
      #expect(
        text.filter { !isBlank($0) } == scalars[range[0]..<range[1]].filter { !isBlank($0) })
      for highlight in try #require(snippet["highlights"] as? [[Int]]) {
        var piece = String.UnicodeScalarView()
        piece.append(contentsOf: text[highlight[0]..<highlight[1]])
        marked.append(String(piece))
      }
    }
    #expect(marked.contains("依托本地电摩生态"))
  }

  @Test func scoresHaveFullPrecisionAndFallWithRank() throws {
    let object = try SeedIndex.command().run("search", "--json", "重庆 制造业").json()
    let hits = try #require(object["hits"] as? [[String: Any]])
    #expect(hits.count == 5)
    let matches = hits.compactMap { $0["match"] as? String }
    #expect(matches == matches.sorted(by: >), "whole before partial")
    for (one, next) in zip(hits, hits.dropFirst())
    where one["match"] as? String == next["match"] as? String {
      #expect((one["score"] as? Double ?? 0) >= (next["score"] as? Double ?? 0))
    }
    #expect(hits.contains { "\($0["score"] ?? "")".count > 10 })
  }

  @Test func limitAndOffsetPage() throws {
    let suoyin = try SeedIndex.command()
    func ids(_ arguments: String...) throws -> [String] {
      let line = ["search", "--json"] + arguments + ["重庆"]
      let hits = try suoyin.run(line, input: Data()).json()["hits"] as? [[String: Any]] ?? []
      return hits.compactMap { $0["id"] as? String }
    }
    let all = try ids()
    #expect(all.count == 5)
    #expect(try ids("--limit", "2") == Array(all[..<2]))
    #expect(try ids("--limit", "2", "--offset", "3") == Array(all[3...]))
    #expect(try ids("--offset", "5") == [])
    #expect(try ids("--limit", "0") == [])
    #expect(try suoyin.run("search", "--limit", "0", "重庆").status == 0)
    #expect(try suoyin.run("search", "--offset", "9", "重庆").output.contains("none remains"))
    #expect(try suoyin.run("search", "--limit", "2", "重庆").output.contains("--offset 2"))
  }

  @Test func explainingShowsPartsOfTheScore() throws {
    let suoyin = try SeedIndex.command()
    let object = try suoyin.run("search", "--json", "--explain", "阿维塔").json()
    let hit = try #require((object["hits"] as? [[String: Any]])?.first)
    let explanation = try #require(hit["explanation"] as? [String: Any])
    #expect(explanation["value"] as? Double == hit["score"] as? Double)
    #expect((explanation["parts"] as? [Any])?.isEmpty == false)
    let shown = try suoyin.run("search", "--explain", "阿维塔").output
    #expect(shown.contains("\(hit["score"] ?? "?")"))
  }

  @Test func wordsAreJoinedAndDashesExclude() throws {
    let suoyin = try SeedIndex.command()
    func total(_ arguments: String...) throws -> Int? {
      try suoyin.run(["search", "--json"] + arguments, input: Data()).json()["total"] as? Int
    }
    #expect(try total("重庆", "制造业") == total("重庆 制造业"))
    let all = try #require(try total("重庆"))
    let holding = try #require(try total("阿维塔"))
    #expect(try total("重庆", "-阿维塔") == all - holding)
    #expect(try total("--", "重庆", "-阿维塔") == all - holding)
    #expect(try total("重庆", "-\"阿维塔\"") == all - holding)
    // An excluded Latin word goes behind the two dashes.
    let latin = try #require(try total("C919"))
    #expect(try total("重庆", "--", "-C919") == all - latin)
  }

  @Test func withoutATerminalMarksAreReadable() throws {
    let suoyin = try SeedIndex.command()
    let plain = try suoyin.run("search", "賽力斯").output
    #expect(plain.contains("【赛力斯】"))
    #expect(!plain.contains("\u{1B}"))
    let coloured = try suoyin.run("search", "--color", "always", "賽力斯").output
    #expect(coloured.contains("\u{1B}[1;31m赛力斯\u{1B}[0m"))
    #expect(!coloured.contains("【赛力斯】"))
  }

  @Test func aTerminalHasColoursUnlessNotWanted() throws {
    // util-linux, which Debian always has, gives the command a terminal.
    var suoyin = try SeedIndex.command()
    let line = #"script -qec "'$SUOYIN' search 赛力斯" /dev/null"#
    suoyin.environment["TERM"] = "xterm"
    #expect(try suoyin.shell(line).output.contains("\u{1B}[1;31m"))
    suoyin.environment["NO_COLOR"] = "1"
    #expect(try suoyin.shell(line).output.contains("【赛力斯】"))
    #expect(!(try suoyin.shell(line).output.contains("\u{1B}[")))
  }

  @Test func linesFitTheTerminalThatIsAskedFor() throws {
    var suoyin = try SeedIndex.command()
    suoyin.environment["COLUMNS"] = "60"
    let output = try suoyin.run("search", "重庆 制造业").output
    #expect(output.split(separator: "\n").count > 10)
    for line in output.split(separator: "\n") {
      #expect(displayWidth(of: line) <= 60, "\(line)")
    }
  }

  @Test func whatArticlesHoldCannotControlTheTerminal() throws {
    let folder = try TemporaryFolder()
    let suoyin = CommandProcess(folder: folder.path)
    try folder.write(
      #"{"_id":"a\u001b[2J","title":"红\u001b]0;x\u0007","text":"氨\u001b[31m燃料。","date":"\u009b1m"}"#,
      to: "evil\u{1B}[1m.jsonl")
    let indexed = try suoyin.run("index", folder.path)
    #expect(indexed.status == 0, "\(indexed.errors)")
    let found = try suoyin.run("search", "氨")
    #expect(found.output.contains("␛"))
    for text in [indexed.output, indexed.errors, found.output, found.errors] {
      let controls = text.unicodeScalars.filter {
        $0.properties.generalCategory == .control && $0 != "\n"
      }
      #expect(controls.isEmpty, "\(text.debugDescription)")
    }
  }

  @Test func aClosedPipeIsQuiet() throws {
    let answer = try SeedIndex.command().shell(
      #"set -o pipefail; "$SUOYIN" search --limit 5 重庆 | head -1; "$SUOYIN" search 重庆 | true"#)
    #expect(answer.status == 0)
    #expect(answer.errors.isEmpty, "\(answer.errors)")
  }

  @Test func aFullDeviceIsAnError() throws {
    let answer = try SeedIndex.command().shell(#""$SUOYIN" search 重庆 >/dev/full"#)
    #expect(answer.status == 2)
    #expect(answer.errors.contains("standard output cannot be written"))
  }

  @Test func errorsAreObjectsWhereJSONIsAskedFor() throws {
    let suoyin = try SeedIndex.command()
    for (line, names) in [
      (["search", "--json", "--index", "nowhere", "x"], "nowhere"),
      (["search", "--json", "--limit", "x", "y"], "--limit"), (["search", "--json"], "QUERY"),
      (["info", "--json", "--index", "nowhere"], "nowhere"),
    ] {
      let answer = try suoyin.run(line, input: Data())
      #expect(answer.status == 2)
      #expect(answer.output.isEmpty)
      let error = try answer.errorObject()
      #expect((error["message"] as? String)?.contains(names) == true, "\(line): \(error)")
      #expect((error["remedy"] as? String)?.isEmpty == false, "\(line): \(error)")
    }
  }

  @Test(arguments: [
    "", " ", "\"", "\"\"", "-", "--", "-\"", "。", "\u{FFFD}", "\u{202E}", "(((((", "AND OR NOT",
    "\"重庆", "-重庆", "+", "*", "\u{0}", "🚗", "title:", "^2", "~5",
  ])
  func whateverIsTypedGetsAnAnswer(query: String) throws {
    let suoyin = try SeedIndex.command()
    for line in [["search", "--", query], ["search", "--json", "--", query]] {
      let answer = try suoyin.run(line, input: Data())
      // Signals, a crash among them, are statuses above 2.
      #expect((0...2).contains(answer.status), "\(query): \(answer.errors)")
    }
  }

  @Test func thePartsAreHeadedWhateverElseIsNoted() throws {
    let suoyin = try SeedIndex.command()
    let answer = try suoyin.run("search", "重庆 \"产业大脑")
    #expect(answer.errors.contains("not closed"))
    #expect(answer.output.contains("holding part of the query:"))
    let parts = try suoyin.run("search", "榨菜 独轮车")
    #expect(!parts.output.contains("holding part of the query:"), "a note says so")
  }

  @Test func anEmptyQueryIsToldSo() throws {
    let suoyin = try SeedIndex.command()
    let empty = try suoyin.run("search", "")
    #expect(empty.status == 1)
    #expect(empty.errors.contains("The query is empty."))
    #expect(empty.errors.contains("nothing found ("), "\(empty.errors)")
    let quoted = try suoyin.run("search", "\"\"")
    #expect(quoted.status == 1)
    #expect(quoted.errors.contains("between the quotation marks"), "\(quoted.errors)")
    #expect(!quoted.errors.contains("“”"))
  }

  @Test func aLongQueryGetsAnAnswer() throws {
    let query = String(repeating: "重庆制造业 ", count: 4000)
    let answer = try SeedIndex.command().run("search", "--json", query)
    #expect(answer.status == 0, "\(answer.errors.prefix(200))")
  }
}
