import Foundation
import SuoyinTestSupport
import Testing

@Suite struct InfoCommandTests {
  @Test func figuresAreThoseOfTheIndex() throws {
    let suoyin = try SeedIndex.command()
    let info = try suoyin.run("info", "--json").json()
    #expect(info["articles"] as? Int == 5)
    #expect((info["segments"] as? Int ?? 0) >= 1)
    #expect((info["terms"] as? Int ?? 0) > 1000)
    #expect(info["analyzer"] as? String == "cjk")
    #expect((info["icu"] as? String)?.contains(".") == true)
    #expect(["dictionary", "iterator"].contains(info["segmentation"] as? String ?? ""))
    #expect(info["k1"] as? Double == 0.4)
    #expect(info["b"] as? Double == 0.7)
    let bytes = try #require(info["bytes"] as? [String: Int])
    let onDisk = try FileManager.default.subpathsOfDirectory(atPath: suoyin.folder + "/index")
      .reduce(0) { sum, name in
        let file = "\(suoyin.folder)/index/\(name)"
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
        return sum + (size ?? 0)
      }
    let counted = bytes.values.reduce(0, +)
    #expect(counted > 0 && counted <= onDisk + 4096, "\(counted) of \(onDisk)")
    let shown = try suoyin.run("info")
    #expect(shown.status == 0)
    for word in ["articles", "segments", "terms", "size", "cjk", "ICU", "k1 0.4"] {
      #expect(shown.output.contains(word), "\(word)")
    }
  }

  @Test func whatIsNoIndexIsNamed() throws {
    let folder = try TemporaryFolder()
    try folder.write("x", to: "file")
    try folder.write("x", to: "folder/other.txt")
    let suoyin = CommandProcess(folder: folder.path)
    for name in ["nowhere", "file", "folder"] {
      let answer = try suoyin.run("info", "--index", name)
      #expect(answer.status == 2)
      #expect(answer.errors.contains(name), "\(answer.errors)")
    }
  }
}

@Suite struct AnalyzeCommandTests {
  private let suoyin = CommandProcess(folder: NSTemporaryDirectory())

  @Test func stagesStandOneUnderTheOther() throws {
    let answer = try suoyin.run("analyze", "產業大腦 C919")
    #expect(answer.status == 0, "\(answer.errors)")
    let lines = answer.output.split(separator: "\n").map(String.init)
    let stages = lines.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != " " } }
    #expect(stages == ["original", "repaired", "folded", "units", "words", "grams"])
    #expect(answer.output.contains("產→产"))
    #expect(answer.output.contains("0 產業→产业 0–2"))
    #expect(answer.output.contains("產業大腦 C919"))
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
  }

  /// Every item's range in the original holds the characters that the item came from.
  @Test func offsetsLeadBackToTheOriginal() throws {
    let text = try String(contentsOfFile: "\(Seeds.folder)/\(Seeds.ids[0]).txt", encoding: .utf8)
    let object = try suoyin.run("analyze", "--json", "-", input: text).json()
    #expect(
      Set(object.keys) == [
        "original", "encoding", "faults", "repaired", "folded", "edits", "units", "words",
        "stop_words", "grams",
      ])
    let isWhole = object["original"] as? String == text
    #expect(isWhole)
    let scalars = Array(text.unicodeScalars)
    func source(_ item: [String: Any]) throws -> [Unicode.Scalar] {
      let range = try #require(item["source"] as? [Int])
      try #require(range.count == 2 && range[0] < range[1] && range[1] <= scalars.count)
      return Array(scalars[range[0]..<range[1]])
    }
    let edits = try #require(object["edits"] as? [[String: Any]])
    #expect(!edits.isEmpty)
    for edit in edits {
      let removed = try #require(edit["removed"] as? String)
      #expect(try source(edit) == Array(removed.unicodeScalars))
      #expect(removed.contains("\n"))
    }
    for list in ["units", "words", "grams"] {
      let items = try #require(object[list] as? [[String: Any]])
      #expect(items.count > 1000)
      var last = 0
      for item in items {
        let from = (item["source"] as? [Int])?.first ?? -1
        #expect(from >= last, "\(list)")
        last = from
        // Han that simplified text and the fold have in common stands there as it is.
        let text = try #require(item["text"] as? String)
        let kept = try source(item).filter { !$0.properties.isWhitespace }
        if kept.count == text.unicodeScalars.count, list == "units",
          item["kind"] as? String == "letters"
        {
          #expect(String(String.UnicodeScalarView(kept)).lowercased() == text)
        }
      }
    }
    let grams = try #require(object["grams"] as? [[String: Any]])
    let cut = try #require(
      grams.first { gram in
        (gram["text"] as? String) == "依托" && (try? source(gram).contains("\n")) == true
      })
    #expect(try source(cut).filter { !$0.properties.isWhitespace } == ["依", "托"])
  }

  @Test func repairIsShownAndCanBeLeftOut() throws {
    let file = "\(Seeds.folder)/\(Seeds.ids[0]).txt"
    let repaired = try suoyin.run("analyze", "--file", file)
    #expect(repaired.status == 0)
    // The output is long, and a failed expectation would print all of it.
    let isMended = repaired.output.contains("依⏎托本地电摩生态")
    #expect(isMended)
    let plain = try suoyin.run("analyze", "--no-repair", "--file", file)
    let isLeft = plain.output.contains("nothing taken out") && !plain.output.contains("⏎")
    #expect(isLeft)
  }

  @Test func whatBecameOfABreakIsShown() throws {
    let text = "产量达46.\n2万辆。\n\n它叫infor-\nmation，共3600\n台。\n\n研 发 经 费\n\n\nThe Anglo- \nsaxon"
    let shown = try suoyin.run("analyze", text).output
    for part in [
      "3 line breaks taken out, shown as ⏎; 1 line break made a blank, shown as ⏎␣; 3 blanks between",
      "46.⏎2万辆", "infor⏎mation", "3600⏎台", "研␣发␣经␣费", "Anglo-⏎␣saxon",
    ] {
      #expect(shown.contains(part), "\(part)")
    }
    let object = try suoyin.run("analyze", "--json", text).json()
    let edits = try #require(object["edits"] as? [[String: Any]])
    #expect(
      edits.map { $0["replacement"] as? String } == ["", "", "", "", "", "", " "], "\(edits)")
    #expect(edits.prefix(2).map { $0["removed"] as? String } == ["\n", "-\n"])
    let plain = try suoyin.run("analyze", "--no-repair", "--json", text).json()
    #expect((plain["edits"] as? [Any])?.isEmpty == true)
    #expect(plain["repaired"] as? String == text)
  }

  @Test func aTextComesFromOnePlace() throws {
    let bytes = Data([0xD6, 0xD8, 0xC7, 0xEC])  // 重庆 in GBK
    let decoded = try suoyin.run(["analyze", "--encoding", "gbk", "-"], input: bytes)
    #expect(decoded.output.contains("重庆"))
    for (line, names) in [
      (["analyze"], "needs a text"), (["analyze", "--file", "/nowhere/x"], "/nowhere/x"),
      (["analyze", "--file", "/tmp", "x"], "--file"), (["analyze", "--file", "/"], "/"),
      (["analyze", "--encoding", "gbk", "x"], "--encoding"),
      (["analyze", "--encoding", "klingon", "-"], "klingon"),
      (["analyze", "--index", "/nowhere", "x"], "/nowhere"),
    ] {
      let answer = try suoyin.run(line, input: Data())
      #expect(answer.status == 2)
      #expect(answer.errors.contains(names), "\(line): \(answer.errors)")
    }
  }

  @Test func everyPlaceThatDoesNotDecodeIsCounted() throws {
    let bytes = Data(repeating: 0xFF, count: 1_500)
    let answer = try suoyin.run(["analyze", "--encoding", "utf-8", "-"], input: bytes)
    #expect(answer.status == 0)
    #expect(answer.errors.contains("1,500 places"), "\(answer.errors)")
  }

  @Test(arguments: ["", " ", "\n\n", "。", "\u{1B}[31m红\u{7}", "\u{FFFD}", "🚗👨‍👩‍👧", "\u{0}a"])
  func everyTextHasAnAnalysis(text: String) throws {
    for form in [["analyze", "-"], ["analyze", "--json", "-"]] {
      let answer = try suoyin.run(form, input: Data(text.utf8))
      #expect(answer.status == 0, "\(answer.errors)")
      #expect(!answer.output.contains("\u{1B}") && !answer.output.contains("\u{7}"))
    }
  }
}

@Suite struct SuoyinItselfTests {
  private let suoyin = CommandProcess(folder: NSTemporaryDirectory())

  @Test func versionAndHelpAnswerWithoutAnIndex() throws {
    let version = try suoyin.run("--version")
    #expect(version.status == 0)
    #expect(version.output.hasPrefix("suoyin "))
    for line in [["--help"], ["-h"], ["help"], ["help", "search"], ["search", "--help"]] {
      let answer = try suoyin.run(line, input: Data())
      #expect(answer.status == 0)
      #expect(answer.output.contains("Usage"))
      #expect(answer.errors.isEmpty)
    }
    let bare = try suoyin.run()
    #expect(bare.status == 2)
    #expect(bare.errors.contains("Usage"))
  }

  @Test func mistakesEndWithStatusTwo() throws {
    for line in [["serch"], ["search", "--limt", "3", "x"], ["--indx"], ["help", "nothing"]] {
      let answer = try suoyin.run(line, input: Data())
      #expect(answer.status == 2)
      #expect(answer.output.isEmpty)
      #expect(answer.errors.hasPrefix("suoyin: error: "))
    }
  }
}
