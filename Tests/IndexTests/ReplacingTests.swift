import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// An index that takes the place of another as a whole: rebuilt, or copied from a snapshot.
@Suite struct ReplacingTests {
  private static func rebuild(
    _ folder: TemporaryFolder, _ change: (inout IndexOptions) -> Void = { _ in },
    _ ids: [String] = ["new"]
  ) throws {
    var options = IndexOptions()
    options.replacesIndex = true
    change(&options)
    let writer = try IndexWriter(at: folder.path, options: options)
    for id in ids { _ = try writer.addPlain(Article(id: id, text: "w \(id)")) }
    try writer.commit()
  }

  private static func ids(_ folder: TemporaryFolder) throws -> [String] {
    var ids: [String] = []
    try IndexSnapshot.open(at: folder.path).visitArticles { ids.append($0.id) }
    return ids
  }

  @Test func theOldIndexIsThereUntilTheCommit() throws {
    let folder = try DamageTests.smallIndex()
    try folder.write("mine", to: "notes.txt")
    let old = try IndexSnapshot.open(at: folder.path)
    let names = try folder.names()
    var options = IndexOptions()
    options.replacesIndex = true
    do {
      let writer = try IndexWriter(at: folder.path, options: options)
      _ = try writer.addPlain(Article(id: "new", text: "w"))
      #expect(try Self.ids(folder).count == 6)
      // Goes without a commit.
    }
    #expect(try folder.names() == names)
    try Self.rebuild(folder)
    #expect(try Self.ids(folder) == ["new"])
    // The index keeps its fields, in the one file that is named after the analyzer.
    let left = try folder.names()
    #expect(
      left.filter { !$0.hasPrefix("analyzer-") }
        == ["lock", "manifest", "notes.txt", "segment-2.suoyin"], "no old file")
    #expect(left.count == 5)
    // Whoever has the old one open goes on reading it.
    var count = 0
    try old.visitArticles { _ in count += 1 }
    #expect(count == 6 && old.segments.flatMap { $0.verify() }.isEmpty)
    #expect(try IndexSnapshot.open(at: folder.path).generation == 3)
  }

  /// The same bytes as an index that is made where none was.
  @Test func aRebuiltIndexIsANewOne() throws {
    let rebuilt = try DamageTests.smallIndex()
    try Self.rebuild(rebuilt, { _ in }, ["a", "b"])
    let new = try TemporaryFolder()
    try Self.rebuild(new, { _ in }, ["a", "b"])
    #expect(try rebuilt.bytes("segment-2.suoyin") == new.bytes("segment-1.suoyin"))
  }

  /// Whatever has become of the old one.
  @Test(arguments: ["damaged", "missing", "older", "newer"]) func anyOldIndexIsReplaced(
    _ what: String
  )
    throws
  {
    let folder = try DamageTests.smallIndex()
    switch what {
    case "damaged": try folder.write(folder.bytes("manifest").dropLast(9), to: "manifest")
    case "missing": try Folder.remove(folder.path("manifest"))
    default:
      let file = try FileWriter(
        path: folder.path("manifest"), kind: Manifest.kind, version: what == "older" ? 0 : 99)
      try file.finish()
      try file.publish()
      let error = #expect(throws: IndexError.self) { try IndexSnapshot.open(at: folder.path) }
      #expect(error?.remedy.contains("suoyin rebuild --index \(folder.path) PATH…") == true)
    }
    // A rebuild that dies leaves what can still be repaired.
    do {
      var options = IndexOptions()
      options.replacesIndex = true
      let writer = try IndexWriter(at: folder.path, options: options)
      _ = try writer.addPlain(Article(id: "new", text: "w"))
    }
    #expect(try folder.names().contains("segment-1.suoyin"))
    try Self.rebuild(folder)
    #expect(try Self.ids(folder) == ["new"])
    #expect(try folder.names() == ["lock", "manifest", "segment-2.suoyin"])
    #expect(try IndexCheck.run(at: folder.path).isSound)
  }

  @Test func aForeignManifestIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine", to: "manifest")
    #expect(throws: IndexError.self) { try Self.rebuild(folder) }
    #expect(try folder.bytes("manifest") == Array("mine".utf8))
  }

  @Test func analyzerAndSimilarityStayUnlessOthersAreGiven() throws {
    let folder = try TemporaryFolder()
    var options = AnalyzerOptions()
    options.stopWords = StopWords(stored: ["的"])
    let analyzer = try Analyzer(.cjk, options: options)
    try Self.rebuild(folder) {
      $0.analyzer = analyzer
      $0.similarity = Similarity(k1: 1, b: 0.5)
    }
    try Self.rebuild(folder)
    var snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(snapshot.analyzer.options == options && snapshot.similarity.k1 == 1)
    try Self.rebuild(folder) {
      $0.analyzer = .words
      $0.similarity = Similarity(k1: 2, b: 0.5)
    }
    snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(snapshot.analyzer.name == .words && snapshot.similarity.k1 == 2)
    #expect(try folder.names().allSatisfy { !$0.hasPrefix("analyzer") })
  }

  /// A copy has the very bytes, and goes back over whatever is there.
  @Test func copiesGoThereAndBack() throws {
    let folder = try DamageTests.smallIndex()
    let backup = try TemporaryFolder()
    let copy = try IndexCopy.make(from: folder.path, to: backup.path("b"))
    #expect(copy.articleCount == 6 && copy.segmentCount == 1)
    #expect(try backup.bytes("b/segment-1.suoyin") == folder.bytes("segment-1.suoyin"))
    #expect(try IndexCheck.run(at: backup.path("b")).isSound)
    #expect(throws: IndexError.indexThere(directory: backup.path("b"))) {
      try IndexCopy.make(from: folder.path, to: backup.path("b"))
    }
    let ids = try Self.ids(folder)
    try Self.rebuild(folder)
    _ = try IndexCopy.make(from: backup.path("b"), to: folder.path, replacing: true)
    #expect(try Self.ids(folder) == ids)
    try folder.write([1], to: "segment-9.suoyin")
    try folder.write(folder.bytes("manifest").dropLast(), to: "manifest")
    _ = try IndexCopy.make(from: backup.path("b"), to: folder.path, replacing: true)
    #expect(try Self.ids(folder) == ids)
    #expect(try IndexCheck.run(at: folder.path).isSound)
  }

  /// No byte of a damaged index gets into a copy.
  @Test func damageIsNotCopied() throws {
    let folder = try DamageTests.smallIndex()
    let bytes = try folder.bytes("segment-1.suoyin")
    for index in stride(from: 0, to: bytes.count, by: 5) {
      var damaged = bytes
      damaged[index] ^= 0x10
      try folder.write(damaged, to: "segment-1.suoyin")
      let target = try TemporaryFolder()
      do {
        _ = try IndexCopy.make(from: folder.path, to: target.path)
        // Between the sections nothing is written down, and so nothing copied.
        #expect(try target.bytes("segment-1.suoyin") == bytes, "byte \(index)")
      } catch {
        #expect("\(error)".contains("segment-1.suoyin"))
        #expect(try target.names().filter { $0 != "lock" }.isEmpty, "byte \(index)")
      }
    }
  }
}
