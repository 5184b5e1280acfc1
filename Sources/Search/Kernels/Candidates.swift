internal import CKernels
internal import SuoyinIndex

/// Documents that may be among the best, ascending, with what they have so far.
@safe
final class Candidates {
  private(set) var count = 0
  private let documents: UnsafeMutablePointer<UInt32>
  private let scores: UnsafeMutablePointer<UInt32>
  private let places: UnsafeMutablePointer<UInt32>
  private let meeting = Meeting(capacity: ScoreWindow.width)

  init() {
    let capacity = ScoreWindow.width + 16
    unsafe documents = .allocate(capacity: capacity * 2 + PostingBlock.capacity + 16)
    unsafe documents.initialize(repeating: 0, count: capacity * 2 + PostingBlock.capacity + 16)
    unsafe scores = documents + capacity
    unsafe places = scores + capacity
  }

  deinit {
    unsafe documents.deallocate()
  }

  /// The first document.
  var first: UInt32? { unsafe count > 0 ? documents[0] : nil }

  func removeAll() {
    count = 0
  }

  /// Whether there is room for the documents of one more block.
  var hasRoom: Bool { count + PostingBlock.capacity <= ScoreWindow.width }

  func append(_ document: UInt32, _ score: UInt32) {
    precondition(count < ScoreWindow.width)
    unsafe documents[count] = document
    unsafe scores[count] = score
    count += 1
  }

  /// Appends those of some documents that reach a score and whose ranges may reach another.
  ///
  /// - Parameters:
  ///   - list: the documents, at most a block of them.
  ///   - units: what each gets.
  @unsafe
  func append(
    _ list: UnsafePointer<UInt32>, _ units: UnsafePointer<UInt32>, _ size: Int,
    atLeast own: UInt32, where sums: RangeSums, reach least: UInt32
  ) {
    precondition(size <= PostingBlock.capacity && hasRoom)
    let found = unsafe Kernels.lists.select_at_least(units, size, own, places)
    for index in 0..<found {
      let place = Int(unsafe places[index])
      let document = unsafe list[place]
      unsafe documents[count] = document
      unsafe scores[count] = units[place]
      count += sums[Int(document) / RangeSums.width] >= least ? 1 : 0
    }
  }

  /// Keeps those that can still reach `least`.
  ///
  /// - Parameter rest: what may be added.
  func keep(atLeast least: UInt32, adding rest: UInt32) {
    guard rest < least else { return }
    let needed = least - rest
    var kept = 0
    for place in 0..<count {
      let (document, score) = unsafe (documents[place], scores[place])
      unsafe documents[kept] = document
      unsafe scores[kept] = score
      kept += score >= needed ? 1 : 0
    }
    count = kept
  }

  /// Keeps those that fulfil a condition; they are asked in ascending order.
  func keep(where isKept: (UInt32) -> Bool) {
    var kept = 0
    for place in 0..<count {
      let (document, score) = unsafe (documents[place], scores[place])
      unsafe documents[kept] = document
      unsafe scores[kept] = score
      kept += isKept(document) ? 1 : 0
    }
    count = kept
  }

  /// Adds what a leaf gives those that its list holds.
  func add(_ reader: BlockReader, from field: SegmentField, by weighting: LeafWeighting) {
    unsafe meeting.meet(reader, with: documents, count, counting: true) { found in
      for index in 0..<(unsafe found.count) {
        let place = unsafe found.place(index)
        unsafe scores[place] += weighting.units(
          frequency: reader.frequency(found.posting(index)),
          length: field.length(of: documents[place])
        )
      }
    }
  }

  /// Adds what an ascending list gives those that it holds.
  ///
  /// - Parameters:
  ///   - list: of `size` documents, with 16 more elements that can be read.
  ///   - units: what each of the list gets.
  @unsafe
  func add(_ list: UnsafePointer<UInt32>, _ units: UnsafePointer<UInt32>, _ size: Int) {
    unsafe meeting.meet(list, size, with: documents, count) { place, posting in
      unsafe scores[place] += units[posting]
    }
  }

  /// Calls `body` with each, ascending.
  func visit(_ body: (_ document: UInt32, _ score: UInt32) -> Void) {
    for place in 0..<count { unsafe body(documents[place], scores[place]) }
  }
}
