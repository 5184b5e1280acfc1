import SuoyinStorage

/// One field of one segment: its terms, their postings, its lengths.
///
/// It keeps the segment mapped.
public struct SegmentField: Sendable {
  @usableFromInline let reader: FieldReader

  init(_ reader: FieldReader) {
    self.reader = reader
  }

  public var id: FieldID { reader.id }

  /// The number of documents whose length is above 0, deleted ones included.
  public var documentCount: Int { reader.info.statistics.documentCount }

  /// The sum of the lengths, deleted documents' included.
  public var totalLength: Int { reader.info.statistics.totalLength }

  /// The number of different terms.
  public var termCount: Int { reader.info.termCount }

  /// The exact length of a document: words, or units.
  ///
  /// - Precondition: `document` is below the segment's `documentCount`, as every document that a
  ///   cursor gives.
  /// - Complexity: O(1); O(log n) for the n documents of 65,535 and more.
  @inlinable
  public func length(of document: UInt32) -> UInt32 {
    reader.lengths[document]
  }

  /// The lengths as they lie in the file, one a document; 65,535 stands for so many or more, which
  /// ``length(of:)`` knows. Valid as long as this field lives.
  @unsafe
  public var rawLengths: UnsafeBufferPointer<UInt16> { unsafe reader.lengths.raw }

  /// Whether any length does not fit 16 bits.
  public var hasLongDocuments: Bool { reader.lengths.hasLong }

  /// The entry of that very term, given in UTF-8; nil where no document holds it.
  ///
  /// - Throws: damage; what it reads is verified, also where the answer is nil.
  /// - Complexity: O(log t) for t terms, and two or three places of memory.
  public func entry(for term: [UInt8]) throws(IndexError) -> TermEntry? {
    try indexing { () throws(StorageError) in try reader.dictionary.entry(for: term) }
  }

  /// The documents of a term.
  ///
  /// - Parameter entry: from this field of this segment.
  public func postings(_ entry: TermEntry) -> PostingCursor {
    PostingCursor(entry, of: reader)
  }

  /// The blocks of a term's list, to be read in any order.
  ///
  /// - Parameter entry: from this field of this segment.
  public func blocks(_ entry: TermEntry) -> PostingBlocks {
    PostingBlocks(entry, of: reader)
  }

  /// The k1 and b that score bounds are made with.
  public var boundSimilarity: Similarity { reader.similarity }

  /// The mean length that score bounds are made with: this field's in this segment.
  public var boundAverageLength: Double { reader.info.statistics.boundAverageLength }

  /// All terms from `start` on, ascending.
  public func terms(from start: [UInt8] = []) throws(IndexError) -> TermIterator {
    try indexing { () throws(StorageError) in
      try TermIterator(reader.dictionary, from: start, prefix: [])
    }
  }

  /// All terms that begin with `prefix`, ascending.
  public func terms(withPrefix prefix: [UInt8]) throws(IndexError) -> TermIterator {
    try indexing { () throws(StorageError) in
      try TermIterator(reader.dictionary, from: prefix, prefix: prefix)
    }
  }
}
