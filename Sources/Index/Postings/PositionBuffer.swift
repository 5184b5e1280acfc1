package import CKernels

/// Room for the positions of one document.
///
/// It grows with the longest that was read and is used again for the next.
@safe
public final class PositionBuffer {
  /// How many positions there are.
  public private(set) var count = 0
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

  /// Reads the positions of a document.
  ///
  /// - Returns: false where bytes are damaged; then there are none.
  @unsafe
  package func read(_ place: ck_place) -> Bool {
    let size = unsafe Int(place.frequency)
    if size > capacity { grow(size) }
    let isWhole = unsafe ck_read_positions(place, positions)
    count = isWhole ? size : 0
    return isWhole
  }

  private func grow(_ count: Int) {
    unsafe positions.deallocate()
    capacity = max(count, capacity * 2)
    unsafe positions = .allocate(capacity: capacity)
    unsafe positions.initialize(repeating: 0, count: capacity)
  }
}
