internal import CKernels

/// Lists of documents that are gone through together, and what is left of each.
@safe
final class ScoredRuns {
  /// Keeps what the runs lead to.
  private let lists: [ScoredDocuments]
  private let runs: UnsafeMutablePointer<ck_scored>

  init(_ lists: [ScoredDocuments]) {
    self.lists = lists
    unsafe runs = .allocate(capacity: lists.count)
    for (index, list) in lists.enumerated() { unsafe (runs + index).initialize(to: list.run) }
  }

  deinit {
    unsafe runs.deallocate()
  }

  /// Adds to the scores of a window what its documents get.
  ///
  /// - Parameter window: begins where the one before ended; the first one at 0.
  func add(to scores: ScoreWindow, in window: Range<UInt32>) {
    unsafe scores.add(runs, lists.count, in: window)
  }
}
