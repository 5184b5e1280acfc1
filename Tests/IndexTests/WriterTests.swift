import Foundation
import Glibc
import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Synchronization
import Testing

@testable import SuoyinIndex

/// What a writer promises: one at a time, all or nothing, nothing left behind, nothing foreign
/// touched.
@Suite struct WriterTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  func article(_ id: String, _ text: String = "w1 w2", path: String? = nil) -> Article {
    Article(id: id, text: text, path: path)
  }

  func commit(_ ids: [String]) throws {
    let writer = try IndexWriter(at: folder.path)
    for id in ids { #expect(try writer.addPlain(article(id)) == .added) }
    try writer.commit()
  }

  @Test func outcomes() throws {
    let writer = try IndexWriter(at: folder.path)
    #expect(try writer.addPlain(article("a", path: "x")) == .added)
    #expect(try writer.addPlain(article("a", "other")) == .repeated(firstPath: "x"))
    try writer.commit()
    #expect(try writer.addPlain(article("a", path: "x")) == .unchanged)
    #expect(try writer.addPlain(article("a", "other")) == .repeated(firstPath: "x"))
    try writer.commit()
    #expect(try writer.addPlain(article("a", path: "y")) == .replaced)
    #expect(try writer.addPlain(article("a")) == .repeated(firstPath: "y"))
    #expect(try writer.delete(id: "a"))
    #expect(try !writer.delete(id: "a"))
    #expect(try writer.addPlain(article("a")) == .added)
    #expect(writer.articleCount == 1)
    try writer.commit()
    let snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(snapshot.articleCount == 1)
    // The segment whose only article was replaced is gone; the deleted one still counts.
    #expect(snapshot.segments.count == 1)
    #expect(
      snapshot.statistics(of: FieldID(.text, .words)) == .init(documentCount: 2, totalLength: 4))
  }

  @Test func unchangedCommitWritesNothing() throws {
    try commit(["a", "b"])
    let before = try folder.names()
    let writer = try IndexWriter(at: folder.path)
    for id in ["a", "b"] { #expect(try writer.addPlain(article(id)) == .unchanged) }
    try writer.commit()
    #expect(try folder.names() == before)
    #expect(try IndexSnapshot.open(at: folder.path).generation == 1)
  }

  @Test func whatCameAndWentIsNoChange() throws {
    try commit(["a"])
    let before = try folder.names()
    let writer = try IndexWriter(at: folder.path, options: .init(memoryBudget: 1))
    // Deleted when it is in a segment of its own already.
    _ = try writer.addPlain(article("b"))
    #expect(writer.pending.count == 1)
    #expect(try writer.delete(id: "b"))
    try writer.commit()
    #expect(try folder.names() == before)
    #expect(try IndexSnapshot.open(at: folder.path).generation == 1)
  }

  @Test func everyFieldOfTheContentCounts() throws {
    let first = Article(id: "a", title: "t", text: "x", path: "p", date: "d", extra: "{}")
    var changes: [Article] = [first, first, first, first, first, first]
    changes[0].title = nil
    changes[1].text = "y"
    changes[2].path = "q"
    changes[3].date = nil
    changes[4].extra = nil
    changes[5].repairsLines = false
    for change in changes {
      let writer = try IndexWriter(at: folder.path)
      _ = try writer.addPlain(first)
      try writer.commit()
      #expect(try writer.addPlain(change) == .replaced)
      try writer.commit()
    }
  }

  @Test func idsAreBytes() throws {
    // Equal as strings: é in one scalar and in two.
    let ids = ["caf\u{E9}", "cafe\u{301}", ""]
    try commit(ids)
    let snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(ids.map { snapshot.document(id: $0)?.document } == [0, 1, 2])
  }

  @Test func aSecondWriterIsTurnedAway() throws {
    let writer = try IndexWriter(at: folder.path)
    #expect {
      _ = try IndexWriter(at: folder.path)
    } throws: { error in
      guard case .storage(let error)? = error as? IndexError else { return false }
      return error.problem == .locked(process: getpid())
        && error.description.contains("process \(getpid())")
    }
    withExtendedLifetime(writer) {}
  }

  @Test func theLockGoesWithTheWriter() throws {
    do { _ = try IndexWriter(at: folder.path) }
    _ = try IndexWriter(at: folder.path)
    #expect(try folder.names() == [WriterLock.fileName])
  }

  @Test func theLockIsHeldUntilNothingIsLeft() throws {
    var writer: IndexWriter? = try IndexWriter(at: folder.path, options: .init(memoryBudget: 1))
    for number in 0..<200 { _ = try writer?.addPlain(article("\(number)")) }
    // Another writer, waiting for the lock: what it finds it may take for its own soon.
    let path = folder.path
    let found = FoundNames()
    let (started, ended) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    Thread.detachNewThread {
      started.signal()
      while true {
        guard let lock = try? WriterLock(directory: path) else { continue }
        found.names.withLock { $0 = (try? Folder.names(in: path)) ?? [] }
        withExtendedLifetime(lock) {}
        break
      }
      ended.signal()
    }
    started.wait()
    withExtendedLifetime(writer) {}
    writer = nil
    ended.wait()
    #expect(found.names.withLock { $0 } == [WriterLock.fileName])
  }

  private final class FoundNames: Sendable {
    let names = Mutex<[String]>([])
  }

  @Test func anAbandonedWriterLeavesTheIndexAsItWas() throws {
    try commit(["a"])
    let before = try folder.names()
    do {
      let writer = try IndexWriter(at: folder.path, options: .init(memoryBudget: 1))
      #expect(try writer.addPlain(article("b")) == .added)
      #expect(try writer.delete(id: "a"))
      // With a budget of one byte the article is in a segment of its own already.
      #expect(writer.pending.count == 1)
    }
    #expect(try folder.names() == before)
    #expect(try IndexSnapshot.open(at: folder.path).document(id: "a") != nil)
  }

  @Test func manySegmentsAreOneCommit() throws {
    let writer = try IndexWriter(at: folder.path, options: .init(memoryBudget: 1))
    for number in 0..<5 { _ = try writer.addPlain(article("\(number)", path: "p\(number)")) }
    #expect(try writer.addPlain(article("3")) == .repeated(firstPath: "p3"))
    #expect(try writer.delete(id: "0"))
    #expect(throws: IndexError.noIndex(directory: folder.path)) {
      try IndexSnapshot.open(at: folder.path)
    }
    try writer.commit()
    let snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(snapshot.generation == 1 && snapshot.segments.count == 4)
    #expect(snapshot.segments.map { $0.ordinal(of: 0) } == [1, 2, 3, 4])
  }

  @Test func aSnapshotNeverChanges() throws {
    try commit(["a", "b"])
    let old = try IndexSnapshot.open(at: folder.path)
    let writer = try IndexWriter(at: folder.path)
    _ = try writer.addPlain(article("a", "new text"))
    _ = try writer.delete(id: "b")
    _ = try writer.addPlain(article("c"))
    try writer.commit()
    #expect(old.articleCount == 2)
    #expect(old.document(id: "a").map { $0.document } == 0 && old.document(id: "c") == nil)
    #expect(try old.segments[0].article(1) == article("b"))
    let entry = try #require(
      try old.segments[0].field(FieldID(.text, .grams)).entry(for: [119, 49]))
    #expect(old.segments[0].field(FieldID(.text, .grams)).postings(entry).documentFrequency == 2)
    let new = try IndexSnapshot.open(at: folder.path)
    #expect(new.articleCount == 2 && new.document(id: "b") == nil && new.generation == 2)
    // The first segment has no live article left, and its file has gone.
    #expect(try folder.names() == ["lock", "manifest", "segment-2.suoyin"])
  }

  @Test func leftoversGoAndForeignFilesStay() throws {
    try commit(["a"])
    let leftovers = [
      "segment-7.suoyin", "segment-8.suoyin.tmp", "live-1-9.suoyin", "manifest.tmp",
      "segment-9.suoyin.tmp.spl",
    ]
    let foreign = [
      "notes.txt", "segment-x.suoyin", "segment-01.suoyin", "segment-1.suoyin.bak", "live-1.suoyin",
      "manifest.old", "segment-1-2.suoyin", "x.tmp", "manifest.spl", "segment-1.suoyin.spl",
      "manifest.tmp.tmp",
    ]
    for name in leftovers + foreign { try folder.write([1], to: name) }
    _ = try IndexWriter(at: folder.path)
    #expect(
      try folder.names() == (foreign + ["lock", "manifest", "segment-1.suoyin"]).sorted())
  }

  @Test func aFirstCommitThatDiedIsCleanedUp() throws {
    // The names are given before the manifest's: what a process killed in between leaves.
    try commit(["a"])
    try folder.write(try folder.bytes("manifest"), to: "manifest.tmp")
    try Folder.remove(folder.path + "/manifest")
    _ = try IndexWriter(at: folder.path)
    #expect(try folder.names() == ["lock"])
  }

  @Test func aLostManifestIsNotCleanedUp() throws {
    try commit(["a"])
    try Folder.remove(folder.path + "/manifest")
    #expect(throws: IndexError.manifestLost(directory: folder.path)) {
      try IndexWriter(at: folder.path)
    }
    #expect(try folder.names() == ["lock", "segment-1.suoyin"])
  }

  @Test func aLostManifestIsNotTheEndOfAFirstCommit() throws {
    try commit(["a"])
    let first = try folder.bytes("manifest")
    try commit(["b"])
    // What a second commit that was cut short leaves, and then the manifest goes.
    for left in [try folder.bytes("manifest"), Array(first.dropLast()), []] {
      try folder.write(left, to: "manifest.tmp")
      try Folder.remove(folder.path + "/manifest")
      let before = try folder.names()
      #expect(throws: IndexError.manifestLost(directory: folder.path)) {
        try IndexWriter(at: folder.path)
      }
      #expect(try folder.names() == before)
    }
  }

  @Test func aDamagedManifestIsNotCleanedUp() throws {
    try commit(["a"])
    var bytes = try folder.bytes("manifest")
    bytes[20] ^= 1
    try folder.write(bytes, to: "manifest")
    #expect(throws: IndexError.self) { try IndexWriter(at: folder.path) }
    #expect(try folder.names() == ["lock", "manifest", "segment-1.suoyin"])
  }

  @Test func numbersThatAManifestCannotHaveAreDamage() throws {
    try commit(["a"])
    let index = IndexFolder(folder.path)
    let (good, _) = try Manifest.read(in: index)
    var wrong = [Manifest](repeating: good, count: 6)
    // A writer would count on from these.
    wrong[0].generation = .max
    wrong[1].nextOrdinal = .max
    wrong[2].nextSegment = .max
    // It would write over this one.
    wrong[3].nextSegment = 1
    wrong[4].segments.append(good.segments[0])
    wrong[5].segments[0].deletes = .init(generation: 2, file: good.segments[0].file)
    for manifest in wrong {
      try manifest.write(in: index).publish()
      #expect {
        try IndexWriter(at: folder.path)
      } throws: { error in
        guard case .storage(let error)? = error as? IndexError else { return false }
        return error.problem == .damaged && error.file == index.manifest
      }
    }
    try good.write(in: index).publish()
    #expect(try IndexSnapshot.open(at: folder.path).articleCount == 1)
  }

  @Test func aMissingSegmentIsDamage() throws {
    try commit(["a"])
    try Folder.remove(folder.path + "/segment-1.suoyin")
    #expect {
      try IndexSnapshot.open(at: folder.path)
    } throws: { error in
      guard case .storage(let error)? = error as? IndexError else { return false }
      return error.problem == .damaged && error.file.hasSuffix("segment-1.suoyin")
    }
  }

  @Test func anotherSegmentOfThatNameIsDamage() throws {
    try commit(["a"])
    let other = try TemporaryFolder()
    let writer = try IndexWriter(at: other.path)
    _ = try writer.addPlain(article("b"))
    try writer.commit()
    try folder.write(try other.bytes("segment-1.suoyin"), to: "segment-1.suoyin")
    #expect(throws: IndexError.self) { try IndexSnapshot.open(at: folder.path) }
  }

  @Test func similarityBelongsToTheIndex() throws {
    let own = Similarity(k1: 0.9, b: 0.4)
    do {
      let writer = try IndexWriter(at: folder.path, options: .init(similarity: own))
      try writer.commit()
    }
    #expect(try IndexSnapshot.open(at: folder.path).similarity == own)
    _ = try IndexWriter(at: folder.path)
    _ = try IndexWriter(at: folder.path, options: .init(similarity: own))
    #expect(
      throws: IndexError.otherSimilarity(
        directory: folder.path, index: own, asked: Similarity())
    ) { try IndexWriter(at: folder.path, options: .init(similarity: Similarity())) }
    let none = Similarity(k1: -1, b: 2)
    #expect(throws: IndexError.invalidSimilarity(none)) {
      try IndexWriter(at: folder.path, options: .init(similarity: none))
    }
  }

  @Test func anotherAnalyzerIsTurnedAway() throws {
    try commit(["a"])
    let here = Analyzer.cjk.description
    var other = here
    other.icu = "1.0"
    var manifest = try Manifest.read(in: IndexFolder(folder.path)).0
    manifest.analyzer = other
    try manifest.write(in: IndexFolder(folder.path)).publish()
    let error = IndexError.otherAnalyzer(directory: folder.path, index: other, here: here)
    #expect(throws: error) { try IndexSnapshot.open(at: folder.path) }
    #expect(throws: error) { try IndexWriter(at: folder.path) }
    #expect(
      error.message.hasSuffix("another analyzer: ICU (index: 1.0; here: \(here.icu))")
        && error.remedy.contains("anew"))
    manifest.analyzer.name = "klingon"
    try manifest.write(in: IndexFolder(folder.path)).publish()
    #expect(
      throws: IndexError.analyzer(directory: folder.path, .unknown(name: "klingon"))
    ) { try IndexSnapshot.open(at: folder.path) }
  }

  @Test func anIndexOfBlankSeparatedWordsIsNoCJKIndex() throws {
    let options = IndexOptions(analyzer: .whitespace)
    do {
      let writer = try IndexWriter(at: folder.path, options: options)
      let (first, second) = (Article(id: "a", text: "b b"), Article(id: "a", text: "b c"))
      #expect(try writer.addText(of: first, isStored: false) == .added)
      #expect(try writer.addText(of: second, isStored: false) == .repeated(firstPath: nil))
      try writer.commit()
    }
    #expect(
      throws: IndexError.analyzerDiffers(
        directory: folder.path, Analyzer.whitespace.differences(from: .cjk))
    ) { try IndexWriter(at: folder.path, options: IndexOptions(analyzer: .cjk)) }
    let snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(try snapshot.segments[0].article(0) == Article(id: "a", text: ""))
    #expect(
      snapshot.statistics(of: FieldID(.text, .grams))
        == FieldStatistics(documentCount: 1, totalLength: 2))
  }

  @Test func noIndexSaysSo() throws {
    let error = #expect(throws: IndexError.self) { try IndexSnapshot.open(at: folder.path) }
    #expect(error == .noIndex(directory: folder.path))
    #expect(error?.description.contains("suoyin index") == true)
    #expect(throws: IndexError.self) { try IndexSnapshot.open(at: folder.path + "/none") }
  }

  @Test func anEmptyIndexOpens() throws {
    try commit([])
    let snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(snapshot.generation == 1 && snapshot.articleCount == 0 && snapshot.termCount == 0)
    #expect(snapshot.statistics(of: FieldID(.text, .grams)) == FieldStatistics())
  }

  @Test func anArticleTooLargeIsRefusedAndTheWriterGoesOn() throws {
    var options = IndexOptions()
    options.textLimit = 5
    let writer = try IndexWriter(at: folder.path, options: options)
    #expect(throws: IndexError.articleTooLarge(id: "a", bytes: 6, limit: 5)) {
      try writer.addPlain(article("a", "w1 w22"))
    }
    #expect(try writer.addPlain(article("b")) == .added)
    try writer.commit()
    #expect(try IndexSnapshot.open(at: folder.path).articleCount == 1)
  }

  @Test func sizesSumUpToTheFiles() throws {
    try commit(["a", "b"])
    let writer = try IndexWriter(at: folder.path)
    _ = try writer.delete(id: "a")
    try writer.commit()
    let sum = try IndexSnapshot.open(at: folder.path).sizes.reduce(0) { $0 + $1.bytes }
    #expect(try sum == folder.names().reduce(0) { try $0 + folder.bytes($1).count })
  }

  @Test func chineseTextByItsOwnAnalyzer() throws {
    let writer = try IndexWriter(at: folder.path)
    let article = Article(id: "a", title: "产业大脑", text: "赛力斯汽车赛力斯。Ｃ９１９")
    #expect(try writer.add(article) == .added)
    try writer.commit()
    let segment = try #require(try IndexSnapshot.open(at: folder.path).segments.first)
    let field = segment.field(FieldID(.text, .grams))
    let session = Analyzer.cjk.makeSession()
    let analysis = session.analyze(article.text, repairingLines: true)
    // The title is the last paragraph of the text.
    #expect(field.length(of: 0) == UInt32(analysis.units.count) + 4)
    let title = try #require(try field.entry(for: Array("产业".utf8)))
    var place: [UInt32] = []
    var titleCursor = field.postings(title)
    titleCursor.positions(into: &place)
    #expect(place == [(analysis.units.last?.position ?? 0) + 3])
    for gram in analysis.grams {
      let entry = try #require(try field.entry(for: analysis.term(of: gram)))
      var cursor = field.postings(entry)
      var positions: [UInt32] = []
      cursor.positions(into: &positions)
      #expect(positions.contains(analysis.position(of: gram)))
    }
    let words = segment.field(FieldID(.text, .words))
    for word in analysis.words {
      #expect(try words.entry(for: analysis.term(of: word)) != nil)
    }
  }

  @Test func aFullDiskIsSaidAndLeavesTheIndexAsItWas() async {
    // A limit on file sizes stands for a full disk: writing fails half-way. It holds for a whole
    // process, so this one is another.
    await #expect(processExitsWith: .success) {
      let tests = try WriterTests()
      let folder = tests.folder
      try tests.commit(["a"])
      let before = try folder.names()
      var random = SeededGenerator(seed: 1)
      let noise = (0..<3_000_000).map { _ in UInt8.random(in: 33...126, using: &random) }
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1 << 20, rlim_max: 1 << 20)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      do {
        let writer = try IndexWriter(at: folder.path)
        #expect {
          _ = try writer.addPlain(tests.article("big", String(decoding: noise, as: UTF8.self)))
          try writer.commit()
        } throws: { error in
          guard case .storage(let error)? = error as? IndexError else { return false }
          return error.problem == .fileTooLarge && error.description.contains("segment-2")
        }
        #expect(throws: IndexError.writerFailed(directory: folder.path)) { try writer.commit() }
      }
      #expect(try folder.names() == before)
      #expect(try IndexSnapshot.open(at: folder.path).articleCount == 1)
    }
  }

  @Test func aWriterNeedsFewOpenFiles() async {
    // The limit holds for a whole process, so this one is another.
    await #expect(processExitsWith: .success) {
      let tests = try WriterTests()
      var limit = rlimit(rlim_cur: 64, rlim_max: 64)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      let writer = try IndexWriter(at: tests.folder.path, options: .init(memoryBudget: 1))
      for number in 0..<100 { _ = try writer.addPlain(tests.article("\(number)")) }
      try writer.commit()
      #expect(try IndexSnapshot.open(at: tests.folder.path).articleCount == 100)
    }
  }

  @Test func readersGoOnWhileAWriterCommits() async throws {
    try commit(["a"])
    let path = folder.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<3 {
        group.addTask {
          var last: UInt64 = 0
          while last < 40, !Task.isCancelled {
            let snapshot = try IndexSnapshot.open(at: path)
            #expect(snapshot.generation >= last)
            last = snapshot.generation
            #expect(snapshot.articleCount == 1)
            let place = try #require(snapshot.document(id: "a"))
            let text = try snapshot.segments[place.segment].article(place.document).text
            #expect(text == (last == 1 ? "w1 w2" : "version \(last)"))
            // There may be fewer threads than readers, and the writer needs one.
            await Task.yield()
          }
        }
      }
      group.addTask {
        let writer = try IndexWriter(at: path)
        for generation in 2...40 {
          _ = try writer.addPlain(Article(id: "a", text: "version \(generation)"))
          try writer.commit()
          await Task.yield()
        }
      }
      try await group.waitForAll()
    }
  }
}
