import CKernels
import SuoyinStorage

/// What is known of a field's documents before the first of its lists is written.
struct ListScale: Sendable {
  /// Of each document of the segment in the field.
  let lengths: [UInt32]
  /// The number of bits of positions in each document; see ``PositionWidth``.
  let positionWidths: [UInt8]
  let statistics: FieldStatistics
  let saturation: Saturation

  init(_ similarity: Similarity, lengths: [UInt32], positionWidths: [UInt8]) {
    self.lengths = lengths
    self.positionWidths = positionWidths
    statistics = FieldStatistics(
      documentCount: lengths.count { $0 > 0 }, totalLength: lengths.reduce(0) { $0 + Int($1) })
    saturation = Saturation(similarity, averageLength: statistics.boundAverageLength)
  }

  var documentCount: Int { lengths.count }
}

extension FieldStatistics {
  /// The mean length that bounds are made with: that of the documents with any, 1 where there are none.
  var boundAverageLength: Double {
    documentCount > 0 && totalLength > 0 ? Double(totalLength) / Double(documentCount) : 1
  }
}

/// The bounds and thresholds of one list after the other: FORMAT.md, "Score bounds".
struct ListBounds {
  /// The greatest share of each block.
  private(set) var blocks: [Float] = []
  /// The greatest share of all blocks.
  private(set) var maximum: Float = 0

  private let scale: ListScale
  /// Whether ``counts`` has any.
  private var isCounted = false
  /// How many documents have each share, in units of 1 / ``ThresholdCode/units``, rounded down.
  private var counts = [UInt32](repeating: 0, count: ThresholdCode.units + 1)

  init(_ scale: ListScale) {
    self.scale = scale
  }

  mutating func removeAll() {
    if isCounted {
      for code in counts.indices { counts[code] = 0 }
    }
    blocks.removeAll(keepingCapacity: true)
    isCounted = false
    maximum = 0
  }

  /// Takes a block of the list.
  ///
  /// - Parameter isOnly: whether it is the only one; then there is a maximum, and nothing else.
  mutating func add(documents: Span<UInt32>, frequencies: Span<UInt32>, isOnly: Bool) {
    precondition(documents.count == frequencies.count)
    guard documents.count > 0 else { return }
    // They ascend.
    precondition(Int(documents[documents.count - 1]) < scale.documentCount)
    let scale = scale
    let greatest = unsafe documents.withUnsafeBufferPointer { documents in
      unsafe frequencies.withUnsafeBufferPointer { frequencies in
        unsafe scale.lengths.withUnsafeBufferPointer { lengths in
          unsafe counts.withUnsafeMutableBufferPointer { counts in
            guard let first = documents.baseAddress, let times = frequencies.baseAddress,
              let lengths = lengths.baseAddress
            else { return Float(0) }
            return unsafe Kernels.writing.share(
              first, times, documents.count, lengths, scale.saturation.base, scale.saturation.slope,
              Float(ThresholdCode.units), isOnly ? nil : counts.baseAddress)
          }
        }
      }
    }
    isCounted = isCounted || !isOnly
    maximum = max(maximum, greatest)
    blocks.append(greatest)
  }

  /// The k-th greatest share, rounded down, for each k of ``ListHeaders/thresholds``; 0 where there are
  /// fewer.
  func thresholds() -> [UInt16] {
    var code = ThresholdCode.units
    var above = Int(counts[code])
    return ListHeaders.thresholds.map { k in
      while above < k, code > 0 {
        code -= 1
        above += Int(counts[code])
      }
      return above >= k ? UInt16(code) : 0
    }
  }
}
