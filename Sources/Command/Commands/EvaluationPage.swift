import Suoyin

/// Measured runs as a person reads them.
struct EvaluationPage {
  /// The topics shown of each comparison.
  static let topicsShown = 10

  let qrels: String
  let runs: [String]
  let evaluations: [Evaluation]
  let comparisons: [Comparison]
  let seed: UInt64
  let showsTopics: Bool

  func print(on console: Console) throws {
    guard let first = evaluations.first else { return }
    if showsTopics { try printTopics(on: console) }
    let rows = first.measures.indices.map { measure in
      [first.measures[measure].description]
        + evaluations.map { fixed($0.means[measure], 4) }
    }
    try console.print(table: [[counted(first.topics.count, "topic")] + runs] + rows)
    for (name, evaluation) in zip(runs, evaluations) {
      if !evaluation.missing.isEmpty {
        console.say(
          .note,
          "\(name): nothing for \(counted(evaluation.missing.count, "topic")), which count 0")
      }
      if evaluation.unjudged > 0 {
        console.say(
          .note,
          "\(name): \(counted(evaluation.unjudged, "topic")) without judgements left out")
      }
    }
    for run in runs.indices.dropFirst() {
      try print(comparisons.filter { $0.run == run }, of: runs[run], on: console)
    }
  }

  private func printTopics(on console: Console) throws {
    guard let first = evaluations.first else { return }
    for (place, topic) in first.topics.enumerated() {
      for (index, measure) in first.measures.enumerated() {
        let values = evaluations.map { String($0.values[index][place]) }
        try console.out.write(
          harmless(topic) + "\t\(measure)\t" + values.joined(separator: "\t") + "\n")
      }
    }
    try console.out.write("\n")
  }

  private func print(
    _ comparisons: [Comparison], of name: String, on console: Console
  ) throws {
    guard let first = comparisons.first else { return }
    try console.print([StyledText("\n\(harmless(name)) against \(harmless(runs[0]))", .title)])
    var rows = [
      ["", "difference", "p (t-test)", "Holm", "p (random)", "Holm", "wins", "ties", "losses"]
    ]
    for comparison in comparisons {
      rows.append([
        comparison.measure.description, signed(comparison.difference),
        comparison.tTest.map { brief($0.p) } ?? "–", comparison.tTestHolm.map(brief) ?? "–",
        brief(comparison.randomization.p), brief(comparison.randomizationHolm),
        grouped(comparison.wins), grouped(comparison.ties), grouped(comparison.losses),
      ])
    }
    try console.print(table: rows)
    let count = grouped(first.randomization.permutations)
    let how =
      first.randomization.isExact
      ? "all \(count) permutations" : "\(count) permutations, seed \(seed)"
    try console.print([
      StyledText(
        "Holm over \(counted(self.comparisons.count, "comparison")); \(how)", .label)
    ])
    guard !first.differences.isEmpty else { return }
    try console.print([StyledText("most different by \(first.measure):", .label)])
    let shown = first.differences.prefix(Self.topicsShown)
    try console.print(
      table: shown.map {
        ["  \($0.topic)", fixed($0.baseline, 4), fixed($0.run, 4), signed($0.value)]
      })
  }

  private func signed(_ value: Double) -> String {
    (value > 0 ? "+" : "") + fixed(value, 4)
  }

  /// `0.034`, and `3.4e-05` where that would show nothing.
  private func brief(_ p: Double) -> String {
    guard p > 0, p < 0.0001 else { return fixed(p, 4) }
    var exponent = 0
    var digits = p
    while digits < 1 {
      digits *= 10
      exponent -= 1
    }
    return "\(fixed(digits, 1))e\(exponent)"
  }
}
