/// A run, measured: the value of each measure for each topic.
///
/// All topics that have judgements count, also those for which the run has nothing: they are worth 0,
/// as in `ir_measures`. Topics without judgements do not.
public struct Evaluation: Sendable {
  public let measures: [Measure]
  /// In the order of the judgements.
  public let topics: [String]
  /// For each measure the values of the topics.
  public let values: [[Double]]
  /// Topics with judgements for which the run has nothing.
  public let missing: [String]
  /// How many topics of the run have no judgements.
  public let unjudged: Int

  /// - Complexity: linear in judgements and run, but for sorting each ranking at most three times.
  public init(of run: Run, by qrels: Qrels, measures: [Measure]) {
    self.measures = measures
    topics = qrels.topics
    missing = qrels.topics.filter { run.rankings[Identifier($0)] == nil }
    unjudged = run.rankings.keys.count { qrels.grades[$0] == nil }
    var values = measures.map { _ in [Double]() }
    let orders = Set(measures.map(\.order))
    for topic in qrels.topics {
      let ranking = run.rankings[Identifier(topic)] ?? []
      let judgements = qrels.grades[Identifier(topic)] ?? [:]
      let ranked = Dictionary(
        uniqueKeysWithValues: orders.map {
          ($0, JudgedRanking(ranking, judgements: judgements, order: $0))
        })
      for (index, measure) in measures.enumerated() {
        values[index].append(ranked[measure.order]?.value(of: measure) ?? 0)
      }
    }
    self.values = values
  }

  /// The mean over all topics of each measure.
  public var means: [Double] {
    values.map { $0.reduce(0, +) / Double(max(1, topics.count)) }
  }
}
