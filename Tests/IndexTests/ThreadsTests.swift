import SuoyinTestSupport
import SuoyinText
import Synchronization
import Testing

@testable import SuoyinIndex

/// Any number of threads makes the same index.
@Suite struct ThreadsTests {
  /// Texts of Han, Latin words longer and shorter than a key, and digits.
  private static func article(_ number: Int, using random: inout SeededGenerator) -> Article {
    let pieces = ["重庆", "汽车", "两江新区", "新能源", "internationalization", "C919", "ab", "。", "\n", "46"]
    let count = Int.random(in: 0...400, using: &random)
    let text = (0..<count).map { _ in pieces.randomElement(using: &random)! }.joined()
    // Turns out to be text somewhere in the middle of the first segment.
    let note = String(repeating: "两江新区\(number)。", count: number % 50 == 47 ? 40 : 1)
    return Article(
      id: "a\(number)", title: number % 3 == 0 ? "标题\(number)" : nil, text: text,
      extra: number % 4 == 0 ? nil : "{\"note\":\"\(note)\",\"kept\":[\"\(note)\",\"汽车\"]}")
  }

  /// The bytes of all files after a run with commits, replacements, deletes, and merges at the end.
  private static func files(threads: Int, memoryBudget: Int) throws -> [String: [UInt8]] {
    var random = SeededGenerator(seed: 7)
    let folder = try TemporaryFolder()
    var options = IndexOptions(memoryBudget: memoryBudget, threads: threads)
    options.mergePolicy.width = 3
    options.mergePolicy.floor = 1 << 14
    options.roundSize = 1 << 14
    options.fields = try FieldSchema(parsing: "kept: text", file: "schema")
    let writer = try IndexWriter(at: folder.path, options: options)
    // Several rounds.
    for number in 0..<300 {
      _ = try writer.add(Self.article(number, using: &random))
      if number % 80 == 79 { try writer.checkpoint() }
    }
    try writer.commit()
    for number in stride(from: 0, to: 300, by: 7) { _ = try writer.delete(id: "a\(number)") }
    for number in stride(from: 1, to: 300, by: 20) {
      _ = try writer.add(Self.article(number, using: &random))
    }
    try writer.commit()
    let before = try bytes(folder)
    try writer.optimize()
    #expect(try IndexCheck.run(at: folder.path).isSound)
    return before.merging(try bytes(folder).map { ("optimized " + $0, $1) }) { $1 }
  }

  private static func bytes(_ folder: TemporaryFolder) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try folder.names() { files[name] = try folder.bytes(name) }
    return files
  }

  @Test(arguments: [1 << 16, 1 << 21, 512 << 20]) func sameBytes(memoryBudget: Int) throws {
    let one = try Self.files(threads: 1, memoryBudget: memoryBudget)
    for threads in [2, 5] {
      let more = try Self.files(threads: threads, memoryBudget: memoryBudget)
      #expect(more.keys.sorted() == one.keys.sorted())
      for (name, bytes) in one { #expect(more[name] == bytes, "\(name) with \(threads) threads") }
    }
  }

  @Test func tasksRunOnceAndProductsKeepTheirOrder() throws {
    for threads in [1, 2, 7] {
      for tasks in [0, 1, 2, 100] {
        let counts = (0..<tasks).map { _ in Counter() }
        Workers(threads).run(tasks) { task, worker in
          #expect(worker < threads)
          counts[task].value.add(1, ordering: .relaxed)
        }
        #expect(counts.allSatisfy { $0.value.load(ordering: .relaxed) == 1 })
        var products: [Int] = []
        Workers(threads).produce(tasks, { $0 * 3 }, take: { products.append($0) })
        #expect(products == (0..<tasks).map { $0 * 3 })
      }
    }
  }

  private final class Counter: Sendable {
    let value = Atomic(0)
  }

  private struct Failed: Error, Equatable { var task: Int }

  @Test func theFirstErrorIsThrownAfterAllHaveEnded() {
    for threads in [1, 4] {
      let ended = Counter()
      #expect(throws: Failed(task: 3)) {
        try Workers(threads).run(50) { (task, _) throws(Failed) in
          ended.value.add(1, ordering: .relaxed)
          if task % 10 == 3 { throw Failed(task: task) }
        }
      }
      #expect(ended.value.load(ordering: .relaxed) == 50)
    }
  }
}
