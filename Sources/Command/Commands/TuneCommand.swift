import Suoyin

extension CommandRun {
  func tune() throws -> Int32 {
    let file = invocation.operands[0]
    let plan = try TuningPlan(parsing: try contents(of: file), file: file)
    let measure = try Measure(parsing: plan.measure)
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    /// Paths are relative to the file that names them.
    func path(_ path: String) -> String { path.hasPrefix("/") ? path : folder + path }
    let collections = try plan.collections.map { collection in
      let topics = path(collection.topics)
      let qrels = path(collection.qrels)
      return Tuning.Judged(
        name: collection.name, searcher: try SearchIndex.open(at: path(collection.index)).searcher,
        topics: try Topics(parsing: try contents(of: topics), file: topics).topics,
        qrels: try Qrels(parsing: try contents(of: qrels), file: qrels))
    }
    let count = plan.settings.count
    let tuning = try Tuning(
      plan, measure: measure, on: collections, threads: invocation.count(.threads)
    ) { done in
      console.show(
        ProgressState(noun: "setting", count: done, done: done, total: count, areBytes: false))
    }
    console.clearProgress()
    let page = TuningPage(tuning: tuning, measure: measure, plan: plan)
    if invocation.has(.json) {
      try console.out.write(try jsonText(TuningView(page)))
    } else {
      try page.print(on: console)
    }
    return 0
  }
}

/// Settings compared, as a person reads them.
struct TuningPage {
  /// The settings shown.
  static let settingsShown = 20

  let tuning: Tuning
  let measure: Measure
  let plan: TuningPlan

  /// The mean of a setting over the collections.
  func mean(_ setting: Int) -> Double {
    tuning.means[setting].reduce(0, +) / Double(max(1, tuning.means[setting].count))
  }

  func print(on console: Console) throws {
    let names = tuning.outcomes.map(\.name)
    let shown = tuning.settings.indices.sorted { mean($0) > mean($1) }.prefix(Self.settingsShown)
    let listed = shown.contains(0) ? Array(shown) : shown + [0]
    try console.print(
      table: [[measure.description] + names + ["mean"]]
        + listed.map { setting in
          [tuning.settings[setting].description]
            + tuning.means[setting].map { fixed($0, 4) } + [fixed(mean(setting), 4)]
        })
    let more = tuning.settings.count - listed.count
    if more > 0 { console.say(.note, "\(counted(more, "setting")) more, none of them better") }
    try console.print([StyledText("\nbest on the other folds", .title)])
    try console.print(
      table: [["", "setting"]]
        + tuning.chosen.enumerated().map {
          ["fold \($0 + 1)", tuning.settings[$1].description]
        })
    try console.print([StyledText("\non topics that had no part in the choice", .title)])
    try console.print(
      table: [["", "topics", "standard", "best", "cross-validated", "p (random)"]]
        + tuning.outcomes.map {
          [
            $0.name, grouped($0.topics), fixed($0.standard, 4), fixed($0.best, 4),
            fixed($0.crossValidated, 4), fixed($0.test.p, 4),
          ]
        })
  }
}

/// The object that `suoyin tune --json` prints.
struct TuningView: Encodable {
  struct SettingView: Encodable {
    let setting: [String: Double]
    let means: [Double]
  }

  struct OutcomeView: Encodable {
    let name: String
    let topics: Int
    let standard: Double
    let best: Double
    let crossValidated: Double
    let p: Double

    private enum CodingKeys: String, CodingKey {
      case name, topics, standard, best, p
      case crossValidated = "cross_validated"
    }
  }

  let measure: String
  let folds: Int
  let seed: UInt64
  let settings: [SettingView]
  let chosen: [Int]
  let best: Int
  let collections: [OutcomeView]

  init(_ page: TuningPage) {
    measure = page.measure.description
    folds = page.plan.folds
    seed = page.plan.seed
    let tuning = page.tuning
    settings = zip(tuning.settings, tuning.means).map {
      SettingView(
        setting: Dictionary($0.values.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 }),
        means: $1)
    }
    chosen = tuning.chosen
    best = tuning.best
    collections = tuning.outcomes.map {
      OutcomeView(
        name: $0.name, topics: $0.topics, standard: $0.standard, best: $0.best,
        crossValidated: $0.crossValidated, p: $0.test.p)
    }
  }
}
