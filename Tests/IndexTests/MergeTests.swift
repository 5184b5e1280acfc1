import Foundation
import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// A merged index holds what the oracle holds, and what an index made in one go does.
@Suite struct MergeTests {
  static func writer(
    at folder: TemporaryFolder, merges: Bool = false, width: Int = 8,
    memoryBudget: Int = 512 << 20
  ) throws -> IndexWriter {
    var options = IndexOptions(memoryBudget: memoryBudget)
    options.mergesSegments = merges
    options.mergePolicy.width = width
    options.mergePolicy.floor = 1
    return try IndexWriter(at: folder.path, options: options)
  }

  /// The oracle's segments as one, without the deleted documents.
  static func merged(_ oracle: Oracle) -> Oracle {
    var one = OracleSegment()
    for segment in oracle.segments {
      for document in segment.articles.indices where segment.isLive[document] {
        one.articles.append(segment.articles[document])
        one.ordinals.append(segment.ordinals[document])
        one.isLive.append(true)
      }
    }
    var result = oracle
    result.segments = one.articles.isEmpty ? [] : [one]
    return result
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func optimizedAgreesWithOracle(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    var oracle = Oracle()
    for _ in 0..<Int.random(in: 1...9, using: &random) {
      let writer = try Self.writer(at: folder)
      for _ in 0..<Int.random(in: 1...40, using: &random) {
        if Int.random(in: 0..<4, using: &random) == 0 {
          let id = "id\(Int.random(in: 0..<40, using: &random))"
          #expect(try writer.delete(id: id) == oracle.delete(id: id), "seed \(seed)")
        } else {
          let article = RandomIndexTests.article(using: &random)
          #expect(try writer.addPlain(article) == oracle.add(article), "seed \(seed)")
        }
      }
      try writer.commit()
      oracle.commit()
    }
    try Self.writer(at: folder).optimize()
    let snapshot = try IndexSnapshot.open(at: folder.path)
    try expectEqual(snapshot, Self.merged(oracle), seed: seed)
    let findings = try IndexCheck.run(at: folder.path).findings
    #expect(findings.isEmpty, "seed \(seed): \(findings.map(\.message))")
    #expect(try folder.names().count <= 4, "seed \(seed)")
    // A second time there is nothing to do.
    try Self.writer(at: folder).optimize()
    #expect(try IndexSnapshot.open(at: folder.path).generation == snapshot.generation)
  }

  /// Without deletes, all sections but the compressed articles are the very bytes.
  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func mergedEqualsMadeInOneGo(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let parts = try TemporaryFolder()
    let whole = try TemporaryFolder()
    let partWriter = try Self.writer(at: parts, merges: true, width: 3)
    let wholeWriter = try Self.writer(at: whole)
    for number in 0..<Int.random(in: 20...120, using: &random) {
      var article = RandomIndexTests.article(using: &random)
      article.id = "n\(number)"
      #expect(try partWriter.addPlain(article) == .added)
      #expect(try wholeWriter.addPlain(article) == .added)
      if Int.random(in: 0..<6, using: &random) == 0 { try partWriter.commit() }
    }
    try partWriter.optimize()
    try wholeWriter.commit()
    let part = try #require(try IndexSnapshot.open(at: parts.path).segments.first)
    let one = try #require(try IndexSnapshot.open(at: whole.path).segments.first)
    #expect(try IndexSnapshot.open(at: parts.path).segments.count == 1)
    let stored = [SegmentFormat.articles, SegmentFormat.articleIndex]
    for section in one.file.sections where !stored.contains(section.name ?? "") {
      let other = try part.file.section(section.name ?? "")
      #expect(other.checksum == section.checksum, "seed \(seed): \(section.name ?? "")")
    }
    for document in 0..<UInt32(one.documentCount) {
      #expect(try part.article(document) == one.article(document))
    }
    #expect(part.verify().isEmpty)
  }

  @Test func commitsKeepSegmentsFew() throws {
    let folder = try TemporaryFolder()
    let writer = try Self.writer(at: folder, merges: true, width: 4)
    for number in 0..<100 {
      #expect(try writer.addPlain(Article(id: "\(number)", text: "w1 w\(number)")) == .added)
      try writer.commit()
      let segments = writer.committed.count
      #expect(segments <= 3 * 8)
      // Segments that were merged are gone from the folder.
      #expect(try folder.names().count == segments + 2)
    }
    let snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(snapshot.articleCount == 100)
    let ordinals = snapshot.segments.flatMap { segment in
      (0..<UInt32(segment.documentCount)).map(segment.ordinal)
    }
    #expect(ordinals == Array(0..<100))
    #expect(try IndexCheck.run(at: folder.path).isSound)
  }

  /// Long articles, which fill blocks of their own, full blocks and small rests keep their places.
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func storedBlocksOfAllSizesAreKept(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let writer = try Self.writer(at: folder)
    var articles: [String: Article] = [:]
    let limit = StoredArticlesWriter.blockLimit
    for number in 0..<60 {
      let sizes = [
        10, 5_000, 40_000, limit - 21, limit - 20, limit - 19, limit, 3 * limit, 200_000,
      ]
      let size = sizes.randomElement(using: &random) ?? 0
      let letters = (0..<size).map { _ in UInt8.random(in: 97...100, using: &random) }
      let article = Article(id: "id\(number)", text: String(decoding: letters, as: UTF8.self))
      articles[article.id] = article
      _ = try writer.addPlain(article)
      if Int.random(in: 0..<7, using: &random) == 0 { try writer.commit() }
    }
    try writer.optimize()
    for _ in 0..<4 {
      let snapshot = try IndexSnapshot.open(at: folder.path)
      let segment = try #require(snapshot.segments.first)
      #expect(snapshot.segments.count == 1 && segment.documentCount == articles.count)
      for document in 0..<UInt32(segment.documentCount) {
        let article = try segment.article(document)
        #expect(article == articles[article.id], "seed \(seed), \(article.id)")
      }
      #expect(segment.verify().isEmpty)
      for number in 0..<60 where Int.random(in: 0..<4, using: &random) == 0 {
        let isThere = articles.removeValue(forKey: "id\(number)") != nil
        #expect(try writer.delete(id: "id\(number)") == isThere)
      }
      try writer.optimize()
    }
  }

  @Test func aSnapshotOutlivesAMerge() throws {
    let folder = try TemporaryFolder()
    let writer = try Self.writer(at: folder)
    for id in ["a", "b", "c"] {
      _ = try writer.addPlain(Article(id: id, text: "w1 \(id)"))
      try writer.commit()
    }
    let old = try IndexSnapshot.open(at: folder.path)
    try writer.optimize()
    #expect(old.segments.count == 3)
    for (segment, id) in zip(old.segments, ["a", "b", "c"]) {
      #expect(try segment.article(0).id == id)
      #expect(segment.verify().isEmpty)
    }
  }

  @Test func aWriterGoesOnAfterAMerge() throws {
    let folder = try TemporaryFolder()
    let writer = try Self.writer(at: folder)
    for id in ["a", "b"] {
      _ = try writer.addPlain(Article(id: id, text: "w1 \(id)"))
      try writer.commit()
    }
    try writer.optimize()
    #expect(try writer.addPlain(Article(id: "a", text: "w1 a")) == .unchanged)
    #expect(try writer.addPlain(Article(id: "b", text: "new")) == .replaced)
    #expect(try writer.delete(id: "a"))
    try writer.optimize()
    let snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(snapshot.segments.map(\.documentCount) == [1])
    #expect(try snapshot.segments[0].article(0).text == "new")
    #expect(snapshot.segments[0].ordinal(of: 0) == 2)
    #expect(
      snapshot.statistics(of: FieldID(.text, .words)) == .init(documentCount: 1, totalLength: 1))
    #expect(try writer.delete(id: "b"))
    try writer.optimize()
    #expect(try IndexSnapshot.open(at: folder.path).segments.isEmpty)
  }

  /// What a process leaves that is killed in a merge: before its commit, the merged file under its
  /// temporary name or its own; after it, the files that were merged.
  @Test(arguments: [false, true]) func leftoversOfAKilledMergeGo(isPublished: Bool) throws {
    let folder = try TemporaryFolder()
    let writer = try Self.writer(at: folder)
    for id in ["a", "b"] {
      _ = try writer.addPlain(Article(id: id, text: "w1 \(id)"))
      try writer.commit()
    }
    let before = try folder.names()
    let merger = SegmentMerger(
      writer.committed.map { ($0.segment, LiveDocuments(of: $0.segment)) },
      analyzer: Analyzer.cjk.description, similarity: Similarity(), workers: Workers(1))
    let (file, _) = try merger.write(to: IndexFolder(folder.path).segment(writer.nextSegment))
    if isPublished { try file.publish() }
    let killed = try TemporaryFolder()
    for name in try folder.names() { try killed.write(try folder.bytes(name), to: name) }
    #expect(try killed.names().count == before.count + 1)
    _ = try IndexWriter(at: killed.path)
    #expect(try killed.names() == before)
    #expect(try IndexCheck.run(at: killed.path).isSound)

    try Self.writer(at: killed).optimize()
    let after = try killed.names()
    for name in before where name.hasPrefix("segment") {
      try killed.write(try folder.bytes(name), to: name)
    }
    _ = try IndexWriter(at: killed.path)
    #expect(try killed.names() == after)
    withExtendedLifetime(file) {}
  }

  @Test func damageIsNotMerged() throws {
    let folder = try TemporaryFolder()
    do {
      let writer = try Self.writer(at: folder)
      for id in ["a", "b"] {
        for number in 0..<300 {
          _ = try writer.addPlain(Article(id: "\(id)\(number)", text: "w1 w1 w\(number % 7)"))
        }
        try writer.commit()
      }
    }
    let section = try IndexSnapshot.open(at: folder.path).segments[0].file
      .section(SegmentFormat.postings(FieldID(.text, .words)))
    var bytes = try folder.bytes("segment-1.suoyin")
    bytes[section.range.lowerBound + 3] ^= 1
    try folder.write(bytes, to: "segment-1.suoyin")
    let before = try folder.names()
    #expect {
      try Self.writer(at: folder).optimize()
    } throws: { error in
      guard case .mergeFailed(_, let error)? = error as? IndexError else { return false }
      return error.section == "text.words.postings" && error.file.hasSuffix("segment-1.suoyin")
    }
    #expect(try folder.names() == before)
  }
}
