public import SuoyinIndex

/// Why a search could not be answered.
public enum SearchError: Error, CustomStringConvertible {
  /// The query is longer than ``Searcher/longestQuery``.
  case queryTooLong(bytes: Int)
  /// The index could not be read.
  case index(IndexError)

  /// What is wrong.
  public var message: String {
    switch self {
    case .queryTooLong(let bytes):
      "the query is \(bytes) bytes long, of at most \(Searcher.longestQuery)"
    case .index(let error): error.message
    }
  }

  /// What a person can do about it.
  public var remedy: String {
    switch self {
    case .queryTooLong: "shorten it"
    case .index(let error): error.remedy
    }
  }

  public var description: String { "\(message); \(remedy)" }
}
