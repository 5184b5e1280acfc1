import SuoyinStorage

/// The lists of some terms of a field that follow one another, encoded: what one thread makes, and
/// ``FieldWriter`` puts behind that of the range before.
///
/// For each term, ascending: what ``PostingListWriter`` asks for, through ``lists``; then the term's
/// bytes to the end of ``bytes`` and ``endTerm()``.
final class TermRange {
  var lists: PostingListWriter
  /// The bytes of all terms, one behind the other.
  var bytes: [UInt8] = []
  /// For each term where its bytes end, and its list.
  private(set) var terms: [(end: Int, list: PostingListWriter.Written)] = []

  /// - Parameter path: what ``Spool`` asks for.
  init(_ id: FieldID, spooledAt path: String, scale: ListScale) {
    lists = PostingListWriter(spooledAt: path, hasPositions: id.hasPositions, scale: scale)
  }

  func endTerm() throws(StorageError) {
    terms.append((bytes.count, try lists.finish()))
  }
}
