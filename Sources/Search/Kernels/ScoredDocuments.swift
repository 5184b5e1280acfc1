internal import CKernels
internal import SuoyinIndex

/// Documents, ascending, and what a leaf gives each.
///
/// It remembers which of them it was asked for last, and goes on from there.
@safe
final class ScoredDocuments {
  private(set) var count = 0
  /// Of the units.
  private(set) var maximum: UInt32 = 0
  private let documents: UnsafeMutablePointer<UInt32>
  private let units: UnsafeMutablePointer<UInt32>
  private let capacity: Int
  /// No document before this place is behind the last that was asked for.
  private var at = 0

  /// Elements behind the last that kernels may read and write.
  private static let padding = 16

  private init(capacity: Int) {
    self.capacity = capacity
    let size = capacity + Self.padding
    unsafe documents = .allocate(capacity: size * 2)
    unsafe units = documents + size
  }

  /// Ends the lists.
  private func finish() {
    unsafe (documents + count).initialize(repeating: 0, count: Self.padding)
    unsafe (units + count).initialize(repeating: 0, count: Self.padding)
    maximum = unsafe Kernels.scoring.maximum(units, count)
  }

  deinit {
    unsafe documents.deallocate()
  }

  /// The documents of a list, which is read as a whole.
  ///
  /// - Parameter block: room for a block.
  convenience init(
    _ blocks: PostingBlocks, in field: SegmentField, _ weighting: LeafWeighting,
    by block: PostingBlock
  ) {
    self.init(capacity: blocks.documentFrequency)
    for number in 0..<blocks.blockCount where blocks.decodeDocuments(of: number, into: block) {
      blocks.decodeFrequencies(of: number, into: block)
      // A damaged list is cut off where it claims to have more than it said.
      let size = min(block.count, capacity - count)
      guard size > 0 else { continue }
      unsafe (documents + count).update(from: block.documents, count: size)
      unsafe weighting.score(
        block.documents, block.frequencies, size, in: field, into: units + count)
      count += size
    }
    finish()
  }

  /// Documents that were found.
  convenience init(_ found: FoundDocuments, in field: SegmentField, _ weighting: LeafWeighting) {
    self.init(capacity: found.documents.count)
    count = capacity
    unsafe found.documents.withUnsafeBufferPointer { list in
      unsafe found.frequencies.withUnsafeBufferPointer { frequencies in
        guard let list = list.baseAddress, let frequencies = frequencies.baseAddress else { return }
        unsafe documents.update(from: list, count: count)
        unsafe weighting.score(documents, frequencies, count, in: field, into: units)
      }
    }
    finish()
  }

  /// All of them, for a kernel; valid as long as this object lives.
  @unsafe var run: ck_scored { unsafe ck_scored(documents: documents, scores: units, count: count) }

  /// Adds to the sum of each range the greatest of what its documents get.
  func addBounds(to sums: RangeSums) {
    unsafe sums.add(documents, units, count)
  }

  /// Makes candidates of a part of the documents: of those that get enough and whose ranges may reach
  /// the least.
  ///
  /// - Parameter part: at most as many as a block has.
  func append(
    _ part: Range<Int>, to candidates: Candidates, atLeast own: UInt32, where sums: RangeSums,
    reach least: UInt32
  ) {
    precondition(part.lowerBound >= 0 && part.upperBound <= count)
    unsafe candidates.append(
      documents + part.lowerBound, units + part.lowerBound, part.count, atLeast: own,
      where: sums, reach: least)
  }

  /// Adds to the scores of a window what its documents get.
  func add(to scores: ScoreWindow, in window: Range<UInt32>) {
    settle(before: window.lowerBound)
    var place = at
    while place < count, unsafe documents[place] < window.upperBound {
      unsafe scores.add(units[place], at: Int(documents[place] - window.lowerBound))
      place += 1
    }
  }

  /// Adds to each candidate what it gets.
  func add(to candidates: Candidates) {
    guard let first = candidates.first else { return }
    settle(before: first)
    unsafe candidates.add(documents + at, units + at, count - at)
  }

  /// What one document gets; 0 where it is not among them.
  func units(of document: UInt32) -> UInt32 {
    settle(before: document)
    return unsafe at < count && documents[at] == document ? units[at] : 0
  }

  /// Adds the documents to a set.
  func insert(into set: inout DocumentSet) {
    unsafe set.insert(documents, count)
  }

  /// Goes to the first document from `target` on, in leaps that double.
  private func settle(before target: UInt32) {
    if at > 0, unsafe documents[at - 1] >= target { at = 0 }
    var step = 1
    while at + step <= count, unsafe documents[at + step - 1] < target {
      at += step
      step *= 2
    }
    var high = min(at + step, count)
    while at < high {
      let middle = (at + high) / 2
      if unsafe documents[middle] < target { at = middle + 1 } else { high = middle }
    }
  }
}
