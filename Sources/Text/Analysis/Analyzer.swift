/// A way from text to terms, the same for articles and queries.
public struct Analyzer: Sendable {
  /// What an index keeps of it.
  public let description: AnalyzerDescription

  /// The analyzer for Chinese, Japanese and Korean mixed with other scripts: words by ICU's
  /// dictionary and grams by characters, over folded text.
  public static let cjk = Analyzer(
    description: AnalyzerDescription(
      name: "cjk", version: 1, icu: ICU.version, tables: FoldTables.shared.fingerprint))

  private init(description: AnalyzerDescription) {
    self.description = description
  }

  /// What analyzes texts one after the other, in one thread.
  ///
  /// Its tables fill as it meets characters: keep it as long as there are texts.
  public func makeSession() -> AnalysisSession {
    AnalysisSession()
  }
}
