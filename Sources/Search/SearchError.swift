public import SuoyinIndex

/// Why a search could not be answered.
public enum SearchError: Error, CustomStringConvertible {
  /// The query is longer than ``Searcher/longestQuery``.
  case queryTooLong(bytes: Int)
  /// The search is strict, and parts of the query cannot be taken as they were meant.
  case misunderstood([QueryNote])
  /// A weight is negative or no number.
  case invalidWeights(RankingWeights)
  /// The index could not be read.
  case index(IndexError)

  /// What is wrong.
  public var message: String {
    switch self {
    case .queryTooLong(let bytes):
      "the query is \(bytes) bytes long, of at most \(Searcher.longestQuery)"
    case .misunderstood(let notes):
      "the query was not understood: " + notes.map(\.text).joined(separator: " ")
    case .invalidWeights(let weights): "the weights \(weights) cannot be ranked by"
    case .index(let error): error.message
    }
  }

  /// What a person can do about it.
  public var remedy: String {
    switch self {
    case .queryTooLong: "shorten it"
    case .misunderstood: "correct it, put it in quotation marks, or search without being strict"
    case .invalidWeights: "give each 0 or more"
    case .index(let error): error.remedy
    }
  }

  public var description: String { "\(message); \(remedy)" }
}
