/// The commands that make an index anew, copy it, and bring it back.
extension CommandDeclaration {
  static let rebuild = CommandDeclaration(
    name: .rebuild,
    summary: "Make the index anew while searches go on in the old one",
    details: [
      """
      Reads everything and writes a new index beside the old one, in the same folder. Searches go on \
      in the old one until the new one is complete; then one step changes from one to the other, and \
      the old files go. A run that is broken off leaves the index as it was. Files in the folder that \
      are not Suoyin's stay.
      """,
      """
      This is also the way out where an index is damaged, or was made by another version, of which \
      only the analyzer's options would have to be given again. Else the analyzer, its options, k1 \
      and b are those of the old index, unless others are given.
      """,
    ],
    operands: OperandDeclaration(
      placeholder: "PATH…", minimum: 1, summary: "Files and folders to take articles from"),
    options: [.indexFolder, .encoding, .noRepair]
      + index.options.filter { [.memory, .threads, .k1, .b].contains($0.name) }
      + OptionDeclaration.ofAnalyzer + index.options.filter { [.json, .color].contains($0.name) },
    examples: [
      Example(line: "suoyin rebuild --index ~/news 1998 1999", what: "at night, from all files")
    ],
    statuses: [
      (0, "the index is the new one"),
      (1, "some articles failed and are named; the new index has the rest"),
      (2, "the index is as it was"),
    ])

  static let snapshot = CommandDeclaration(
    name: .snapshot,
    summary: "Copy the index, as it is now, into another folder",
    details: [
      """
      The copy is an index of its own. Others may search and write meanwhile: what is copied is the \
      index as it was when the copying began. Every byte is checked on the way, so a damaged index \
      gives an error and no copy.
      """
    ],
    operands: OperandDeclaration(
      placeholder: "DIR", minimum: 1, maximum: 1, summary: "A folder that is empty or not there"),
    options: [.indexFolder, .json(copyView), .color],
    examples: [
      Example(line: "suoyin snapshot backup/$(date +%F)", what: "a backup of today")
    ],
    statuses: [(0, "the copy is complete"), (2, "an error; there is no copy")])

  static let restore = CommandDeclaration(
    name: .restore,
    summary: "Put a copy that snapshot made in the place of the index",
    details: [
      """
      The copy stays as it is. Searches go on in the old index, where one is, until all of the copy \
      is there; a damaged copy gives an error and changes nothing.
      """
    ],
    operands: OperandDeclaration(
      placeholder: "DIR", minimum: 1, maximum: 1, summary: "The folder of the copy"),
    options: [.indexFolder, .json(copyView), .color],
    examples: [Example(line: "suoyin restore backup/2024-09-05", what: "the index of that day")],
    statuses: [(0, "the index is that of the copy"), (2, "an error; the index is as it was")])

  static let export = CommandDeclaration(
    name: .export,
    summary: "Write all articles as lines of JSON",
    details: [
      """
      One object on each line, with all that the index keeps of the article: "_id", "title", "date", \
      "text", other fields as they were, "_path" for the file that it came from, and "_lines": "kept" \
      where --no-repair was given. Indexing the lines gives the same articles, which searches find as \
      before (what was deleted and not merged away counts in scores until then).
      """
    ],
    operands: nil,
    options: [
      .indexFolder,
      OptionDeclaration(
        name: .output, kind: .text, placeholder: "FILE", summary: "Write to a file",
        details: """
          Standard output without it. The file gets its name when it is complete, in place of one of \
          that name.
          """),
      .json("Errors are objects; the lines are JSON in any case."),
      .color,
    ],
    examples: [
      Example(line: "suoyin export | zstd > articles.jsonl.zst", what: "all of it, compressed"),
      Example(
        line: "suoyin export --output all.jsonl && suoyin rebuild all.jsonl",
        what: "an index anew of what it has itself"),
    ],
    statuses: [(0, "all articles are written"), (2, "an error")])

  private static let copyView = """
    One object: {"from", "to", "articles", "segments", "bytes", "took_ms"}.
    """
}
