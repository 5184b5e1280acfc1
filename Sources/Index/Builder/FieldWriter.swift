import SuoyinStorage

/// Writes the sections of one field, term after term: FORMAT.md, "Segment".
///
/// For each term, ascending: what ``PostingListWriter`` asks for, through ``lists``, and then
/// ``endTerm(_:)``. Lists and dictionary wait in spools, since a file has one open section.
struct FieldWriter: ~Copyable {
  var lists: PostingListWriter
  private let id: FieldID
  private let lengths: [UInt32]
  private let postings: Spool
  private let terms: Spool
  private let dictionary: TermDictionaryWriter

  /// - Parameter file: its open section is ended, and what is opened stays so until ``finish(to:)``.
  init(_ id: FieldID, lengths: [UInt32], to file: FileWriter) throws(StorageError) {
    try file.begin(SegmentFormat.lengths(id))
    try file.append(FieldLengths.encode(lengths))
    if id.hasPositions { try file.begin(SegmentFormat.positions(id)) }
    self.id = id
    self.lengths = lengths
    let base = file.temporaryPath + IndexFolder.spoolSuffix
    postings = Spool(path: base)
    terms = Spool(path: base)
    lists = PostingListWriter(postings: postings, positions: file, hasPositions: id.hasPositions)
    dictionary = TermDictionaryWriter(terms: terms, hasPositions: id.hasPositions)
  }

  /// Ends the list of a term.
  ///
  /// - Precondition: `term` is greater than the term before, by its bytes.
  mutating func endTerm(_ term: [UInt8]) throws(StorageError) {
    try dictionary.add(term, try lists.finish())
  }

  /// Writes what is left, and gives what `info` keeps of the field.
  func finish(to file: FileWriter) throws(StorageError) -> SegmentInfo.Field {
    try file.begin(SegmentFormat.postings(id))
    try file.append(postings)
    let index = try dictionary.finish()
    try file.begin(SegmentFormat.terms(id))
    try file.append(terms)
    try file.begin(SegmentFormat.termIndex(id))
    try file.append(index)
    return SegmentInfo.Field(
      documentCount: lengths.count { $0 > 0 }, totalLength: lengths.reduce(0) { $0 + Int($1) },
      termCount: dictionary.termCount, blockCount: dictionary.blockCount)
  }
}
