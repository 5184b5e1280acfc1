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
    positions = id.hasPositions ? try file.section(SegmentFormat.positions(id)) : nil
  }
}
