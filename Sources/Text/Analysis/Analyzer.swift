/// A way from text to terms, the same for articles and queries.
public struct Analyzer: Sendable {
  /// What an index keeps of it.
  public let description: AnalyzerDescription

  /// The analyzer for Chinese, Japanese and Korean mixed with other scripts: words by ICU's
  /// dictionary and grams by characters, over folded text.
  public static let cjk = Analyzer(
    description: AnalyzerDescription(
      name: "cjk", version: 1, icu: ICU.version, tables: FoldTables.shared.fingerprint),
    method: .cjk)

  /// The analyzer for text that has been cut into words already, with blanks between them: each is
  /// one term of the grams channel, as it is written, and the words channel stays empty. It asks
  /// nothing of ICU. For measuring an index beside others on the same words.
  public static let whitespace = Analyzer(
    description: AnalyzerDescription(name: "whitespace", version: 1, icu: "none", tables: "none"),
    method: .whitespace)

  /// How a text is taken apart.
  enum Method: Sendable {
    case cjk
    case whitespace
  }

  private let method: Method

  /// What analyzes texts one after the other, in one thread.
  ///
  /// Its tables fill as it meets characters: keep it as long as there are texts.
  public func makeSession() -> AnalysisSession {
    AnalysisSession(method)
  }
}
