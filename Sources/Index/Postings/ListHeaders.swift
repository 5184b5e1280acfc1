import SuoyinStorage

/// Where the arrays lie behind the blocks of a list that has several: FORMAT.md, "Posting list".
struct ListHeaders: Equatable {
  /// How many documents may follow a list's best: there is a threshold for each.
  static let thresholds = [10, 100, 1000]

  /// How the ends of the blocks' positions are written; the last byte of the headers.
  enum PositionEnds: UInt8 {
    /// There are none, in a channel without positions.
    case none = 0
    case grouped = 1
    /// In 64 bits, where a group is too large for the other.
    case wide = 2
  }

  let blocks: Int
  let positionEnds: PositionEnds

  /// - Parameter documents: the list's.
  init(documents: Int, positionEnds: PositionEnds) {
    blocks = (documents + PostingBlock.capacity - 1) / PostingBlock.capacity
    self.positionEnds = positionEnds
  }

  // Each is an offset from the start of the headers.
  var lastDocuments: Int { 0 }
  var blockRanges: GroupedRanges { GroupedRanges(at: blocks * 4, count: blocks) }
  /// Where ``positionEnds`` are grouped.
  var positionRanges: GroupedRanges { GroupedRanges(at: blockRanges.end, count: blocks) }
  /// Where ``positionEnds`` are wide.
  var widePositionEnds: Int { blockRanges.end }
  var bounds: Int {
    switch positionEnds {
    case .none: return blockRanges.end
    case .grouped: return positionRanges.end
    case .wide: return widePositionEnds + blocks * 8
    }
  }
  /// The greatest of the bounds.
  var maximum: Int { bounds + blocks * 2 }
  var thresholds: Int { maximum + 2 }
  var form: Int { thresholds + Self.thresholds.count * 2 }
  var size: Int { form + 1 }
}

/// Where ranges that follow one another end, in little more than 16 bits each: for each eight of them
/// where the first begins, and the distance from there.
struct GroupedRanges {
  static let groupSize = 8

  /// Where the array of groups lies.
  private let groups: Int
  /// Where the array of distances lies.
  private let distances: Int
  /// What lies behind both.
  let end: Int

  init(at offset: Int, count: Int) {
    groups = offset
    distances = offset + (count + Self.groupSize - 1) / Self.groupSize * 4
    end = distances + count * 2
  }

  /// Whether ranges that end there can be written so.
  static func fit(_ ends: [UInt64]) -> Bool {
    (ends.last ?? 0) <= UInt64(UInt32.max)
      && ends.indices.allSatisfy { ends[$0] - start(ofGroupOf: $0, in: ends) <= UInt64(UInt16.max) }
  }

  private static func start(ofGroupOf range: Int, in ends: [UInt64]) -> UInt64 {
    let first = range / groupSize * groupSize
    return first == 0 ? 0 : ends[first - 1]
  }

  /// - Precondition: ``fit(_:)``.
  static func append(_ ends: [UInt64], to bytes: inout ByteWriter) {
    for first in stride(from: 0, to: ends.count, by: groupSize) {
      bytes.append(fixed: UInt32(start(ofGroupOf: first, in: ends)))
    }
    for range in ends.indices {
      bytes.append(fixed: UInt16(ends[range] - start(ofGroupOf: range, in: ends)))
    }
  }

  /// A range; where bytes are damaged the end may come before the start.
  @unsafe @inline(__always)
  func range(_ number: Int, in base: UnsafeRawPointer) -> (start: Int, end: Int) {
    let group = unsafe base.loadUnaligned(
      fromByteOffset: groups + number / Self.groupSize * 4, as: UInt32.self)
    let start = Int(UInt32(littleEndian: group))
    let before =
      number % Self.groupSize == 0 ? 0 : unsafe distance(number - 1, in: base)
    let end = unsafe distance(number, in: base)
    return (start + before, start + end)
  }

  @unsafe @inline(__always)
  private func distance(_ number: Int, in base: UnsafeRawPointer) -> Int {
    Int(
      UInt16(
        littleEndian: unsafe base.loadUnaligned(
          fromByteOffset: distances + number * 2, as: UInt16.self)))
  }
}

/// How bounds are written: as shares of the greatest number of 8 or 16 bits, never below what they
/// bound.
enum BoundCode {
  static func value(_ code: UInt8) -> Float { Float(code) / 255 }
  static func value(_ code: UInt16) -> Float { Float(code) / 65_535 }

  /// The least code whose value is not below the share.
  ///
  /// - Parameter share: above 0, at most 1.
  static func byte(above share: Float) -> UInt8 {
    var code = UInt8((share * 255).rounded(.up).clamped(to: 1...255))
    while value(code) < share, code < .max { code += 1 }
    return code
  }

  /// As ``byte(above:)``, in 16 bits.
  static func word(above share: Float) -> UInt16 {
    var code = UInt16((share * 65_535).rounded(.up).clamped(to: 1...65_535))
    while value(code) < share, code < .max { code += 1 }
    return code
  }
}

/// How thresholds are written: never above what they stand for.
enum ThresholdCode {
  /// What a share of 1 is. A power of two, so that nothing is rounded but once, downwards.
  static let units = 4096

  static func below(_ share: Float) -> Int { Int(share * Float(units)) }
  static func value(_ code: UInt16) -> Float { Float(code) / Float(units) }
}

extension Float {
  fileprivate func clamped(to range: ClosedRange<Float>) -> Float {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
