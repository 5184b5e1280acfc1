/// What a person should know of how a query was understood, or of what it found.
public struct QueryNote: Hashable, Sendable, CustomStringConvertible {
  public enum Kind: String, Sendable {
    /// A part of the query was not taken as it was meant: an error where the search is strict.
    case misunderstood
    /// Everything else: what no article holds, what was looked for as well.
    case remark
  }

  public let kind: Kind
  /// Sentences.
  public let text: String
  /// The part of the query that it is about, in Unicode scalars; nil where it is about all of it, or
  /// several.
  public let source: Range<Int>?

  public var description: String { text }

  static func remark(_ text: String, at source: Range<Int>? = nil) -> QueryNote {
    QueryNote(kind: .remark, text: text, source: source)
  }

  static func misunderstood(_ text: String, at source: Range<Int>? = nil) -> QueryNote {
    QueryNote(kind: .misunderstood, text: text, source: source)
  }

  /// How much of what was typed a note repeats.
  private static let namesListed = 8
  private static let charactersQuoted = 40

  /// Names one after the other, and how many more there are.
  static func list(_ names: [String]) -> String {
    let listed = names.prefix(namesListed).joined(separator: ", ")
    let more = names.count - namesListed
    return more > 0 ? "\(listed) and \(more) more" : listed
  }

  /// What was typed in quotation marks, shortened.
  static func quoted(_ text: String) -> String {
    let isLong = text.unicodeScalars.count > charactersQuoted
    return "“\(isLong ? "\(text.prefix(charactersQuoted))…" : text)”"
  }
}

extension [QueryNote] {
  /// The most notes of one kind of misunderstanding; a query may have thousands of stray parentheses.
  private static var limit: Int { 16 }

  /// Adds a note where there are not many already.
  mutating func add(_ note: QueryNote) {
    if count < Self.limit {
      append(note)
    } else if count == Self.limit {
      append(.misunderstood("More of the query was not understood in the same way."))
    }
  }
}
