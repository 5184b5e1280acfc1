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
      source:part-of-a-path; of fields of the index date:2024-03, date:[2024-01 TO 2024-06], views:>100, \
      author:名字. What cannot be understood is searched as text, with a note. \
      docs/query-language.md says it all; suoyin explain-query shows how a query is understood.
      """,
      """
      An argument that begins with a dash and a character outside ASCII is part of the query \
      (-比亚迪). So is everything after --, which is how a Latin word is excluded: \
      suoyin search 电池 -- -CATL
      """,
      """
      With - in place of a query, queries are read from standard input, one a line, and answered in \
      their order; with --json each answer is a line.
      """,
    ],
    operands: OperandDeclaration(
      placeholder: "QUERY…", minimum: 1, summary: "What to look for; several are joined by blanks"
    ),
    options: [
      .indexFolder,
      .limit, .offset, .after, .sort, .facet, .fields,
      OptionDeclaration(
        name: .collapse, kind: .flag,
        summary: "Show articles that say much the same under the first of them",
        details:
          """
          The total counts them, --limit, --offset and --after do not. With --json each hit has \
          "duplicates": [{"id", "title", "path", "date"}].
          """),
      .lookalikes, .strict, .timeout,
      OptionDeclaration(
        name: .explain, kind: .flag, summary: "Show how each score comes about"),
      .json(
        """
        One object: {"query", "total", "took_ms", "timed_out", "notes", "hits": [{"rank", "id", "title", \
        "path", "date", "score", "match", "snippets": [{"text", "source", "highlights"}]}], "suggestion", "next"}; "next" is a cursor \
        for --after, or null; "suggestion" is {"query", "articles"}, what may have been meant where no \
        article holds the whole query, or null. \
        A note is {"kind", "text", "source"}, its kind "misunderstood" or "remark" and its source the \
        part of the query that it is about, or null. "match" is "whole", "partial" or "lookalike"; "source" counts Unicode scalars of the article's text and \
        "highlights" those of the snippet's, from the first to before the second number. With --facet \
        there is "facets": [{"field", "counts": [{"value", "articles"}], "values", "without"}], with \
        --fields each hit has "fields", an object. Where the query asks for something in a further field of \
        text, a hit that holds it there has "field_snippets": [{"field", "value", "text", "source", \
        "highlights"}], "value" being which of several values it is of, from 0. An error \
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

  static let explain = CommandDeclaration(
    name: .explain,
    summary: "Say why an article matches a query, or does not",
    details: [
      """
      Shows which conditions of the query the article fulfils (+) and which not (-), how its score \
      comes about, and what the query and its text have in common: units, words and grams, and where \
      the longest run that both share ends.
      """
    ],
    operands: OperandDeclaration(
      placeholder: "ID QUERY…", minimum: 2,
      summary: "The article, then the query as for suoyin search"),
    options: [
      .indexFolder, .lookalikes,
      .json(
        """
        One object: {"id", "match", "found", "whole", "lookalikes", "score", "comparison", "notes"}; \
        "match" is "whole", "partial", "lookalike" or null, "found", "whole" and "lookalikes" are trees \
        of {"text", "holds", "parts"}, the last of them null where the article is found as it was typed.
        """), .color,
    ],
    examples: [
      Example(line: "suoyin explain 000_5ec128bec79d0e57 独轮车 -汽车", what: "one of the five articles")
    ],
    statuses: [
      (0, "the article is found"), (1, "it is not, or there is no such article"), (2, "an error"),
    ])

  static let similar = CommandDeclaration(
    name: .similar,
    summary: "Find articles like one",
    details: ["Looks for the words and pairs of characters that say most of the article."],
    operands: OperandDeclaration(
      placeholder: "ID", minimum: 1, maximum: 1, summary: "The article"),
    options: [
      .indexFolder, .limit, .offset, .fields, .timeout,
      .json("The object that suoyin search prints, the query being the id."), .color,
    ],
    examples: [
      Example(line: "suoyin similar --limit 3 000_5ec128bec79d0e57", what: "the three nearest")
    ],
    statuses: [
      (0, "articles were found"), (1, "none was, or there is no such article"), (2, "an error"),
    ])

  static let complete = CommandDeclaration(
    name: .complete,
    summary: "Say what a text that is being typed may go on as",
    details: [
      """
      Offers words of the articles, words side by side, and titles that begin so. Chinese may be typed as \
      it is written, in pinyin (chongqing), in initials (cqqc for 重庆汽车) or mixed; what stands before \
      the last blank stays. Words show in how many articles they are; they are in the form that the index \
      has, simplified and in small letters.
      """
    ],
    operands: OperandDeclaration(
      placeholder: "PREFIX…", minimum: 1,
      summary: "What was typed; - reads lines from standard input"),
    options: [
      .indexFolder, .limit,
      .json(
        """
        One object: {"prefix", "took_ms", "completions": [{"text", "kind", "articles"}]}; "kind" is "words" \
        or "title".
        """), .color,
    ],
    examples: [
      Example(line: "suoyin complete cqqc", what: "by the initials of pinyin"),
      Example(line: "suoyin complete '新能源 汽'", what: "the last word"),
    ],
    statuses: [(0, "something was found"), (1, "nothing was"), (2, "an error")])

  static let completion = CommandDeclaration(
    name: .completion,
    summary: "Print a script that completes commands",
    details: ["bash: suoyin completion bash > ~/.local/share/bash-completion/completions/suoyin"],
    operands: OperandDeclaration(
      placeholder: "SHELL", minimum: 1, maximum: 1, summary: "bash, zsh or fish"),
    options: [.color],
    examples: [Example(line: "source <(suoyin completion bash)", what: "in this shell")],
    statuses: [(0, "it was printed"), (2, "an error")])

  static let manual = CommandDeclaration(
    name: .manual,
    summary: "Print the manual page",
    details: ["In the form that man reads: suoyin manual | man -l -"],
    operands: nil, options: [.color],
    examples: [Example(line: "suoyin manual > suoyin.1", what: "to be installed")],
    statuses: [(0, "it was printed"), (2, "an error")])

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
      .indexFolder, .lookalikes, .strict,
      .json(
        """
        One object: {"query", "tree", "found", "whole", "lookalikes", "leaves", "notes"}. "tree" to \
        "lookalikes" are trees of {"text", "source", "parts"}, the last of them null without \
        --lookalikes; a leaf is {"field", "text", "matches_alone", "df", \
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
  fileprivate static let limit = OptionDeclaration(
    name: .limit, kind: .count(0...1_000_000), placeholder: "N", standard: "10",
    summary: "How many articles to show", details: "With 0 only their number is found.")

  fileprivate static let offset = OptionDeclaration(
    name: .offset, kind: .count(0...1_000_000), placeholder: "N", standard: "0",
    summary: "How many of the best to leave out before the first shown")

  fileprivate static let fields = OptionDeclaration(
    name: .fields, kind: .text, placeholder: "NAMES",
    summary: "Show these of each article alone, separated by tabs",
    details: """
      Names joined by commas: \(HitView.fields.joined(separator: ", ")), and the fields of the index, which \
      suoyin info names. With --json objects have these keys alone, the index's fields under "fields". Without snippets no passage is looked for, which is faster.
      """)

  fileprivate static let after = OptionDeclaration(
    name: .after, kind: .text, placeholder: "CURSOR",
    summary: "Show what follows behind the place that an answer ended at",
    details: """
      The cursor is "next" in JSON; with --after first it also stands under the hits. Pages stay what they were \
      while the index changes: no article comes twice or is passed over, and what came since is left out.
      """)

  fileprivate static let timeout = OptionDeclaration(
    name: .timeout, kind: .count(1...86_400_000), placeholder: "MS",
    summary: "The most milliseconds that an answer may take",
    details: """
      When they are up, what was found by then is shown, with a note. Then there may be more articles, and \
      better ones, and the last ones may be shown without passages.
      """)

  fileprivate static let lookalikes = OptionDeclaration(
    name: .lookalikes, kind: .flag,
    summary: "Find misread characters of scans as well, behind all that is found as typed",
    details: """
      Characters that are taken for one another, as 未 and 末, 氢 and 氦, may stand for each other wherever \
      something is looked for, but not in what must not occur.
      """)

  fileprivate static let strict = OptionDeclaration(
    name: .strict, kind: .flag,
    summary: "Make it an error where a part of the query is not understood")
}
