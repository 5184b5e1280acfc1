/// The commands that ask a collection's topics and measure what came of it.
extension CommandDeclaration {
  static let run = CommandDeclaration(
    name: .run,
    summary: "Ask the topics of a collection and write a TREC run",
    details: [
      """
      Every topic is words between blanks; no sign in it is an operator, since topics are written for \
      many engines. What is found goes to standard output or a file, a line for each article: topic, \
      Q0, id, rank, score, tag. Topics without any are named.
      """,
      """
      TREC's programs sort by score alone, as numbers of 32 bits. Scores are written as such, each \
      below the one before, so that the order of the run is that of the search.
      """,
    ],
    operands: nil,
    options: [
      .indexFolder,
      OptionDeclaration(
        name: .topics, kind: .text, placeholder: "FILE", summary: "The topics",
        details: """
          Lines id<TAB>query, TREC's <top>, <num> and <title>, or lines of JSON: {"id": "1", "query": \
          "…"}, also with "_id" or "qid", and "text" or "title".
          """),
      OptionDeclaration(
        name: .depth, kind: .count(1...1_000_000), placeholder: "N", standard: "1000",
        summary: "The most articles for a topic"),
      OptionDeclaration(
        name: .tag, kind: .text, placeholder: "NAME", standard: "suoyin",
        summary: "What the last column says"),
      OptionDeclaration(
        name: .k1, kind: .number(0...1000), placeholder: "X",
        summary: "BM25: how much repeating a term adds (the index's)"),
      OptionDeclaration(
        name: .b, kind: .number(0...1), placeholder: "X",
        summary: "BM25: how much long articles are held back (the index's)"),
      OptionDeclaration(
        name: .output, kind: .text, placeholder: "FILE",
        summary: "The file to write (standard output)"),
      OptionDeclaration(
        name: .timings, kind: .text, placeholder: "FILE",
        summary: "Write how long each topic took",
        details: """
          Lines with columns parted by tabs: topic, microseconds, articles found. Threads hold one \
          another up; --threads 1 gives the times of a search alone.
          """),
      OptionDeclaration(
        name: .threads, kind: .count(1...1024), placeholder: "N",
        summary: "How many processors to work with (all)",
        details: "The run is the same for any number."),
      .color,
    ],
    examples: [
      Example(
        line: "suoyin run --topics queries.tsv --output suoyin.run",
        what: "the thousand best of each"),
      Example(
        line: "suoyin run --topics queries.tsv --k1 0.9 --b 0.4 --tag flat >flat.run",
        what: "by other parameters than the index's"),
    ],
    statuses: [(0, "the run is written"), (2, "an error")])

  static let evaluate = CommandDeclaration(
    name: .evaluate,
    summary: "Measure runs against judgements, and one against another",
    details: [
      """
      The measures are those of ir_measures, with its names and values: nDCG, nDCG@k, AP, AP@k, RR, \
      RR@k, P@k, R@k, Rprec, Success@k, Bpref, Judged@k and RBP(p=0.8,rel=1), most with rel=GRADE \
      and judged_only=True in parentheses. A topic for which a run has nothing counts 0.
      """,
      """
      Several runs are held against the first: by Student's paired t-test and by a randomization \
      test, both two-sided and, over all the comparisons that are printed, under Holm's correction.
      """,
    ],
    operands: OperandDeclaration(
      placeholder: "RUN…", minimum: 1, summary: "TREC runs; others are held against the first"),
    options: [
      OptionDeclaration(
        name: .qrels, kind: .text, placeholder: "FILE", summary: "The judgements",
        details: """
          Topic, iteration, document and grade; or without iteration, as BEIR has them, with or \
          without a line of names above.
          """),
      OptionDeclaration(
        name: .measure, kind: .text, placeholder: "NAMES",
        standard: "nDCG@10 RR@10 AP R@100 Judged@10", summary: "What is measured",
        details: "Several are parted by blanks, or the option is given several times.",
        repeats: true),
      OptionDeclaration(
        name: .perQuery, kind: .flag, summary: "Print the values of each topic as well",
        details: "Lines with columns parted by tabs: topic, measure, and the value of each run."),
      OptionDeclaration(
        name: .permutations, kind: .count(1...100_000_000), placeholder: "N", standard: "100000",
        summary: "How many permutations the randomization test draws",
        details: "Where there are no more than that it goes through all of them."),
      OptionDeclaration(
        name: .seed, kind: .count(0...1_000_000_000_000), placeholder: "N", standard: "1",
        summary: "What the permutations are drawn from",
        details: "The same one draws the same."),
      .json(
        """
        One object: "qrels", "topics", "runs", each with "run", "missing", "unjudged_topics", \
        "means" and, with --per-query, "values", and "comparisons" with "baseline", "run", \
        "measure", "difference", "t", "t_p", "t_p_holm", "randomization_p", \
        "randomization_p_holm", "permutations", "exact", "seed", "wins", "ties", "losses" and \
        "topics", the ten that differ most.
        """),
      .color,
    ],
    examples: [
      Example(line: "suoyin evaluate --qrels qrels.txt a.run", what: "one run"),
      Example(
        line: "suoyin evaluate --qrels qrels.txt --measure 'nDCG@10 P(rel=2)@5' a.run b.run",
        what: "two, by other measures"),
    ],
    statuses: [(0, "done"), (2, "an error")])

  static let tune = CommandDeclaration(
    name: .tune,
    summary: "Try parameters on collections, cross-validated over topics",
    details: [
      """
      A file of JSON names collections and what to try: {"collections": [{"name": "…", "index": \
      "…", "topics": "…", "qrels": "…"}], "grid": {"k1": [0.4, 0.9], "title": [0, 0.5]}, "measure": \
      "nDCG@10", "folds": 5, "seed": 1, "depth": 100}. The last four may be left out. Paths are \
      relative to the file.
      """,
      """
      Parameters are k1 and b of BM25, and what pieces of a query count: words, characters, title, \
      crossing (pairs of two words) and functionWords. Every combination of the values is tried, \
      and what is standard besides.
      """,
      """
      The topics of each collection are dealt out to folds. Each fold is ranked by the setting that \
      is best on the others, in the mean over collections; so what is printed as cross-validated \
      can be hoped for on topics that nobody has seen.
      """,
    ],
    operands: OperandDeclaration(
      placeholder: "FILE", minimum: 1, maximum: 1, summary: "What to try on what"),
    options: [
      OptionDeclaration(
        name: .threads, kind: .count(1...1024), placeholder: "N",
        summary: "How many processors to work with (all)",
        details: "The answer is the same for any number."),
      .json(
        """
        One object: "measure", "folds", "seed", "settings", each with "setting" and "means", \
        "chosen", for each fold the index of its setting, "best", and "collections", each with \
        "name", "topics", "standard", "best", "cross_validated" and "p".
        """),
      .color,
    ],
    examples: [Example(line: "suoyin tune plan.json", what: "as the file says")],
    statuses: [(0, "done"), (2, "an error")])
}
