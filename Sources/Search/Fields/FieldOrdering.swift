internal import SuoyinIndex
internal import SuoyinText

/// The first articles of a result by the values of a field.
///
/// In a segment values are in the order of their ordinals, so how many documents each code has tells up
/// to which one they are among the first: two passes over what was found, and no heap.
struct FieldOrdering {
  /// An article, and by what it is ordered.
  struct Entry {
    /// Nil where it has no value.
    let order: ColumnOrder?
    let segment: Int
    let document: UInt32
    /// Its ingest ordinal, which decides between equal values.
    let ordinal: UInt64
  }

  private let field: FieldReference
  private let isDescending: Bool
  private let limit: Int
  /// Behind which article those come that are wanted; nil where all are.
  private let shown: (value: FieldValue?, ordinal: UInt64)?
  private let fold = KeywordFold()
  private var entries: [Entry] = []
  /// How many of the documents have no value.
  private(set) var without = 0

  init(by field: FieldReference, isDescending: Bool, limit: Int, behind cursor: SearchCursor?) {
    if let cursor, case .field(let value) = cursor.key {
      shown = (value, cursor.ordinal)
    } else {
      shown = nil
    }
    self.field = field
    self.isDescending = isDescending
    self.limit = limit
  }

  /// - Complexity: linear in the documents and the codes of the column.
  mutating func add(_ found: DocumentSet, of place: SegmentPlace) throws(IndexError) {
    guard let column = place.segment.column(field.name, field.kind) else {
      without += found.count
      let behind = shown.flatMap { $0.value == nil ? $0.ordinal : nil }
      var members: [Entry] = []
      found.visit { document in
        let ordinal = place.segment.ordinal(of: document)
        guard behind.map({ ordinal > $0 }) ?? true else { return }
        members.append(
          Entry(order: nil, segment: place.index, document: document, ordinal: ordinal))
      }
      if place.segment.isReordered { members.sort { $0.ordinal < $1.ordinal } }
      entries += members.prefix(limit)
      return
    }
    // Of each code the place in the order, from 0; what has no value is the last.
    let last = column.valueCount
    var ranks = [Int](repeating: last, count: column.codeCount)
    for ordinal in 0..<last { ranks[ordinal + 1] = isDescending ? last - 1 - ordinal : ordinal }
    for code in column.combinations {
      ranks[code] = column.ordinals(of: code).map { ranks[$0 + 1] }.min() ?? last
    }
    var found = found
    var ofCodes = column.counts(in: found.words)
    without += ofCodes[0]
    if let shown {
      let start = try start(behind: shown.value, in: column)
      found.keep { document in
        let rank = ranks[column.code(of: document)]
        return rank > start.rank
          || rank == start.rank
            && (!start.isShown || place.segment.ordinal(of: document) > shown.ordinal)
      }
      ofCodes = column.counts(in: found.words)
    }
    var ofRanks = [Int](repeating: 0, count: last + 1)
    for (code, count) in ofCodes.enumerated() { ofRanks[ranks[code]] += count }
    // The rank up to which documents are wanted, and how many of that very rank.
    var bound = 0
    var room = limit
    while bound <= last, ofRanks[bound] <= room {
      room -= ofRanks[bound]
      bound += 1
    }
    // Of that rank the first by their ordinals are wanted, which are the first to come unless documents
    // are reordered.
    let isReordered = place.segment.isReordered
    var kept: [(rank: Int, ordinal: UInt64, document: UInt32)] = []
    found.visit { document in
      let rank = ranks[column.code(of: document)]
      guard rank < bound || rank == bound && (room > 0 || isReordered) else { return }
      if rank == bound { room -= 1 }
      kept.append((rank, place.segment.ordinal(of: document), document))
    }
    kept.sort { $0 < $1 }
    kept = Array(kept.prefix(limit))
    var known: (rank: Int, order: ColumnOrder?) = (last, nil)
    for (rank, articleOrdinal, document) in kept {
      if rank != known.rank {
        let ordinal = isDescending ? last - 1 - rank : rank
        known = (
          rank, rank == last ? nil : ColumnOrder(try column.value(ordinal), fold)
        )
      }
      entries.append(
        Entry(
          order: known.order, segment: place.index, document: document, ordinal: articleOrdinal))
    }
  }

  /// The first rank in a segment that may come behind a value, and whether it is the value's own.
  private func start(
    behind value: FieldValue?, in column: Column
  ) throws(IndexError) -> (rank: Int, isShown: Bool) {
    guard let value else { return (column.valueCount, true) }
    let order = ColumnOrder(value, fold)
    let ordinal = try column.partitionPoint { ColumnOrder($0, fold) < order }
    let isThere =
      ordinal < column.valueCount ? ColumnOrder(try column.value(ordinal), fold) == order : false
    return (isDescending ? column.valueCount - ordinal - (isThere ? 1 : 0) : ordinal, isThere)
  }

  /// The first of all, in their order.
  func ordered() -> [Entry] {
    entries.sorted { a, b in
      switch (a.order, b.order) {
      case (nil, nil): break
      case (nil, _): return false
      case (_, nil): return true
      case (let first?, let second?):
        if first != second { return (first < second) != isDescending }
      }
      return a.ordinal < b.ordinal
    }
    .prefix(limit).map(\.self)
  }
}
