/// Fisher's randomization test of paired values: how often would the mean differ at least so much, if
/// for each topic it were chance which of the two runs had which value?
///
/// Source: M. Smucker, J. Allan, B. Carterette, “A Comparison of Statistical Significance Tests for
/// Information Retrieval Evaluation”, CIKM 2007.
public struct RandomizationTest: Equatable, Sendable {
  /// Two-sided. Drawn, the observed one counts among the permutations, so that it is never 0.
  public let p: Double
  /// How many permutations were looked at.
  public let permutations: Int
  /// Whether these were all that there are.
  public let isExact: Bool

  /// - Parameters:
  ///   - differences: of each topic.
  ///   - permutations: how many are drawn where there are more.
  ///   - seed: the same one draws the same.
  /// - Complexity: O(permutations · differences that are not 0).
  public init(_ differences: [Double], permutations: Int, seed: UInt64) {
    // Where both are equal, nothing depends on which is which.
    let differences = differences.filter { $0 != 0 }
    let observed = abs(differences.reduce(0, +))
    // Sums that are equal on paper differ in their last bits.
    let least = observed - 1e-12 * differences.reduce(0) { $0 + abs($1) }
    let count = differences.count
    isExact = count < 62 && 1 << count <= max(1, permutations)
    self.permutations = isExact ? 1 << count : max(1, permutations)
    var random = SmallFastCounter(seed: seed)
    var extreme = 0
    for permutation in 0..<self.permutations {
      var signs: UInt64 = 0
      var sum = 0.0
      for index in 0..<count {
        if index % 64 == 0 { signs = isExact ? UInt64(permutation) : random.next() }
        let sign = signs << 63
        sum += Double(bitPattern: differences[index].bitPattern ^ sign)
        signs >>= 1
      }
      if abs(sum) >= least { extreme += 1 }
    }
    p =
      isExact
      ? Double(extreme) / Double(self.permutations)
      : Double(extreme + 1) / Double(self.permutations + 1)
  }
}

/// Random bits that a seed repeats on every machine: SFC64.
///
/// Source: C. Doty-Humphrey, PractRand; seeded as in NumPy.
struct SmallFastCounter: RandomNumberGenerator {
  private var a: UInt64
  private var b: UInt64
  private var c: UInt64
  private var counter: UInt64 = 1

  init(seed: UInt64) {
    (a, b, c) = (seed, seed, seed)
    for _ in 0..<12 { _ = next() }
  }

  mutating func next() -> UInt64 {
    let result = a &+ b &+ counter
    counter &+= 1
    a = b ^ (b >> 11)
    b = c &+ (c << 3)
    c = (c << 24 | c >> 40) &+ result
    return result
  }
}
