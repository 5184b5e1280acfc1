import SuoyinStorage

/// What leads from an id to the last document of it in a segment being made, in an open-addressing
/// table over hashes of ids; the ids themselves are where they wait to be written.
struct IDTable {
  /// The upper half of an id's hash, and below it the document plus 1; 0 where there is none.
  private var slots = [UInt64](repeating: 0, count: 1 << 8)
  private var count = 0
  /// New for each table, so that no ids can be made to crowd one place.
  private let seed = UInt64.random(in: .min ... .max)

  /// Bytes of memory held.
  var memory: Int { slots.count * 8 }

  /// The last document that was put in with that id.
  func document(of id: Span<UInt8>, in ids: DocumentIDsWriter) -> UInt32? {
    let slot = slots[place(of: id, in: ids)]
    return slot == 0 ? nil : Self.document(slot)
  }

  /// Puts a document in, in the place of another of its id.
  ///
  /// - Precondition: `ids` has its id already.
  mutating func set(_ document: UInt32, for id: Span<UInt8>, in ids: DocumentIDsWriter) {
    if count >= slots.count / 2 { grow() }
    let place = place(of: id, in: ids)
    if slots[place] == 0 { count += 1 }
    slots[place] = (hash(id) >> 32) << 32 | UInt64(document + 1)
  }

  private static func document(_ slot: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: slot) - 1
  }

  private func hash(_ id: Span<UInt8>) -> UInt64 { Checksum.of(unsafe id.bytes, seed: seed) }

  /// Where the id is, or would be. The place follows from the upper half, which slots keep.
  private func place(of id: Span<UInt8>, in ids: DocumentIDsWriter) -> Int {
    let hash = hash(id)
    var place = Int(hash >> 32) & (slots.count - 1)
    while slots[place] != 0 {
      if slots[place] >> 32 == hash >> 32, ids.isID(id, of: Self.document(slots[place])) { break }
      place = (place + 1) & (slots.count - 1)
    }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    for slot in old where slot != 0 {
      var place = Int(slot >> 32) & (slots.count - 1)
      while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
      slots[place] = slot
    }
  }
}
