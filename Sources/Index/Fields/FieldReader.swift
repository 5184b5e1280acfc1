import SuoyinStorage

/// The mapped structures of one field of one segment, their sizes checked.
@usableFromInline
final class FieldReader: Sendable {
  let id: FieldID
  let segmentDocumentCount: Int
  let info: SegmentInfo.Field
  let dictionary: TermDictionary
  let postings: Section
  /// Nil in a channel without positions.
  let positions: Section?
  /// The number of bits of positions in each document; empty where all are 0.
  let positionWidths: MappedArray<UInt8>
  @usableFromInline let lengths: FieldLengths
  let similarity: Similarity
  /// What score bounds are made with.
  let saturation: Saturation

  init(_ id: FieldID, info: SegmentInfo, file: SectionedFile) throws(StorageError) {
    self.id = id
    segmentDocumentCount = info.documentCount
    self.info = info.fields[id.index]
    similarity = info.similarity
    saturation = Saturation(
      info.similarity, averageLength: self.info.statistics.boundAverageLength)
    lengths = try FieldLengths(
      file.section(SegmentFormat.lengths(id)), documentCount: info.documentCount)
    dictionary = try TermDictionary(
      terms: file.section(SegmentFormat.terms(id)),
      index: file.section(SegmentFormat.termIndex(id)),
      blockCount: self.info.blockCount, termCount: self.info.termCount,
      hasPositions: id.hasPositions)
    postings = try file.section(SegmentFormat.postings(id))
    guard postings.count >= SegmentFormat.readAhead else {
      throw postings.damaged(at: 0, "no room behind the lists", found: "\(postings.count) bytes")
    }
    guard id.hasPositions else {
      positions = nil
      positionWidths = MappedArray(copying: [])
      return
    }
    positions = try file.section(SegmentFormat.positions(id))
    let widths = try file.section(SegmentFormat.positionWidths(id))
    guard widths.count == 0 || widths.count == info.documentCount else {
      throw widths.damaged(
        at: 0, "size of the section", expected: "0 or \(info.documentCount)",
        found: "\(widths.count)")
    }
    positionWidths = try widths.array(of: UInt8.self, count: widths.count)
  }

  /// The number of bits of positions in each document, empty where all are 0; valid as long as this
  /// object lives.
  @unsafe var positionWidthBytes: UnsafeBufferPointer<UInt8> { unsafe positionWidths.elements }

  /// The number of bits of positions in a document: see ``PositionCodec``.
  @inline(__always)
  func positionWidth(of document: UInt32) -> UInt8 {
    positionWidths.count == 0 ? 0 : positionWidths[Int(document)]
  }
}
