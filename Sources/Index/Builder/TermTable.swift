import CKernels
import SuoyinStorage

/// What a term is looked up by.
struct TermKey: Equatable, BitwiseCopyable {
  /// The bytes of a term of up to eight, the first one highest, padded by 0; the hash of a longer one.
  var bits: UInt64
  /// In bytes.
  var length: UInt32

  /// Whether the key says all of the term.
  var isWhole: Bool { length <= 8 }

  /// The key of a term.
  ///
  /// - Parameter seed: of the hash of longer terms.
  @unsafe @inline(__always)
  init(_ term: UnsafeRawBufferPointer, seed: UInt64) {
    length = UInt32(term.count)
    bits = unsafe term.count <= 8 ? Self.packed(term) : Checksum.of(term.bytes, seed: seed)
  }

  /// The key of the term that is `range` of some bytes.
  @unsafe @inline(__always)
  init(_ range: Range<Int>, of bytes: UnsafeRawBufferPointer, seed: UInt64) {
    let start = range.lowerBound
    if range.count <= 8, !range.isEmpty, start &+ 8 <= bytes.count {
      let eight = unsafe bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)
      self.init(
        bits: UInt64(bigEndian: eight) & (.max &<< UInt64(64 &- range.count &* 8)),
        length: UInt32(truncatingIfNeeded: range.count))
    } else {
      unsafe self.init(UnsafeRawBufferPointer(rebasing: bytes[range]), seed: seed)
    }
  }

  /// The first eight bytes as a number that orders like them, padded by 0.
  @unsafe @inline(__always)
  static func packed(_ term: UnsafeRawBufferPointer) -> UInt64 {
    if term.count >= 8 { return unsafe UInt64(bigEndian: term.loadUnaligned(as: UInt64.self)) }
    var bits: UInt64 = 0
    for index in 0..<term.count { bits = unsafe bits &<< 8 | UInt64(term[index]) }
    return unsafe term.isEmpty ? 0 : bits &<< UInt64(64 &- term.count &* 8)
  }
}

/// The different terms of a shard, each with a number, in an open-addressing table over their keys.
///
/// A slot has 16 bytes: key, number and length. Terms of up to eight bytes, as every pair of Han
/// characters is one, are their own key and need no further look; the bytes of longer ones are
/// compared. The hash that places a slot is seeded anew for each table, so that no text can be made
/// to crowd one place.
@safe
struct TermTable: ~Copyable {
  struct Slot: BitwiseCopyable {
    var bits: UInt64
    /// The term's number plus 1; 0 marks an empty slot.
    var number: UInt32
    var length: UInt32
  }

  private var slots: UnsafeMutablePointer<Slot>
  private var capacity: Int
  /// The number of terms.
  private(set) var count = 0
  private let seed = UInt64.random(in: .min ... .max)

  init(capacity: Int = 1 << 6) {
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
    unsafe LargePages.ask(for: slots, capacity * MemoryLayout<Slot>.size)
    unsafe slots.initialize(
      repeating: Slot(bits: 0, number: 0, length: 0), count: capacity)
    return unsafe slots
  }

  /// Asks for the memory that looking the key up begins with, and returns the key's hash.
  @inline(__always)
  func prefetch(_ key: TermKey) -> Int {
    let hash = hash(of: key.bits, length: key.length)
    unsafe ck_prefetch(slots + (hash & (capacity &- 1)))
    return hash
  }

  /// The number of a term, or nil for a new one.
  ///
  /// - Parameters:
  ///   - hash: what ``prefetch(_:)`` said.
  ///   - isSame: whether the longer term of that number, which has the same key, has the very
  ///     bytes.
  @inline(__always)
  func number(of key: TermKey, hash: Int, isSame: (UInt32) -> Bool) -> UInt32? {
    var index = hash & (capacity &- 1)
    while true {
      let slot = unsafe slots[index]
      if slot.bits == key.bits, slot.length == key.length, slot.number != 0,
        key.isWhole || isSame(slot.number &- 1)
      {
        return slot.number &- 1
      }
      if slot.number == 0 { return nil }
      index = (index &+ 1) & (capacity &- 1)
    }
  }

  /// Takes in a term that is not there, and gives it the next number.
  mutating func insert(_ key: TermKey) -> UInt32 {
    if count >= capacity / 8 * 5 { grow() }
    let slot = Slot(bits: key.bits, number: UInt32(count + 1), length: key.length)
    unsafe slots[firstEmpty(for: slot)] = slot
    count += 1
    return UInt32(count - 1)
  }

  private func firstEmpty(for slot: Slot) -> Int {
    var index = hash(of: slot.bits, length: slot.length) & (capacity &- 1)
    while unsafe slots[index].number != 0 { index = (index &+ 1) & (capacity &- 1) }
    return index
  }

  /// Both halves of a product of 128 bits, as in wyhash, of the key and the table's seed.
  @inline(__always)
  private func hash(of bits: UInt64, length: UInt32) -> Int {
    let product = (bits ^ seed).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15 ^ UInt64(length))
    return Int(truncatingIfNeeded: product.high ^ product.low)
  }

  @inline(never)
  private mutating func grow() {
    let old = unsafe slots
    let oldCapacity = capacity
    capacity *= 2
    unsafe slots = Self.allocate(capacity)
    for source in 0..<oldCapacity where unsafe old[source].number != 0 {
      let slot = unsafe old[source]
      unsafe slots[firstEmpty(for: slot)] = slot
    }
    unsafe old.deallocate()
  }

  /// All terms with their numbers and keys, in no order.
  func visit(_ body: (_ number: UInt32, _ key: TermKey) -> Void) {
    for index in 0..<capacity {
      let slot = unsafe slots[index]
      if slot.number != 0 {
        body(slot.number - 1, TermKey(bits: slot.bits, length: slot.length))
      }
    }
  }
}

extension TermKey {
  init(bits: UInt64, length: UInt32) {
    self.bits = bits
    self.length = length
  }
}
