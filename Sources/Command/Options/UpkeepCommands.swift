/// The commands that keep an index in order.
extension CommandDeclaration {
  static let delete = CommandDeclaration(
    name: .delete,
    summary: "Take articles out of the index",
    details: [
      """
      Ids are those that search and index show: of a file its path below the folder that was \
      indexed, without the extension; of a line of JSON its "_id". After -- an id may begin with a \
      dash. The file that an article came from stays, and indexing it again brings the article back.
      """,
      """
      Ids that the index does not have are named; the others are deleted all the same, in one commit.
      """,
    ],
    operands: OperandDeclaration(
      placeholder: "ID…", minimum: 1, summary: "The ids of the articles to delete"),
    options: [
      .indexFolder,
      .json(
        "One object: {\"index\", \"deleted\", \"missing\"}, the last with the ids that were not there."
      ),
      .color,
    ],
    examples: [
      Example(line: "suoyin delete deep/b", what: "the article from deep/b.md"),
      Example(line: "suoyin delete -- -1", what: "one whose id begins with a dash"),
    ],
    statuses: [
      (0, "all of them are deleted"),
      (1, "some were not there and are named; the others are deleted"),
      (2, "nothing could be done"),
    ])

  static let optimize = CommandDeclaration(
    name: .optimize,
    summary: "Make one segment of the index and drop what was deleted",
    details: [
      """
      Searches a little faster and takes less room. Indexing merges segments by itself, so this is \
      for an index that will not change for a while. Where nothing was deleted, searches find the \
      same articles with the same scores as before; what was deleted no longer counts in scores.
      """,
      """
      The whole index is written anew, and needs room for a second time until that is done. A run \
      that is broken off leaves the index as it was.
      """,
    ],
    operands: nil,
    options: [
      .indexFolder,
      OptionDeclaration(
        name: .reorder, kind: .flag,
        summary: "Put articles that say much the same side by side",
        details: """
          Lists of articles become shorter, and searches for several words read less of them. What is \
          found, its scores and its order stay the same. It takes some minutes for a million articles; \
          articles that come later are not among them until the next time.
          """),
      .memory(
        "Megabytes of memory for reordering",
        details: """
          Where they do not suffice, the commonest words are not looked at; some 75 bytes an article \
          it takes in any case.
          """),
      .threads,
      .json(
        """
        One object: {"index", "segments_before", "segments_after", "bytes_before", "bytes_after", \
        "took_ms"}.
        """),
      .color,
    ],
    examples: [
      Example(line: "suoyin optimize --index ~/news", what: "another index"),
      Example(line: "suoyin optimize --reorder", what: "for an index that is there to be searched"),
    ],
    statuses: [(0, "the index is one segment"), (2, "an error")])

  static let check = CommandDeclaration(
    name: .check,
    summary: "Read the whole index and say what is damaged",
    details: [
      """
      Reads every byte of every file that belongs to the index: checksums, and the structures \
      against one another. What is wrong is named with its file, section and offset in bytes. \
      Nothing is changed, and others may search and write meanwhile: what is checked is the index \
      as it was when the check began.
      """,
      """
      With --repair a damaged index becomes a sound one: parts without damage stay as they are, of \
      the others all articles that can be read are indexed anew, and what is lost is named. The \
      damaged files stay in the folder under names that end in .damaged; delete them when they are \
      of no more use.
      """,
    ],
    operands: nil,
    options: [
      .indexFolder,
      OptionDeclaration(
        name: .repair, kind: .flag, summary: "Keep what can be read, and make it a sound index",
        details: "Needs room for the damaged parts a second time; no other may write meanwhile."),
      .json(
        """
        One object: {"index", "sound", "generation", "articles", "segments", "bytes", "took_ms", \
        "findings": [{"file", "section", "offset", "what", "expected", "found", "message", \
        "remedy"}]}. Members that are not known are null. With --repair of a damaged index there is \
        "repair" as well: {"articles", "rescued", "lost", "lost_ids", "lost_files", "notes"}.
        """),
      .color,
    ],
    examples: [
      Example(line: "suoyin check && cp -r index backup", what: "a copy of a sound index")
    ],
    statuses: [
      (0, "the index is sound"),
      (1, "it is damaged; with --repair, it was and is sound now"),
      (2, "it could not be checked, or not be repaired"),
    ])
}
