/// A passage of a further field of text that a query names, with what was asked for there marked.
public struct FieldSnippet: Equatable, Sendable {
  /// The field's name.
  public let field: String
  /// Which of the field's values the passage is of, from 0; an article may have a list of them.
  public let value: Int
  /// The passage; it counts its place from the beginning of the value.
  public let snippet: Snippet
}

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
