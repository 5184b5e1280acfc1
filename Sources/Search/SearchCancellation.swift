internal import Synchronization

/// Ends searches from another thread: each request that has it ends with ``SearchError/cancelled``
/// soon after ``cancel()``.
///
/// A search that runs in a task also ends when the task is cancelled, without any of these.
public final class SearchCancellation: Sendable {
  private let flag = Atomic(false)

  public init() {}

  /// Ends what runs and what begins from now on. Calling it again changes nothing.
  public func cancel() {
    flag.store(true, ordering: .relaxed)
  }

  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}

/// Whether one search has to come to its end: its time is up, or nobody wants the answer any more.
///
/// Evaluation asks it once a block of postings, a window of documents, a leaf or an article, and what
/// is asked most often looks at the clock once in ``interval`` times only. From the first true answer
/// on all answers are true. Whoever makes a set of documents with it must look once more behind the
/// loop, and throw away what is not complete. Not for several threads.
final class SearchWatch {
  /// Why a search ends early.
  enum End {
    case timeUp
    case cancelled
  }

  /// Nil as long as the search goes on.
  private(set) var end: End?
  /// Whether more than the task's own end may end it.
  let mayEnd: Bool
  private let look: () -> End?
  private var asked: UInt = 0

  /// Blocks of postings between two looks at the clock: some microseconds.
  private static let interval: UInt = 16

  /// - Parameter limit: how long the search may take from now on; nil where it may take any time.
  init(limit: Duration? = nil, _ cancellation: SearchCancellation? = nil) {
    let deadline = limit.map { ContinuousClock.now.advanced(by: $0) }
    mayEnd = limit != nil || cancellation != nil
    look = {
      if Task.isCancelled || cancellation?.isCancelled ?? false { return .cancelled }
      if let deadline, ContinuousClock.now >= deadline { return .timeUp }
      return nil
    }
  }

  /// - Parameter look: says whether the search has to end.
  init(_ look: @escaping () -> End?) {
    mayEnd = true
    self.look = look
  }

  /// Whether the search has to end; for places that are passed often.
  func endsInLoop() -> Bool {
    asked &+= 1
    return asked % Self.interval == 0 ? ends() : end != nil
  }

  /// Whether the search has to end.
  func ends() -> Bool {
    if end == nil { end = look() }
    return end != nil
  }
}
