/// Room for one decoded block of a list: its documents and, once asked for, its frequencies.
///
/// ``PostingBlocks`` fills it. Whoever holds it may use it for one block after the other, of any lists;
/// it is not for several threads at once.
@safe
public final class PostingBlock {
  /// The number of documents in every block of a list but its last.
  public static let capacity = 256
  /// Behind each of the two arrays, for kernels that write whole registers.
  static let padding = 16

  /// The block's documents, ascending, with room for ``capacity`` and 16 more, which kernels may read
  /// and write; valid as long as this object lives.
  @unsafe public let documents: UnsafeMutablePointer<UInt32>
  /// How often each document holds the term; room as for ``documents``.
  @unsafe public let frequencies: UnsafeMutablePointer<UInt32>
  /// The number of documents; 0 before the first block and after a damaged one.
  public internal(set) var count = 0
  /// Where the frequencies begin, in bytes from the start of the block.
  var frequencyOffset = 0

  /// The documents, copied.
  var documentArray: [UInt32] {
    unsafe Array(UnsafeBufferPointer(start: documents, count: count))
  }

  /// The frequencies, copied.
  var frequencyArray: [UInt32] {
    unsafe Array(UnsafeBufferPointer(start: frequencies, count: count))
  }

  public init() {
    let size = Self.capacity + Self.padding
    unsafe documents = .allocate(capacity: size * 2)
    unsafe documents.initialize(repeating: 0, count: size * 2)
    unsafe frequencies = documents + size
  }

  deinit {
    unsafe documents.deallocate()
  }
}
