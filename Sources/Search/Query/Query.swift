/// A question as it was typed, taken apart: a tree of what is looked for.
///
/// The language is written down in docs/query-language.md.
public struct Query: Equatable, Sendable {
  /// The query as it was typed.
  public let text: String
  /// What is looked for; an empty list where there is nothing.
  public internal(set) var root = Node.list([])
  /// What was typed, piece by piece: ranges in Unicode scalars of ``text``, ascending. Blanks, and what
  /// a note says was left out, are in none.
  public internal(set) var tokens: [Token] = []
  /// What was not understood, and how it was taken instead.
  public internal(set) var notes: [QueryNote] = []

  init(_ text: String) {
    self.text = text
  }

  /// A part of a query with all that belongs to it.
  public indirect enum Node: Equatable, Sendable {
    /// Parts side by side: any may match, each that does counts.
    case list([Part])
    /// Joined by `AND`: all have to be held.
    case all([Node])
    /// Joined by `OR`.
    case any([Node])
    /// What must not be held.
    case not(Node)
    /// Words, or a phrase in quotation marks.
    case text(Text)
    /// Phrases that stand near one another in any order, with at most so many units between them; one
    /// phrase stands for its words.
    case near([Text], distance: Int)
    /// A condition on a field that is met or not, and does not rank.
    case filter(Filter)
    /// `*` alone: every article.
    case everything
  }

  /// A part of a list.
  public struct Part: Equatable, Sendable {
    /// What stands before the part.
    public enum Sign: String, Sendable {
      case none = ""
      case required = "+"
      case excluded = "-"
    }

    public let sign: Sign
    public let node: Node
  }

  /// Words or a phrase.
  public struct Text: Hashable, Sendable {
    /// Without quotation marks, signs, field and weight.
    public let text: String
    /// Whether only the text as a whole counts, not its words.
    public var isQuoted = false
    /// Whether `*` in it stands for letters or digits.
    public var isPattern = false
    /// The field that it is looked for in; nil where none was named.
    public var field: String?
    /// What it counts, as a factor.
    public var weight = 1.0
    /// Where it was typed, with all that belongs to it, in Unicode scalars of the query.
    public let source: Range<Int>
  }

  /// A condition on the values of a field.
  public struct Filter: Hashable, Sendable {
    public enum Condition: Hashable, Sendable {
      /// The field holds this value.
      case value(String)
      /// The field's value lies in a range, open where an end is nil.
      case range(from: Bound?, to: Bound?)
    }

    /// An end of a range.
    public struct Bound: Hashable, Sendable {
      /// As it was typed.
      public let value: String
      public let isIncluded: Bool
    }

    public let field: String
    public let condition: Condition
    /// Where it was typed, in Unicode scalars of the query.
    public let source: Range<Int>
  }

  /// A piece of what was typed.
  public struct Token: Equatable, Sendable {
    public enum Kind: String, Sendable {
      /// Words or a phrase, quotation marks and `*` among it.
      case text
      /// The name of a field with its colon.
      case field
      /// The condition of a filter.
      case condition
      /// `AND`, `OR`, `NOT`, `NEAR`, `|`, `+`, `-`.
      case operation
      /// A parenthesis.
      case parenthesis
      /// `^2` or `~5`.
      case suffix
    }

    public let kind: Kind
    /// In Unicode scalars of the query.
    public let range: Range<Int>
  }

  /// A part of the query as it was typed.
  func typed(_ range: Range<Int>) -> String {
    var part = String.UnicodeScalarView()
    part.append(contentsOf: text.unicodeScalars.dropFirst(range.lowerBound).prefix(range.count))
    return String(part)
  }
}
