/// Reads the query language.
///
/// ```
/// query     = { blank | exclusion | clause }
/// exclusion = ( "-" | "－" ) clause
/// clause    = quoted | plain
/// quoted    = '"' text '"' | '＂' text '＂' | '“' text '”'      quotation marks that follow a blank
/// plain     = text without blanks
/// blank     = any character with the property White_Space, the ideographic space among them
/// ```
/// Everything that is typed is a query: an opening quotation mark that is never closed reaches to
/// the end, with a note; one inside a word is a part of the word, as in `重庆“33618”集群`.
///
/// - Complexity: linear in the length of the text.
struct QueryParser {
  private let scalars: [Unicode.Scalar]
  private var at = 0
  private var query = Query()

  static func parse(_ text: String) -> Query {
    var parser = QueryParser(scalars: Array(text.unicodeScalars))
    parser.parse()
    return parser.query
  }

  private init(scalars: [Unicode.Scalar]) {
    self.scalars = scalars
  }

  private mutating func parse() {
    while at < scalars.count {
      if scalars[at].properties.isWhitespace {
        at += 1
        continue
      }
      let excludes = isExclusion(at: at)
      if excludes { at += 1 }
      let clause = quotedClause() ?? plainClause()
      if excludes {
        query.exclusions.append(clause)
      } else {
        query.clauses.append(clause)
      }
    }
  }

  /// A minus before something; a minus alone, or a dash of several, is text.
  private func isExclusion(at place: Int) -> Bool {
    guard Self.minus.contains(scalars[place]), place + 1 < scalars.count else { return false }
    let next = scalars[place + 1]
    return !next.properties.isWhitespace && !Self.minus.contains(next)
  }

  private mutating func quotedClause() -> Query.Clause? {
    guard let closing = Self.closing[scalars[at]] else { return nil }
    let start = at + 1
    let end = scalars[start...].firstIndex(of: closing)
    if end == nil {
      query.notes.append(
        "The quotation mark at character \(at + 1) is not closed; the phrase reaches to the end.")
    }
    at = (end ?? scalars.count - 1) + 1
    return Query.Clause(text: text(start..<(end ?? scalars.count)), isQuoted: true)
  }

  private mutating func plainClause() -> Query.Clause {
    let start = at
    while at < scalars.count, !scalars[at].properties.isWhitespace { at += 1 }
    return Query.Clause(text: text(start..<at), isQuoted: false)
  }

  private func text(_ range: Range<Int>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[range])
    return text
  }

  private static let minus: Set<Unicode.Scalar> = ["-", "－"]
  private static let closing: [Unicode.Scalar: Unicode.Scalar] = ["\"": "\"", "＂": "＂", "“": "”"]
}
