import SuoyinStorage

/// What the bounds of a field's lists are made with: known before the first list is written.
struct BoundScale: Sendable {
  /// Of each document of the segment in the field.
  let lengths: [UInt32]
  let statistics: FieldStatistics
  let saturation: Saturation

  init(_ similarity: Similarity, lengths: [UInt32]) {
    self.lengths = lengths
    statistics = FieldStatistics(
      documentCount: lengths.count { $0 > 0 }, totalLength: lengths.reduce(0) { $0 + Int($1) })
    saturation = Saturation(similarity, averageLength: statistics.boundAverageLength)
  }

  var documentCount: Int { lengths.count }

  func share(_ document: UInt32, _ frequency: UInt32) -> Float {
    saturation(frequency: frequency, length: lengths[Int(document)])
  }
}

extension FieldStatistics {
  /// The mean length that bounds are made with: that of the documents with any, 1 where there are none.
  var boundAverageLength: Double {
    documentCount > 0 && totalLength > 0 ? Double(totalLength) / Double(documentCount) : 1
  }
}

/// The bounds and thresholds of one list after the other: FORMAT.md, "Score bounds".
struct ListBounds {
  /// The greatest share of each block, in 16 bits.
  private(set) var blocks: [UInt16] = []
  /// The greatest share of all blocks.
  private(set) var maximum: Float = 0
  /// One bound a range, once the list is long enough to have them.
  private(set) var ranges: [UInt8] = []

  private let scale: BoundScale
  private var documentCount = 0
  /// Range and bound of each document, as long as it is not known whether ranges are to be kept.
  private var waiting: [UInt32] = []
  /// The greatest shares, all of those above ``floor`` and some more.
  private var best: [Float] = []
  private var floor: Float = 0

  private static let bestKept = ListHeaders.thresholds.last ?? 0

  init(_ scale: BoundScale) {
    self.scale = scale
  }

  mutating func removeAll() {
    blocks.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    waiting.removeAll(keepingCapacity: true)
    best.removeAll(keepingCapacity: true)
    maximum = 0
    floor = 0
    documentCount = 0
  }

  /// Takes a block of the list.
  ///
  /// - Parameter isOnly: whether it is the only one; then there is a maximum, and nothing else.
  mutating func add(documents: [UInt32], frequencies: [UInt32], isOnly: Bool) {
    var greatest: Float = 0
    for (document, frequency) in zip(documents, frequencies) {
      let share = scale.share(document, frequency)
      greatest = max(greatest, share)
      if isOnly { continue }
      if share > floor { best.append(share) }
      let range = document / UInt32(RangeBounds.size)
      let bound = BoundCode.byte(above: share)
      if ranges.isEmpty {
        waiting.append(range << 8 | UInt32(bound))
      } else {
        ranges[Int(range)] = max(ranges[Int(range)], bound)
      }
    }
    maximum = max(maximum, greatest)
    blocks.append(BoundCode.word(above: greatest))
    documentCount += documents.count
    if best.count > 4 * Self.bestKept { keepBest() }
    if ranges.isEmpty { beginRanges() }
  }

  private mutating func beginRanges() {
    let count = RangeBounds.count(
      documents: documentCount, segmentDocuments: scale.documentCount)
    guard count > 0 else { return }
    ranges = [UInt8](repeating: 0, count: count)
    for pair in waiting {
      let range = Int(pair >> 8)
      ranges[range] = max(ranges[range], UInt8(truncatingIfNeeded: pair))
    }
    waiting.removeAll(keepingCapacity: true)
  }

  private mutating func keepBest() {
    best.sort(by: >)
    best.removeLast(best.count - min(best.count, Self.bestKept))
    floor = best.count == Self.bestKept ? best.last ?? 0 : 0
  }

  /// The k-th greatest share for each of ``ListHeaders/thresholds``, 0 where there are fewer.
  mutating func thresholds() -> [Float] {
    keepBest()
    return ListHeaders.thresholds.map { $0 <= best.count ? best[$0 - 1] : 0 }
  }
}
