/// The terms of one text in one channel, in the order of the text, as the index takes them.
///
/// A batch is filled by ``AnalysisSession`` and emptied by its owner; its storage is kept from text
/// to text. Terms are UTF-8 bytes behind one another, never `String`s: an index run makes tens of
/// millions of them.
public struct TokenBatch: Sendable {
  /// The bytes of all terms, one behind the other.
  public private(set) var bytes: [UInt8] = []
  /// For each term the end of its bytes; a term begins where the one before ends. Not 32 bits: the
  /// grams of a text of 200 MB can take more than 2 GB.
  public private(set) var ends: [Int] = []
  /// For each term the ordinal of its (first) unit, never falling; empty in a channel without
  /// positions.
  public private(set) var positions: [UInt32] = []
  /// The text's length in this channel, for BM25: words in the words channel, units in the grams
  /// channel.
  public var fieldLength: UInt32 = 0

  public init() {}

  /// The number of terms.
  @inlinable
  public var count: Int { ends.count }

  /// The bytes of the term at `index`.
  @inlinable
  public func range(at index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Appends a term.
  ///
  /// - Parameter position: the ordinal of its first unit, or nil in a channel without positions;
  ///   one batch has either all or none.
  public mutating func append(_ term: some Sequence<UInt8>, position: UInt32?) {
    bytes.append(contentsOf: term)
    ends.append(bytes.count)
    if let position { positions.append(position) }
  }

  /// Appends the term that a range of UTF-8 is, of bounded length.
  @inline(__always)
  mutating func append(_ range: Range<Int>, ofUTF8 text: Span<UInt8>, position: UInt32?) {
    let start = bytes.count
    for i in range { bytes.append(text[i]) }
    Term.bound(&bytes, from: start)
    ends.append(bytes.count)
    if let position { positions.append(position) }
  }

  /// Takes all terms out and keeps the storage.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
    fieldLength = 0
  }

  /// Hands the arrays to a writer, which gives them back by ``take(_:)``.
  mutating func makeWriter() -> TermWriter {
    let writer = TermWriter(bytes: bytes, ends: ends, positions: positions)
    (bytes, ends, positions) = ([], [], [])
    return writer
  }

  /// Takes back what ``makeWriter()`` gave, with the terms that were written.
  mutating func take(_ writer: consuming TermWriter) {
    (bytes, ends, positions) = writer.finish()
  }
}
