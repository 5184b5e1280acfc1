import Synchronization

/// Objects that wait for their next use, because making one takes longer than using it.
///
/// Who takes an object has it alone: it is exchanged for nothing, without a lock that would hold threads
/// up, and by instructions that the thread sanitizer sees, as it does not the standard library's lock.
public final class IdlePool<Element: AnyObject>: Sendable {
  /// The addresses of objects, each held once more for that; 0 where there is none.
  private let places = InlineArray<32, Atomic<UInt>> { _ in Atomic(0) }

  public init() {}

  deinit {
    while take() != nil {}
  }

  /// An object for the caller alone; nil where none waits.
  ///
  /// - Complexity: O(1), at most 32 places.
  public func take() -> Element? {
    for place in places.indices {
      let address = places[place].exchange(0, ordering: .acquiring)
      if let object = unsafe UnsafeRawPointer(bitPattern: address) {
        return unsafe Unmanaged<Element>.fromOpaque(object).takeRetainedValue()
      }
    }
    return nil
  }

  /// Lets an object wait for who comes next, unless 32 do so already.
  ///
  /// - Precondition: nobody else has it, nor will the caller use it any more.
  public func give(_ element: Element) {
    let object = unsafe Unmanaged.passRetained(element)
    let address = unsafe UInt(bitPattern: object.toOpaque())
    for place in places.indices {
      let (isKept, _) = places[place].compareExchange(
        expected: 0, desired: address, ordering: .releasing)
      if isKept { return }
    }
    unsafe object.release()
  }
}
