internal import SuoyinIndex

/// A leaf whose documents are all found already: a short list, a phrase, a word with its synonyms.
final class FoundLeaf: SegmentLeaf {
  private let found: ScoredDocuments

  /// The documents of a list, which is read as a whole.
  ///
  /// - Parameter block: room for a block.
  init(
    _ blocks: PostingBlocks, in field: SegmentField, _ weighting: LeafWeighting,
    by block: PostingBlock
  ) {
    found = ScoredDocuments(blocks, in: field, weighting, by: block)
    super.init(field, weighting, maximum: found.maximum)
  }

  /// Documents that were found.
  init(_ documents: FoundDocuments, in field: SegmentField, _ weighting: LeafWeighting) {
    found = ScoredDocuments(documents, in: field, weighting)
    super.init(field, weighting, maximum: found.maximum)
  }

  override var read: ScoredDocuments? { found }

  override func addBounds(to sums: RangeSums, requiring: Bool) {
    if requiring {
      let own = RangeSums(documentCount: sums.count * RangeSums.width)
      found.addBounds(to: own)
      sums.add(own, requiring: true)
    } else {
      found.addBounds(to: sums)
    }
  }

  override func appendCandidates(
    ofBatch batch: inout Int, to candidates: Candidates, atLeast own: UInt32,
    where sums: RangeSums, reach least: UInt32
  ) -> Bool {
    while batch < found.count, candidates.hasRoom {
      let part = batch..<min(batch + PostingBlock.capacity, found.count)
      batch = part.upperBound
      found.append(part, to: candidates, atLeast: own, where: sums, reach: least)
    }
    return candidates.count > 0
  }

  override func add(to scores: ScoreWindow, in window: Range<UInt32>) {
    found.add(to: scores, in: window)
  }

  override func add(to candidates: Candidates) {
    found.add(to: candidates)
  }

  override func units(of document: UInt32) -> UInt32 {
    found.units(of: document)
  }

  override func insertDocuments(into set: inout DocumentSet) {
    found.insert(into: &set)
  }
}
