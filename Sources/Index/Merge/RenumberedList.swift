import SuoyinStorage

/// Brings the documents of a list into the order of their new numbers.
///
/// A list is read as a whole, with its positions; one of more occurrences than ``limit`` several times,
/// each time for a range of the new numbers. Memory: some 32 bytes for each of so many occurrences, more
/// or less, since new numbers need not be spread evenly.
struct RenumberedList {
  private let limit: Int
  /// For each document its new number in the upper half, its place in the list in the lower.
  private var keys: [UInt64] = []
  private var spare: [UInt64] = []
  private var frequencies: [UInt32] = []
  /// The positions of all documents, and where those of each begin.
  private var positions: [UInt32] = []
  private var starts: [Int] = []
  private var found: [UInt32] = []

  /// - Parameter limit: occurrences that are held at a time.
  init(limit: Int) {
    self.limit = max(1, limit)
  }

  /// Adds a list to another one's lists.
  ///
  /// - Returns: whether any of the list's documents is live.
  mutating func add(
    _ entry: TermEntry, of source: MergeSource, _ field: FieldReader,
    to lists: inout PostingListWriter
  ) throws(StorageError) -> Bool {
    let parts = UInt64(1 + entry.totalFrequency / limit)
    let end = UInt64(source.segment.documentCount)
    var isLive = false
    for part in 0..<parts {
      let range = UInt32(end * part / parts)..<UInt32(end * (part + 1) / parts)
      try gather(entry, of: source, field, range)
      keys.sortByUpperHalves(with: &spare)
      for key in keys {
        let place = Int(UInt32(truncatingIfNeeded: key))
        try lists.beginDocument(UInt32(key >> 32))
        guard field.id.hasPositions else {
          lists.addOccurrences(frequencies[place])
          continue
        }
        for position in positions[starts[place]..<starts[place + 1]] {
          lists.addOccurrence(position: position)
        }
      }
      isLive = isLive || !keys.isEmpty
    }
    return isLive
  }

  /// Reads the documents whose new numbers are in a range.
  private mutating func gather(
    _ entry: TermEntry, of source: MergeSource, _ field: FieldReader, _ range: Range<UInt32>
  ) throws(StorageError) {
    keys.removeAll(keepingCapacity: true)
    frequencies.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    var cursor = PostingCursor(entry, of: field)
    var documents = 0
    var occurrences = 0
    while cursor.document != PostingCursor.end {
      let frequency = cursor.frequency
      documents += 1
      occurrences += Int(frequency)
      if let number = source.number(of: cursor.document), range.contains(number) {
        keys.append(UInt64(number) << 32 | UInt64(keys.count))
        if field.id.hasPositions {
          cursor.positions(into: &found)
          guard found.count == Int(frequency) else { break }
          starts.append(positions.count)
          positions += found
        } else {
          frequencies.append(frequency)
        }
      }
      cursor.advance()
    }
    starts.append(positions.count)
    try field.check(cursor, entry, documents: documents, occurrences: occurrences)
  }
}
