/// A number of 31 bits for each of some scalars, in one array: made at every start of a process, where
/// a `Dictionary` would take longer than many searches.
///
/// Open addressing with linear probing; at most half of the places are taken.
struct ScalarTable {
  /// For each place a scalar above its number; 0 for a free one, since no table has U+0000.
  private var slots: [UInt64]
  private let shift: UInt32

  /// - Parameter most: the scalars that will be put in at most.
  init(most: Int) {
    var bits: UInt32 = 4
    while 1 << bits < 2 * most { bits += 1 }
    slots = [UInt64](repeating: 0, count: 1 << bits)
    shift = 32 - bits
  }

  /// The scalar's number, or nil if it has none.
  subscript(scalar: UInt32) -> UInt32? {
    let slot = slots[place(of: scalar)]
    return slot == 0 ? nil : UInt32(truncatingIfNeeded: slot)
  }

  /// Gives a scalar, not U+0000, a number.
  mutating func set(_ scalar: UInt32, _ number: UInt32) {
    slots[place(of: scalar)] = UInt64(scalar) << 32 | UInt64(number)
  }

  /// Where the scalar is, or where it would be put.
  private func place(of scalar: UInt32) -> Int {
    // Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4).
    var place = Int((scalar &* 0x9E37_79B1) >> shift)
    while slots[place] != 0, UInt32(truncatingIfNeeded: slots[place] >> 32) != scalar {
      place = (place &+ 1) & (slots.count &- 1)
    }
    return place
  }
}
