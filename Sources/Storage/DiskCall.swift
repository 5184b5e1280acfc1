import Synchronization

/// A call that changes what is on a disk. Everything that is written goes through these few, so that
/// a test can write down what was done, make any of them fail, and work out what a loss of power
/// would have left: only what was synced is sure to be there, and the rest in any selection.
///
/// The lock is not among them: whether its empty file is there means nothing.
enum DiskCall: Equatable, Sendable {
  case makeFolder(String)
  /// Makes a file; the number stands for it from then on, whatever names it gets.
  case create(String, file: Int)
  case write([UInt8], file: Int)
  case sync(file: Int)
  case link(String, to: String)
  case rename(String, to: String)
  case remove(String)
  case syncFolder(String)

  /// Asked before each call that concerns a path below a folder; an error takes the call's place.
  typealias Observer = @Sendable (DiskCall) throws(StorageError) -> Void

  private static let observers = Mutex<[(folder: String, observer: Observer)]>([])
  /// How many there are, so that nobody waits for a lock where there is none.
  private static let count = Atomic(0)

  /// Runs `body` while an observer is told of every call below `folder`, on any thread.
  static func observing<Result>(
    _ folder: String, by observer: @escaping Observer, while body: () throws -> Result
  ) rethrows -> Result {
    observers.withLock { $0.append((folder + "/", observer)) }
    count.add(1, ordering: .sequentiallyConsistent)
    defer {
      count.subtract(1, ordering: .sequentiallyConsistent)
      observers.withLock { $0.removeAll { $0.folder == folder + "/" } }
    }
    return try body()
  }

  /// Tells those who observe the folder that `path` is in.
  static func announce(
    _ path: String, _ call: @autoclosure () -> DiskCall
  ) throws(StorageError) {
    guard count.load(ordering: .relaxed) > 0 else { return }
    // A folder counts as below itself.
    let concerned = observers.withLock { $0.filter { (path + "/").hasPrefix($0.folder) } }
    for (_, observer) in concerned { try observer(call()) }
  }
}
