import Suoyin

extension CommandRun {
  func evaluate() throws -> Int32 {
    let file = try invocation.needed(.qrels)
    let qrels = try Qrels(parsing: try contents(of: file), file: file)
    let measures = try Measure.parse(invocation.text(.measure) ?? "")
    guard !measures.isEmpty else {
      throw Failure("no measure is named", remedy: "give --measure nDCG@10")
    }
    var evaluations: [Evaluation] = []
    for name in invocation.operands {
      let run = try Run(parsing: try contents(of: name), file: name)
      evaluations.append(Evaluation(of: run, by: qrels, measures: measures))
    }
    var options = Comparison.Options()
    if let permutations = invocation.count(.permutations) { options.permutations = permutations }
    if let seed = invocation.count(.seed) { options.seed = UInt64(seed) }
    let page = EvaluationPage(
      qrels: file, runs: invocation.operands, evaluations: evaluations,
      comparisons: Comparison.all(evaluations, options: options), seed: options.seed,
      showsTopics: invocation.has(.perQuery))
    for (name, evaluation) in zip(invocation.operands, evaluations)
    where evaluation.missing.count == evaluation.topics.count {
      console.say(.warning, "\(name): has none of the topics of \(file)")
    }
    if invocation.has(.json) {
      try console.out.write(try jsonText(EvaluationView(page)))
    } else {
      try page.print(on: console)
    }
    return 0
  }
}
