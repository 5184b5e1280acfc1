import SuoyinFuzz
import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// A reordered index holds what the oracle holds, and goes on being an index like others.
@Suite struct ReorderTests {
  /// The oracle's segments with their documents in the order in which the index has them.
  private static func ordered(_ oracle: Oracle, as snapshot: IndexSnapshot) throws -> Oracle {
    var result = oracle
    for (index, segment) in snapshot.segments.enumerated() {
      let old = oracle.segments[index]
      try #require(segment.documentCount == old.articles.count)
      var new = OracleSegment()
      for document in 0..<UInt32(segment.documentCount) {
        let ordinal = segment.ordinal(of: document)
        let place = try #require(old.ordinals.firstIndex(of: ordinal))
        new.articles.append(old.articles[place])
        new.ordinals.append(ordinal)
        new.isLive.append(old.isLive[place])
      }
      #expect(Set(new.ordinals).count == new.ordinals.count)
      result.segments[index] = new
    }
    return result
  }

  private static func expectOrdered(
    _ folder: TemporaryFolder, _ oracle: Oracle, seed: UInt64
  ) throws {
    let snapshot = try IndexSnapshot.open(at: folder.path)
    try #require(snapshot.segments.count == oracle.segments.count)
    try expectEqual(snapshot, ordered(oracle, as: snapshot), seed: seed)
    let findings = try IndexCheck.run(at: folder.path).findings
    #expect(findings.isEmpty, "seed \(seed): \(findings.map(\.message))")
    // Articles come out as they were put in.
    var ids: [String] = []
    try snapshot.visitArticles { ids.append($0.id) }
    let expected = oracle.segments.flatMap { segment in
      segment.articles.indices.filter { segment.isLive[$0] }.map { segment.articles[$0].id }
    }
    #expect(ids == expected, "seed \(seed)")
  }

  /// Through adding, replacing and deleting, merges of reordered segments with others, and reordering
  /// again.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func reorderedAgreesWithOracle(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    var oracle = Oracle()
    var reordered = 0
    for round in 0..<Int.random(in: 3...7, using: &random) {
      let writer = try MergeTests.writer(at: folder)
      for _ in 0..<Int.random(in: 1...80, using: &random) {
        if Int.random(in: 0..<4, using: &random) == 0 {
          let id = "id\(Int.random(in: 0..<40, using: &random))"
          #expect(try writer.delete(id: id) == oracle.delete(id: id), "seed \(seed)")
        } else {
          var article = RandomIndexTests.article(using: &random)
          if Bool.random(using: &random) {
            article.id = "more\(Int.random(in: 0..<200, using: &random))"
          }
          #expect(try writer.addPlain(article) == oracle.add(article), "seed \(seed)")
        }
      }
      oracle.commit()
      switch Int.random(in: 0..<4, using: &random) {
      case 0: try writer.commit()
      case 1:
        try writer.optimize()
        oracle = MergeTests.merged(oracle)
      default:
        try writer.optimize(reordering: true)
        oracle = MergeTests.merged(oracle)
      }
      let segments = try IndexSnapshot.open(at: folder.path).segments
      reordered += segments.count(where: \.isReordered)
      for segment in segments {
        #expect(segment.file.version == SegmentFormat.version)
      }
      try Self.expectOrdered(folder, oracle, seed: seed &+ UInt64(round))
    }
    if seed == 10 { #expect(reordered > 0) }
  }

  /// Articles of four kinds in random order; of `a7` and the like the last digit tells the kind.
  static func mixed(
    _ count: Int, at folder: TemporaryFolder, threads: Int = 2, memoryBudget: Int = 512 << 20
  ) throws -> IndexWriter {
    let options = IndexOptions(memoryBudget: memoryBudget, threads: threads)
    let writer = try IndexWriter(at: folder.path, options: options)
    var random = SeededGenerator(seed: UInt64(count))
    for number in 0..<count {
      let kind = Int.random(in: 0..<4, using: &random)
      let words = (0..<20).map { _ in "k\(kind)w\(Int.random(in: 0..<40, using: &random))" }
      _ = try writer.addPlain(
        Article(
          id: "a\(number)\(kind)", title: "t\(number % 9) u\(number)",
          text: (words + ["all w\(number % 50)"]).joined(separator: " "), path: "p/\(number)"))
    }
    return writer
  }

  @Test func sameBytesForAnyNumberOfThreadsAndOnce() throws {
    var bytes: [UInt8]?
    for threads in [1, 2, 5] {
      let folder = try TemporaryFolder()
      let writer = try Self.mixed(700, at: folder, threads: threads)
      try writer.optimize(reordering: true)
      let generation = try IndexSnapshot.open(at: folder.path).generation
      // There is nothing left to do.
      try writer.optimize(reordering: true)
      #expect(try IndexSnapshot.open(at: folder.path).generation == generation)
      let segment = try #require(try folder.names().first { $0.hasPrefix("segment") })
      let found = try folder.bytes(segment)
      #expect(bytes == nil || found == bytes, "\(threads) threads")
      bytes = found
    }
  }

  @Test func articlesOfAKindComeTogetherAndListsAreShorter() throws {
    let folder = try TemporaryFolder()
    let writer = try Self.mixed(1_000, at: folder)
    try writer.commit()
    let before = try #require(try IndexSnapshot.open(at: folder.path).segments.first)
    #expect(!before.isReordered)
    try writer.optimize(reordering: true)
    let after = try #require(try IndexSnapshot.open(at: folder.path).segments.first)
    #expect(after.isReordered)
    let kinds = try (0..<1_000).map { try after.id(of: $0).last }
    #expect(zip(kinds, kinds.dropFirst()).count { $0 != $1 } < 100)
    for id in [FieldID(.text, .grams), FieldID(.text, .words)] {
      #expect(after.field(id).reader.postings.count < before.field(id).reader.postings.count)
    }
  }

  /// A list that does not fit is gone through in parts.
  @Test func longListsAreRenumberedInParts() throws {
    let folder = try TemporaryFolder()
    try Self.mixed(300, at: folder).commit()
    let segment = try #require(try IndexSnapshot.open(at: folder.path).segments.first)
    var random = SeededGenerator(seed: 3)
    var source = MergeSource(segment, live: LiveDocuments(of: segment), base: 0)
    source.renumber((0..<300).map(UInt32.init).shuffled(using: &random))
    for id in FieldID.all where id.part == .text {
      let field = segment.field(id).reader
      let lengths = (0..<300 as Range<UInt32>).map { field.lengths[$0] }
      let scale = ListScale(
        Similarity(), lengths: lengths, positionWidths: Array(repeating: 12, count: 300))
      var terms = try TermIterator(field.dictionary, from: [], prefix: [])
      while let entry = try terms.advanceToNext() {
        guard entry.documentFrequency > 100 || terms.term.last == UInt8(ascii: "7") else {
          continue
        }
        var written: [[UInt8]] = []
        for limit in [1 << 20, 50, 7] {
          var lists = PostingListWriter(
            spooledAt: folder.path("spool"), hasPositions: id.hasPositions, scale: scale)
          var list = RenumberedList(limit: limit)
          #expect(try list.add(entry, of: source, field, to: &lists))
          let summary = try lists.finish()
          #expect(summary.documentFrequency == entry.documentFrequency)
          #expect(summary.totalFrequency == entry.totalFrequency)
          let path = folder.path("list")
          let file = try FileWriter(path: path, kind: SegmentFormat.kind, version: 1)
          try file.begin("a")
          try file.append(lists.postings)
          try file.begin("b")
          try file.append(lists.positions)
          _ = try file.finish()
          try file.publish()
          written.append(try folder.bytes("list"))
        }
        #expect(written[1] == written[0] && written[2] == written[0])
      }
    }
  }

  @Test func tooLittleMemoryIsSaid() throws {
    let folder = try TemporaryFolder()
    do { try Self.mixed(300, at: folder).commit() }
    var options = IndexOptions(memoryBudget: 10_000)
    options.mergesSegments = false
    let writer = try IndexWriter(at: folder.path, options: options)
    let error = #expect(throws: IndexError.self) { try writer.optimize(reordering: true) }
    #expect(
      error
        == .reorderingNeedsMemory(
          directory: folder.path, bytes: Reordering.leastMemory(documentCount: 300), budget: 10_000)
    )
    #expect(error?.remedy.contains("--memory") == true)
    // The writer goes on, and reorders by the rarer words alone where these fit.
    #expect(try writer.addPlain(Article(id: "new", text: "w1")) == .added)
    try writer.commit()
    options.memoryBudget = Reordering.leastMemory(documentCount: 301)
    let other = try TemporaryFolder()
    let more = try Self.mixed(300, at: other, memoryBudget: options.memoryBudget)
    try more.optimize(reordering: true)
    #expect(try IndexCheck.run(at: other.path).isSound)
  }

  /// Copies, restored copies and repaired indexes are what they were.
  @Test func copiesAndRepairsKeepAll() throws {
    let folder = try TemporaryFolder()
    do { try Self.mixed(200, at: folder).optimize(reordering: true) }
    let segment = try #require(try IndexSnapshot.open(at: folder.path).segments.first)
    #expect(segment.isReordered)
    var before: [String] = []
    try IndexSnapshot.open(at: folder.path).visitArticles { before.append($0.id) }
    let copy = folder.path("copy")
    _ = try IndexCopy.make(from: folder.path, to: copy)
    let copied = try #require(try IndexSnapshot.open(at: copy).segments.first)
    #expect(copied.isReordered && copied.verify().isEmpty)
    #expect((0..<200).map { copied.ordinal(of: $0) } == (0..<200).map { segment.ordinal(of: $0) })
    // The order is lost, and no article with it.
    let name = try #require(try folder.names().first { $0.hasPrefix("segment") })
    var bytes = try folder.bytes(name)
    let section = try segment.file.section(SegmentFormat.order)
    bytes[section.range.lowerBound] ^= 1
    try folder.write(bytes, to: name)
    let finding = try #require(try IndexCheck.run(at: folder.path).findings.first)
    #expect(finding.section == SegmentFormat.order && finding.file.hasSuffix(name))
    let repair = try IndexRepair.run(at: folder.path)
    #expect(repair.articleCount == 200 && repair.lostCount == 0)
    var ids: [String] = []
    let repaired = try IndexSnapshot.open(at: folder.path)
    try repaired.visitArticles { ids.append($0.id) }
    #expect(ids == before)
    #expect(try IndexCheck.run(at: folder.path).isSound)
  }

  @Test func everyFlipIsFoundOrSurvived() throws {
    let folder = try TemporaryFolder()
    do { try Self.mixed(70, at: folder).optimize(reordering: true) }
    #expect(try IndexSnapshot.open(at: folder.path).segments.first?.isReordered == true)
    let name = try #require(try folder.names().first { $0.hasPrefix("segment") })
    let bytes = try folder.bytes(name)
    for index in bytes.indices where index % 41 == 0 {
      var damaged = bytes
      damaged[index] ^= [0xFF, 0x01, 0x80][index % 3]
      try folder.write(damaged, to: name)
      do throws(IndexError) {
        let segments = try IndexSnapshot.open(at: folder.path).segments
        for segment in segments { readEverything(segment) }
        #expect(segments.contains { !$0.verify().isEmpty }, "byte \(index)")
      } catch {
        #expect(error.description.contains(folder.path))
      }
    }
  }
}

/// Orders of documents as they lie in a file.
@Suite struct DocumentOrderTests {
  private static func file(
    _ folder: TemporaryFolder, _ write: (FileWriter) throws -> Void
  ) throws -> SectionedFile {
    let path = folder.path("order")
    let file = try FileWriter(path: path, kind: SegmentFormat.kind, version: 5)
    try write(file)
    _ = try file.finish()
    try file.publish()
    return try SectionedFile(path: path, kind: SegmentFormat.kind, versions: 5...5)
  }

  @Test(arguments: [2, 3, 4, 5, 17, 63, 64, 65, 100, 1_000, 70_000])
  func comesBack(count: Int) throws {
    var random = SeededGenerator(seed: UInt64(count))
    let records = (0..<UInt32(count)).shuffled(using: &random)
    let folder = try TemporaryFolder()
    let file = try Self.file(folder) { try DocumentOrder.write(records, to: $0) }
    let order = try #require(try DocumentOrder(file, documentCount: count))
    #expect((0..<UInt32(count)).map(order.record) == records)
    for document in [0, count / 2, count - 1] {
      #expect(order.document(ofRecord: records[document]) == UInt32(document))
    }
    #expect(order.document(ofRecord: UInt32(count)) == nil)
    // For another number of documents it is no order.
    for other in [0, 1, count - 1, count + 1, count * 2] {
      #expect(throws: StorageError.self) { try DocumentOrder(file, documentCount: other) }
    }
  }

  @Test func whatIsNoOrderIsAnError() throws {
    let folder = try TemporaryFolder()
    for records in [[0, 0, 1], [0, 1, 3], [3, 3, 3], [1, 2, 2]] as [[UInt32]] {
      let file = try Self.file(folder) { try DocumentOrder.write(records, to: $0) }
      let error = #expect(throws: StorageError.self) { try DocumentOrder(file, documentCount: 3) }
      #expect(error?.section == SegmentFormat.order && error?.file == folder.path("order"))
    }
    let none = try Self.file(folder) { try $0.begin("other") }
    #expect(try DocumentOrder(none, documentCount: 3) == nil)
  }

  /// The pack of the last words: bits beyond the last record.
  @Test func bitsBehindTheLastAreZero() throws {
    let folder = try TemporaryFolder()
    let file = try Self.file(folder) { file in
      try file.begin(SegmentFormat.order)
      try file.append(numbers: [UInt64(0b1_00_01_10)])
    }
    #expect(throws: StorageError.self) { try DocumentOrder(file, documentCount: 3) }
  }
}
