import SuoyinStorage

/// Writes the sections of one field from ranges of terms: FORMAT.md, "Segment".
///
/// Lists and dictionary wait in spools, since a file has one open section.
struct FieldWriter {
  private let id: FieldID
  private let scale: ListScale
  private let file: FileWriter
  private let spoolPath: String
  private let postings: Spool
  private let terms: Spool
  private let dictionary: TermDictionaryWriter
  /// Only of the words of the text.
  private let words: SuggestedWordsWriter?

  /// - Parameters:
  ///   - lengths: of all documents.
  ///   - positionWidths: of all documents; see ``PositionWidth``.
  ///   - similarity: what score bounds are made with.
  ///   - file: its open section is ended, and what is opened stays so until ``finish()``.
  init(
    _ id: FieldID, lengths: [UInt32], positionWidths: [UInt8], similarity: Similarity,
    to file: FileWriter
  ) throws(StorageError) {
    try file.begin(SegmentFormat.lengths(id))
    try file.append(FieldLengths.encode(lengths))
    if id.hasPositions {
      try file.begin(SegmentFormat.positionWidths(id))
      let areTold = zip(positionWidths, lengths).allSatisfy {
        $0 == PositionWidth.width(ofLength: $1)
      }
      if !areTold { try file.append(positionWidths) }
      try file.begin(SegmentFormat.positions(id))
    }
    self.id = id
    scale = ListScale(similarity, lengths: lengths, positionWidths: positionWidths)
    self.file = file
    spoolPath = file.temporaryPath + IndexFolder.spoolSuffix
    postings = Spool(path: spoolPath)
    terms = Spool(path: spoolPath)
    dictionary = TermDictionaryWriter(terms: terms, hasPositions: id.hasPositions)
    words =
      id == FieldID(.text, .words) ? SuggestedWordsWriter(documentCount: lengths.count) : nil
  }

  /// An empty range of terms for this field; threads may ask for theirs at the same time.
  func makeRange() -> TermRange {
    TermRange(id, spooledAt: spoolPath, scale: scale)
  }

  /// Appends the terms and lists of a range.
  ///
  /// - Precondition: its terms are greater than those before, by their bytes.
  func append(_ range: TermRange) throws(StorageError) {
    if id.hasPositions { try file.append(range.lists.positions) }
    try postings.append(range.lists.postings)
    var start = 0
    for (end, list) in range.terms {
      try dictionary.add(range.bytes[start..<end], list)
      words?.add(range.bytes[start..<end], documentFrequency: list.documentFrequency)
      start = end
    }
  }

  /// Writes what is left, and gives what `info` keeps of the field.
  func finish() throws(StorageError) -> SegmentInfo.Field {
    try file.begin(SegmentFormat.postings(id))
    try file.append(postings)
    try file.append([UInt8](repeating: 0, count: SegmentFormat.readAhead))
    let index = try dictionary.finish()
    try file.begin(SegmentFormat.terms(id))
    try file.append(terms)
    try file.begin(SegmentFormat.termIndex(id))
    try file.append(index)
    try words?.write(to: file)
    return SegmentInfo.Field(
      statistics: scale.statistics, termCount: dictionary.termCount,
      blockCount: dictionary.blockCount)
  }
}
