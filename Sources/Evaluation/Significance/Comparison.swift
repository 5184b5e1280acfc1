/// Two runs by one measure: which is better, on which topics, and may that be chance?
public struct Comparison: Sendable {
  /// How a run is held against another.
  public struct Options: Sendable {
    /// How many permutations are drawn where there are more.
    public var permutations = 100_000
    public var seed: UInt64 = 1

    public init() {}
  }

  /// A topic and what both runs are worth on it.
  public struct Difference: Equatable, Sendable {
    public let topic: String
    public let baseline: Double
    public let run: Double

    public var value: Double { run - baseline }
  }

  /// Values nearer to one another than this are taken for equal.
  public static let tie = 1e-9

  /// The place of the run among those compared; the baseline is the first.
  public let run: Int
  public let measure: Measure
  /// The mean of the run less that of the baseline.
  public let difference: Double
  /// nil for fewer than two topics.
  public let tTest: PairedTTest?
  public let randomization: RandomizationTest
  /// The p-values among those of all comparisons made at once, after Holm.
  public let tTestHolm: Double?
  public let randomizationHolm: Double
  public let wins: Int
  public let ties: Int
  public let losses: Int
  /// The topics on which both are not equal, the largest difference first.
  public let differences: [Difference]

  /// Compares every run with the first, by every measure.
  ///
  /// - Precondition: all have the same topics and measures.
  /// - Complexity: that of the randomization tests.
  public static func all(
    _ evaluations: [Evaluation], options: Options = Options()
  ) -> [Comparison] {
    guard let baseline = evaluations.first else { return [] }
    struct Tested {
      let run: Int
      let measure: Int
      let tTest: PairedTTest?
      let randomization: RandomizationTest
    }
    var tested: [Tested] = []
    for (run, evaluation) in evaluations.enumerated().dropFirst() {
      precondition(
        evaluation.topics == baseline.topics && evaluation.measures == baseline.measures)
      for measure in baseline.measures.indices {
        let differences = zip(evaluation.values[measure], baseline.values[measure])
          .map { abs($0 - $1) <= tie ? 0 : $0 - $1 }
        tested.append(
          Tested(
            run: run, measure: measure, tTest: PairedTTest(differences),
            randomization: RandomizationTest(
              differences, permutations: options.permutations, seed: options.seed)))
      }
    }
    let byT = holm(tested.map { $0.tTest?.p ?? 1 })
    let byChance = holm(tested.map(\.randomization.p))
    return tested.enumerated().map { index, test in
      Comparison(
        evaluations[test.run], baseline, run: test.run, measure: test.measure, tTest: test.tTest,
        randomization: test.randomization, tTestHolm: test.tTest == nil ? nil : byT[index],
        randomizationHolm: byChance[index])
    }
  }

  private init(
    _ evaluation: Evaluation, _ baseline: Evaluation, run: Int, measure: Int, tTest: PairedTTest?,
    randomization: RandomizationTest, tTestHolm: Double?, randomizationHolm: Double
  ) {
    self.run = run
    self.measure = evaluation.measures[measure]
    self.tTest = tTest
    self.randomization = randomization
    self.tTestHolm = tTestHolm
    self.randomizationHolm = randomizationHolm
    difference = evaluation.means[measure] - baseline.means[measure]
    let all = evaluation.topics.indices.map {
      Difference(
        topic: evaluation.topics[$0], baseline: baseline.values[measure][$0],
        run: evaluation.values[measure][$0])
    }
    wins = all.count { $0.value > Self.tie }
    losses = all.count { $0.value < -Self.tie }
    ties = all.count - wins - losses
    differences = all.enumerated().filter { abs($0.element.value) > Self.tie }
      .sorted { a, b in
        let (x, y) = (abs(a.element.value), abs(b.element.value))
        return x != y ? x > y : a.offset < b.offset
      }.map(\.element)
  }
}
