import Foundation
import Synchronization

/// Threads of their own that do the same again and again until they are told to stop. Not those of the
/// system's pool, which others wait for.
public final class BusyThreads: Sendable {
  private let isDone = Atomic(false)
  private let running = DispatchGroup()

  /// - Parameter body: is given the number of its thread.
  public init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    for number in 0..<count {
      running.enter()
      Thread { [self] in
        while !isDone.load(ordering: .relaxed) { body(number) }
        running.leave()
      }.start()
    }
  }

  /// Waits until all have ended.
  public func stop() {
    isDone.store(true, ordering: .relaxed)
    running.wait()
  }
}
