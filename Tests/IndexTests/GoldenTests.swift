import Foundation
import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// Segments that were written once, by the format as FORMAT.md has it and by that before, open and answer.
///
/// To renew it when the version changes: `SUOYIN_RENEW_GOLDEN=1 scripts/test --filter GoldenTests`.
@Suite struct GoldenTests {
  private static func path(_ version: UInt32) -> String {
    "\(Seeds.checkout)/Tests/IndexTests/Golden/version-\(version).suoyin"
  }

  /// A list of three blocks, words of all frequencies, one word in one document; and a further field of
  /// text of that document, where there can be any.
  private static func makeOracle(hasFurther: Bool) -> OracleSegment {
    var oracle = OracleSegment()
    for number in 0..<600 {
      var words = ["all"]
      for word in 2...9 where number % word == 0 {
        words += [String](repeating: "w\(word)", count: number % (word + 1))
      }
      if number == 300 { words += ["once", "|", "once"] }
      oracle.articles.append(
        Article(
          id: "\(number)", text: words.joined(separator: " "),
          extra: hasFurther && number == 300 ? #"{"note":"重庆"}"# : nil))
    }
    return oracle
  }

  @Test(arguments: [4, SegmentFormat.version]) func opensAndAnswers(version: UInt32) throws {
    let hasFurther = version >= 6
    let oracle = Self.makeOracle(hasFurther: hasFurther)
    let path = Self.path(version)
    let schema = try FieldSchema(parsing: "note: text", file: "schema")
    if version == SegmentFormat.version,
      ProcessInfo.processInfo.environment["SUOYIN_RENEW_GOLDEN"] != nil
    {
      let folder = try TemporaryFolder()
      var options = IndexOptions()
      options.fields = schema
      let writer = try IndexWriter(at: folder.path, options: options)
      for article in oracle.articles { _ = try writer.addPlain(article) }
      try writer.commit()
      try Data(folder.bytes("segment-1.suoyin")).write(to: URL(fileURLWithPath: path))
    }
    let segment = try Segment(path: path, livePath: nil)
    #expect(segment.file.version == version && segment.verify().isEmpty)
    #expect(segment.countWithoutTexts == (hasFurther ? 0 : oracle.articles.count))
    try #require(segment.documentCount == oracle.articles.count)
    var random = SeededGenerator(seed: 6)
    let mark = try #require(schema.mark(of: "note"))
    let terms: [FieldID: [(String, UInt32)]] = [
      FieldID(.further, .words): [("重庆", 0)],
      FieldID(.further, .grams): [("", 0), ("重", 0), ("重庆", 0), ("庆", 1)],
    ]
    for id in FieldID.all {
      var lists = oracle.postings(of: id)
      for (term, position) in terms[id] ?? [] where hasFurther {
        lists[mark.marking(Array(term.utf8))] = [
          Posting(
            document: 300, frequency: 1, positions: id.hasPositions ? [position] : [])
        ]
      }
      try expectEqual(segment.field(id), lists, using: &random)
    }
    for (document, article) in oracle.articles.enumerated() {
      #expect(try segment.article(UInt32(document)) == article)
    }
  }
}
