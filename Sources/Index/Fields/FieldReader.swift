import SuoyinStorage
import Synchronization

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
  /// Empty where lengths tell the widths.
  private let storedWidths: MappedArray<UInt8>
  private let madeWidths = Mutex<MappedArray<UInt8>?>(nil)
  @usableFromInline let lengths: FieldLengths
  let similarity: Similarity
  /// What score bounds are made with.
  let saturation: Saturation
  let rangeBounds = RangeBoundsTable()

  init(_ id: FieldID, info: SegmentInfo, file: SectionedFile) throws(StorageError) {
    self.id = id
    segmentDocumentCount = info.documentCount
    self.info = info.fields[id.index]
    similarity = info.similarity
    saturation = Saturation(
      info.similarity, averageLength: self.info.statistics.boundAverageLength)
    // Left out where no article has a further field of text.
    let isThere = id.part != .further || file.has(SegmentFormat.terms(id))
    func section(_ name: String) throws(StorageError) -> Section {
      isThere ? try file.section(name) : Section(decoded: [], name: name)
    }
    lengths =
      isThere
      ? try FieldLengths(
        file.section(SegmentFormat.lengths(id)), documentCount: info.documentCount)
      : FieldLengths()
    dictionary = try TermDictionary(
      terms: section(SegmentFormat.terms(id)), index: section(SegmentFormat.termIndex(id)),
      blockCount: self.info.blockCount, termCount: self.info.termCount,
      hasPositions: id.hasPositions)
    postings =
      isThere
      ? try file.section(SegmentFormat.postings(id))
      : Section(
        decoded: [UInt8](repeating: 0, count: SegmentFormat.readAhead),
        name: SegmentFormat.postings(id))
    guard postings.count >= SegmentFormat.readAhead else {
      throw postings.damaged(at: 0, "no room behind the lists", found: "\(postings.count) bytes")
    }
    guard id.hasPositions else {
      positions = nil
      storedWidths = MappedArray(copying: [])
      return
    }
    positions = try section(SegmentFormat.positions(id))
    let widths = try section(SegmentFormat.positionWidths(id))
    guard widths.count == 0 || widths.count == info.documentCount else {
      throw widths.damaged(
        at: 0, "size of the section", expected: "0 or \(info.documentCount)",
        found: "\(widths.count)")
    }
    storedWidths = try widths.array(of: UInt8.self, count: widths.count)
  }

  /// The number of bits of positions in each document: see ``PositionWidth``.
  ///
  /// - Complexity: O(1); where lengths tell them O(documents) for the first who asks.
  var positionWidths: MappedArray<UInt8> {
    if storedWidths.count > 0 { return storedWidths }
    return madeWidths.withLock { made in
      if let made { return made }
      let widths = (0..<UInt32(segmentDocumentCount)).map {
        PositionWidth.width(ofLength: lengths[$0])
      }
      let new = MappedArray(copying: widths)
      made = new
      return new
    }
  }
}
