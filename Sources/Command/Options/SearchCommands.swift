/// The commands that ask an index.
extension CommandDeclaration {
  static let search = CommandDeclaration(
    name: .search,
    summary: "Find articles, the best first",
    details: [
      """
      Words may come in any order and any of them may match; articles that hold the whole query \
      come first. A phrase in quotation marks matches exactly, however lines were broken on the \
      page. A word after a dash must not occur: -word, or -"a phrase". Traditional and simplified \
      characters, full and half width, and upper and lower case mean the same.
      """,
      """
      +word must occur, comput* goes on in any way, word^2 counts twice, "a b"~5 and a NEAR/5 b stand \
      near one another; AND, OR, NOT, parentheses and their full-width forms; title:word and \
      source:part-of-a-path. What cannot be understood is searched as text, with a note. \
      docs/query-language.md says it all; suoyin explain-query shows how a query is understood.
      """,
      """
      An argument that begins with a dash and a character outside ASCII is part of the query \
      (-比亚迪). So is everything after --, which is how a Latin word is excluded: \
      suoyin search 电池 -- -CATL
      """,
    ],
    operands: OperandDeclaration(
      placeholder: "QUERY…", minimum: 1, summary: "What to look for; several are joined by blanks"
    ),
    options: [
      .indexFolder,
      OptionDeclaration(
        name: .limit, kind: .count(0...1_000_000), placeholder: "N", standard: "10",
        summary: "How many articles to show",
        details: "With 0 only their number is found."),
      OptionDeclaration(
        name: .offset, kind: .count(0...1_000_000), placeholder: "N", standard: "0",
        summary: "How many of the best to leave out before the first shown"),
      .strict,
      OptionDeclaration(
        name: .explain, kind: .flag, summary: "Show how each score comes about"),
      .json(
        """
        One object: {"query", "total", "took_ms", "notes", "hits": [{"rank", "id", "title", \
        "path", "date", "score", "match", "snippets": [{"text", "source", "highlights"}]}]}. \
        A note is {"kind", "text", "source"}, its kind "misunderstood" or "remark" and its source the \
        part of the query that it is about, or null. "match" is "whole" or "partial"; "source" counts Unicode scalars of the article's text and \
        "highlights" those of the snippet's, from the first to before the second number. An error \
        is an object on standard error: {"error": {"message", "remedy"}}.
        """),
      .color,
    ],
    examples: [
      Example(line: "suoyin search '\"依托本地电摩生态\"'", what: "a phrase, exactly"),
      Example(line: "suoyin search 新能源 汽车 -比亚迪", what: "two words and one that must not be there"),
      Example(line: "suoyin search --json C919 | jq .total", what: "for programs"),
    ],
    statuses: [(0, "articles were found"), (1, "none was found"), (2, "an error")])

  static let explainQuery = CommandDeclaration(
    name: .explainQuery,
    summary: "Show how a query is understood",
    details: [
      """
      Shows the tree of the query, what finds an article, which articles come first, and what ranks \
      them: each term with its field, in how many articles it is (df) and the most that it adds to a \
      score. What finds nothing by itself and only counts stands in parentheses.
      """
    ],
    operands: OperandDeclaration(
      placeholder: "QUERY…", minimum: 1, summary: "As for suoyin search"),
    options: [
      .indexFolder, .strict,
      .json(
        """
        One object: {"query", "tree", "found", "whole", "leaves", "notes"}. The first three of these \
        are trees of {"text", "source", "parts"}; a leaf is {"field", "text", "matches_alone", "df", \
        "weight"}.
        """),
      .color,
    ],
    examples: [
      Example(line: "suoyin explain-query '重庆 AND (汽车 OR 摩托)'", what: "how operators bind")
    ],
    statuses: [(0, "the query was understood, or notes say what was not"), (2, "an error")])
}

extension OptionDeclaration {
  fileprivate static let strict = OptionDeclaration(
    name: .strict, kind: .flag,
    summary: "Make it an error where a part of the query is not understood")
}
