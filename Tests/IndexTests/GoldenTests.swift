import Foundation
import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// A segment that was written once, by the format as FORMAT.md has it, opens and answers.
///
/// To renew it when the version changes: `SUOYIN_RENEW_GOLDEN=1 scripts/test --filter GoldenTests`.
@Suite struct GoldenTests {
  private static let path = "\(Seeds.checkout)/Tests/IndexTests/Golden/version-4.suoyin"

  /// A list of three blocks, words of all frequencies, one word in one document.
  private static func makeOracle() -> OracleSegment {
    var oracle = OracleSegment()
    for number in 0..<600 {
      var words = ["all"]
      for word in 2...9 where number % word == 0 {
        words += [String](repeating: "w\(word)", count: number % (word + 1))
      }
      if number == 300 { words += ["once", "|", "once"] }
      oracle.articles.append(Article(id: "\(number)", text: words.joined(separator: " ")))
    }
    return oracle
  }

  @Test func opensAndAnswers() throws {
    let oracle = Self.makeOracle()
    if ProcessInfo.processInfo.environment["SUOYIN_RENEW_GOLDEN"] != nil {
      let folder = try TemporaryFolder()
      let writer = try IndexWriter(at: folder.path)
      for article in oracle.articles { _ = try writer.addPlain(article) }
      try writer.commit()
      try Data(folder.bytes("segment-1.suoyin")).write(to: URL(fileURLWithPath: Self.path))
    }
    let segment = try Segment(path: Self.path, livePath: nil)
    #expect(segment.file.version == 4 && segment.verify().isEmpty)
    try #require(segment.documentCount == oracle.articles.count)
    var random = SeededGenerator(seed: 6)
    for id in FieldID.all {
      try expectEqual(segment.field(id), oracle.postings(of: id), using: &random)
    }
    for (document, article) in oracle.articles.enumerated() {
      #expect(try segment.article(UInt32(document)) == article)
    }
  }
}
