import Foundation
import SuoyinCorpus
import SuoyinText

/// `segment`: our segmentation beside ICU's word iterator, over the whole text of a file at once and
/// over its runs of Han and kana.
enum SegmentBenchmark {
  struct Answer: Encodable {
    /// What cuts: `dictionary`, our programme; `iterator`, ICU's, where its data cannot be read.
    let source: String
    let rounds: Int
    /// Over everything.
    let all: Comparison
    /// Over runs of Han and kana, each on a line of its own; nil where there are none.
    let runs: Comparison?
    /// Boundaries that one of the two has alone, and pieces to which they give different kinds.
    let differences: Int

    var summary: String {
      func line(_ name: String, _ part: Comparison) -> String {
        "\(name): \(part.mbPerSecond) MB/s, ICU \(part.icuMBPerSecond) MB/s, ratio \(part.ratio); "
          + "\(part.pieces) pieces in \(part.bytes) bytes"
      }
      return [
        line("everything", all), runs.map { line("Han and kana", $0) },
        "differing boundaries: \(differences)",
      ].compactMap(\.self).joined(separator: "\n")
    }
  }

  struct Comparison: Encodable {
    /// UTF-8 of the text.
    let bytes: Int
    let pieces: Int
    /// By the best round of each.
    let mbPerSecond: Double
    let icuMBPerSecond: Double
    let ratio: Double
    /// How the rounds are spread, in milliseconds.
    let ms: Spread
    let icuMs: Spread

    enum CodingKeys: String, CodingKey {
      case bytes, pieces, ratio, ms
      case mbPerSecond = "mb_per_second"
      case icuMBPerSecond = "icu_mb_per_second"
      case icuMs = "icu_ms"
    }
  }

  /// - Parameter folding: whether the text is folded first, as the analysis does.
  static func run(file: String, rounds: Int, folding: Bool) throws -> Answer {
    var text: [UInt16] = []
    let session = Analyzer.cjk.makeSession()
    var folded: [UInt16] = []
    try forEachText(of: file) { part in
      if folding {
        session.fold(part, edits: [], into: &folded)
        text += folded
      } else {
        text += part.utf16
      }
      text.append(0x0A)
    }
    guard !text.isEmpty else { throw InputError("\(file) holds no text") }
    let trial = Trial()
    let runs = trial.both.runs(of: text)
    var differences = 0
    for (name, text) in [("text", text), ("runs of Han and kana", runs)] {
      let found = trial.both.differences(in: text)
      differences += found.boundaries.count + found.kinds.count
      for (what, places) in [("boundary", found.boundaries), ("kind", found.kinds)] {
        for place in places.prefix(5) { say("different \(what): \(around(place, of: text, name))") }
      }
    }
    return Answer(
      source: SegmentationSource.current.rawValue, rounds: rounds,
      all: try compare(text, trial, rounds),
      runs: runs.isEmpty ? nil : try compare(runs, trial, rounds),
      differences: differences)
  }

  /// Calls `body` with each line of pieces, separated by U+001F.
  static func dump(file: String, _ body: (String) -> Void) throws {
    let trial = Trial()
    try forEachText(of: file) { text in
      for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
        let pieces = trial.both.pieces(of: String(decoding: line, as: UTF8.self))
        body(pieces.joined(separator: "\u{1F}"))
      }
    }
  }

  /// What both cases work with.
  private final class Trial {
    var both = SegmentationTrial()
  }

  private static func compare(
    _ text: [UInt16], _ trial: Trial, _ rounds: Int
  ) throws -> Comparison {
    let bytes = String(decoding: text, as: UTF16.self).utf8.count
    let cases = [
      Case(name: "ours", run: { trial.both.cut(text) }),
      Case(name: "icu", run: { trial.both.cutByIterator(text) }),
    ]
    let (times, results) = try measure(cases, rounds: rounds)
    let best = times.map { $0.min() ?? 1 }
    return Comparison(
      bytes: bytes, pieces: results[0], mbPerSecond: rounded(Double(bytes) * 1_000 / best[0]),
      icuMBPerSecond: rounded(Double(bytes) * 1_000 / best[1]), ratio: rounded(best[1] / best[0]),
      ms: Spread(times[0].map { $0 / 1e6 }), icuMs: Spread(times[1].map { $0 / 1e6 }))
  }

  private static func around(_ place: Int, of text: [UInt16], _ name: String) -> String {
    let context = text[max(0, place - 20)..<place]
    let rest = text[place..<min(text.count, place + 20)]
    return "\(name) at \(place): \(String(decoding: context, as: UTF16.self).debugDescription) | "
      + String(decoding: rest, as: UTF16.self).debugDescription
  }

  /// Calls `body` with each line of a file, or with title and text of each article of a file of JSON
  /// lines.
  private static func forEachText(of file: String, _ body: (String) -> Void) throws {
    guard file.hasSuffix(".jsonl") else { return try readLines(file).forEach(body) }
    var reader = CorpusReader(paths: [file])
    while let item = reader.next() {
      switch item {
      case .article(let article, _, _):
        if let title = article.title { body(title) }
        body(article.text)
      case .failure(let failure): throw InputError(failure.description)
      case .skipped(let place): throw InputError("\(place) is no file of articles")
      }
    }
  }
}
