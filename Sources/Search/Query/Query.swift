/// A question as it was typed, taken apart: what may match and what must not.
public struct Query: Equatable, Sendable {
  /// The parts that an article may match, in the order in which they were typed.
  public internal(set) var clauses: [Clause] = []
  /// The parts that an article must not hold.
  public internal(set) var exclusions: [Clause] = []
  /// What a person should know of how the query was understood.
  public internal(set) var notes: [String] = []

  /// One part of a query between blanks or quotation marks.
  public struct Clause: Equatable, Sendable {
    /// The text without quotation marks and without the sign of an exclusion.
    public let text: String
    /// Whether only the text as a whole counts, not its words.
    public let isQuoted: Bool
  }
}
