import SuoyinStorage
import SuoyinTestSupport
import Synchronization
import Testing

@Suite("Idle objects")
struct IdlePoolTests {
  private final class Thing {
    /// How many have it.
    let users = Atomic(0)
    let onEnd: @Sendable () -> Void

    init(onEnd: @escaping @Sendable () -> Void = {}) { self.onEnd = onEnd }

    deinit { onEnd() }
  }

  @Test("are taken by one at a time")
  func alone() {
    let pool = IdlePool<Thing>()
    let shared = Atomic(0)
    @Sendable func use() {
      let thing = pool.take() ?? Thing()
      if thing.users.add(1, ordering: .relaxed).newValue != 1 {
        shared.add(1, ordering: .relaxed)
      }
      thing.users.subtract(1, ordering: .relaxed)
      pool.give(thing)
    }
    let threads = BusyThreads(8) { _ in use() }
    for _ in 0..<20_000 { use() }
    threads.stop()
    #expect(shared.load(ordering: .relaxed) == 0)
  }

  @Test("go with the pool, or where too many wait")
  func end() {
    let ended = Counter()
    var pool: IdlePool<Thing>? = IdlePool()
    for _ in 0..<40 { pool?.give(Thing { ended.count.add(1, ordering: .relaxed) }) }
    #expect(ended.count.load(ordering: .relaxed) == 8)
    let taken = pool?.take()
    pool = nil
    #expect(taken != nil && ended.count.load(ordering: .relaxed) == 39)
  }

  private final class Counter: Sendable {
    let count = Atomic(0)
  }
}
