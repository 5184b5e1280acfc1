internal import SuoyinIndex

/// How far bounds that an index keeps hold for a query.
///
/// They were made for the segment's own mean length. In a collection of another mean a share can be
/// greater by the quotient of the means, no more. Those made for other parameters of BM25 bound
/// nothing.
struct BoundFactors {
  /// What a stored share has to be multiplied by to be no less than the one that counts.
  let upper: Float
  /// What a stored share has to be multiplied by to be no more than the one that counts.
  let lower: Float

  /// Whether the bounds say no more than where there is anything.
  var sayNothing: Bool { upper == .infinity }

  init(_ field: SegmentField, for model: BM25) {
    guard model.similarity == field.boundSimilarity else {
      upper = .infinity
      lower = 0
      return
    }
    let quotient = model.averageLength / field.boundAverageLength
    // Upwards and downwards by more than what rounding can take.
    upper = Float(max(1, quotient)) * (1 + 1e-6)
    lower = Float(min(1, quotient)) * (1 - 1e-6)
  }
}
