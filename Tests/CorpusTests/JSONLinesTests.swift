import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinCorpus

@Suite struct JSONLinesTests {
  private func read(_ text: String, encoding: TextEncoding? = nil) throws -> ReadCorpus {
    let folder = try TemporaryFolder()
    return ReadCorpus([try folder.write(text, to: "a.jsonl")], encoding: encoding)
  }

  @Test func members() throws {
    let corpus = try read(
      #"""
      {"_id": "1", "title": "标题", "text": "正文\n第二行 \"引\" \u4e2d \ud83d\ude00", "date": "2024-09-05"}

      {"text": "二", "n": 1.10, "_id": "2", "big": 12345678901234567890, "o": {"a": [1, null]}, "中": true}
      {"_id":"3","text":"三","title":null,"date":20240905}
      """#)
    #expect(corpus.failures == [] && corpus.warnings == [])
    #expect(corpus.ids == ["1", "2", "3"])
    #expect(corpus.articles[0].text == "正文\n第二行 \"引\" 中 😀")
    #expect(corpus.articles[0].title == "标题" && corpus.articles[0].date == "2024-09-05")
    #expect(corpus.articles[0].extra == nil)
    #expect(
      corpus.articles[1].extra
        == #"{"n":1.10,"big":12345678901234567890,"o":{"a": [1, null]},"中":true}"#)
    #expect(corpus.articles[2].title == nil && corpus.articles[2].date == "20240905")
    #expect(corpus.places.map(\.line) == [1, 3, 4])
  }

  @Test func linesThatAreNoArticle() throws {
    let corpus = try read(
      #"""
      {"text": "一"}
      {"_id": 7, "text": "一"}
      {"_id": "7"}
      {"_id": "", "text": "一"}
      {"_id": "7", "text": "一"
      {"_id": "7", "text": "一", "text": "二"}
      [1]
      {"_id": "8", "text": ["一"]}
      {"_id": "9", "text": " "}
      {"_id": "10", "text": "a	b"}
      {"_id": "11", "text": "\x"}
      {"_id": "12", "text": "好"} x
      {"_id": "ok", "text": "好"}
      """#)
    #expect(corpus.ids == ["ok"])
    #expect(corpus.failures.map(\.place.line) == (1...12).map { $0 })
    let problems = corpus.failures.map(\.problem)
    #expect(problems[0] == "has no “_id”")
    #expect(problems[1] == "“_id” is a number, expected a string")
    #expect(problems[2] == "has no “text”")
    #expect(problems[3] == "has an empty “_id”")
    #expect(problems[4] == "expected a comma or }, but the line ends")
    #expect(problems[5] == "“text” stands there twice")
    #expect(problems[6] == "expected an object {…}, found “[”")
    #expect(problems[7] == "“text” is a list, expected a string")
    #expect(problems[8] == "has neither text nor a title")
    #expect(problems[9] == #"expected \n, \t or \u00HH for a control character, found U+0009"#)
    #expect(problems[10] == #"expected an escape (\n, \", \u4E2D …), found “x”"#)
    #expect(problems[11] == "expected the end of the line, found “x”")
    // The place is that of the very byte: line 2 begins at byte 16, its number at 24.
    #expect(corpus.failures[1].place.offset == 16 + 8)
  }

  @Test func halfACharacterIsAWarning() throws {
    let corpus = try read(#"{"_id": "1", "text": "a\ud83db"}"#)
    #expect(corpus.articles[0].text == "a\u{FFFD}b")
    #expect(corpus.warnings.count == 1 && corpus.warnings[0].place.line == 1)
    #expect(corpus.warnings[0].problem.contains(#"1 escape (\uD800 to \uDFFF) is half"#))
    let two = try read(#"{"_id": "1", "text": "a\ud83db\ud83d"}"#)
    #expect(two.warnings[0].problem.contains(#"2 escapes (\uD800 to \uDFFF) are half"#))
  }

  @Test func lineEndsAndByteOrderMark() throws {
    let corpus = try read(
      "\u{FEFF}{\"_id\":\"1\",\"text\":\"一\"}\r\n\r\n{\"_id\":\"2\",\"text\":\"二\"}\r\n")
    #expect(corpus.ids == ["1", "2"] && corpus.failures == [])
    #expect(corpus.places.map(\.line) == [1, 3])
    #expect(try read("").articles == [])
    #expect(try read("\n\n").failures == [])
  }

  /// The character 上 is U+4E0A and holds the byte 0A in UTF-16.
  @Test(arguments: ["UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"])
  func wideEncodings(name: String) throws {
    let text = "{\"_id\":\"1\",\"text\":\"上海\"}\r\n{\"_id\":\"2\",\"text\":\"𠮷野\"}\n"
    let width = name.contains("32") ? 4 : 2
    var bytes: [UInt8] = []
    func append(_ value: UInt32) {
      let little = (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
      bytes += name.hasSuffix("LE") ? little : little.reversed()
    }
    append(0xFEFF)
    if width == 2 {
      for unit in text.utf16 { append(UInt32(unit)) }
    } else {
      for scalar in text.unicodeScalars { append(scalar.value) }
    }
    let folder = try TemporaryFolder()
    let marked = try folder.write(bytes, to: "a.jsonl")
    let bare = try folder.write(bytes[width...], to: "b.jsonl")
    let general = try TextEncoding(named: String(name.dropLast(2)))
    for corpus in [
      ReadCorpus([marked]), ReadCorpus([bare], encoding: try TextEncoding(named: name)),
      ReadCorpus([bare], encoding: general), ReadCorpus([marked], encoding: general),
    ] {
      #expect(corpus.articles.map(\.text) == ["上海", "𠮷野"])
      #expect(corpus.failures == [] && corpus.warnings == [])
    }
  }

  @Test func declaredAndUndeclaredEncoding() throws {
    let folder = try TemporaryFolder()
    // 重庆 in GB18030.
    let line = Array(#"{"_id":"1","text":""#.utf8) + [0xD6, 0xD8, 0xC7, 0xEC] + Array("\"}\n".utf8)
    let file = try folder.write(line, to: "a.jsonl")
    #expect(ReadCorpus([file], encoding: try TextEncoding(named: "gbk")).articles[0].text == "重庆")
    // 制造业是国民经济的根基，是经济高质量发展的根本支撑。
    let sentence: [UInt8] = [
      0xD6, 0xC6, 0xD4, 0xEC, 0xD2, 0xB5, 0xCA, 0xC7, 0xB9, 0xFA, 0xC3, 0xF1, 0xBE, 0xAD, 0xBC,
      0xC3, 0xB5, 0xC4, 0xB8, 0xF9, 0xBB, 0xF9, 0xA3, 0xAC, 0xCA, 0xC7, 0xBE, 0xAD, 0xBC, 0xC3,
      0xB8, 0xDF, 0xD6, 0xCA, 0xC1, 0xBF, 0xB7, 0xA2, 0xD5, 0xB9, 0xB5, 0xC4, 0xB8, 0xF9, 0xB1,
      0xBE, 0xD6, 0xA7, 0xB3, 0xC5, 0xA1, 0xA3,
    ]
    let longer = Array(#"{"_id":"2","text":""#.utf8) + sentence + Array("\"}\n".utf8)
    let undeclared = ReadCorpus([try folder.write(line + longer, to: "c.jsonl")])
    #expect(
      undeclared.articles.map(\.text) == ["重庆", "制造业是国民经济的根基，是经济高质量发展的根本支撑。"])
    // In a file that is UTF-8 elsewhere such bytes are damage, not another charset.
    let mixed = try folder.write(
      Array("{\"_id\":\"0\",\"text\":\"重庆\"}\n".utf8) + line, to: "b.jsonl")
    let corpus = ReadCorpus([mixed])
    #expect(corpus.articles[0].text == "重庆")
    #expect(corpus.articles[1].text.contains("\u{FFFD}"))
    #expect(corpus.warnings.first?.place.line == 2)
    #expect(corpus.warnings.first?.place.offset == 28 + 19)
  }

  /// Lines of all lengths around the size of what is read at once.
  @Test(arguments: 0..<6) func linesAcrossChunks(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var text = ""
    var expected: [(id: String, length: Int, offset: Int, line: Int)] = []
    var line = 1
    while text.utf8.count < 3 << 20 {
      if Int.random(in: 0..<4, using: &random) == 0 {
        text += "\n"
        line += 1
        continue
      }
      let length = Int.random(in: 0...(seed < 3 ? 2_000 : 900_000), using: &random)
      expected.append(("\(expected.count)", length, text.utf8.count, line))
      let body = String(repeating: "x", count: length)
      text += #"{"_id":"\#(expected.count - 1)","title":"t","text":"\#(body)"}"# + "\n"
      line += 1
    }
    let corpus = try read(text)
    #expect(corpus.ids == expected.map(\.id), "seed \(seed)")
    #expect(corpus.articles.map(\.text.utf8.count) == expected.map(\.length), "seed \(seed)")
    #expect(corpus.places.map(\.line) == expected.map(\.line), "seed \(seed)")
    #expect(corpus.bytesRead == text.utf8.count && corpus.bytesTotal == text.utf8.count)
  }

  /// No bytes at all may do more than fail.
  @Test(arguments: 0..<200) func damagedLines(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) &+ 500)
    var bytes = Array(
      #"{"_id":"1","title":"标题","text":"正文\n\u4e2d\ud83d\ude00","x":[1.5e3,{"y":null}]}"#.utf8)
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let at = Int.random(in: bytes.indices, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.remove(at: at)
      default: bytes = Array(bytes[..<at])
      }
      if bytes.isEmpty { bytes = [0x7B] }
    }
    let folder = try TemporaryFolder()
    let corpus = ReadCorpus([try folder.write(bytes, to: "a.jsonl")])
    #expect(corpus.articles.count + corpus.failures.count <= 5, "seed \(seed)")
  }
}
