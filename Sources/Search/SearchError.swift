public import SuoyinIndex

/// Why a search could not be answered.
public enum SearchError: Error, CustomStringConvertible {
  /// The query is longer than ``Searcher/longestQuery``.
  case queryTooLong(bytes: Int)
  /// The index could not be read.
  case index(IndexError)

  public var description: String {
    switch self {
    case .queryTooLong(let bytes):
      "the query is \(bytes) bytes long, of at most \(Searcher.longestQuery); shorten it"
    case .index(let error):
      error.description
    }
  }
}
