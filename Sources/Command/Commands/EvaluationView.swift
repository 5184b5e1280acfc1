import Suoyin

/// The object that `suoyin evaluate --json` prints.
struct EvaluationView: Encodable {
  let qrels: String
  let topics: Int
  let runs: [RunView]
  let comparisons: [ComparedRunsView]

  init(_ page: EvaluationPage) {
    qrels = page.qrels
    topics = page.evaluations.first?.topics.count ?? 0
    runs = zip(page.runs, page.evaluations).map {
      RunView(run: $0, evaluation: $1, showsTopics: page.showsTopics)
    }
    comparisons = page.comparisons.map {
      ComparedRunsView(
        baseline: page.runs[0], run: page.runs[$0.run], seed: page.seed, comparison: $0)
    }
  }
}

struct RunView: Encodable {
  let run: String
  let evaluation: Evaluation
  let showsTopics: Bool

  private enum CodingKeys: String, CodingKey {
    case run, missing, means, values
    case unjudgedTopics = "unjudged_topics"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(run, forKey: .run)
    try container.encode(evaluation.missing, forKey: .missing)
    try container.encode(evaluation.unjudged, forKey: .unjudgedTopics)
    let names = evaluation.measures.map(\.description)
    try container.encode(
      Dictionary(uniqueKeysWithValues: zip(names, evaluation.means)), forKey: .means)
    guard showsTopics else { return }
    var values: [String: [String: Double]] = [:]
    for (index, name) in names.enumerated() {
      values[name] = Dictionary(
        uniqueKeysWithValues: zip(evaluation.topics, evaluation.values[index]))
    }
    try container.encode(values, forKey: .values)
  }
}

struct ComparedRunsView: Encodable {
  struct TopicView: Encodable {
    let topic: String
    let baseline: Double
    let run: Double
  }

  let baseline: String
  let run: String
  let seed: UInt64
  let comparison: Comparison

  private enum CodingKeys: String, CodingKey {
    case baseline, run, measure, difference, t, permutations, exact, seed, wins, ties, losses
    case topics
    case tP = "t_p"
    case tPHolm = "t_p_holm"
    case randomizationP = "randomization_p"
    case randomizationPHolm = "randomization_p_holm"
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(baseline, forKey: .baseline)
    try container.encode(run, forKey: .run)
    try container.encode(comparison.measure.description, forKey: .measure)
    try container.encode(comparison.difference, forKey: .difference)
    // Null where there is none, or it is infinite, which JSON cannot say.
    let t = comparison.tTest?.t
    try container.encode(t?.isFinite == true ? t : nil, forKey: .t)
    try container.encode(comparison.tTest?.p, forKey: .tP)
    try container.encode(comparison.tTestHolm, forKey: .tPHolm)
    try container.encode(comparison.randomization.p, forKey: .randomizationP)
    try container.encode(comparison.randomizationHolm, forKey: .randomizationPHolm)
    try container.encode(comparison.randomization.permutations, forKey: .permutations)
    try container.encode(comparison.randomization.isExact, forKey: .exact)
    try container.encode(seed, forKey: .seed)
    try container.encode(comparison.wins, forKey: .wins)
    try container.encode(comparison.ties, forKey: .ties)
    try container.encode(comparison.losses, forKey: .losses)
    let topics = comparison.differences.prefix(EvaluationPage.topicsShown).map {
      TopicView(topic: $0.topic, baseline: $0.baseline, run: $0.run)
    }
    try container.encode(topics, forKey: .topics)
  }
}
