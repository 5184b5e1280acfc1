extension QueryParser {
  /// Takes a text for words between blanks, none of which is an operator: what was written for other
  /// engines, as the topics of a collection are, in which 「…」 is a title and not a phrase.
  ///
  /// - Complexity: linear in the length of the text.
  public static func words(of text: String) -> Query {
    var parser = QueryParser(text)
    var parts: [Query.Part] = []
    parser.at = parser.skippingBlanks(0)
    while !parser.isAtEnd {
      let start = parser.at
      var end = start
      while parser.sign(end) != nil, !parser.isBlank(end) { end += 1 }
      parser.take(.text, to: end)
      let word = Query.Text(text: parser.text(start..<end), source: start..<end)
      if let word = parser.counted(word) {
        parts.append(Query.Part(sign: .none, node: .text(word)))
      }
      parser.at = parser.skippingBlanks(end)
    }
    parser.query.root = .list(parts)
    return parser.query
  }
}
