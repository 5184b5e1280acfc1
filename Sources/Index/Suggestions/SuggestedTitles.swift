import SuoyinStorage

/// Where the titles of a segment's documents can be begun: at their start, and behind each blank and
/// mark: FORMAT.md, "Suggestions".
package struct SuggestedTitles: Sendable {
  private let keys: MappedArray<UInt64>
  private let records: MappedArray<UInt32>
  private let section: Section
  private let documentCount: Int

  /// The most places of a title.
  package static let places = 1 << SuggestionKey.spareBits

  init(_ file: SectionedFile, documentCount: Int) throws(StorageError) {
    section = try file.section(SegmentFormat.titleKeys)
    keys = try section.array(of: UInt64.self, count: section.count / 8)
    records = try file.section(SegmentFormat.titleDocuments)
      .array(of: UInt32.self, count: keys.count)
    self.documentCount = documentCount
  }

  package var count: Int { keys.count }

  /// The entries whose keys are in a range.
  ///
  /// - Complexity: O(log n).
  package func entries(from key: UInt64, to end: UInt64) -> Range<Int> {
    let first = keys.partitionPoint { $0 < key }
    return first..<max(first, keys.partitionPoint { $0 < end })
  }

  /// The record of an entry, and which of its title's places.
  ///
  /// - Returns: nil where it is damaged.
  /// - Precondition: `entry` is below ``count``.
  package func place(of entry: Int) -> (record: UInt32, place: Int)? {
    let record = records[entry]
    guard record < documentCount else { return nil }
    return (record, Int(keys[entry] & UInt64(Self.places - 1)))
  }

  /// What a title says from each of its places on to the next.
  package static func clauses(of title: String) -> [Substring] {
    var clauses: [Substring] = []
    var start: String.Index?
    let scalars = title.unicodeScalars
    for index in scalars.indices {
      if SuggestionKey.bits(of: scalars[index].value) == nil {
        if let start { clauses.append(title[start..<index]) }
        start = nil
      } else if start == nil {
        if clauses.count == Self.places { return clauses }
        start = index
      }
    }
    if let start { clauses.append(title[start...]) }
    return Array(clauses.prefix(Self.places))
  }

  func verify() throws(StorageError) {
    for entry in 0..<count {
      let ascends =
        entry == 0
        || (keys[entry - 1], records[entry - 1]) < (keys[entry], records[entry])
      guard ascends, records[entry] < documentCount else {
        throw section.damaged(
          at: entry * 8, "order or record of the suggested title \(entry)")
      }
    }
  }
}

/// Gathers where titles can be begun, of the documents of a new or a merged segment.
struct SuggestedTitlesWriter {
  private struct Entry: BitwiseCopyable {
    let key: UInt64
    let record: UInt32
  }

  private var entries: [Entry] = []

  /// Bytes of memory held.
  var memory: Int { entries.count * MemoryLayout<Entry>.stride }

  mutating func add(_ title: String, of record: UInt32) {
    for (place, clause) in SuggestedTitles.clauses(of: title).enumerated() {
      // A short one goes on into the next.
      let rest = title[clause.startIndex...].unicodeScalars.lazy.map(\.value)
      for key in SuggestionKey.keys(of: rest) {
        entries.append(Entry(key: key | UInt64(place), record: record))
      }
    }
  }

  /// Takes the entries of a segment that goes into a merge.
  mutating func add(_ source: MergeSource) {
    guard let titles = source.segment.suggestedTitles else { return }
    titles.visit { key, record in
      guard record < source.segment.documentCount, let number = source.number(ofRecord: record)
      else { return }
      entries.append(Entry(key: key, record: number))
    }
  }

  mutating func write(to file: FileWriter) throws(StorageError) {
    entries.sort { ($0.key, $0.record) < ($1.key, $1.record) }
    try file.begin(SegmentFormat.titleKeys)
    try file.append(numbers: entries.map(\.key))
    try file.begin(SegmentFormat.titleDocuments)
    try file.append(numbers: entries.map(\.record))
  }
}

extension SuggestedTitles {
  fileprivate func visit(_ body: (_ key: UInt64, _ record: UInt32) -> Void) {
    for entry in 0..<count { body(keys[entry], records[entry]) }
  }
}
