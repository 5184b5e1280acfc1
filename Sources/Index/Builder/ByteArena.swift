import Glibc

/// Memory that grows at its end and is given back as a whole.
///
/// Growing goes through `realloc`, which moves pages of large areas instead of copying them.
/// Places in it are offsets, never pointers, since it moves when it grows.
@safe
struct ByteArena: ~Copyable {
  private var base: UnsafeMutableRawPointer
  private var capacity: Int
  /// The bytes in use.
  private(set) var count: Int

  /// - Parameter reserved: bytes at the start that are in use from the beginning and are 0.
  init(capacity: Int = 1 << 12, reserved: Int = 0) {
    precondition(capacity >= reserved)
    unsafe base = Self.allocate(capacity)
    unsafe base.initializeMemory(as: UInt8.self, repeating: 0, count: reserved)
    self.capacity = capacity
    count = reserved
  }

  deinit {
    unsafe free(base)
  }

  /// Takes `size` more bytes, whose contents are arbitrary, and returns where they begin.
  mutating func take(_ size: Int) -> Int {
    if count + size > capacity { grow(to: count + size) }
    defer { count += size }
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

  /// Half as much again: the pages behind the end take no memory before they are written.
  private mutating func grow(to needed: Int) {
    let size = max(needed, capacity + capacity / 2)
    guard let larger = unsafe realloc(base, size) else {
      preconditionFailure("out of memory: \(size) bytes")
    }
    unsafe base = larger
    capacity = size
  }

  private static func allocate(_ size: Int) -> UnsafeMutableRawPointer {
    guard let memory = unsafe malloc(size) else {
      preconditionFailure("out of memory: \(size) bytes")
    }
    return unsafe memory
  }
}
