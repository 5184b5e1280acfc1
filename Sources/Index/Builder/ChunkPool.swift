import CKernels

/// Streams of varints, many thousands at once, in growing chunks of one memory.
///
/// A stream's first chunk has 16 bytes and each further one twice as many, up to 8 KiB; the last four
/// bytes of a chunk lead to the next. A stream's end is a ``Tail`` that its owner keeps.
@safe
struct ChunkPool: ~Copyable {
  /// Where a stream goes on.
  struct Tail {
    /// In its 40 lowest bits the place of the next byte, above it 16 bits of room left in the chunk,
    /// above these the chunk's level.
    var bits: UInt64 = 0

    init(offset: Int, room: Int, level: Int) {
      bits = UInt64(offset) | UInt64(room) << 40 | UInt64(level) << 56
    }

    var offset: Int { Int(bits & (1 << 40 - 1)) }
    var room: Int { Int(bits >> 40 & 0xFFFF) }
    var level: Int { Int(bits >> 56) }

    static let none = Tail(offset: 0, room: 0, level: 0)
  }

  private static let firstSize = 16
  private static let highestLevel = 9
  private static let linkSize = 4

  // The first chunk's place, 0, stands for no chunk.
  private var arena = ByteArena(reserved: firstSize)

  /// Bytes in use.
  var memory: Int { arena.count }

  /// Asks for the memory that the next ``append(varint:to:)`` begins with.
  @inline(__always)
  func prefetch(_ tail: Tail) {
    unsafe ck_prefetch(arena.place(tail.offset))
  }

  /// Begins a stream and returns where, in units of 16 bytes.
  mutating func begin(_ tail: inout Tail) -> UInt32 {
    let offset = arena.take(Self.firstSize)
    tail = Tail(offset: offset, room: Self.firstSize - Self.linkSize, level: 0)
    return UInt32(offset / Self.firstSize)
  }

  @inline(__always)
  mutating func append(varint value: UInt64, to tail: inout Tail) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80, to: &tail)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest), to: &tail)
  }

  @inline(__always)
  private mutating func append(_ byte: UInt8, to tail: inout Tail) {
    if tail.room == 0 { extend(&tail) }
    let target = unsafe arena.pointer(at: tail.offset, size: 1)
    unsafe target.storeBytes(of: byte, as: UInt8.self)
    // One byte on, one byte less room.
    tail.bits = tail.bits &+ 1 &- (1 << 40)
  }

  @inline(never)
  private mutating func extend(_ tail: inout Tail) {
    let level = min(tail.level + 1, Self.highestLevel)
    let size = Self.firstSize << level
    let offset = arena.take(size)
    let link = unsafe arena.pointer(at: tail.offset, size: Self.linkSize)
    unsafe link.storeBytes(of: UInt32(offset / Self.firstSize), as: UInt32.self)
    tail = Tail(offset: offset, room: size - Self.linkSize, level: level)
  }

  /// Reads a stream from its start.
  struct Reader {
    private var offset: Int
    private var room: Int
    private var level = 0

    init(_ start: UInt32) {
      offset = Int(start) * ChunkPool.firstSize
      room = ChunkPool.firstSize - ChunkPool.linkSize
    }

    /// - Precondition: the stream has another number.
    @inline(__always)
    mutating func next(in pool: borrowing ChunkPool) -> UInt64 {
      var value: UInt64 = 0
      var shift: UInt64 = 0
      while true {
        if room == 0 { follow(pool) }
        let byte = unsafe pool.arena.pointer(at: offset, size: 1).load(as: UInt8.self)
        offset &+= 1
        room &-= 1
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
        shift &+= 7
      }
    }

    private mutating func follow(_ pool: borrowing ChunkPool) {
      let link = unsafe pool.arena.pointer(at: offset, size: ChunkPool.linkSize)
      offset = unsafe Int(link.load(as: UInt32.self)) * ChunkPool.firstSize
      level = min(level + 1, ChunkPool.highestLevel)
      room = ChunkPool.firstSize << level - ChunkPool.linkSize
    }
  }
}
