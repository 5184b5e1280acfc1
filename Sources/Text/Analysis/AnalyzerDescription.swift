/// What an index must know of the analyzer that made it, so that queries are analyzed alike.
public struct AnalyzerDescription: Codable, Equatable, Sendable {
  /// The analyzer's name: `cjk` or `whitespace`.
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
}
