/// The rules that an analyzer follows, as an index writes them down; with its options, which are
/// kept beside them, they make queries analyzed as the articles were.
public struct AnalyzerDescription: Codable, Equatable, Sendable {
  /// The analyzer's name, an ``Analyzer/Name``.
  public var name: String
  /// Grows with every change of the analyzer's rules.
  public var version: Int
  /// The version of ICU whose break rules, dictionary and normalization were used, as `72.1`;
  /// `none` where ICU was not asked.
  public var icu: String
  /// A hash over the tables that fold characters, in hexadecimal; `none` without a fold.
  public var tables: String

  public init(name: String, version: Int, icu: String, tables: String) {
    self.name = name
    self.version = version
    self.icu = icu
    self.tables = tables
  }

  /// The parts in which another description differs, in words, each with its values.
  public func differences(from other: AnalyzerDescription) -> [AnalyzerDifference] {
    [
      AnalyzerDifference("analyzer", name, other.name),
      AnalyzerDifference("version of the analyzer", "\(version)", "\(other.version)"),
      AnalyzerDifference("ICU", icu, other.icu),
      AnalyzerDifference("tables of characters", tables, other.tables),
    ].filter { $0.value != $0.other }
  }
}

/// A part in which two analyzers differ.
public struct AnalyzerDifference: Equatable, Sendable {
  /// What differs, as `ICU`.
  public let part: String
  public let value: String
  public let other: String

  init(_ part: String, _ value: String, _ other: String) {
    self.part = part
    self.value = value
    self.other = other
  }
}

extension Analyzer {
  /// How much another analyzer says of what is wanted.
  public enum Demand: Equatable, Sendable {
    /// Its name and all its options: what is not set is wanted so.
    case whole
    /// Only the options that are set in it, and its name if it was named.
    case setOptions(named: Bool)
  }

  /// The parts in which another analyzer differs, options among them, synonyms only where this one
  /// has no use for them: they take effect in queries alone and can be changed.
  public func differences(
    from other: Analyzer, demanding demand: Demand = .whole
  ) -> [AnalyzerDifference] {
    var names = description.differences(from: other.description)
    if demand == .setOptions(named: false) {
      var same = other.description
      same.name = name.rawValue
      names = description.differences(from: same)
    }
    let options = zip(options.summary, other.options.summary)
      .filter { own, _ in own.option != .synonyms || name == .whitespace }
      .filter { _, asked in demand == .whole || asked.text != nil }
      .map { own, asked in
        AnalyzerDifference(own.option.rawValue, own.text ?? "none", asked.text ?? "none")
      }
    return names + options.filter { $0.value != $0.other }
  }
}
