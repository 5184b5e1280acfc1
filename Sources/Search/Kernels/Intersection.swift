internal import CKernels
internal import SuoyinIndex

/// Documents of a block of one list that others hold as well, with the frequencies of each list.
@safe
final class Intersection {
  /// How many documents are left.
  private(set) var count = 0
  private let documents: UnsafeMutablePointer<UInt32>
  /// For each list that was met a row of frequencies, one for each document left.
  private let frequencies: UnsafeMutablePointer<UInt32>
  private let scores: UnsafeMutablePointer<UInt32>
  /// What one list gives each document.
  private let parts: UnsafeMutablePointer<UInt32>
  private let places: UnsafeMutablePointer<UInt32>
  private let meeting = Meeting(capacity: PostingBlock.capacity)
  /// For each list a row of ``rowCapacity`` places of positions, one for each document left; only where
  /// they are wanted.
  @unsafe let positions: UnsafeMutablePointer<ck_place>?
  private let positionReaders: [PositionReader]
  private let rows: Int
  /// Rows that are filled.
  private var filled = 0
  /// Whether the leading list's row holds frequencies, and positions: see ``takeLeading(_:)``.
  private var hasLeading = false

  static let rowCapacity = PostingBlock.capacity + 16

  /// - Parameters:
  ///   - lists: that meet.
  ///   - locating: whether their positions are wanted.
  init(_ lists: [PostingBlocks], locating: Bool) {
    rows = lists.count
    positionReaders = locating ? lists.map(PositionReader.init) : []
    // No place is read that was not put there, and zeros cost as much as a small intersection.
    unsafe positions = locating ? .allocate(capacity: Self.rowCapacity * rows) : nil
    let capacity = Self.rowCapacity * (rows + 4)
    unsafe documents = .allocate(capacity: capacity)
    unsafe documents.initialize(repeating: 0, count: capacity)
    unsafe scores = documents + Self.rowCapacity
    unsafe parts = scores + Self.rowCapacity
    unsafe places = parts + Self.rowCapacity
    unsafe frequencies = places + Self.rowCapacity
  }

  deinit {
    unsafe documents.deallocate()
    unsafe positions?.deallocate()
  }

  /// The document at a place.
  func document(_ place: Int) -> UInt32 {
    precondition(place >= 0 && place < count)
    return unsafe documents[place]
  }

  /// The frequency in the list that was met as number `list`.
  func frequency(_ place: Int, in list: Int) -> UInt32 {
    precondition(place >= 0 && place < count && list >= 0 && list < filled)
    return unsafe frequencies[list * Self.rowCapacity + place]
  }

  /// Begins with documents of the leading list's block: those whose ranges are marked.
  func begin(_ postings: Range<Int>, of reader: BlockReader, marked marks: RangeMarks?) {
    count = 0
    filled = 1
    hasLeading = false
    precondition(postings.lowerBound >= 0 && postings.upperBound <= reader.block.count)
    let block = reader.block
    if let marks {
      for posting in postings {
        let document = unsafe block.documents[posting]
        unsafe documents[count] = document
        unsafe frequencies[count] = UInt32(posting)
        count += marks.contains(document) ? 1 : 0
      }
    } else {
      count = postings.count
      unsafe documents.update(from: block.documents + postings.lowerBound, count: count)
      for place in 0..<count {
        unsafe frequencies[place] = UInt32(postings.lowerBound + place)
      }
    }
  }

  /// Begins with documents of the leading list's block: those that get a score from it.
  ///
  /// Frequencies are read.
  func begin(
    _ reader: BlockReader, atLeast least: UInt32, by weighting: LeafWeighting,
    in field: SegmentField
  ) {
    reader.readFrequencies()
    let block = reader.block
    filled = 1
    hasLeading = false
    unsafe weighting.score(
      block.documents, block.frequencies, block.count, in: field, into: scores)
    count = unsafe Kernels.lists.select_at_least(scores, block.count, least, frequencies)
    for place in 0..<count {
      unsafe documents[place] = block.documents[Int(frequencies[place])]
    }
  }

  /// Puts the leading list's frequencies in place of the places that ``begin(_:of:marked:)`` kept.
  ///
  /// Nothing where that is done.
  func takeLeading(_ reader: BlockReader) {
    guard count > 0, !hasLeading else { return }
    hasLeading = true
    reader.readFrequencies()
    if let positions = unsafe positions {
      unsafe positionReaders[0].locate(
        frequencies, from: 0, count: count, in: reader.block, number: reader.number,
        into: positions)
    }
    for place in 0..<count {
      unsafe frequencies[place] = reader.frequency(Int(frequencies[place]))
    }
  }

  /// Keeps the documents that another list holds.
  ///
  /// - Parameter counting: whether that list's frequencies are wanted.
  func meet(_ reader: BlockReader, counting: Bool) {
    precondition(filled < rows)
    var kept = 0
    unsafe meeting.meet(reader, with: documents, count, counting: counting) { found in
      unsafe move(found.count, behind: kept) { unsafe found.place($0) }
      if counting { unsafe take(found, of: reader, in: filled * Self.rowCapacity + kept) }
      kept += unsafe found.count
    }
    count = kept
    filled += 1
  }

  /// Puts what a block of a list has of some documents into the list's row, from an element on.
  @unsafe @inline(__always)
  private func take(_ found: Meeting.Batch, of reader: BlockReader, in element: Int) {
    for index in 0..<(unsafe found.count) {
      unsafe frequencies[element + index] = reader.frequency(found.posting(index))
    }
    guard let positions = unsafe positions else { return }
    unsafe positionReaders[filled].locate(
      found.postings, from: found.firstPosting, count: found.count, in: reader.block,
      number: reader.number, into: positions + element)
  }

  /// Moves what is known of documents to where those that are left end.
  ///
  /// - Parameter place: where each stands, ascending.
  @inline(__always)
  private func move(_ count: Int, behind kept: Int, from place: (_ index: Int) -> Int) {
    for index in 0..<count { unsafe documents[kept + index] = documents[place(index)] }
    for row in 0..<filled {
      let start = unsafe frequencies + row * Self.rowCapacity
      for index in 0..<count { unsafe start[kept + index] = start[place(index)] }
    }
    guard let positions = unsafe positions else { return }
    for row in (hasLeading ? 0 : 1)..<filled {
      let start = unsafe positions + row * Self.rowCapacity
      for index in 0..<count { unsafe start[kept + index] = start[place(index)] }
    }
  }

  /// The smallest of the frequencies of a document.
  func leastFrequency(_ place: Int) -> UInt32 {
    (0..<filled).reduce(.max) { min($0, frequency(place, in: $1)) }
  }

  /// How many documents are chosen.
  private(set) var chosenCount = 0
  /// The places of those that are chosen; ``chosenCount`` of them.
  @unsafe var chosen: UnsafePointer<UInt32> { unsafe UnsafePointer(places) }

  /// Chooses all documents.
  func chooseAll() {
    chosenCount = count
    for place in 0..<count { unsafe places[place] = UInt32(place) }
  }

  /// Chooses those that can reach a score, were they to hold all terms as one as often as the least
  /// frequent of them.
  ///
  /// - Parameter weighting: of all terms as one.
  func choose(atLeast least: UInt32, by weighting: LeafWeighting, in field: SegmentField) {
    guard count > 0 else {
      chosenCount = 0
      return
    }
    unsafe parts.update(from: frequencies, count: count)
    for row in 1..<max(1, filled) {
      let frequencies = unsafe frequencies + row * Self.rowCapacity
      for place in 0..<count { unsafe parts[place] = min(parts[place], frequencies[place]) }
    }
    unsafe weighting.score(documents, parts, count, in: field, into: scores)
    chosenCount = unsafe Kernels.lists.select_at_least(
      scores, count, LeafWeighting.bound(for: least), places)
  }

  /// Calls `body` with the place of each that is chosen.
  func visitChosen(_ body: (_ place: Int) -> Void) {
    for index in 0..<chosenCount { unsafe body(Int(places[index])) }
  }

  /// Keeps those of the chosen documents for which a condition holds.
  ///
  /// - Parameter isKept: asked with the number of each among the chosen.
  func keepChosen(where isKept: (_ index: Int) -> Bool) {
    var kept = 0
    for index in 0..<chosenCount where isKept(index) {
      unsafe places[kept] = places[index]
      kept += 1
    }
    move(kept, behind: 0) { unsafe Int(places[$0]) }
    count = kept
  }

  /// How many lists have been met.
  var listCount: Int { filled }

  /// How many positions the lists that have been met have of a document.
  func positionCount(_ place: Int) -> Int {
    precondition(place >= 0 && place < count && hasLeading)
    guard let positions = unsafe positions else { return 0 }
    return (0..<filled).reduce(0) {
      unsafe $0 + Int(positions[$1 * Self.rowCapacity + place].frequency)
    }
  }

  /// Reads the positions of a term in a document; none where bytes are damaged.
  ///
  /// - Parameter list: the place of the term's list.
  func read(_ place: Int, in list: Int, into buffer: PositionBuffer) {
    precondition(place >= 0 && place < count && list >= 0 && list < filled)
    guard let positions = unsafe positions else { return }
    _ = unsafe buffer.read(positions[list * Self.rowCapacity + place])
  }

  /// The sums of what the lists give each document, of those that reach `least`.
  ///
  /// - Parameter weightings: of the lists, in the order in which they were met.
  func scores(
    by weightings: [LeafWeighting], in field: SegmentField, atLeast least: UInt32,
    _ body: (_ document: UInt32, _ units: UInt32) -> Void
  ) {
    precondition(weightings.count == filled)
    guard count > 0 else { return }
    unsafe scores.update(repeating: 0, count: count)
    for (row, weighting) in weightings.enumerated() {
      unsafe weighting.score(
        documents, frequencies + row * Self.rowCapacity, count, in: field, into: parts)
      for place in 0..<count { unsafe scores[place] &+= parts[place] }
    }
    let found = unsafe Kernels.lists.select_at_least(scores, count, least, places)
    for index in 0..<found {
      let place = Int(unsafe places[index])
      unsafe body(documents[place], scores[place])
    }
  }
}
