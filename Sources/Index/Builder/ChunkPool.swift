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

  /// Appends a varint of less than 34 bits.
  @inline(__always)
  mutating func append(varint value: UInt64, to tail: inout Tail) {
    let (bytes, count) = Self.varint(value)
    append(bytes, count, to: &tail)
  }

  /// Appends two varints of less than 34 bits, one behind the other.
  @inline(__always)
  mutating func append(varints first: UInt64, _ second: UInt64, to tail: inout Tail) {
    let (bytes, count) = Self.varint(first)
    let (more, moreCount) = Self.varint(second)
    if count &+ moreCount <= 8 {
      append(bytes | more &<< UInt64(count &* 8), count &+ moreCount, to: &tail)
    } else {
      append(bytes, count, to: &tail)
      append(more, moreCount, to: &tail)
    }
  }

  /// The bytes of a varint, the first one lowest, and how many there are: without branches, since
  /// nobody foresees how many.
  @inline(__always)
  private static func varint(_ value: UInt64) -> (bytes: UInt64, count: Int) {
    let bits = 64 &- (value | 1).leadingZeroBitCount
    // (bits + 6) / 7
    let count = ((bits &+ 6) &* 37) &>> 8
    let spread =
      (value & 0x7F) | (value & 0x3F80) &<< 1 | (value & 0x1F_C000) &<< 2
      | (value & 0xFE0_0000) &<< 3 | (value & 0x7_F000_0000) &<< 4
    let marks = 0x80_8080_8080 & ((1 as UInt64) &<< UInt64(count &* 8 &- 8) &- 1)
    return (spread | marks, count)
  }

  /// Appends the lowest 1 to 8 bytes of a number.
  @inline(__always)
  private mutating func append(_ bytes: UInt64, _ count: Int, to tail: inout Tail) {
    // Eight bytes are written, of which the last may be those of the chunk's link, written later.
    guard tail.room >= max(count, 8 - Self.linkSize) else {
      return appendEach(bytes, count, to: &tail)
    }
    let target = unsafe arena.pointer(at: tail.offset, size: 8)
    unsafe target.storeBytes(of: bytes.littleEndian, as: UInt64.self)
    // So many bytes on, so many less room.
    tail.bits = tail.bits &+ UInt64(count) &- UInt64(count) &<< 40
  }

  @inline(never)
  private mutating func appendEach(_ bytes: UInt64, _ count: Int, to tail: inout Tail) {
    var rest = bytes
    for _ in 0..<count {
      if tail.room == 0 { extend(&tail) }
      let target = unsafe arena.pointer(at: tail.offset, size: 1)
      unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: rest), as: UInt8.self)
      rest = rest &>> 8
      tail.bits = tail.bits &+ 1 &- (1 << 40)
    }
  }

  private mutating func extend(_ tail: inout Tail) {
    let level = min(tail.level + 1, Self.highestLevel)
    let size = Self.firstSize << level
    let offset = arena.take(size)
    let link = unsafe arena.pointer(at: tail.offset, size: Self.linkSize)
    unsafe link.storeBytes(of: UInt32(offset / Self.firstSize), as: UInt32.self)
    tail = Tail(offset: offset, room: size - Self.linkSize, level: level)
  }

  /// Asks for the memory that reading a stream begins with.
  @inline(__always)
  func prefetch(_ start: UInt32) {
    unsafe ck_prefetch(arena.place(Int(start) &* Self.firstSize))
  }

  /// Gives the bytes of a stream in order, some chunks at a time, put side by side.
  ///
  /// - Parameters:
  ///   - body: returns how many of the bytes it has taken; the others come again, with more behind
  ///     them. Behind the bytes there are `CK_GATHER_AHEAD` that may be read.
  func read<Failure: Error>(
    _ start: UInt32, to tail: Tail, in room: inout StreamRoom,
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) {
    var offset = Int(start) * Self.firstSize
    var level = 0
    var count = 0
    while true {
      let size = Self.firstSize << level - Self.linkSize
      let isLast = tail.offset >= offset && tail.offset <= offset + size
      let used = isLast ? tail.offset - offset : size
      unsafe (room.bytes + count).copyMemory(
        from: arena.pointer(at: offset, size: used), byteCount: used)
      count += used
      if isLast || count >= StreamRoom.enough {
        let taken = unsafe try body(UnsafeRawBufferPointer(start: room.bytes, count: count))
        count -= taken
        if isLast { return precondition(count == 0) }
        unsafe room.bytes.copyMemory(from: room.bytes + taken, byteCount: count)
      }
      let link = unsafe arena.pointer(at: offset + size, size: Self.linkSize)
      offset = unsafe Int(link.load(as: UInt32.self)) * Self.firstSize
      level = min(level + 1, Self.highestLevel)
    }
  }

  /// Room for some chunks of a stream.
  @safe
  struct StreamRoom: ~Copyable {
    /// How many bytes are given out at a time, and no more are left over.
    fileprivate static let enough = 4 << 10
    @unsafe fileprivate let bytes: UnsafeMutableRawPointer

    init() {
      let size = 2 * Self.enough + firstSize << highestLevel + Int(CK_GATHER_AHEAD)
      unsafe bytes = .allocate(byteCount: size, alignment: 16)
      unsafe bytes.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    }

    deinit {
      unsafe bytes.deallocate()
    }
  }
}
