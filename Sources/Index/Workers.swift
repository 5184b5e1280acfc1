import Dispatch
import Glibc
import Synchronization

/// Threads that share independent tasks.
///
/// The threads are those of the system's pool, which has one for each processor: more are not
/// started than that, however many are asked for.
public struct Workers: Sendable {
  /// How many processors the system has at work.
  public static let processorCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// How many there are at most, the caller's thread among them.
  let count: Int

  /// - Parameter count: less than one counts as one, and more than 1,024 as so many.
  package init(_ count: Int) {
    self.count = min(max(1, count), 1_024)
  }

  /// Runs tasks from 0 to below `tasks`, each once, begun in ascending order, and waits for all.
  ///
  /// - Parameters:
  ///   - body: is given the task and the worker, a number below ``count``; a worker has one task at a
  ///     time, so what belongs to it needs no lock.
  /// - Throws: the error of the first task, by its number, that failed; the others run all the same.
  func run<Failure: Error>(
    _ tasks: Int, _ body: (_ task: Int, _ worker: Int) throws(Failure) -> Void
  ) throws(Failure) {
    if count == 1 || tasks <= 1 {
      var failed: Failure?
      for task in 0..<max(0, tasks) {
        do throws(Failure) { try body(task, 0) } catch { failed = failed ?? error }
      }
      if let failed { throw failed }
      return
    }
    let next = Atomic(0)
    let failed = Mutex<(task: Int, error: Failure)?>(nil)
    withoutActuallyEscaping(body) { body in
      // Tasks are independent, as the caller promises, and all end before this call does.
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: min(count, tasks)) { worker in
        while true {
          let task = next.add(1, ordering: .relaxed).oldValue
          guard task < tasks else { return }
          do throws(Failure) {
            unsafe try body(task, worker)
          } catch {
            failed.withLock { first in
              if first.map({ task < $0.task }) ?? true { first = (task, error) }
            }
          }
        }
      }
    }
    if let (_, error) = failed.withLock({ $0 }) { throw error }
  }

  /// Makes the product of each task on all threads, and takes the products in order, one at a time: on
  /// one of the threads, while others make those that follow.
  ///
  /// Four products for each thread are held at a time.
  package func produce<Product, Failure: Error>(
    _ tasks: Int, _ make: (_ task: Int) throws(Failure) -> Product,
    take: (consuming Product) throws(Failure) -> Void
  ) throws(Failure) {
    let window = count == 1 ? 1 : count * 2
    var start = 0
    var made = Slots<Product>(0)
    while start < tasks || made.count > 0 {
      let products = Slots<Product>(min(window, tasks - start))
      try run(products.count + 1) { (task, _) throws(Failure) in
        if task == 0 {
          for product in 0..<made.count { try take(made.take(product)) }
        } else {
          products.set(task - 1, to: try make(start + task - 1))
        }
      }
      start += products.count
      made = products
    }
  }
}

/// Places for products, each written by one thread and taken after all have ended.
@safe
private final class Slots<Element> {
  private let elements: UnsafeMutableBufferPointer<Element?>

  var count: Int { unsafe elements.count }

  init(_ count: Int) {
    unsafe elements = .allocate(capacity: count)
    unsafe elements.initialize(repeating: nil)
  }

  deinit {
    unsafe elements.deinitialize()
    unsafe elements.deallocate()
  }

  func set(_ index: Int, to element: Element) {
    precondition(index >= 0 && index < count)
    unsafe elements[index] = element
  }

  func take(_ index: Int) -> Element {
    precondition(index >= 0 && index < count)
    guard let element = unsafe elements[index] else { preconditionFailure("taken twice") }
    unsafe elements[index] = nil
    return element
  }
}
