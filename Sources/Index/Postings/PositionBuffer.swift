/// Room for the positions of one document.
///
/// It grows with the longest that was read and is used again for the next.
@safe
public final class PositionBuffer {
  /// How many positions there are.
  public internal(set) var count = 0
  /// The positions, ascending; valid until more are read.
  @unsafe public private(set) var positions: UnsafeMutablePointer<UInt32>
  private var capacity = 64

  public init() {
    unsafe positions = .allocate(capacity: capacity)
    unsafe positions.initialize(repeating: 0, count: capacity)
  }

  deinit {
    unsafe positions.deallocate()
  }

  /// Makes room for so many; what was there is lost.
  @inline(__always)
  func reserve(_ count: Int) {
    if count > capacity { grow(count) }
  }

  private func grow(_ count: Int) {
    unsafe positions.deallocate()
    capacity = max(count, capacity * 2)
    unsafe positions = .allocate(capacity: capacity)
    unsafe positions.initialize(repeating: 0, count: capacity)
  }
}
