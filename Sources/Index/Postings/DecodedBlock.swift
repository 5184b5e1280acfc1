/// Room for one decoded block: its documents and, once asked for, its frequencies.
///
/// A cursor's copies share it until one of them loads another block, so its documents never change
/// while two cursors hold it; its frequencies are filled in at most once per block, by whoever asks
/// first. It is not Sendable, and so neither is a cursor.
@safe
@usableFromInline
final class DecodedBlock {
  let capacity: Int
  /// `capacity` documents.
  @usableFromInline let documents: UnsafeMutablePointer<UInt32>
  /// `capacity` frequencies; the first is 0 as long as none is decoded.
  @usableFromInline let frequencies: UnsafeMutablePointer<UInt32>

  init(capacity: Int) {
    self.capacity = capacity
    unsafe documents = .allocate(capacity: capacity * 2)
    unsafe documents.initialize(repeating: 0, count: capacity * 2)
    unsafe frequencies = documents + capacity
  }

  deinit {
    unsafe documents.deallocate()
  }
}
