import Glibc
import SuoyinStorage

/// The different terms of a field, each with a number, in an open-addressing table over their bytes.
///
/// A slot has 16 bytes: a key of eight, the term's number and its length. Terms of up to eight bytes,
/// as every pair of Han characters is one, are their own key and need no further look; the key of a
/// longer one is a hash, and its bytes are compared. The hash that places a slot is seeded anew for
/// each table, so that no text can be made to crowd one place.
@safe
struct TermTable: ~Copyable {
  struct Slot {
    /// The bytes of a short term, the first one highest, padded by 0; the hash of a longer one.
    var key: UInt64
    /// The term's number plus 1; 0 marks an empty slot.
    var number: UInt32
    var length: UInt32
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var capacity: Int
  /// The number of terms.
  private(set) var count = 0
  private let seed = UInt64.random(in: .min ... .max)

  init(capacity: Int = 1 << 10) {
    precondition(capacity.nonzeroBitCount == 1)
    self.capacity = capacity
    unsafe slots = Self.allocate(capacity)
  }

  deinit {
    unsafe slots.deallocate()
  }

  /// Bytes of memory held.
  var memory: Int { capacity * MemoryLayout<Slot>.size }

  private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: capacity)
    unsafe slots.initialize(repeating: Slot(key: 0, number: 0, length: 0), count: capacity)
    return unsafe slots
  }

  /// The places where a term may be, one after the other.
  struct Probe {
    fileprivate let key: UInt64
    fileprivate let length: UInt32
    fileprivate var index: Int
  }

  /// Begins to look for a term.
  ///
  /// The order of calls: ``next(_:)`` until it returns a number whose term has the very bytes, or
  /// nil; then, for a new term, ``insert(_:)``. Terms of up to eight bytes have them always.
  @unsafe @inline(__always)
  func probe(_ term: UnsafeRawBufferPointer) -> Probe {
    let length = UInt32(term.count)
    let key = unsafe term.count <= 8 ? Self.packed(term) : Self.hash(term, seed: seed)
    return Probe(key: key, length: length, index: place(of: key, length: length))
  }

  /// The number of the next term of that key and length, or nil where there is no further one.
  @inline(__always)
  func next(_ probe: inout Probe) -> UInt32? {
    while true {
      let slot = unsafe slots[probe.index]
      if slot.number == 0 { return nil }
      if slot.key == probe.key, slot.length == probe.length {
        defer { probe.index = (probe.index &+ 1) & (capacity &- 1) }
        return slot.number - 1
      }
      probe.index = (probe.index &+ 1) & (capacity &- 1)
    }
  }

  /// Takes the term in, after ``next(_:)`` has returned nil, and gives it the next number.
  mutating func insert(_ probe: Probe) -> UInt32 {
    unsafe slots[probe.index] = Slot(
      key: probe.key, number: UInt32(count + 1), length: probe.length)
    count += 1
    if count > capacity / 8 * 5 { grow() }
    return UInt32(count - 1)
  }

  /// The bytes of a term of up to eight as a number that orders like them.
  @inline(__always)
  @unsafe
  static func packed(_ term: UnsafeRawBufferPointer) -> UInt64 {
    var key: UInt64 = 0
    unsafe withUnsafeMutableBytes(of: &key) { unsafe $0.copyMemory(from: term) }
    return UInt64(bigEndian: key)
  }

  private static func hash(_ term: UnsafeRawBufferPointer, seed: UInt64) -> UInt64 {
    Checksum.of(unsafe term.bytes, seed: seed)
  }

  /// The finisher of MurmurHash3, over the key and the table's seed.
  @inline(__always)
  private func place(of key: UInt64, length: UInt32) -> Int {
    var hash = (key ^ seed) &+ UInt64(length)
    hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
    hash ^= hash >> 33
    return Int(truncatingIfNeeded: hash) & (capacity &- 1)
  }

  private mutating func grow() {
    let old = unsafe slots
    let oldCapacity = capacity
    capacity *= 2
    unsafe slots = Self.allocate(capacity)
    for source in 0..<oldCapacity where unsafe old[source].number != 0 {
      let slot = unsafe old[source]
      var index = place(of: slot.key, length: slot.length)
      while unsafe slots[index].number != 0 { index = (index &+ 1) & (capacity &- 1) }
      unsafe slots[index] = slot
    }
    unsafe old.deallocate()
  }

  /// Gives all terms in ascending order of their bytes; the table is used up by it, since they are
  /// sorted in its own memory.
  ///
  /// - Parameters:
  ///   - bytes: the first byte of the term of that number and length.
  ///   - body: takes a term's number and its length.
  /// - Complexity: O(n log n).
  consuming func forEachSorted(
    bytes: (_ number: UInt32, _ length: UInt32) -> UnsafeRawPointer,
    _ body: (_ number: UInt32, _ length: UInt32) throws(StorageError) -> Void
  ) throws(StorageError) {
    var filled = 0
    for source in 0..<capacity where unsafe slots[source].number != 0 {
      var slot = unsafe slots[source]
      if slot.length > 8 {
        // From here on the key orders.
        slot.key = unsafe Self.packed(
          UnsafeRawBufferPointer(start: bytes(slot.number - 1, slot.length), count: 8))
      }
      unsafe slots[filled] = slot
      filled += 1
    }
    var sorted = unsafe UnsafeMutableBufferPointer(start: slots, count: filled)
    unsafe sorted.sort { a, b in
      if a.key != b.key { return a.key < b.key }
      // Equal keys of which one is short: the padding hides which is longer, nothing else.
      if min(a.length, b.length) <= 8 { return a.length < b.length }
      let order = unsafe memcmp(
        bytes(a.number - 1, a.length), bytes(b.number - 1, b.length),
        Int(min(a.length, b.length)))
      return order != 0 ? order < 0 : a.length < b.length
    }
    for index in 0..<filled {
      let slot = unsafe slots[index]
      try body(slot.number - 1, slot.length)
    }
  }
}
