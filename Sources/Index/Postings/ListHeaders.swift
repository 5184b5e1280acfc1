/// Where the arrays lie behind the blocks of a list that has several: FORMAT.md, "Posting list".
struct ListHeaders: Equatable {
  /// How many documents may follow a list's best: there is a threshold for each.
  static let thresholds = [10, 100, 1000]

  let blocks: Int
  /// Bytes of each end of positions: 0 in a channel without positions, 8 where 4 would not do.
  let positionEndSize: Int
  /// The number of range bounds, 0 where the list has none.
  let ranges: Int

  /// - Parameters:
  ///   - documents: the list's.
  ///   - positionsSize: bytes of the list's positions; nil in a channel without positions.
  ///   - segmentDocuments: the segment's.
  init(documents: Int, positionsSize: Int?, segmentDocuments: Int) {
    blocks = (documents + PostingBlock.capacity - 1) / PostingBlock.capacity
    positionEndSize = positionsSize.map { $0 > Int(UInt32.max) ? 8 : 4 } ?? 0
    ranges = RangeBounds.count(documents: documents, segmentDocuments: segmentDocuments)
  }

  // Each is an offset from the start of the headers.
  var lastDocuments: Int { 0 }
  var blockEnds: Int { blocks * 4 }
  var positionEnds: Int { blocks * 8 }
  var bounds: Int { blocks * (8 + positionEndSize) }
  /// The greatest of the bounds.
  var maximum: Int { bounds + blocks * 2 }
  var thresholds: Int { maximum + 2 }
  var rangeBounds: Int { thresholds + Self.thresholds.count * 2 }
  var size: Int { rangeBounds + ranges }
}

/// One bound for each range of documents, in long lists: FORMAT.md, "Score bounds".
public enum RangeBounds {
  /// Range `r` has the documents from `r · size` on.
  public static let size = 64
  /// Shorter lists have none.
  static let shortestList = 4096

  /// How many ranges a segment has.
  public static func count(segmentDocuments: Int) -> Int {
    (segmentDocuments + size - 1) / size
  }

  /// How many a list of so many documents keeps: none, or one for each range of the segment.
  ///
  /// A long list that has fewer documents than there are ranges has none: its bounds would take as many
  /// bytes as its documents. So in an index of any size they are a twentieth of it or so.
  static func count(documents: Int, segmentDocuments: Int) -> Int {
    let ranges = count(segmentDocuments: segmentDocuments)
    return documents >= max(shortestList, ranges) ? ranges : 0
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
