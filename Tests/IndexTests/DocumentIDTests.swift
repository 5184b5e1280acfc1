import SuoyinStorage
import SuoyinTestSupport
import Testing

@testable import SuoyinIndex

/// Ids in whatever order they come: each is read, and found with all its documents and no others.
@Suite struct DocumentIDTests {
  /// Writes ids and opens them.
  private static func written(
    _ ids: [String], in folder: TemporaryFolder
  ) throws -> DocumentIDs {
    let file = try FileWriter(path: folder.path("ids"), kind: SegmentFormat.kind, version: 1)
    var writer = DocumentIDsWriter()
    for id in ids { writer.add(id.utf8) }
    try writer.write(to: file)
    try file.finish()
    try file.publish()
    return try DocumentIDs(
      SectionedFile(path: folder.path("ids"), kind: SegmentFormat.kind, versions: 1...1),
      documentCount: ids.count)
  }

  private static func check(_ ids: [String], order: IDOrder?, _ random: inout SeededGenerator)
    throws
  {
    let folder = try TemporaryFolder()
    let found = try written(ids, in: folder)
    #expect(found.order == order)
    var reader = found.makeReader()
    for (document, id) in ids.enumerated() {
      #expect(try reader.id(of: UInt32(document)) == Array(id.utf8))
    }
    for _ in 0..<50 where !ids.isEmpty {
      let document = Int.random(in: ids.indices, using: &random)
      #expect(try reader.id(of: UInt32(document)) == Array(ids[document].utf8))
    }
    var documents: [String: [UInt32]] = [:]
    for (document, id) in ids.enumerated() { documents[id, default: []].append(UInt32(document)) }
    for id in Set(ids).union(["", "0", "~", "n5x", String(repeating: "9", count: 40)]) {
      #expect(try found.documents(of: Array(id.utf8)) == documents[id] ?? [], "\(id)")
    }
  }

  @Test(arguments: [0, 1, 2, 31, 32, 33, 64, 1_000])
  func orders(count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    let few = count < 2
    try Self.check(
      (0..<count).map(String.init), order: few ? .bytes : count <= 10 ? .bytes : .length, &random)
    let long = String(repeating: "共同的", count: 20)
    let padded = (0..<count).map { "\(long)\(10_000 + $0)" }
    try Self.check(padded, order: .bytes, &random)
    let names = (0..<count).map { "a/\($0)" }.sorted {
      Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8))
    }
    try Self.check(names, order: .bytes, &random)
    if !few {
      try Self.check(padded.reversed(), order: nil, &random)
      try Self.check(padded.shuffled(using: &random) + ["", "z", ""], order: nil, &random)
    }
  }

  /// Equal ids may stand in one block and in several.
  @Test func equalIDs() throws {
    var random = SeededGenerator(seed: 1)
    for copies in [2, 40, 100] {
      let ids = (0..<30).flatMap { [String](repeating: "n\($0)", count: copies) }
      try Self.check(ids, order: .length, &random)
      try Self.check(ids.shuffled(using: &random), order: nil, &random)
    }
  }
}
