internal import SuoyinIndex
public import SuoyinSearch

/// How good each setting of a plan is on each topic, and what choosing among them is worth on topics
/// that had no part in the choice.
public struct Tuning: Sendable {
  /// A collection's topics, judged.
  public struct Judged: Sendable {
    public let name: String
    let searcher: Searcher
    let topics: [Topic]
    let qrels: Qrels

    public init(name: String, searcher: Searcher, topics: [Topic], qrels: Qrels) {
      self.name = name
      self.searcher = searcher
      self.topics = topics
      self.qrels = qrels
    }
  }

  /// What came of one collection.
  public struct Outcome: Sendable {
    public let name: String
    public let topics: Int
    /// The mean as a search ranks everywhere else.
    public let standard: Double
    /// The mean by the setting that is best over all topics: what was looked at is part of it.
    public let best: Double
    /// The mean where each fold's topics are ranked by what was best on the others.
    public let crossValidated: Double
    /// Of the difference between the last and the first.
    public let test: RandomizationTest
  }

  public let settings: [TuningSetting]
  /// The mean of each setting for each collection.
  public let means: [[Double]]
  /// For each fold the index of the setting that is best on the other folds.
  public let chosen: [Int]
  /// The index of the best setting over all topics.
  public let best: Int
  public let outcomes: [Outcome]

  /// Tries all settings.
  ///
  /// A setting is as good as the mean over collections of its mean over topics, so that a large
  /// collection says no more than a small one. Topics are dealt out to folds by the plan's seed.
  ///
  /// - Parameters:
  ///   - plan: what is tried, and how.
  ///   - measure: what a setting is judged by.
  ///   - collections: the topics and judgements.
  ///   - threads: how many search; nil for one each processor.
  ///   - permutations: of the test of the gain.
  ///   - progress: told how many settings have been tried, on the caller's thread.
  /// - Complexity: settings times the searches of all topics.
  public init(
    _ plan: TuningPlan, measure: Measure, on collections: [Judged], threads: Int? = nil,
    permutations: Int = 100_000, progress: (Int) -> Void
  ) throws {
    let settings = plan.settings
    // For each setting, collection and topic.
    var values: [[[Double]]] = []
    for setting in settings {
      values.append(
        try collections.map {
          try Self.values(of: setting, measure, on: $0, depth: plan.depth, threads: threads)
        })
      progress(values.count)
    }
    let folds = collections.enumerated().map { index, collection in
      Self.folds(collection.qrels.topics.count, plan.folds, seed: plan.seed &+ UInt64(index))
    }
    /// The setting that is best on the topics that are in none of a fold.
    func choice(without fold: Int?) -> Int {
      func score(_ setting: Int) -> Double {
        var sum = 0.0
        for (index, folds) in folds.enumerated() {
          let kept = folds.indices.filter { folds[$0] != fold }
          sum +=
            kept.reduce(0) { $0 + values[setting][index][$1] } / Double(max(1, kept.count))
        }
        return sum
      }
      let scores = settings.indices.map(score)
      return scores.indices.max { scores[$0] < scores[$1] } ?? 0
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
    let chosen = (0..<plan.folds).map { choice(without: $0) }
    let best = choice(without: nil)
    outcomes = collections.indices.map { index in
      let held = folds[index].enumerated().map { values[chosen[$1]][index][$0] }
      return Outcome(
        name: collections[index].name, topics: held.count, standard: mean(values[0][index]),
        best: mean(values[best][index]), crossValidated: mean(held),
        test: RandomizationTest(
          zip(held, values[0][index]).map { $0 - $1 }, permutations: permutations,
          seed: plan.seed))
    }
    means = values.map { $0.map(mean) }
    self.settings = settings
    self.chosen = chosen
    self.best = best
  }

  private static func values(
    of setting: TuningSetting, _ measure: Measure, on collection: Judged, depth: Int, threads: Int?
  ) throws -> [Double] {
    var runner = TopicRunner(collection.searcher, depth: depth)
    if let threads { runner.threads = threads }
    let (similarity, weights) = setting.apply(to: collection.searcher.snapshot.similarity)
    runner.similarity = similarity
    runner.weights = weights
    var rankings: [String: [Run.Entry]] = [:]
    // By rank, as a written run has them: what holds the whole query is first whatever its score.
    try runner.forEachAnswer(to: collection.topics) { answer in
      rankings[answer.topic.id] = answer.ranking.enumerated().map { rank, entry in
        Run.Entry(id: entry.id, score: Double(answer.ranking.count - rank))
      }
    }
    return Evaluation(of: Run(rankings), by: collection.qrels, measures: [measure]).values[0]
  }

  /// Deals topics out, to folds whose sizes differ by one at most.
  private static func folds(_ count: Int, _ folds: Int, seed: UInt64) -> [Int] {
    var random = SmallFastCounter(seed: seed)
    return (0..<count).map { $0 % folds }.shuffled(using: &random)
  }
}
