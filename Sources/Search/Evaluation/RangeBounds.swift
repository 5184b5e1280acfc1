internal import SuoyinIndex

/// What an index knows of a long list without reading it: for each 64 documents of the segment the
/// greatest share of a term's weight that one of them gets.
/// Where the bounds do not hold for a query they still say where the list has documents.
struct RangeBounds {
  let factors: BoundFactors
  private let blocks: PostingBlocks
  /// In place of the stored ones.
  private let presence: [UInt8]?

  /// - Parameter model: what the query is weighed by in the field.
  /// - Returns: nil where the list is too short to have any.
  init?(_ blocks: PostingBlocks, in field: SegmentField, for model: BM25) {
    guard let stored = unsafe blocks.rangeBounds else { return nil }
    self.blocks = blocks
    factors = BoundFactors(field, for: model)
    presence = factors.sayNothing ? unsafe stored.map { $0 == 0 ? 0 : .max } : nil
  }

  /// - Parameter weight: units of a step of a bound.
  func add(to sums: RangeSums, weight: UInt32, requiring: Bool) {
    unsafe withBounds { bounds in
      if requiring {
        unsafe sums.addRequired(bounds, weight: weight)
      } else {
        unsafe sums.add(bounds, weight: weight)
      }
    }
  }

  @unsafe
  private func withBounds<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let presence { return unsafe presence.withUnsafeBufferPointer(body) }
    return unsafe body(blocks.rangeBounds ?? UnsafeBufferPointer(start: nil, count: 0))
  }
}

extension LeafWeighting {
  /// Units of one step of an eight-bit bound of the share, rounded up.
  func unitsPerStep(factor: Float) -> UInt32 {
    UInt32(weight * min(factor, 1) / 255) + 2
  }
}
