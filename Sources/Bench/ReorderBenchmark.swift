import SuoyinIndex

/// `reorder`: documents that are alike are put side by side, in an index that is there.
enum ReorderBenchmark {
  struct Answer: Encodable {
    /// From the open index to the synced commit.
    let seconds: Double
    let threads: Int
    /// Of each part of the index before and after.
    let before: [String: Int]
    let after: [String: Int]
  }

  static func run(in folder: String, threads: Int, megabytes: Int) throws -> Answer {
    var options = IndexOptions(memoryBudget: megabytes << 20, threads: threads)
    options.createsIndex = false
    let before = try IndexSnapshot.open(at: folder)
    let writer = try IndexWriter(at: folder, options: options)
    let clock = ContinuousClock()
    let start = clock.now
    try writer.optimize(reordering: true)
    let seconds = nanoseconds(clock.now - start) / 1e9
    let after = try IndexSnapshot.open(at: folder)
    return Answer(
      seconds: rounded(seconds), threads: threads, before: before.parts, after: after.parts)
  }
}

extension IndexSnapshot {
  /// The bytes of each part.
  fileprivate var parts: [String: Int] {
    Dictionary(uniqueKeysWithValues: sizes.map { ($0.part, $0.bytes) })
  }
}
