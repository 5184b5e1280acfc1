import CKernels
import SuoyinStorage
import Synchronization

/// The greatest share that a long list gives one of each 64 documents of the segment: what tells which
/// documents of several lists together can reach a score, before any is read.
///
/// It is worked out of the list when it is first asked for, at a nanosecond or two a posting, and kept as
/// long as the segment is open. In the file it would be a twentieth of the index.
public final class RangeBounds: Sendable {
  /// Range `r` has the documents from `r · size` on.
  public static let size = 64
  /// Shorter lists have none.
  static let shortestList = 4096

  /// For each range of the segment, a share of 255 that bounds the saturation of the range's documents,
  /// as ``SegmentField/boundSimilarity`` and ``SegmentField/boundAverageLength`` give it; 0 where the list
  /// has none of them.
  public let shares: [UInt8]

  /// How many ranges a segment has.
  public static func count(segmentDocuments: Int) -> Int {
    (segmentDocuments + size - 1) / size
  }

  /// Whether a list of so many documents has bounds.
  ///
  /// A long list that has fewer documents than there are ranges has none: all bounds together take at
  /// most a byte for each posting.
  static func belong(toListOf documents: Int, segmentDocuments: Int) -> Bool {
    documents >= max(shortestList, count(segmentDocuments: segmentDocuments))
  }

  /// - Complexity: O(postings).
  init(of list: PostingBlocks, in field: FieldReader) {
    var shares = [UInt8](
      repeating: 0, count: Self.count(segmentDocuments: field.segmentDocumentCount))
    let weighting = ck_weighting(
      base: field.saturation.base, slope: field.saturation.slope, weight: 255)
    let block = PostingBlock()
    unsafe withUnsafeTemporaryAllocation(
      of: UInt32.self, capacity: PostingBlock.capacity + PostingBlock.padding
    ) { units in
      guard let units = units.baseAddress else { return }
      for number in 0..<list.blockCount where list.decodeDocuments(of: number, into: block) {
        list.decodeFrequencies(of: number, into: block)
        // A length that does not fit 16 bits counts as a smaller one, which gives no smaller share.
        unsafe Self.kernels.score(
          block.documents, block.frequencies, block.count, field.lengths.raw.baseAddress, weighting,
          units)
        for place in 0..<block.count {
          // Rounded down and one more: not below the share of 255.
          let share = unsafe UInt8(clamping: units[place])
          let range = unsafe Int(block.documents[place]) / Self.size
          shares[range] = max(shares[range], share)
        }
      }
    }
    self.shares = shares
  }

  /// A table that never changes.
  private static let kernels: ck_scoring = {
    guard let table = unsafe ck_scoring_at(ck_simd_level()) else {
      preconditionFailure("the level of the processor has all kernels")
    }
    return unsafe table.pointee
  }()
}

/// The range bounds of a field's lists that have been asked for.
final class RangeBoundsTable: Sendable {
  /// By where their lists begin.
  private let bounds = Mutex<[Int: RangeBounds]>([:])

  /// Those of the list that begins there, made if they are not there yet.
  ///
  /// Two threads may make the same at a time; neither waits.
  func bounds(ofListAt start: Int, _ make: () -> RangeBounds) -> RangeBounds {
    if let known = bounds.withLock({ $0[start] }) { return known }
    let made = make()
    bounds.withLock { $0[start] = made }
    return made
  }
}
