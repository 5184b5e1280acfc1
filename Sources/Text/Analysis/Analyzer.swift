/// A way from text to terms, the same for articles and queries: a value that can be compared, written
/// down and made again from what was written.
public struct Analyzer: Sendable {
  /// The analyzers that there are.
  public enum Name: String, CaseIterable, Codable, Sendable {
    /// For Chinese, Japanese and Korean mixed with other scripts: words by ICU's dictionary and grams
    /// by characters, over folded text.
    case cjk
    /// The words channel of ``cjk`` alone. Small, but a phrase is only a set of words.
    case words
    /// The grams channel of ``cjk`` alone: asks no dictionary.
    case grams
    /// For text that has been cut into words already, with blanks between them: each is one term of
    /// the grams channel, as it is written, and the words channel stays empty. It asks nothing of
    /// ICU. For measuring an index beside others on the same words.
    case whitespace

    /// Whether the words channel gets terms.
    public var makesWords: Bool { self == .cjk || self == .words }
    /// Whether the grams channel gets terms, which have positions.
    public var makesGrams: Bool { self != .words }
  }

  public let name: Name
  public let options: AnalyzerOptions
  /// The synonyms of the options; empty where there are none.
  ///
  /// - Complexity: linear in the words of the synonyms for the first who asks.
  public var synonyms: SynonymTable { synonymTable.table }

  private let synonymTable: LazySynonymTable
  /// The words of the user dictionary; nil where there is none.
  let userWords: UserWords?

  public static let cjk = Analyzer(.cjk)
  public static let words = Analyzer(.words)
  public static let grams = Analyzer(.grams)
  public static let whitespace = Analyzer(.whitespace)

  private init(_ name: Name) {
    self.name = name
    options = AnalyzerOptions()
    synonymTable = LazySynonymTable(nil)
    userWords = nil
  }

  /// - Throws: for a stemmer that there is none of, for an option that would do nothing, for a user
  ///   dictionary that is too large, and for one where ICU's own cannot be read, which it goes
  ///   beside.
  /// - Complexity: linear in the size of the options.
  public init(_ name: Name, options: AnalyzerOptions) throws(AnalyzerError) {
    for option in options.set {
      let isOfUse = option == .synonyms ? name != .whitespace : name.makesWords
      guard isOfUse else { throw .uselessOption(option, analyzer: name) }
    }
    if let language = options.stemmer, !AnalyzerOptions.stemmers.contains(language) {
      throw .unknownStemmer(language: language)
    }
    if options.userDictionary != nil, WordTables.shared == nil { throw .noDictionary }
    self.name = name
    self.options = options
    userWords = try options.userDictionary.map { dictionary throws(AnalyzerError) in
      guard let words = dictionary.userWords else { throw .dictionaryTooLarge }
      return words
    }
    synonymTable = LazySynonymTable(options.synonyms)
  }

  private init(_ analyzer: Analyzer, synonyms: Synonyms) {
    name = analyzer.name
    var options = analyzer.options
    options.synonyms = synonyms
    self.options = options
    userWords = analyzer.userWords
    synonymTable = LazySynonymTable(synonyms)
  }

  /// This analyzer with other synonyms.
  public func replacing(synonyms: Synonyms) -> Analyzer {
    Analyzer(self, synonyms: synonyms)
  }

  /// - Throws: `unknown` as well.
  public init(named name: String, options: AnalyzerOptions) throws(AnalyzerError) {
    guard let name = Name(rawValue: name) else { throw .unknown(name: name) }
    try self.init(name, options: options)
  }

  /// What an index keeps of it beside its options.
  public var description: AnalyzerDescription {
    AnalyzerDescription(
      name: name.rawValue, version: 2,
      icu: name == .whitespace ? "none" : ICU.version,
      tables: name == .whitespace ? "none" : FoldTables.shared.fingerprint)
  }

  /// What analyzes texts one after the other, in one thread.
  ///
  /// Its tables fill as it meets characters: keep it as long as there are texts.
  public func makeSession() -> AnalysisSession {
    AnalysisSession(self)
  }
}
