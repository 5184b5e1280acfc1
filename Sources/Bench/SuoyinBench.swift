import Foundation

/// The command `suoyin-bench`: measures the engine from inside, one line of JSON a run.
@main
enum SuoyinBench {
  static let usage = """
    usage:
      suoyin-bench index TOKENS DIR THREADS          words between blanks, a passage a line
      suoyin-bench reorder DIR THREADS [MB]          optimize --reorder on what index or ingest made
      suoyin-bench query DIR QUERIES ROUNDS          KIND<TAB>words, on what index made
      suoyin-bench codec ROUNDS [DIR]                kernels; the lists of what index made
      suoyin-bench ingest FILE.jsonl DIR THREADS [--store | --whole]
                                                     the default analysis, from file to commit
      suoyin-bench search DIR QUERIES [ROUNDS [HITS]]
                                                     [KIND<TAB>]query, on what ingest --whole made
      suoyin-bench rank DIR QUERIES [ROUNDS [HITS]]  the same without reading articles: ids alone
      suoyin-bench analyze FILE [ROUNDS]             the stages of the default analysis
      suoyin-bench exactness FILE [PIECES] [SEED]    quoted searches against a scan of the units
      suoyin-bench segment FILE [ROUNDS] [--folded]  our segmentation beside ICU's word iterator
      suoyin-bench segment FILE --dump               the pieces of each line, U+001F between them

    One line of JSON on standard output; everything else goes to standard error. index and ingest
    replace an index that is in DIR. benchmarks/README.md says what the figures mean.
    Exit status: 0 measured, 1 a case's own check failed, 2 could not run.
    """

  static func main() {
    exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  private static func run(_ arguments: [String]) -> Int32 {
    do {
      let rest = Array(arguments.dropFirst())
      switch (arguments.first, rest.count) {
      case ("index", 3):
        try printLine(IndexBenchmark.run(tokens: rest[0], in: rest[1], threads: count(rest[2])))
      case ("reorder", 2...3):
        try printLine(
          ReorderBenchmark.run(
            in: rest[0], threads: count(rest[1]), megabytes: rest.count == 3 ? count(rest[2]) : 512)
        )
      case ("query", 3):
        try printLine(QueryBenchmark.run(in: rest[0], queries: rest[1], rounds: count(rest[2])))
      case ("codec", 1...2):
        try printLine(
          CodecBenchmark.run(folder: rest.count > 1 ? rest[1] : nil, rounds: count(rest[0])))
      case ("ingest", 3...4):
        try printLine(
          IngestBenchmark.run(
            file: rest[0], in: rest[1], threads: count(rest[2]), parts: parts(rest.dropFirst(3))))
      case ("search", 2...4), ("rank", 2...4):
        try printLine(
          SearchBenchmark.run(
            in: rest[0], queries: rest[1], rounds: rest.count > 2 ? count(rest[2]) : 5,
            hits: rest.count > 3 ? count(rest[3]) : 10, readsArticles: arguments[0] == "search"))
      case ("analyze", 1...2):
        let rounds = rest.count == 2 ? try count(rest[1]) : 5
        try printLine(AnalyzeBenchmark.run(file: rest[0], rounds: rounds))
      case ("exactness", 1...3):
        let answer = try ExactnessBenchmark.run(
          file: rest[0], pieces: rest.count > 1 ? count(rest[1]) : 2_000,
          seed: rest.count > 2 ? UInt64(count(rest[2])) : 1)
        try printLine(answer)
        return answer.differences == 0 ? 0 : 1
      case ("segment", 2) where rest[1] == "--dump":
        try SegmentBenchmark.dump(file: rest[0]) { print($0) }
      case ("segment", 1...3):
        let options = rest.dropFirst()
        let folding = options.last == "--folded"
        let rounds = try (folding ? options.dropLast() : options).map(count)
        guard rounds.count <= 1 else { throw InputError("give one number of rounds") }
        let answer = try SegmentBenchmark.run(
          file: rest[0], rounds: rounds.first ?? 5, folding: folding)
        try printLine(answer)
        say(answer.summary)
        guard answer.differences == 0 else {
          throw CheckFailure("segment", "\(answer.differences) differences from ICU")
        }
      case ("--help", 0), ("-h", 0):
        print(usage)
      default:
        say(usage)
        return 2
      }
      return 0
    } catch let failure as CheckFailure {
      say("wrong: \(failure)")
      return 1
    } catch {
      say("error: \(error)")
      return 2
    }
  }

  private static func count(_ text: String) throws -> Int {
    guard let count = Int(text), count > 0 else {
      throw InputError("\(text) is no number; give 1 or more")
    }
    return count
  }

  private static func parts(_ option: ArraySlice<String>) throws -> IngestBenchmark.Parts {
    switch option.first {
    case nil: return .text
    case "--store": return .stored
    case "--whole": return .whole
    case let other?: throw InputError("\(other) is no option of ingest; see --help")
    }
  }

  private static func printLine(_ result: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(result), as: UTF8.self))
  }
}

func say(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}

/// Why a benchmark cannot run: names the thing and says what to do.
struct InputError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// A case gave another result than it must.
struct CheckFailure: Error, CustomStringConvertible {
  let description: String

  init(_ name: String, _ problem: String) {
    description = "\(name): \(problem)"
  }
}
