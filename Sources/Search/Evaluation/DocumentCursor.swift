internal import SuoyinIndex

/// A walk over the documents of a segment that hold something, in ascending order.
///
/// A cursor stands on a document from the start; past the last one `document` is
/// ``PostingCursor/end``, which is above every document, and stays so.
protocol DocumentCursor {
  /// The document it stands on.
  var document: UInt32 { get }
  /// How often that document holds it, at least 1; meaningless at the end.
  var frequency: UInt32 { get }
  /// Goes to the next document.
  mutating func advance()
  /// Goes to the first document that is `target` or later; never backwards.
  mutating func seek(to target: UInt32)
}

extension PostingCursor: DocumentCursor {}
