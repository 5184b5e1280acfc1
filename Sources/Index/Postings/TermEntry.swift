/// What the dictionary says of a term in one field of one segment.
public struct TermEntry: Equatable, Sendable {
  /// The number of documents that hold the term, deleted ones included.
  public let documentFrequency: Int
  /// The number of its occurrences in them.
  public let totalFrequency: Int
  /// The document of a list of one, which has no list.
  let onlyDocument: UInt32
  /// Where the list lies in the section `postings`; empty for a list of one document.
  let postings: Range<Int>
  /// Where the positions lie: in the section `positions`, or in the dictionary itself.
  let positions: Range<Int>
  let positionsAreInDictionary: Bool
}
