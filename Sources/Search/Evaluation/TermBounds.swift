internal import SuoyinIndex

/// What is known of a long list without reading it: for each 64 documents of the segment the greatest
/// share of a term's weight that one of them gets.
/// Where the bounds do not hold for a query they still say where the list has documents.
struct TermBounds {
  let factors: BoundFactors
  /// See ``RangeBounds/shares``.
  private let shares: [UInt8]

  /// - Parameter model: what the query is weighed by in the field.
  /// - Returns: nil where the list is too short to have any.
  init?(_ blocks: PostingBlocks, in field: SegmentField, for model: BM25) {
    guard let ranges = blocks.rangeBounds else { return nil }
    factors = BoundFactors(field, for: model)
    shares = factors.sayNothing ? ranges.shares.map { $0 == 0 ? 0 : .max } : ranges.shares
  }

  /// - Parameter weight: units of a step of a bound.
  func bound(ofRange range: Int, weight: UInt32) -> UInt32 { UInt32(shares[range]) * weight }

  /// - Parameter weight: units of a step of a bound.
  func add(to sums: RangeSums, weight: UInt32, requiring: Bool) {
    unsafe shares.withUnsafeBufferPointer { shares in
      if requiring {
        unsafe sums.addRequired(shares, weight: weight)
      } else {
        unsafe sums.add(shares, weight: weight)
      }
    }
  }
}

extension LeafWeighting {
  /// Units of one step of an eight-bit bound of the share, rounded up.
  func unitsPerStep(factor: Float) -> UInt32 {
    UInt32(weight * min(factor, 1) / 255) + 2
  }
}
