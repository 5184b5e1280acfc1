/// What a text that is being typed may go on as.
public struct QueryCompletion: Equatable, Sendable {
  /// Where it comes from.
  public enum Kind: String, Sendable {
    /// A word of the articles, or several side by side.
    case words
    /// What a title says, from a mark or its beginning to the next mark.
    case title
  }

  /// The whole text: what was typed before the last blank, and what completes the rest. Words are folded,
  /// as the index has them; titles are as they were written.
  public let text: String
  public let kind: Kind
  /// In how many articles a word, or the words side by side, stand; how many of the titles that were
  /// looked at say so.
  public let articles: Int
}
