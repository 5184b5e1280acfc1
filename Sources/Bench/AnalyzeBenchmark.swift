import SuoyinCorpus
import SuoyinText

/// `analyze`: what each stage of the default analysis does in a second, over the articles of a file.
enum AnalyzeBenchmark {
  struct Answer: Encodable {
    /// UTF-8 of the articles' texts.
    let bytes: Int
    let articles: Int
    let rounds: Int
    /// Stage: megabytes of UTF-8 of the original text in a second, by the best round.
    let mbPerSecond: [String: Double]
    /// Stage: how the rounds are spread, in milliseconds.
    let ms: [String: Spread]
    /// Stage: what it made, the same in every round.
    let made: [String: Int]
    /// The speed of decoding and the whole analysis by that of ICU's word iterator alone.
    let wholeToICU: Double

    enum CodingKeys: String, CodingKey {
      case bytes, articles, rounds, ms, made
      case mbPerSecond = "mb_per_second"
      case wholeToICU = "whole_to_icu"
    }
  }

  /// An article with what every stage starts from.
  private struct Prepared {
    let text: String
    let bytes: [UInt8]
    let edits: [LineEdit]
    let folded: [UInt16]
    let units: [UInt16]
  }

  static func run(file: String, rounds: Int) throws -> Answer {
    let session = Analyzer.cjk.makeSession()
    var reader = CorpusReader(paths: [file])
    var articles: [Prepared] = []
    while let item = reader.next() {
      switch item {
      case .article(let article, _, _):
        let edits = LineRepair.edits(of: article.text)
        var folded: [UInt16] = []
        session.fold(article.text, edits: edits, into: &folded)
        articles.append(
          Prepared(
            text: article.text, bytes: Array(article.text.utf8), edits: edits, folded: folded,
            units: Array(article.text.utf16)))
      case .failure(let failure): throw InputError(failure.description)
      case .skipped(let place): throw InputError("\(place) is no file of articles")
      }
    }
    let bytes = articles.reduce(0) { $0 + $1.bytes.count }
    guard bytes > 0 else { throw InputError("\(file) holds no text") }

    let cases = self.cases(articles, session)
    let (times, results) = try measure(cases, rounds: rounds)
    let made = Dictionary(uniqueKeysWithValues: zip(cases.map(\.name), results))
    // The stages together are the whole.
    guard made["whole"] == (made["segment"] ?? 0) + (made["terms"] ?? 0) else {
      throw CheckFailure("analyze", "the stages make other terms than the whole: \(made)")
    }
    var rates: [String: Double] = [:]
    var spreads: [String: Spread] = [:]
    for (item, times) in zip(cases, times) {
      rates[item.name] = rounded(Double(bytes) * 1_000 / (times.min() ?? 1))
      spreads[item.name] = Spread(times.map { $0 / 1e6 })
    }
    func best(_ name: String) -> Double { spreads[name]?.min ?? 1 }
    return Answer(
      bytes: bytes, articles: articles.count, rounds: rounds, mbPerSecond: rates, ms: spreads,
      made: made, wholeToICU: rounded(best("icu") / (best("decode") + best("whole"))))
  }

  private static func cases(
    _ articles: [Prepared], _ session: AnalysisSession
  ) -> [Case<Int>] {
    var folded: [UInt16] = []
    var words = TokenBatch()
    var grams = TokenBatch()
    func sum(_ body: @escaping (Prepared) -> Int) -> () throws -> Int {
      { articles.reduce(0) { $0 + body($1) } }
    }
    let foldedCount = articles.reduce(0) { $0 + $1.folded.count }
    let byteCount = articles.reduce(0) { $0 + $1.bytes.count }
    return [
      Case(
        name: "decode", run: sum { Decoder.decode($0.bytes).text.utf8.count },
        check: { try expect($0, byteCount, "decode") }),
      Case(name: "repair", run: sum { LineRepair.edits(of: $0.text).count }),
      Case(
        name: "fold",
        run: sum {
          session.fold($0.text, edits: $0.edits, into: &folded)
          return folded.count
        }, check: { try expect($0, foldedCount, "fold") }),
      Case(name: "icu", run: sum { session.countPiecesByIterator(of: $0.units) }),
      Case(name: "segment", run: sum { session.countWords(in: $0.folded) }),
      Case(
        name: "terms",
        run: sum {
          session.makeGrams(of: $0.folded, into: &grams)
          return grams.count
        }),
      Case(
        name: "whole",
        run: sum {
          session.tokenize($0.text, repairingLines: true, words: &words, grams: &grams)
          return words.count + grams.count
        }),
    ]
  }

  private static func expect(_ found: Int, _ wanted: Int, _ name: String) throws {
    guard found == wanted else { throw CheckFailure(name, "made \(found), not \(wanted)") }
  }
}
