import SuoyinTestSupport
import Testing

@testable import SuoyinEvaluation

@Suite struct SignificanceTests {
  /// The p-value by going through all signs, recursively.
  private func slow(_ differences: [Double]) -> Double {
    func sums(_ rest: ArraySlice<Double>) -> [Double] {
      guard let first = rest.first else { return [0] }
      return sums(rest.dropFirst()).flatMap { [$0 + first, $0 - first] }
    }
    let all = sums(differences[...])
    let observed = abs(differences.reduce(0, +))
    return Double(all.count { abs($0) >= observed - 1e-9 }) / Double(all.count)
  }

  @Test func fewTopicsArePermutedInAllWays() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<50 {
      let differences = (0..<Int.random(in: 0...10, using: &random)).map { _ in
        Double(Int.random(in: -3...4, using: &random)) / 10
      }
      let test = RandomizationTest(differences, permutations: 1024, seed: 1)
      #expect(test.isExact)
      #expect(abs(test.p - slow(differences)) < 1e-12, "\(differences)")
    }
  }

  @Test func drawnPermutationsComeNearAndRepeat() {
    let differences = [0.4, 0.3, -0.1, 0.25, 0.05, -0.2, 0.3, 0.15, 0.1, -0.05]
    let test = RandomizationTest(differences, permutations: 1000, seed: 7)
    #expect(!test.isExact && test.permutations == 1000)
    #expect(abs(test.p - slow(differences)) < 0.04)
    #expect(test == RandomizationTest(differences, permutations: 1000, seed: 7))
    #expect(test != RandomizationTest(differences, permutations: 1000, seed: 8))
    // More signs than one number has bits.
    let many = Array(repeating: 0.01, count: 200)
    #expect(RandomizationTest(many, permutations: 1000, seed: 1).p == 1.0 / 1001)
    #expect(RandomizationTest([0, 0], permutations: 10, seed: 1).p == 1)
  }

  @Test func equalDifferencesHaveAnEnd() {
    #expect(PairedTTest([0.5]) == nil)
    #expect(PairedTTest([0, 0, 0])?.p == 1)
    #expect(PairedTTest([0.5, 0.5])?.p == 0)
    #expect(PairedTTest([0.5, -0.5])?.p == 1)
  }

  /// Checked by hand: 3 · 0.01, 2 · 0.02, and never below the one before.
  @Test func holmCorrectsByRank() {
    #expect(holm([0.03, 0.01, 0.02]) == [0.04, 0.03, 0.04])
    #expect(holm([0.9, 0.8]) == [1, 1])
    #expect(holm([]) == [])
  }

  @Test func runsAreHeldAgainstTheFirst() throws {
    let qrels = Qrels(["1": ["a": 1], "2": ["a": 1], "3": ["a": 1]], topics: ["1", "2", "3"])
    func run(_ ranks: [Int]) -> Evaluation {
      var rankings: [String: [Run.Entry]] = [:]
      for (index, rank) in ranks.enumerated() {
        rankings["\(index + 1)"] = (1...5).map {
          Run.Entry(id: $0 == rank ? "a" : "x\($0)", score: -Double($0))
        }
      }
      return Evaluation(of: Run(rankings), by: qrels, measures: [Measure(.rr), Measure(.p, at: 1)])
    }
    let all = Comparison.all([run([1, 2, 5]), run([2, 2, 1])])
    #expect(all.map(\.measure.description) == ["RR", "P@1"])
    let first = try #require(all.first)
    #expect(first.wins == 1 && first.ties == 1 && first.losses == 1 && first.run == 1)
    #expect(first.differences.map(\.topic) == ["3", "1"])
    #expect(abs(first.difference - 0.1) < 1e-12)
    #expect(first.randomization.isExact && first.randomizationHolm == 1)
  }
}
