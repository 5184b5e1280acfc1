/// What the values of a field of an article are, beside its title and its text.
public enum FieldKind: String, CaseIterable, Codable, Sendable {
  /// A name, compared as a whole: a source, an author, a tag.
  case keyword
  /// A whole number of 64 bits, exactly, or a decimal one as the nearest of IEEE 754.
  case number
  /// A year, month, day or moment; see ``DateSpan``.
  case date
  /// Text, searched as title and text are where a query names the field, and neither compared nor
  /// counted.
  case text

  /// The most bytes of a keyword.
  public static let longestKeyword = 1_024

  /// A value as this kind has it; nil where it does not fit, and for text.
  package func value(of written: WrittenField.Value) -> FieldValue? {
    switch self {
    case .keyword:
      written.text.utf8.count <= Self.longestKeyword ? .keyword(written.text) : nil
    case .number: FieldNumber(parsing: written.text).map(FieldValue.number)
    case .date: DateSpan(parsing: written.text).map(FieldValue.date)
    case .text: nil
    }
  }
}

/// A value of a field.
public enum FieldValue: Hashable, Sendable, CustomStringConvertible {
  case keyword(String)
  case number(FieldNumber)
  case date(DateSpan)

  public var kind: FieldKind {
    switch self {
    case .keyword: .keyword
    case .number: .number
    case .date: .date
    }
  }

  /// The value as a person reads it.
  public var description: String {
    switch self {
    case .keyword(let text): text
    case .number(let number): number.description
    case .date(let date): date.description
    }
  }
}

/// A value that its field cannot hold; the article is indexed without it.
public struct FieldMisfit: Error, Equatable, Sendable, CustomStringConvertible {
  /// The name of the field; nil where the article's further fields cannot be read at all.
  public let field: String?
  /// What is wrong.
  public let problem: String
  /// What a person can do about it.
  public let remedy: String

  package init(field: String?, problem: String, remedy: String) {
    self.field = field
    self.problem = problem
    self.remedy = remedy
  }

  package init(_ written: WrittenField.Value, of field: String, _ kind: FieldKind) {
    let shown = written.text.count > 40 ? "\(written.text.prefix(40))…" : written.text
    self.field = field
    switch kind {
    case .keyword:
      problem =
        "“\(field)” has \(written.text.utf8.count) bytes, and a keyword \(FieldKind.longestKeyword) "
        + "at most"
      remedy = "shorten it, or declare the field as text"
    case .number:
      problem = "“\(field)” is “\(shown)”, which is no number"
      remedy = "correct it, or declare the field as keyword and index into a new folder"
    case .date:
      problem = "“\(field)” is “\(shown)”, which is no date"
      remedy = "write it as 2024, 2024-03, 2024-03-05 or 2024-03-05T18:30"
    case .text:
      problem = "“\(field)” is a field of text"
      remedy = "declare it as keyword, number or date"
    }
  }

  public var description: String { "\(problem); \(remedy)" }
}
