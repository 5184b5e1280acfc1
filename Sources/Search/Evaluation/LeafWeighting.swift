internal import SuoyinIndex

/// What a leaf is worth in a document, in units of a ``ScoreScale``.
struct LeafWeighting: Sendable {
  /// The leaf's whole weight in units.
  let weight: Float
  let saturation: Saturation

  /// At least 1, at most the weight and 1.
  ///
  /// The kernels `score` and `add_scores` compute the very same.
  @inline(__always)
  func units(frequency: UInt32, length: UInt32) -> UInt32 {
    UInt32(weight * saturation(frequency: frequency, length: length)) + 1
  }

  /// What a document has to get for a frequency, so that it may get `least` for a smaller one: less for
  /// a smaller one is the rule, but for the rounding of two operations.
  static func bound(for least: UInt32) -> UInt32 {
    least - min(least, least >> 22 + 2)
  }

  /// The most that any document gets.
  var maximum: UInt32 { units(ofShare: 1) }

  /// The most that a document gets whose share is at most that.
  func units(ofShare bound: Float) -> UInt32 {
    // Upwards by more than what rounding can take.
    UInt32(weight * min(bound, 1) * (1 + 1e-6)) + 2
  }
}
