import SuoyinStorage

/// Merges one field of several segments, by ranges of terms.
struct FieldMerger {
  private let id: FieldID
  private let sources: [MergeSource]
  private let documentCount: Int

  /// Bytes of lists that a range has, more or less.
  private static let rangeSize = 1 << 20
  /// Occurrences that all threads hold to put lists into another order: 128 MB.
  private static let occurrencesHeld = 1 << 22

  /// - Parameter documentCount: of the merged segment.
  init(_ id: FieldID, _ sources: [MergeSource], documentCount: Int) {
    self.id = id
    self.sources = sources
    self.documentCount = documentCount
  }

  /// Writes the field's sections.
  ///
  /// - Parameters:
  ///   - file: its open section is ended.
  ///   - similarity: what score bounds are made with.
  func write(
    to file: FileWriter, similarity: Similarity, by workers: Workers
  ) throws(StorageError) -> SegmentInfo.Field {
    var lengths = [UInt32](repeating: 0, count: documentCount)
    var positionWidths = [UInt8](repeating: 0, count: documentCount)
    for source in sources {
      let field = source.segment.field(id).reader
      let widths = id.hasPositions ? field.positionWidths : nil
      for document in 0..<UInt32(source.segment.documentCount) {
        guard let number = source.number(of: document) else { continue }
        lengths[Int(number)] = field.lengths[document]
        positionWidths[Int(number)] = widths?[Int(document)] ?? 0
      }
    }
    let writer = try FieldWriter(
      id, lengths: lengths, positionWidths: positionWidths, similarity: similarity, to: file)
    let borders = borders
    try workers.produce(
      borders.count + 1,
      { (number) throws(StorageError) in
        var merger = try TermMerger(
          id, sources, from: number == 0 ? nil : borders[number - 1],
          to: number < borders.count ? borders[number] : nil,
          limit: Self.occurrencesHeld / workers.count)
        return try merger.merge(into: writer.makeRange())
      },
      take: { (range) throws(StorageError) in try writer.append(range) })
    return try writer.finish()
  }

  /// Where all ranges but the first begin, as ``TermDictionary/prefix(of:)``.
  ///
  /// They are those of blocks of the largest dictionary: the others will have much the same terms.
  private var borders: [UInt64] {
    let readers = sources.map { $0.segment.field(id).reader }
    let bytes = readers.reduce(0) { $0 + $1.postings.count + ($1.positions?.count ?? 0) }
    guard let largest = readers.map(\.dictionary).max(by: { $0.blockCount < $1.blockCount }) else {
      return []
    }
    let count = min(largest.blockCount, bytes / Self.rangeSize + 1)
    var borders: [UInt64] = []
    for range in 1..<max(1, count) {
      let prefix = largest.prefixes[largest.blockCount * range / count]
      if prefix > borders.last ?? 0 { borders.append(prefix) }
    }
    return borders
  }
}
