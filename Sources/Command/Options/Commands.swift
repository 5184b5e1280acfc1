/// All commands, in the order in which help lists them.
///
/// To add an option, name it in ``OptionName``, declare it here and read it in its command.
extension CommandDeclaration {
  static let all: [CommandDeclaration] = [
    index, search, explainQuery, explain, similar, complete, delete, optimize, rebuild, snapshot,
    restore,
    export, info, check, analyze, run, evaluate, tune, completion, manual, help,
  ]

  static func named(_ name: CommandName) -> CommandDeclaration {
    switch name {
    case .index: index
    case .search: search
    case .explainQuery: explainQuery
    case .explain: explain
    case .similar: similar
    case .complete: complete
    case .completion: completion
    case .manual: manual
    case .delete: delete
    case .optimize: optimize
    case .rebuild: rebuild
    case .snapshot: snapshot
    case .restore: restore
    case .export: export
    case .info: info
    case .check: check
    case .analyze: analyze
    case .run: run
    case .evaluate: evaluate
    case .tune: tune
    case .help: help
    }
  }

  static let index = CommandDeclaration(
    name: .index,
    summary: "Add articles to the index, or replace those that changed",
    details: [
      """
      Takes files and folders. Of a folder, every .txt and .md file below it is one article, and \
      every line of a .jsonl or .ndjson file is one: an object with "_id" and "text", and, where \
      there are, "title", "date" and fields of any other name. Files of other kinds are counted and left alone.
      """,
      """
      An article's id is its path below the folder given, without the extension; for JSON lines it \
      is "_id". An article whose id is in the index already replaces the one there, and is left \
      alone where nothing of it changed.
      """,
      """
      A file of one article whose size and time of change are those of the last time is not even \
      read. Lines of JSON are read, and those that say the same as before are not indexed again.
      """,
      """
      The analyzer and its options belong to the index: they are given when it is created and kept \
      in it, with the words of their files. Later runs go by the index and need none of them; other \
      ones are an error, except synonyms, which can be changed without naming anything else.
      """,
      """
      The run is one commit: the articles appear together at its end, and a run that is broken off \
      leaves the index as it was. Articles that cannot be read are named, the rest is indexed.
      """,
    ],
    operands: OperandDeclaration(
      placeholder: "PATH…", minimum: 1, summary: "Files and folders to take articles from"),
    options: [
      .indexFolder, .encoding, .noRepair,
      OptionDeclaration(
        name: .prune, kind: .flag,
        summary: "Delete articles whose file is gone from below PATH",
        details: """
          Goes by the paths that search shows: name the folders as they were named when they were \
          indexed. Below a PATH that is itself not there nothing is deleted, since it may only not \
          be mounted.
          """),
      OptionDeclaration(
        name: .commitEvery, kind: .count(1...1_000_000_000), placeholder: "N",
        summary: "Commit after every N articles that were added or replaced",
        details: """
          For long runs: what has been committed can be searched, and stays where the run is broken \
          off; running it again goes on from there.
          """),
      .memory(
        "Megabytes of memory for articles not yet written",
        details: "More makes fewer and larger parts that have to be merged."),
      .threads,
      OptionDeclaration(
        name: .k1, kind: .number(0...1000), placeholder: "X",
        summary: "BM25: how much repeating a term adds (0.4)",
        details: """
          Belongs to the index and is set when it is created. 0 counts a term once however often \
          it comes; larger values let repetition count for longer.
          """),
      OptionDeclaration(
        name: .b, kind: .number(0...1), placeholder: "X",
        summary: "BM25: how much long articles are held back (0.7)",
        details: """
          Belongs to the index and is set when it is created. 0 ignores length, 1 divides by it.
          """),
    ] + OptionDeclaration.ofAnalyzer + [
      .schema,
      .json(
        """
        One object: {"index", "added", "replaced", "unchanged", "pruned", "failed", "skipped", \
        "bytes_read", "took_ms"}. What failed is named on standard error as without it.
        """),
      .color,
    ],
    examples: [
      Example(line: "suoyin index seeds", what: "every article below the folder seeds"),
      Example(
        line: "suoyin index --index ~/cars --synonyms makers.txt --stem english cars",
        what: "with synonyms, and English words without their endings"),
      Example(
        line: "suoyin index --index ~/news --encoding gb18030 1998 1999",
        what: "two folders of old files, into an index of their own"),
    ],
    statuses: [
      (0, "every article is in the index"),
      (1, "some articles failed and are named; the rest is in the index"),
      (2, "nothing could be done"),
    ])

  static let info = CommandDeclaration(
    name: .info,
    summary: "Say what the index holds",
    details: [
      """
      Articles, segments, terms, bytes of each part, the fields and their kinds, the analyzer that made the index with its \
      version and ICU's, and the parameters of BM25.
      """
    ],
    operands: nil,
    options: [.indexFolder, .json("One object with the same figures."), .color],
    examples: [Example(line: "suoyin info --index ~/news", what: "of another index")],
    statuses: [(0, "the index could be read"), (2, "an error")])

  static let analyze = CommandDeclaration(
    name: .analyze,
    summary: "Show what becomes of a text: why it matches, or does not",
    details: [
      """
      Shows every stage that a text and a query go through alike: repaired (line breaks inside \
      sentences taken out), folded (one form for traditional and simplified, widths and cases), \
      cut into units, words and grams. Numbers beside a piece say where in the original it came \
      from, in characters from 0, the end not included.
      """,
      """
      A query finds a text if they share words or grams; a phrase in quotation marks finds it if \
      the phrase's units stand in it one after the other, with no sentence end between. With \
      --with FILE the text is a query, and what is shown is what of it the file has, and where the \
      longest run that both share ends.
      """,
    ],
    operands: OperandDeclaration(
      placeholder: "TEXT…", minimum: 0,
      summary: "The text; several are joined by blanks, and - reads standard input"),
    options: [
      OptionDeclaration(
        name: .file, kind: .text, placeholder: "FILE", summary: "Read the text from a file"),
      .encoding, .noRepair,
      OptionDeclaration(
        name: .index, kind: .text, placeholder: "DIR",
        summary: "Analyze as this index does",
        details: "By its own analyzer with all of its options; the options below are for none."),
      OptionDeclaration(
        name: .with, kind: .text, placeholder: "FILE",
        summary: "Compare the text, as a query, with this file",
        details: """
          Says what of the query the file has and how often, and where it parts from the query. \
          --encoding and --no-repair are about the file.
          """),
    ] + OptionDeclaration.ofAnalyzer + [
      .json(
        """
        One object: "original", "encoding", "faults", "repaired", "folded", "edits", "units", \
        "words", "stop_words", "grams", each item with "source", its range in scalars of the \
        original. With --with: "found" and "clauses", each with "text", "quoted", "excluded", \
        "found", "wholes", "longest", "units", "words", "grams", "synonyms".
        """),
      .color,
    ],
    examples: [
      Example(line: "suoyin analyze 產業大腦 C919", what: "two words"),
      Example(
        line: "suoyin analyze '\"产业大脑\"' --with a.txt", what: "why a phrase is not found in a.txt"),
      Example(line: "pdftotext page.pdf - | suoyin analyze -", what: "a scanned page"),
    ],
    statuses: [(0, "done"), (2, "an error")])

  static let help = CommandDeclaration(
    name: .help,
    summary: "Explain a command",
    details: [],
    operands: OperandDeclaration(
      placeholder: "[COMMAND]", minimum: 0, maximum: 1, summary: "The command to explain"),
    options: [],
    examples: [],
    statuses: [(0, "done"), (2, "an error")])
}

/// Options that several commands share, and those of `suoyin` itself.
extension OptionDeclaration {
  static let help = OptionDeclaration(
    name: .help, kind: .flag, summary: "Show this help; -h shows a short one")

  static let version = OptionDeclaration(
    name: .version, kind: .flag, summary: "Show the version; -V does too")

  static let indexFolder = OptionDeclaration(
    name: .index, kind: .text, placeholder: "DIR",
    summary: "The folder of the index ($SUOYIN_INDEX, else index)")

  static let encoding = OptionDeclaration(
    name: .encoding, kind: .text, placeholder: "NAME",
    summary: "The encoding of the files, as GB18030, Big5 or Shift_JIS",
    details: """
      Without it each file's is found out: UTF-8 where the bytes allow it, else what a mark at its \
      start or its bytes say. Bytes that do not decode are named and become U+FFFD.
      """)

  static let threads = OptionDeclaration(
    name: .threads, kind: .count(1...1024), placeholder: "N",
    summary: "How many processors to work with (all)",
    details: "The index is the same for any number.")

  static func memory(_ summary: String, details: String) -> OptionDeclaration {
    OptionDeclaration(
      name: .memory, kind: .count(1...1_000_000), placeholder: "MB", standard: "512",
      summary: summary, details: details)
  }

  static let noRepair = OptionDeclaration(
    name: .noRepair, kind: .flag,
    summary: "Leave line breaks inside sentences as they are",
    details: """
      Scanned pages break words at the ends of lines; by default such breaks are mended for the \
      index, and for the index only. This is for texts whose every line stands by itself.
      """)

  static let color = OptionDeclaration(
    name: .color, kind: .choice(["auto", "always", "never"]), placeholder: "WHEN",
    standard: "auto", summary: "Colours: auto, always or never",
    details: """
      By default on a terminal only, unless NO_COLOR is set; CLICOLOR_FORCE asks for them anywhere.
      """)

  static func json(_ details: String) -> OptionDeclaration {
    OptionDeclaration(name: .json, kind: .flag, summary: "Print JSON", details: details)
  }
}
