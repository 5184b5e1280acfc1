import Foundation
import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Synchronization
import Testing

@testable import SuoyinIndex

/// Readers while a writer is at work: every one sees a commit, whole, and none an error.
///
/// `SUOYIN_CHANGES` in the environment says how many commits there are.
@Suite struct ReaderTests {
  private static let changes =
    ProcessInfo.processInfo.environment["SUOYIN_CHANGES"].flatMap { Int($0) } ?? 200

  /// Rebuilds, adds, deletes and optimizes in turn, while threads open the index again and again.
  @Test func readersNeverFailNorSeeAMixture() throws {
    let folder = try TemporaryFolder()
    let expected = Mutex<[UInt64: [String]]>([:])
    let opened = Atomic(0)
    let path = folder.path
    // The writer announces what the next generations hold, so that a reader can know at once.
    func announce(_ articles: [String: Int], from generation: UInt64) {
      let texts = articles.map { "\($0.key): w\($0.value)" }.sorted()
      expected.withLock { for next in 1...3 { $0[generation + UInt64(next)] = texts } }
    }
    try Self.change(folder.path, step: 0, articles: [:], from: 0, announce)

    let readers = BusyThreads(8) { _ in
      do {
        let snapshot = try IndexSnapshot.open(at: path)
        var texts: [String] = []
        try snapshot.visitArticles { texts.append("\($0.id): \($0.text)") }
        let right = expected.withLock { $0[snapshot.generation] }
        if texts.sorted() != right {
          Issue.record("generation \(snapshot.generation): \(texts.sorted()), not \(right ?? [])")
        }
        opened.add(1, ordering: .relaxed)
      } catch {
        Issue.record("a reader failed: \(error)")
      }
    }
    defer { readers.stop() }
    var articles = ["a0": 0]
    for step in 1...Self.changes {
      let generation = try IndexSnapshot.open(at: path).generation
      articles = try Self.change(path, step: step, articles: articles, from: generation, announce)
    }
    #expect(opened.load(ordering: .relaxed) > Self.changes)
  }

  /// Changes the index by one step and returns what it holds then.
  @discardableResult
  private static func change(
    _ path: String, step: Int, articles: [String: Int], from generation: UInt64,
    _ announce: ([String: Int], UInt64) -> Void
  ) throws -> [String: Int] {
    var articles = articles
    var options = IndexOptions()
    options.threads = 1
    options.mergesSegments = false
    options.replacesIndex = step % 4 == 3
    let writer = try IndexWriter(at: path, options: options)
    func add(_ id: String) throws {
      articles[id] = step
      _ = try writer.addPlain(Article(id: id, text: "w\(step)"))
    }
    switch step % 4 {
    case 2:
      let id = articles.keys.min() ?? ""
      articles[id] = nil
      _ = try writer.delete(id: id)
    case 3:
      articles = [:]
      for number in 0..<(step % 5 + 2) { try add("r\(number)") }
    default:
      try add("a\(step)")
      try add("a0")
    }
    announce(articles, generation)
    if step % 4 == 1 { try writer.optimize() } else { try writer.commit() }
    return articles
  }

  /// An index that was emptied and built anew in its folder, by whatever means, is another one: its
  /// numbers begin again, so a file can be there under an old name.
  @Test func aFolderThatWasFilledAnewIsReadAnew() throws {
    let folder = try TemporaryFolder()
    let old = try DamageTests.smallIndex()
    for name in try old.names() { try folder.write(old.bytes(name), to: name) }
    // The very moment after the manifest was read: the segment is another one already.
    let other = try TemporaryFolder()
    let writer = try IndexWriter(at: other.path)
    _ = try writer.addPlain(Article(id: "z", text: "z"))
    try writer.commit()
    var runs = 0
    let count = try IndexFolder(folder.path).reading { (manifest, _) throws(IndexError) in
      runs += 1
      if runs == 1 {
        for name in (try? other.names()) ?? [] {
          _ = try? folder.write(other.bytes(name), to: name)
        }
      }
      return try indexing { () throws(StorageError) in
        try manifest.openSegments(in: IndexFolder(folder.path))
      }.count
    }
    #expect(runs == 2 && count == 1)
  }
}
