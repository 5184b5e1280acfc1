import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// Files that are known need not be read, and batches of several commits are still one.
@Suite struct StampTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  func stamp(_ path: String, size: Int = 5, modified: Int64 = 7) -> SourceStamp {
    SourceStamp(path: path, size: size, modified: modified, reading: "r")
  }

  func article(_ id: String, _ text: String = "w1", path: String? = nil) -> Article {
    Article(id: id, text: text, path: path)
  }

  @Test func everythingOfAStampCounts() {
    let stamps: Set = [
      SourceStamp(path: "a", size: 1, modified: 2, reading: "r"),
      SourceStamp(path: "b", size: 1, modified: 2, reading: "r"),
      SourceStamp(path: "a", size: 2, modified: 2, reading: "r"),
      SourceStamp(path: "a", size: 1, modified: -2, reading: "r"),
      SourceStamp(path: "a", size: 1, modified: 2, reading: ""), .none,
    ]
    #expect(stamps.count == 6)
  }

  @Test func aFileIsKnownByItsStampOnly() throws {
    let writer = try IndexWriter(at: folder.path)
    #expect(try writer.add(article("a"), stamp: stamp("a")) == .added)
    // Not yet committed: two files of one id would be hidden from each other.
    #expect(try !writer.isUnchanged(id: "a", stamp: stamp("a")))
    #expect(try writer.add(article("b")) == .added)
    try writer.commit()
    #expect(try !writer.isUnchanged(id: "a", stamp: stamp("a", size: 6)))
    #expect(try !writer.isUnchanged(id: "a", stamp: stamp("a", modified: 8)))
    #expect(try !writer.isUnchanged(id: "b", stamp: stamp("a")))
    #expect(try !writer.isUnchanged(id: "b", stamp: .none))
    #expect(try writer.isUnchanged(id: "a", stamp: stamp("a")))
    // It has come now, as if it had been read.
    #expect(try writer.add(article("a", "other", path: "x")) == .repeated(firstPath: nil))
    #expect(try !writer.isUnchanged(id: "a", stamp: stamp("a")))
    try writer.commit()
    #expect(try writer.delete(id: "a"))
    #expect(try !writer.isUnchanged(id: "a", stamp: stamp("a")))
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func stampsAreKeptByMerges(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let writer = try MergeTests.writer(at: folder, merges: true, width: 3)
    var stamps: [String: SourceStamp] = [:]
    for number in 0..<60 {
      let id = "id\(Int.random(in: 0..<40, using: &random))"
      let isStamped = Int.random(in: 0..<3, using: &random) > 0
      let mine = isStamped ? stamp(id, size: number) : .none
      if case .repeated = try writer.add(article(id, "w\(number)"), stamp: mine) { continue }
      stamps[id] = mine
      if Int.random(in: 0..<4, using: &random) == 0 { try writer.commit() }
    }
    try writer.optimize()
    for (id, stamp) in stamps {
      #expect(try writer.isUnchanged(id: id, stamp: stamp) == (stamp != .none), "seed \(seed)")
    }
    #expect(try IndexCheck.run(at: folder.path).isSound)
  }

  @Test func checkpointsAreOneBatch() throws {
    var options = IndexOptions()
    options.mergePolicy.width = 2
    do {
      let writer = try IndexWriter(at: folder.path, options: options)
      _ = try writer.addPlain(article("old"))
      _ = try writer.addPlain(article("changed"))
      try writer.commit()
    }
    let writer = try IndexWriter(at: folder.path, options: options)
    #expect(try writer.addPlain(article("old")) == .unchanged)
    #expect(try writer.addPlain(article("changed", "w2", path: "p")) == .replaced)
    for number in 0..<9 {
      #expect(try writer.addPlain(article("\(number)", path: "\(number)")) == .added)
      try writer.checkpoint()
      #expect(try IndexSnapshot.open(at: folder.path).articleCount == 3 + number)
    }
    // Merges have moved them since.
    #expect(try writer.addPlain(article("old", "w3")) == .repeated(firstPath: nil))
    #expect(try writer.addPlain(article("changed", "w3")) == .repeated(firstPath: "p"))
    #expect(try writer.addPlain(article("4", "w3")) == .repeated(firstPath: "4"))
    try writer.commit()
    #expect(try writer.addPlain(article("old", "w3")) == .replaced)
    #expect(try writer.addPlain(article("4", "w3")) == .replaced)
  }

  @Test func articlesAreDeletedByPath() throws {
    let writer = try MergeTests.writer(at: folder)
    for number in 0..<40 {
      let path = number % 4 == 0 ? nil : "p/\(number / 10)"
      _ = try writer.addPlain(article("\(number)", path: path))
      if number % 13 == 0 { try writer.commit() }
    }
    try writer.commit()
    var asked: [String] = []
    let deleted = try writer.delete { path in
      asked.append(path)
      return path == "p/1" || path == "p/3"
    }
    try writer.commit()
    let gone = (0..<40).filter { $0 % 4 != 0 && [1, 3].contains($0 / 10) }
    #expect(deleted == gone.count)
    let snapshot = try IndexSnapshot.open(at: folder.path)
    for number in 0..<40 {
      #expect((snapshot.document(id: "\(number)") == nil) == gone.contains(number))
    }
    #expect(asked.count < 10)
  }
}
