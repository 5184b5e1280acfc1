/// A segment that goes into a merge, with the deletes that it has by now.
struct MergeSource {
  let segment: Segment
  /// By records; nil where nothing is deleted: then documents and records only shift.
  let live: LiveDocuments?
  /// What the segment's documents and records are numbered from in the merged one.
  let base: UInt32
  /// Whether documents come in another order than they had.
  private(set) var isReordered = false

  init(_ segment: Segment, live: LiveDocuments, base: UInt32) {
    self.segment = segment
    self.live = live.liveCount < live.documentCount ? live : nil
    self.base = base
    guard let live = self.live else { return }
    records = Self.numbers(live, from: base) { $0 }
    numbers = segment.order == nil ? records : Self.numbers(live, from: base, segment.record(of:))
  }

  /// The numbers of what is live, one after the other.
  private static func numbers(
    _ live: LiveDocuments, from base: UInt32, _ record: (UInt32) -> UInt32
  ) -> [UInt32] {
    var next = base
    return (0..<UInt32(live.documentCount)).map { document in
      guard live.contains(record(document)) else { return deleted }
      defer { next += 1 }
      return next
    }
  }

  /// Each document's number in the merged segment, and each record's; nil where they only shift.
  private var numbers: [UInt32]?
  private var records: [UInt32]?
  private static let deleted = UInt32.max

  /// The document's number in the merged segment, or nil where it is deleted.
  @inline(__always)
  func number(of document: UInt32) -> UInt32? {
    guard let numbers else { return base + document }
    let number = numbers[Int(document)]
    return number == Self.deleted ? nil : number
  }

  /// The record's number in the merged segment, or nil where it is deleted.
  @inline(__always)
  func number(ofRecord record: UInt32) -> UInt32? {
    guard let records else { return base + record }
    let number = records[Int(record)]
    return number == Self.deleted ? nil : number
  }

  /// Gives documents other numbers.
  ///
  /// - Parameter others: of each number that a document has so far, without one that stands twice.
  mutating func renumber(_ others: [UInt32]) {
    isReordered = true
    numbers = (0..<UInt32(segment.documentCount)).map { document in
      number(of: document).map { others[Int($0)] } ?? Self.deleted
    }
  }
}
