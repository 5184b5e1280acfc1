internal import SuoyinIndex

/// Ranks the documents of one list.
///
/// The index keeps the share of the weight that the k-th best document gets, for a few k, and of each
/// block the greatest share: most often only the blocks of the best documents are read.
struct TermRanking {
  private let blocks: PostingBlocks
  private let field: SegmentField
  private let segment: SegmentPlace
  private let weighting: LeafWeighting
  private let bounds: BoundFactors

  init(
    _ blocks: PostingBlocks, in field: SegmentField, of segment: SegmentPlace,
    _ weighting: LeafWeighting, _ model: BM25
  ) {
    self.blocks = blocks
    self.field = field
    self.segment = segment
    self.weighting = weighting
    bounds = BoundFactors(field, for: model)
  }

  /// Offers all documents that may be among the best.
  func rank(into top: inout TopDocuments) {
    if !segment.segment.hasDeletes {
      let share = blocks.threshold(top.limit) * bounds.lower
      top.raise(to: UInt32(weighting.weight * share))
    }
    let reader = BlockReader(blocks)
    let scores = BlockScores()
    for number in 0..<blocks.blockCount {
      let bound = weighting.units(ofShare: blocks.bound(of: number) * bounds.upper)
      guard bound >= top.least else { continue }
      reader.read(number)
      reader.readFrequencies()
      scores.fill(from: reader.block, of: field, by: weighting)
      scores.forEach(atLeast: max(top.least, 1)) { place, units in
        top.offer(units, reader.document(place), in: segment)
      }
    }
  }
}
