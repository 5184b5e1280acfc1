internal import CKernels
internal import SuoyinIndex

/// For each 64 documents of a segment the most that the leaves of a query can give one of them.
///
/// Ranges of 64 documents are those of the index's range bounds and of a word of a bit set, so that
/// bounds of many leaves add up, and sets of documents are laid over them, without any posting read.
@safe
final class RangeSums {
  /// Documents a range.
  static let width = 64

  let count: Int
  private let sums: UnsafeMutablePointer<UInt32>

  /// - Parameter documentCount: of the segment.
  init(documentCount: Int) {
    count = (documentCount + Self.width - 1) / Self.width
    let capacity = count + Self.width
    unsafe sums = .allocate(capacity: capacity)
    unsafe sums.initialize(repeating: 0, count: capacity)
  }

  deinit {
    unsafe sums.deallocate()
  }

  subscript(range: Int) -> UInt32 {
    get {
      precondition(range >= 0 && range < count)
      return unsafe sums[range]
    }
    set {
      precondition(range >= 0 && range < count)
      unsafe sums[range] = newValue
    }
  }

  /// Adds a bound of eight bits to each sum.
  ///
  /// - Parameter weight: units of one step of a bound.
  @unsafe
  func add(_ bounds: UnsafeBufferPointer<UInt8>, weight: UInt32) {
    precondition(bounds.count == count)
    unsafe Kernels.scoring.add_bounds(bounds.baseAddress, count, weight, sums)
  }

  /// Adds to the sum of each range the greatest of what the documents of an ascending list get.
  @unsafe
  func add(_ documents: UnsafePointer<UInt32>, _ units: UnsafePointer<UInt32>, _ size: Int) {
    guard size > 0 else { return }
    precondition(Int(unsafe documents[size - 1]) / Self.width < count)
    unsafe Kernels.scoring.add_list(documents, units, size, sums)
  }

  /// The same as of ``add(_:weight:)``, for what a document must hold: a sum becomes and stays 0 where the bound is 0.
  @unsafe
  func addRequired(_ bounds: UnsafeBufferPointer<UInt8>, weight: UInt32) {
    precondition(bounds.count == count)
    unsafe Kernels.scoring.add_required_bounds(bounds.baseAddress, count, weight, sums)
  }

  /// Adds to each sum the other's; where one is 0 both are, if `requiring`.
  func add(_ other: RangeSums, requiring: Bool) {
    precondition(count == other.count)
    for range in 0..<count {
      let (a, b) = unsafe (sums[range], other.sums[range])
      unsafe sums[range] = requiring && (a == 0 || b == 0) ? 0 : a + b
    }
  }

  /// Makes every sum 0 whose range has no document of a set.
  func clear(outside set: DocumentSet) {
    precondition(set.words.count == count)
    let words = set.words.span
    for range in 0..<count where words[range] == 0 { unsafe sums[range] = 0 }
  }

  /// Which ranges have a sum of at least `least`, 64 a word, the lowest bit first.
  func marks(atLeast least: UInt32, into marks: inout [UInt64]) {
    precondition(marks.count == (count + 63) / 64)
    unsafe marks.withUnsafeMutableBufferPointer { marks in
      unsafe Kernels.lists.mark_at_least(sums, count, least, marks.baseAddress)
    }
  }

  /// Which of some ranges, one of 64 at most a bit, have a document whose score and the range's sum reach
  /// `least` together.
  ///
  /// - Parameters:
  ///   - first: the first range.
  ///   - scores: those of all documents of these ranges.
  @unsafe
  func marks(
    from first: Int, of scores: UnsafePointer<UInt32>, ranges: Int, atLeast least: UInt32
  ) -> UInt64 {
    precondition(first >= 0 && ranges >= 0 && ranges <= 64 && first + ranges <= count)
    return unsafe Kernels.scoring.mark_ranges(scores, sums + first, ranges, least)
  }

  /// The greatest sum.
  var maximum: UInt32 { maximum(from: 0, count) }

  /// What at least `rank` sums reach, near the greatest such number; 0 where there are fewer.
  ///
  /// - Complexity: O(count).
  func greatest(_ rank: Int) -> UInt32 {
    guard rank > 0, rank <= count else { return 0 }
    // Of few, the greatest of each 16 will do: seldom are two of them in one group.
    guard rank * 4 <= count / 16 else { return unsafe Self.greatest(rank, of: sums, count) }
    return unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count / 16) { groups in
      guard let start = groups.baseAddress else { return 0 }
      unsafe Kernels.scoring.maxima(sums, count, start)
      return unsafe Self.greatest(rank, of: start, groups.count)
    }
  }

  /// The same of any numbers, by a histogram of 256 steps: to one part in 256 of the greatest.
  @unsafe
  private static func greatest(
    _ rank: Int, of values: UnsafePointer<UInt32>, _ count: Int
  ) -> UInt32 {
    let shift = UInt32(
      max(0, 24 - (unsafe Kernels.scoring.maximum(values, count)).leadingZeroBitCount))
    var steps = InlineArray<256, UInt32>(repeating: 0)
    for index in 0..<count { unsafe steps[Int(values[index] >> shift)] += 1 }
    var reached = 0
    for step in steps.indices.reversed() {
      reached += Int(steps[step])
      if reached >= rank { return UInt32(step) << shift }
    }
    return 0
  }

  /// Whether any range of the documents has a sum of at least `least`; where they are many ranges it is
  /// taken for granted.
  func reach(_ least: UInt32, _ first: UInt32, _ last: UInt32) -> Bool {
    let low = Int(first) / Self.width
    let high = min(Int(last) / Self.width, count - 1)
    guard low <= high, high - low < Self.width else { return low <= high }
    return maximum(from: low, high - low + 1) >= least
  }

  private func maximum(from start: Int, _ count: Int) -> UInt32 {
    unsafe Kernels.scoring.maximum(sums + start, count)
  }
}
