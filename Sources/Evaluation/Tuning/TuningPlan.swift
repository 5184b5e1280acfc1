internal import FoundationEssentials
internal import SuoyinIndex
internal import SuoyinSearch

/// What is to be tried on which collections, as a file of JSON says it: with the indexes it names,
/// the same file gives the same answer.
public struct TuningPlan: Decodable, Equatable, Sendable {
  /// An index with topics and judgements.
  public struct Collection: Decodable, Equatable, Sendable {
    public let name: String
    public let index: String
    public let topics: String
    public let qrels: String
  }

  public let collections: [Collection]
  /// For each parameter the values to try.
  public let grid: [String: [Double]]
  /// The name of a ``Measure``.
  public let measure: String
  public let folds: Int
  /// What deals the topics out to folds.
  public let seed: UInt64
  /// The most articles for a topic.
  public let depth: Int

  /// The most settings that are tried.
  public static let settingLimit = 10_000

  private enum CodingKeys: String, CodingKey, CaseIterable {
    case collections, grid, measure, folds, seed, depth
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    collections = try container.decode([Collection].self, forKey: .collections)
    grid = try container.decode([String: [Double]].self, forKey: .grid)
    measure = try container.decodeIfPresent(String.self, forKey: .measure) ?? "nDCG@10"
    folds = try container.decodeIfPresent(Int.self, forKey: .folds) ?? 5
    seed = try container.decodeIfPresent(UInt64.self, forKey: .seed) ?? 1
    depth = try container.decodeIfPresent(Int.self, forKey: .depth) ?? 100
  }

  /// Reads a file of JSON.
  ///
  /// - Throws: where it is no such object, or something in it cannot be tried.
  public init(parsing bytes: [UInt8], file: String) throws(EvaluationFileError) {
    func error(_ problem: String, _ remedy: String) -> EvaluationFileError {
      EvaluationFileError(file: file, line: nil, problem: problem, remedy: remedy)
    }
    let plan: TuningPlan
    do {
      plan = try JSONDecoder().decode(TuningPlan.self, from: Data(bytes))
    } catch {
      throw EvaluationFileError(
        file: file, line: nil, problem: "is no plan: \(error)",
        remedy: #"write {"collections": [{"name", "index", "topics", "qrels"}], "grid": {…}}"#)
    }
    guard !plan.collections.isEmpty else {
      throw error("names no collection", "give one with name, index, topics and qrels")
    }
    guard (2...1_000).contains(plan.folds), (1...1_000_000).contains(plan.depth) else {
      throw error("folds or depth are out of range", "give 2 folds or more, and a depth from 1")
    }
    var count = 1
    for (name, values) in plan.grid {
      guard TuningSetting.names.contains(name) else {
        throw error(
          "there is no parameter \(TextLines.quoted(name))",
          "there are \(TuningSetting.names.joined(separator: ", "))")
      }
      guard !values.isEmpty else { throw error("\(name) has no values", "give some, or leave it") }
      count = min(count * values.count, Self.settingLimit + 1)
    }
    guard count <= Self.settingLimit else {
      throw error(
        "the grid has more than \(Self.settingLimit) settings", "try fewer values at once")
    }
    self = plan
  }

  /// What is as it is everywhere else, and every combination of the grid's values.
  public var settings: [TuningSetting] {
    var settings = [TuningSetting()]
    for name in TuningSetting.names {
      guard let values = grid[name] else { continue }
      settings = settings.flatMap { setting in
        values.map { value in
          var setting = setting
          setting.values.append((name, value))
          return setting
        }
      }
    }
    return grid.isEmpty ? settings : [TuningSetting()] + settings
  }
}

/// Values for some of the parameters that a search ranks by; the others are as they are everywhere.
public struct TuningSetting: Sendable, CustomStringConvertible {
  /// The parameters that there are: those of BM25, and `RankingWeights`.
  public static let names = [
    "k1", "b", "words", "characters", "title", "crossing", "functionWords",
  ]

  /// In the order of ``names``.
  public internal(set) var values: [(name: String, value: Double)] = []

  public var description: String {
    values.isEmpty
      ? "standard" : values.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
  }

  /// What it makes of the parameters of an index.
  func apply(to similarity: Similarity) -> (Similarity, RankingWeights) {
    var similarity = similarity
    var weights = RankingWeights()
    for (name, value) in values {
      switch name {
      case "k1": similarity.k1 = value
      case "b": similarity.b = value
      case "words": weights.words = value
      case "characters": weights.characters = value
      case "title": weights.title = value
      case "crossing": weights.crossing = value
      default: weights.functionWords = value
      }
    }
    return (similarity, weights)
  }
}
