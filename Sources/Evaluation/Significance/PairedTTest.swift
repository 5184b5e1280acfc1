internal import Glibc

/// Student's t-test of paired values: could runs of equal worth differ so much on average?
public struct PairedTTest: Equatable, Sendable {
  /// Infinite where all differences are the same and not 0.
  public let t: Double
  public let degreesOfFreedom: Int
  /// Two-sided.
  public let p: Double

  /// - Parameter differences: of each topic.
  /// - Returns: nil for fewer than two topics.
  public init?(_ differences: [Double]) {
    guard differences.count > 1 else { return nil }
    let n = Double(differences.count)
    let mean = differences.reduce(0, +) / n
    let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    degreesOfFreedom = differences.count - 1
    guard variance > 0 else {
      t = mean == 0 ? 0 : mean > 0 ? .infinity : -.infinity
      p = mean == 0 ? 1 : 0
      return
    }
    t = mean / (variance / n).squareRoot()
    let freedom = n - 1
    p = Self.incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
  }

  /// The regularized incomplete beta function I_x(a, b), by its continued fraction.
  ///
  /// Source: W. Lentz's method as in I. Thompson, A. Barnett, “Coulomb and Bessel Functions of
  /// Complex Arguments and Order”, Journal of Computational Physics 64 (1986).
  static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast on this side only.
    guard x < (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
    let front = exp(
      lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    func nonzero(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var c = 1.0
    var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
    var fraction = d
    for step in 1...10_000 {
      let m = Double(step)
      for term in [
        m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
      ] {
        d = 1 / nonzero(1 + term * d)
        c = nonzero(1 + term / c)
        fraction *= c * d
      }
      if abs(c * d - 1) < 1e-16 { break }
    }
    return front * fraction / a
  }
}
