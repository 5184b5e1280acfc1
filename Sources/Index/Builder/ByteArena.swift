import Glibc

/// Memory that grows at its end and is given back as a whole.
///
/// Growing goes through `realloc`, which moves pages of large areas instead of copying them.
/// Places in it are offsets, never pointers, since it moves when it grows. Large areas ask for large
/// pages: with small ones, most of the time of indexing goes into finding them.
@safe
struct ByteArena: ~Copyable {
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  /// The bytes in use.
  private(set) var count: Int

  /// - Parameter reserved: bytes at the start that are in use from the beginning and are 0.
  init(capacity: Int = 1 << 8, reserved: Int = 0) {
    precondition(capacity >= reserved)
    guard let memory = unsafe malloc(capacity) else {
      preconditionFailure("out of memory: \(capacity) bytes")
    }
    unsafe base = memory
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: reserved)
    self.capacity = capacity
    count = reserved
  }

  deinit {
    unsafe free(base)
  }

  /// Takes `size` more bytes, whose contents are arbitrary, and returns where they begin.
  @inline(__always)
  mutating func take(_ size: Int) -> Int {
    if count &+ size > capacity { grow(to: count + size) }
    defer { count &+= size }
    return count
  }

  /// A pointer to a place; valid until the next ``take(_:)``.
  ///
  /// - Precondition: `size` bytes from `offset` on are in use.
  @unsafe @inline(__always)
  func pointer(at offset: Int, size: Int) -> UnsafeMutableRawPointer {
    precondition(offset >= 0 && offset &+ size <= count)
    return unsafe base + offset
  }

  /// The address of a place that need not be in use: for asking for it, never to be read.
  @unsafe @inline(__always)
  func place(_ offset: Int) -> UnsafeMutableRawPointer {
    unsafe base + offset
  }

  /// Half as much again: the pages behind the end take no memory before they are written.
  @inline(never)
  private mutating func grow(to needed: Int) {
    let size = max(needed, capacity + capacity / 2)
    guard let larger = unsafe realloc(base, size) else {
      preconditionFailure("out of memory: \(size) bytes")
    }
    unsafe base = larger
    capacity = size
    unsafe LargePages.ask(for: base, size)
  }
}

/// Pages of 2 MiB, where the system gives them.
enum LargePages {
  private static let size = 2 << 20
  /// Below it, what the last large page holds in vain would be too much beside the rest.
  private static let least = 8 << 20

  /// Asks for large pages for memory that `malloc` has given.
  static func ask(for base: UnsafeMutableRawPointer, _ count: Int) {
    guard count >= least else { return }
    // Whole small pages only: malloc's own notes lie before the first.
    let start = unsafe base.alignedUp(toMultipleOf: 4096)
    // A wish: where it is refused, all works as before.
    _ = unsafe madvise(start, (count - 4096) / 4096 * 4096, Int32(MADV_HUGEPAGE))
  }
}
