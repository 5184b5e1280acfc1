import SuoyinIndex
import SuoyinText

/// `index`: words between blanks, a passage a line, into one segment with documents, frequencies and
/// positions and nothing stored but numbers.
enum IndexBenchmark {
  struct Answer: Encodable {
    /// From the first passage to the synced commit.
    let seconds: Double
    let passages: Int
    let words: Int
    let threads: Int
    let segments: Int
    /// Of each part of the index.
    let bytes: [String: Int]
  }

  static let field = FieldID(.text, .grams)
  /// What the peers are set to.
  static let similarity = Similarity(k1: 0.9, b: 0.4)

  static func run(tokens: String, in folder: String, threads: Int) throws -> Answer {
    let lines = try readLines(tokens)
    try removeIndex(in: folder)
    let clock = ContinuousClock()
    let start = clock.now
    let writer = try IndexWriter(
      at: folder,
      options: IndexOptions(
        analyzer: .whitespace, similarity: similarity, memoryBudget: .max,
        threads: threads))
    for (number, line) in lines.enumerated() {
      _ = try writer.addText(of: Article(id: String(number), text: line), isStored: false)
    }
    try writer.commit()
    let seconds = nanoseconds(clock.now - start) / 1e9

    let snapshot = try IndexSnapshot.open(at: folder)
    let words = snapshot.statistics(of: field).totalLength
    let expected = lines.reduce(0) { $0 + wordCount($1) }
    guard snapshot.articleCount == lines.count, words == expected else {
      throw CheckFailure(
        "index",
        "\(snapshot.articleCount) passages and \(words) words are in the index, of "
          + "\(lines.count) and \(expected)")
    }
    return Answer(
      seconds: rounded(seconds), passages: lines.count, words: words, threads: threads,
      segments: snapshot.segments.count,
      bytes: Dictionary(uniqueKeysWithValues: snapshot.sizes.map { ($0.part, $0.bytes) }))
  }

  private static func wordCount(_ line: String) -> Int {
    line.utf8.split(whereSeparator: { $0 <= 0x20 }).count
  }
}
