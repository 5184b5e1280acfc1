/// How scores become whole numbers and back.
///
/// A weight is counted in units that are so small that all weights of a query together fill 30 bits.
/// What a document gets for each leaf is a whole number of units, one at least, and its score their
/// sum. Whole numbers may be added in any order, and in part, with the same result: that a pruned
/// evaluation gives the scores of an exhaustive one, bit for bit, needs no second look at any
/// document. A leaf's part is exact to 24 bits, and a score to some millionths.
struct ScoreScale: Sendable {
  /// Units of one point, a power of two.
  let unitsPerPoint: Double

  /// - Parameter total: the sum of all weights of the query.
  init(total: Double) {
    // frexp: total lies in 0.5 ..< 1 times 2^exponent.
    let exponent = total > 0 ? total.exponent + 1 : 0
    unitsPerPoint = Double(
      sign: .plus, exponent: 30 - min(max(Int(exponent), -60), 29), significand: 1)
  }

  /// A weight in units, as the kernels take it.
  func units(of weight: Double) -> Float {
    Float(weight * unitsPerPoint)
  }

  /// The score for so many units; exact.
  func score(_ units: UInt32) -> Double {
    Double(units) / unitsPerPoint
  }
}
