internal import SuoyinIndex

/// What one leaf of a query gives the documents of a segment, and the most that it can give them.
///
/// Documents go by windows that ascend, or begin anew; a leaf remembers where it stood.
class SegmentLeaf {
  let field: SegmentField
  let weighting: LeafWeighting
  /// The most that any document of the segment gets.
  let maximum: UInt32

  /// All its documents, where they are in memory, so that they cost next to nothing.
  var read: ScoredDocuments? { nil }

  var isRead: Bool { read != nil }

  init(_ field: SegmentField, _ weighting: LeafWeighting, maximum: UInt32) {
    self.field = field
    self.weighting = weighting
    self.maximum = maximum
  }

  /// Adds to each sum the most that a document of the range gets.
  ///
  /// - Parameter requiring: whether a sum is to be 0 where the range has no document of the leaf.
  func addBounds(to sums: RangeSums, requiring: Bool) { preconditionFailure("abstract") }

  /// The most that a document of the range gets, as ``addBounds(to:requiring:)`` adds it; of a leaf that
  /// is not read.
  func bound(ofRange range: Int) -> UInt32 { preconditionFailure("abstract") }

  /// Makes candidates of some of the leaf's documents: of those that get enough, and whose ranges may
  /// reach the least.
  ///
  /// - Parameters:
  ///   - batch: which part of the leaf's documents is next, 0 at first.
  ///   - own: what is enough.
  ///   - sums: what all leaves may give the documents of each range.
  /// - Returns: whether any were made; if not, there are no more.
  func appendCandidates(
    ofBatch batch: inout Int, to candidates: Candidates, atLeast own: UInt32,
    where sums: RangeSums, reach least: UInt32
  ) -> Bool { preconditionFailure("abstract") }

  /// Adds to the scores of a window what its documents get.
  func add(to scores: ScoreWindow, in window: Range<UInt32>) { preconditionFailure("abstract") }

  /// Adds to each candidate what it gets.
  func add(to candidates: Candidates) { preconditionFailure("abstract") }

  /// What one document gets; 0 where the leaf does not have it.
  func units(of document: UInt32) -> UInt32 { preconditionFailure("abstract") }

  /// Adds the documents of the leaf to a set.
  func insertDocuments(into set: inout DocumentSet) { preconditionFailure("abstract") }

  /// A score that at least `count` documents of the segment have, deleted ones among them.
  func threshold(_ count: Int) -> UInt32 { 0 }
}
