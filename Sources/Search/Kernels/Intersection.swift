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
  /// For each list a row of places of positions, one for each document left; only where they are
  /// wanted.
  private let positions: UnsafeMutablePointer<PositionReader.Place>?
  /// Unmanaged, because it would count references for each document; released at the end.
  private let positionReaders: [Unmanaged<PositionReader>]
  private let rows: Int
  /// Rows that are filled.
  private var filled = 0

  private static let rowCapacity = PostingBlock.capacity + 16

  /// - Parameters:
  ///   - lists: that meet.
  ///   - locating: whether their positions are wanted.
  init(_ lists: [PostingBlocks], locating: Bool) {
    rows = lists.count
    unsafe positionReaders =
      locating ? lists.map { unsafe Unmanaged.passRetained(PositionReader($0)) } : []
    let lists = lists.count
    if locating {
      unsafe positions = .allocate(capacity: Self.rowCapacity * lists)
      unsafe positions?.initialize(repeating: .none, count: Self.rowCapacity * lists)
    } else {
      unsafe positions = nil
    }
    let capacity = Self.rowCapacity * (lists + 4)
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
    for index in unsafe positionReaders.indices { unsafe positionReaders[index].release() }
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

  /// Puts the leading list's frequencies in place of the places that ``begin(_:of:marked:)`` kept.
  func takeLeading(_ reader: BlockReader) {
    reader.readFrequencies()
    let positionReader = unsafe positionReaders.first?.takeUnretainedValue()
    for place in 0..<count {
      let posting = Int(unsafe frequencies[place])
      unsafe frequencies[place] = reader.frequency(posting)
      if let positions = unsafe positions, let positionReader {
        unsafe positions[place] = positionReader.place(
          of: posting, in: reader.block, number: reader.number)
      }
    }
  }

  /// Keeps the documents that another list holds.
  ///
  /// - Parameter counting: whether that list's frequencies are wanted.
  func meet(_ reader: BlockReader, counting: Bool) {
    precondition(filled < rows)
    let positionReader =
      unsafe positionReaders.isEmpty
      ? nil : positionReaders[filled].takeUnretainedValue()
    var kept = 0
    unsafe meeting.meet(reader, with: documents, count, counting: counting) { place, posting in
      unsafe documents[kept] = documents[place]
      for row in 0..<filled {
        let start = row * Self.rowCapacity
        unsafe frequencies[start + kept] = frequencies[start + place]
        if let positions = unsafe positions {
          unsafe positions[start + kept] = positions[start + place]
        }
      }
      if counting {
        unsafe frequencies[filled * Self.rowCapacity + kept] = reader.frequency(posting)
      }
      if let positions = unsafe positions, let positionReader {
        unsafe positions[filled * Self.rowCapacity + kept] = positionReader.place(
          of: posting, in: reader.block, number: reader.number)
      }
      kept += 1
    }
    count = kept
    filled += 1
  }

  /// The smallest of the frequencies of a document.
  func leastFrequency(_ place: Int) -> UInt32 {
    (0..<filled).reduce(.max) { min($0, frequency(place, in: $1)) }
  }

  /// Reads the positions of a term in a document; none where bytes are damaged.
  ///
  /// - Parameter list: the place of the term's list.
  func read(_ place: Int, in list: Int, into buffer: PositionBuffer) {
    precondition(place >= 0 && place < count && list >= 0 && list < filled)
    guard let places = unsafe self.positions else { return }
    let row = list * Self.rowCapacity + place
    _ = unsafe positionReaders[list]._withUnsafeGuaranteedRef {
      unsafe $0.read(at: places[row], frequency: frequencies[row], into: buffer)
    }
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
      let frequencies = unsafe frequencies + row * Self.rowCapacity
      unsafe Kernels.scoring.score(
        documents, frequencies, count, field.rawLengths.baseAddress, weighting.kernel, parts)
      for place in 0..<count { unsafe scores[place] &+= parts[place] }
      guard field.hasLongDocuments else { continue }
      for place in 0..<count {
        unsafe scores[place] &+= weighting.excess(
          frequencies[place], of: documents[place], in: field)
      }
    }
    let found = unsafe Kernels.lists.select_at_least(scores, count, least, places)
    for index in 0..<found {
      let place = Int(unsafe places[index])
      unsafe body(documents[place], scores[place])
    }
  }
}
