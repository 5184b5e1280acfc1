internal import CKernels
internal import SuoyinIndex

/// The scores of a window of documents while leaves add to them, in units of a ``ScoreScale``.
///
/// All are 0 before a window and have to be so behind it: see ``clear(_:)``.
@safe
final class ScoreWindow {
  /// The most documents of a window.
  static let width = 4_096

  private let scores: UnsafeMutablePointer<UInt32>
  private let places: UnsafeMutablePointer<UInt32>

  init() {
    let capacity = Self.width + 16
    unsafe scores = .allocate(capacity: capacity)
    unsafe scores.initialize(repeating: 0, count: capacity)
    unsafe places = .allocate(capacity: capacity)
    unsafe places.initialize(repeating: 0, count: capacity)
  }

  deinit {
    unsafe scores.deallocate()
    unsafe places.deallocate()
  }

  subscript(place: Int) -> UInt32 {
    precondition(place >= 0 && place < Self.width)
    return unsafe scores[place]
  }

  /// Adds what a leaf gives to postings of a block.
  ///
  /// - Parameters:
  ///   - postings: places in the block, all of documents of the window.
  ///   - first: the window's first document.
  func add(
    _ postings: Range<Int>, of block: PostingBlock, from field: SegmentField,
    by weighting: LeafWeighting, first: UInt32
  ) {
    guard let start = postings.first, let last = postings.last else { return }
    precondition(start >= 0 && last < block.count)
    // The documents of a block ascend.
    let (low, high) = unsafe (block.documents[start], block.documents[last])
    precondition(low >= first && high - first < UInt32(Self.width))
    unsafe Kernels.scoring.add_scores(
      block.documents + start, block.frequencies + start, postings.count,
      field.rawLengths.baseAddress, weighting.kernel, first, scores)
    guard field.hasLongDocuments else { return }
    for posting in postings {
      let document = unsafe block.documents[posting]
      let frequency = unsafe block.frequencies[posting]
      unsafe scores[Int(document - first)] &+= weighting.excess(frequency, of: document, in: field)
    }
  }

  /// Adds what some lists give the documents of a window, and takes these off the lists.
  ///
  /// - Precondition: no document that is left of any list is before the window.
  @unsafe
  func add(_ runs: UnsafeMutablePointer<ck_scored>, _ count: Int, in window: Range<UInt32>) {
    precondition(window.count <= Self.width)
    unsafe Kernels.scoring.add_runs(runs, count, window.lowerBound, window.upperBound, scores)
  }

  func add(_ units: UInt32, at place: Int) {
    precondition(place >= 0 && place < Self.width)
    unsafe scores[place] &+= units
  }

  /// The greatest of the first `count` scores.
  func maximum(_ count: Int) -> UInt32 {
    precondition(count >= 0 && count <= Self.width)
    return unsafe Kernels.scoring.maximum(scores, count)
  }

  /// Which ranges of 64 documents hold one that reaches `least`, if it gets as much more as the range's
  /// bound says: a bit each, the lowest first.
  ///
  /// - Parameter window: the window's documents, the first of which begins a range; scores behind the
  ///   last are 0.
  func ranges(_ window: Range<UInt32>, reaching least: UInt32, with bounds: RangeSums) -> UInt64 {
    precondition(window.count <= Self.width)
    return unsafe bounds.marks(
      from: Int(window.lowerBound) / RangeSums.width, of: scores,
      ranges: (window.count + RangeSums.width - 1) / RangeSums.width, atLeast: least)
  }

  /// The places of a range of 64 documents whose scores are at least `least`, ascending.
  ///
  /// - Parameters:
  ///   - range: of the window.
  ///   - window: the window's documents, the first of which begins a range.
  func places(
    ofRange range: Int, in window: Range<UInt32>, atLeast least: UInt32, _ body: (Int) -> Void
  ) {
    let start = range * RangeSums.width - Int(window.lowerBound)
    precondition(start >= 0 && start < window.count && window.count <= Self.width)
    let found = unsafe Kernels.lists.select_at_least(
      scores + start, min(RangeSums.width, window.count - start), least, places)
    for index in 0..<found { unsafe body(start + Int(places[index])) }
  }

  /// The places among the first `count` whose scores are at least `least`, ascending.
  func places(_ count: Int, atLeast least: UInt32, _ body: (Int) -> Void) {
    precondition(count >= 0 && count <= Self.width)
    let found = unsafe Kernels.lists.select_at_least(scores, count, least, places)
    for index in 0..<found { unsafe body(Int(places[index])) }
  }

  /// Makes the first `count` scores 0.
  func clear(_ count: Int) {
    precondition(count >= 0 && count <= Self.width)
    unsafe scores.update(repeating: 0, count: count)
  }
}
