public import SuoyinText

/// How many of the articles found have each value of a field.
public struct Facet: Equatable, Sendable {
  /// A value, and how many articles have it; an article of several values counts for each.
  public struct Count: Equatable, Sendable {
    public let value: FieldValue
    public let articles: Int
  }

  /// As the request has it.
  public let field: String
  /// The commonest values, ties in the order of values, keywords by their bytes; years, months and days
  /// in their own order.
  public let counts: [Count]
  /// The number of values, of which ``counts`` are a part.
  public let valueCount: Int
  /// The articles found that have no value.
  public let without: Int
}
