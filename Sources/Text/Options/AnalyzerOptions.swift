/// What a person may choose of an analyzer; all of it belongs to an index and is kept there.
public struct AnalyzerOptions: Equatable, Sendable {
  /// Words that the cut knows beside the dictionary's.
  public var userDictionary: UserDictionary?
  /// Words that stand for one another in queries.
  public var synonyms: Synonyms?
  /// Words that the words channel leaves out.
  public var stopWords: StopWords?
  /// The language of the Snowball stemmer that takes the endings off the words of the words channel,
  /// as `english`; see ``stemmers``.
  public var stemmer: String?

  public init(
    userDictionary: UserDictionary? = nil, synonyms: Synonyms? = nil, stopWords: StopWords? = nil,
    stemmer: String? = nil
  ) {
    self.userDictionary = userDictionary
    self.synonyms = synonyms
    self.stopWords = stopWords
    self.stemmer = stemmer
  }

  /// The languages that there are stemmers for, ascending.
  public static var stemmers: [String] { Stemmer.languages }

  /// What each option is, in a few words, as a person compares them; nil where it is not set.
  public var summary: [(option: Option, text: String?)] {
    func text(_ count: Int, _ one: String, _ fingerprint: String) -> String {
      "\(count) \(one)\(count == 1 ? "" : "s"), \(fingerprint)"
    }
    return [
      (.userDictionary, userDictionary.map { text($0.words.count, "word", $0.fingerprint) }),
      (.synonyms, synonyms.map { text($0.rules.count, "rule", $0.fingerprint) }),
      (.stopWords, stopWords.map { text($0.words.count, "word", $0.fingerprint) }),
      (.stemmer, stemmer),
    ]
  }

  /// The options that are set.
  var set: [Option] { summary.filter { $0.text != nil }.map(\.option) }

  public enum Option: String, Sendable {
    case userDictionary = "user dictionary"
    case synonyms
    case stopWords = "stop words"
    case stemmer
  }
}

/// Why an analyzer cannot be had.
public enum AnalyzerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No analyzer has this name.
  case unknown(name: String)
  /// There is no stemmer for the language.
  case unknownStemmer(language: String)
  /// ICU's dictionary cannot be read, and so a user dictionary cannot be used.
  case noDictionary
  /// The user dictionary has more words than can be looked up.
  case dictionaryTooLarge
  /// The option does nothing with this analyzer.
  case uselessOption(AnalyzerOptions.Option, analyzer: Analyzer.Name)

  /// What is wrong.
  public var message: String {
    switch self {
    case .unknown(let name): "there is no analyzer “\(name)”"
    case .unknownStemmer(let language): "there is no stemmer for “\(language)”"
    case .noDictionary: "a user dictionary needs ICU's own, which cannot be read"
    case .dictionaryTooLarge: "the user dictionary has more words than can be looked up"
    case .uselessOption(let option, let analyzer):
      "the analyzer \(analyzer.rawValue) has no use for a \(option.rawValue)"
    }
  }

  /// What a person can do about it.
  public var remedy: String {
    switch self {
    case .unknown: "it is one of \(Analyzer.Name.allCases.map(\.rawValue).joined(separator: ", "))"
    case .unknownStemmer: "it is one of \(AnalyzerOptions.stemmers.joined(separator: ", "))"
    case .noDictionary: "install ICU's data as Debian has it, or leave the user dictionary out"
    case .dictionaryTooLarge: "leave words out, long ones first"
    case .uselessOption(.synonyms, _): "leave it out, or choose cjk, words or grams"
    case .uselessOption: "leave it out, or choose cjk or words, which have a words channel"
    }
  }

  public var description: String { "\(message); \(remedy)" }
}
