import SuoyinTestSupport
import Testing

@testable import SuoyinText

@Suite("The options of an analyzer")
struct AnalyzerOptionsTests {
  private func terms(_ batch: TokenBatch) -> [String] {
    batch.terms.map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  private func channels(
    of text: String, by analyzer: Analyzer
  ) -> (words: [String], grams: [String]) {
    var (words, grams) = (TokenBatch(), TokenBatch())
    analyzer.makeSession().tokenize(text, repairingLines: true, words: &words, grams: &grams)
    #expect(Int(words.fieldLength) == words.count)
    return (terms(words), terms(grams))
  }

  @Test("say line, trouble and what is expected where a file is bad")
  func badFiles() throws {
    func problem(_ read: () throws -> Void) -> String {
      do {
        try read()
        return "none"
      } catch let error as WordFileError {
        return "\(error.line ?? 0): \(error.problem)"
      } catch {
        return "\(error)"
      }
    }
    let long = String(repeating: "长", count: 65)
    for (text, wanted) in [
      ("重庆\n\n# Latin\nC919\n", "4: “C919” cannot be a word of the dictionary"),
      ("重 庆", "1: “重 庆” cannot be a word of the dictionary"),
      ("한국", "1: “한국” cannot be a word of the dictionary"),
      (long, "1: “\(long.prefix(40))…” cannot be a word of the dictionary"), ("", "none"),
    ] {
      #expect(problem { _ = try UserDictionary(parsing: text, file: "f") } == wanted)
    }
    for (text, wanted) in [
      ("渝", "1: “渝” stands alone"), ("a=>b=>c", "1: more than one “=>”"),
      ("a, ,b", "1: a word is missing beside a comma or “=>”"),
      ("#\n渝 =>", "2: a word is missing beside a comma or “=>”"),
      ("渝,。", "1: “。” cannot be a synonym"),
      ("渝,\(long)", "1: “\(long.prefix(40))…” cannot be a synonym"),
    ] {
      #expect(problem { _ = try Synonyms(parsing: text, file: "f") } == wanted)
    }
    #expect(
      problem { _ = try StopWords(parsing: "\u{FEFF}the\nof the", file: "f") }
        == "2: “of the” cannot be a stop word")
    let error = #expect(throws: WordFileError.self) {
      try UserDictionary(parsing: "a", file: "dir/words")
    }
    #expect(error?.message.hasPrefix("dir/words, line 1: ") == true)
  }

  @Test("are the same however they are written")
  func canonical() throws {
    let one = try UserDictionary(parsing: "宁德时代\n阿维塔\n", file: "a")
    let other = try UserDictionary(parsing: "# makers\r\n阿維塔\r\n  寧德時代 \r\n阿维塔", file: "b")
    #expect(one == other && one.fingerprint == other.fingerprint)
    #expect(one.words == ["宁德时代", "阿维塔"])
    #expect(try StopWords(parsing: "Ｔｈｅ\nthe", file: "a").words == ["the"])
    let synonyms = try Synonyms(parsing: "a\\,b , c，d\n渝=>重庆, 山城", file: "a")
    #expect(
      synonyms.rules == [
        .init(typed: [], others: ["a,b", "c", "d"]), .init(typed: ["渝"], others: ["重庆", "山城"]),
      ])
  }

  @Test("that would do nothing are turned away")
  func useless() throws {
    let stop = try AnalyzerOptions(stopWords: StopWords(parsing: "the", file: ""))
    #expect(throws: AnalyzerError.uselessOption(.stopWords, analyzer: .grams)) {
      try Analyzer(.grams, options: stop)
    }
    let synonyms = try AnalyzerOptions(synonyms: Synonyms(parsing: "a,b", file: ""))
    #expect(throws: AnalyzerError.uselessOption(.synonyms, analyzer: .whitespace)) {
      try Analyzer(.whitespace, options: synonyms)
    }
    _ = try Analyzer(.grams, options: synonyms)
    #expect(throws: AnalyzerError.unknownStemmer(language: "klingon")) {
      try Analyzer(.cjk, options: AnalyzerOptions(stemmer: "klingon"))
    }
    #expect(throws: AnalyzerError.unknown(name: "cjkk")) {
      try Analyzer(named: "cjkk", options: AnalyzerOptions())
    }
  }

  @Test("and the channels: each analyzer fills its own, with the terms of cjk")
  func ownChannels() {
    let text = "重庆制造C919，2024年。行业大脑"
    let both = channels(of: text, by: .cjk)
    #expect(channels(of: text, by: .words) == (both.words, []))
    #expect(channels(of: text, by: .grams) == ([], both.grams))
  }

  @Test("change words, never grams")
  func wordsOnly() throws {
    let text = "宁德时代's cars are running: the batteries of 寧德時代。"
    let options = try AnalyzerOptions(
      userDictionary: UserDictionary(parsing: "宁德时代", file: ""),
      stopWords: StopWords(parsing: "the\nof\nare", file: ""), stemmer: "english")
    let plain = channels(of: text, by: .cjk)
    let changed = channels(of: text, by: try Analyzer(.cjk, options: options))
    #expect(plain.grams == changed.grams)
    #expect(!plain.words.contains("宁德时代"))
    #expect(changed.words == ["宁德时代", "s", "car", "run", "batteri", "宁德时代"])
  }

  @Test("hold in articles, queries and what is shown alike", arguments: 0..<20)
  func analysisIsTokenization(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let options = try AnalyzerOptions(
      userDictionary: UserDictionary(parsing: "宁德时代\n业大脑", file: ""),
      stopWords: StopWords(parsing: "a\n的\nthe", file: ""), stemmer: "english")
    for analyzer in [Analyzer.words, .grams, .cjk, try Analyzer(.cjk, options: options)] {
      var text = RandomText.make(length: 80, using: &random)
      text += ["The 宁德时代的 cars", "產業大腦 a running", ""].randomElement(using: &random) ?? ""
      let analysis = analyzer.makeSession().analyze(text, repairingLines: true)
      let (words, grams) = channels(of: text, by: analyzer)
      #expect(
        analysis.words.map { String(decoding: analysis.term(of: $0), as: UTF8.self) } == words)
      #expect(
        analysis.grams.map { String(decoding: analysis.term(of: $0), as: UTF8.self) } == grams)
    }
  }

  @Test("and the words of the user dictionary are cut as one in any script that Han and kana mix")
  func userWords() throws {
    for word in ["宁德时代", "カメラ大将", "ぁゝゞー", "𠀀𠀁𠮷", "豈更", "ㇰㇱ"] {
      let dictionary = try UserDictionary(parsing: word, file: "")
      let analyzer = try Analyzer(.words, options: AnalyzerOptions(userDictionary: dictionary))
      let found = channels(of: "这个\(word)在那里", by: analyzer).words
      #expect(found.contains(dictionary.words[0]), "\(word): \(found)")
    }
  }
}
