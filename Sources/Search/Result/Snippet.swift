/// A passage of an article's original text, with what was asked for marked.
public struct Snippet: Equatable, Sendable {
  /// The passage: the original characters, repaired line breaks taken out.
  public let text: String
  /// Where it stands in the article's decoded text, in Unicode scalars.
  public let source: Range<Int>
  /// What was asked for, in Unicode scalars of ``text``; ascending, apart from one another.
  public let highlights: [Range<Int>]
  /// Whether the passage begins inside a sentence.
  public let startsMidSentence: Bool
  /// Whether the passage ends inside a sentence.
  public let endsMidSentence: Bool
}
