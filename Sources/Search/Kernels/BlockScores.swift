internal import CKernels
internal import SuoyinIndex

/// What a leaf gives each document of a block.
@safe
final class BlockScores {
  private let scores: UnsafeMutablePointer<UInt32>
  private let places: UnsafeMutablePointer<UInt32>
  private var count = 0

  init() {
    let capacity = PostingBlock.capacity + 16
    unsafe scores = .allocate(capacity: capacity * 2)
    unsafe scores.initialize(repeating: 0, count: capacity * 2)
    unsafe places = scores + capacity
  }

  deinit {
    unsafe scores.deallocate()
  }

  /// - Precondition: the block's frequencies are read.
  func fill(from block: PostingBlock, of field: SegmentField, by weighting: LeafWeighting) {
    count = block.count
    unsafe weighting.score(block.documents, block.frequencies, count, in: field, into: scores)
  }

  /// Calls `body` with the place in the block and the score of each that reaches `least`.
  func forEach(atLeast least: UInt32, _ body: (_ place: Int, _ units: UInt32) -> Void) {
    let found = unsafe Kernels.lists.select_at_least(scores, count, least, places)
    for index in 0..<found {
      let place = Int(unsafe places[index])
      unsafe body(place, scores[place])
    }
  }

  /// Makes candidates of the documents that get enough and whose ranges may reach the least.
  func append(
    to candidates: Candidates, of block: PostingBlock, atLeast own: UInt32,
    where sums: RangeSums, reach least: UInt32
  ) {
    precondition(count == block.count)
    unsafe candidates.append(
      block.documents, scores, count, atLeast: own, where: sums, reach: least)
  }
}
