import Foundation
import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// The worked examples of FORMAT.md are what the code writes.
@Suite struct FormatTests {
  /// The bytes of the fenced block `hex NAME` in FORMAT.md; what follows `;` in a line is comment.
  static func example(_ name: String) throws -> [UInt8] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appendingPathComponent("FORMAT.md"), encoding: .utf8)
    let start = try #require(text.range(of: "```hex \(name)\n"))
    let rest = text[start.upperBound...]
    let end = try #require(rest.range(of: "\n```"))
    return try rest[..<end.lowerBound].split(separator: "\n").flatMap { line in
      try line.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)[0]
        .split(separator: " ").map { try #require(UInt8($0, radix: 16)) }
    }
  }

  /// How the example was made, to renew it when the format changes.
  static func dump(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
  }

  @Test func liveFile() throws {
    let folder = try TemporaryFolder()
    var live = LiveDocuments(documentCount: 3)
    live.remove(1)
    let (file, _) = try live.write(to: folder.path + "/live")
    try file.publish()
    let bytes = try folder.bytes("live")
    #expect(try Self.example("live") == bytes, "\(Self.dump(bytes))")
  }

  /// What comments send readers to is there.
  @Test func sectionsThatCommentsName() throws {
    let root = Seeds.checkout
    let format = try String(contentsOfFile: "\(root)/FORMAT.md", encoding: .utf8)
    var count = 0
    for folder in ["Storage", "Index"] {
      let files = FileManager.default.enumerator(atPath: "\(root)/Sources/\(folder)")
      while let name = files?.nextObject() as? String {
        guard name.hasSuffix(".swift") else { continue }
        let source = try String(
          contentsOfFile: "\(root)/Sources/\(folder)/\(name)", encoding: .utf8)
        for match in source.matches(of: /FORMAT\.md, "([^"]+)"/) {
          count += 1
          #expect(format.contains("# \(match.1)\n"), "\(name) names “\(match.1)”")
        }
      }
    }
    #expect(count > 0)
  }

  @Test(arguments: ["lengths", "positions", "postings", "terms", "termindex"])
  func sections(name: String) throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    _ = try writer.addPlain(Article(id: "x", text: "a bc a"))
    _ = try writer.addPlain(Article(id: "y", text: "bc"))
    try writer.commit()
    let segment = try #require(try IndexSnapshot.open(at: folder.path).segments.first)
    let section = try segment.file.section("text.grams.\(name)")
    var reader = section.reader()
    let bytes = try reader.readBytes(section.count)
    #expect(try Self.example(name) == bytes, "\(Self.dump(bytes))")
  }
}
