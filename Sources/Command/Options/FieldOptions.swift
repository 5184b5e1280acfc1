/// The options about fields of articles beside title and text.
extension OptionDeclaration {
  static let schema = OptionDeclaration(
    name: .schema, kind: .text, placeholder: "FILE",
    summary: "What fields of the articles are: keyword, number, date or text",
    details: """
      A field a line, as in views: number; lines that begin with # say nothing. What is not declared \
      is inferred from the first articles that have it: numbers, dates (2024-03-05), long strings as \
      text, else keywords. Text is searched where a query names its field, as in abstract:重庆. The \
      kinds belong to the index; a value that does not fit is named, and its \
      article is indexed without it.
      """)

  static let sort = OptionDeclaration(
    name: .sort, kind: .text, placeholder: "ORDER", standard: "score",
    summary: "score, date, -date, or another field",
    details: "With a dash the greatest come first. Articles without a value come last.")

  static let facet = OptionDeclaration(
    name: .facet, kind: .text, placeholder: "FIELD,…",
    summary: "Count the values of fields in all articles found",
    details: """
      year, month and day are those of the date, published.year those of another field of dates. \
      The 20 commonest values are shown, of years and the like the last 20.
      """)
}

extension Invocation {
  /// The names that an option lists; none without it.
  func names(_ option: OptionName) -> [String] {
    text(option)?.split(separator: ",").map {
      String($0.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }.filter { !$0.isEmpty } ?? []
  }
}
