/// Another query that brings what the one that was typed does not: “did you mean”.
public struct QuerySuggestion: Equatable, Sendable {
  public let query: String
  /// The number of articles that hold it whole; of the query that was typed there is none.
  public let articles: Int
}
