import SuoyinStorage

/// Merges the terms of a range, one after the other, and their lists.
///
/// The dictionaries' iterators lie in a binary heap by their terms, equal ones by the order of the
/// segments, so that documents of a list come out ascending.
struct TermMerger {
  private struct Input {
    let source: MergeSource
    let field: FieldReader
    var terms: TermIterator
    /// The range's end.
    let end: UInt64?
    /// The place among the sources.
    let rank: Int
    var term: [UInt8] = []
    var entry: TermEntry?

    /// - Returns: whether there is a further term in the range.
    mutating func advance() throws(StorageError) -> Bool {
      entry = try terms.advanceToNext()
      term = terms.term
      guard let end, entry != nil else { return entry != nil }
      return TermDictionary.prefix(of: term) < end
    }

    func precedes(_ other: Input) -> Bool {
      if term == other.term { return rank < other.rank }
      return term.lexicographicallyPrecedes(other.term)
    }
  }

  private let id: FieldID
  private var heap: [Input] = []
  private var positions: [UInt32] = []
  private var renumbered: RenumberedList

  /// - Parameters:
  ///   - start: the first eight bytes, as ``TermDictionary/prefix(of:)``, from which on terms are of
  ///     the range; nil for all from the first.
  ///   - end: those from which on they no longer are; nil for all to the last.
  ///   - limit: how many occurrences of a list whose documents come in another order may be held.
  init(
    _ id: FieldID, _ sources: [MergeSource], from start: UInt64?, to end: UInt64?, limit: Int
  ) throws(StorageError) {
    self.id = id
    renumbered = RenumberedList(limit: limit)
    let first = TermDictionary.firstTerm(withPrefix: start ?? 0)
    for (rank, source) in sources.enumerated() {
      let field = source.segment.field(id).reader
      var input = Input(
        source: source, field: field,
        terms: try TermIterator(field.dictionary, from: first, prefix: []), end: end, rank: rank)
      if try input.advance() {
        heap.append(input)
        siftUp()
      }
    }
  }

  /// Puts all terms of the range, with their lists, into `range`.
  mutating func merge(into range: TermRange) throws(StorageError) -> TermRange {
    while let first = heap.first {
      let term = first.term
      var hasDocuments = false
      while let input = heap.first, input.term == term {
        if let entry = input.entry {
          let added = try add(entry, of: input, to: &range.lists)
          hasDocuments = added || hasDocuments
        }
        if try heap[0].advance() {
          siftDown()
        } else {
          removeFirst()
        }
      }
      // A term whose documents are all deleted is no longer one.
      if hasDocuments {
        range.bytes += term
        try range.endTerm()
      }
    }
    return range
  }

  /// - Returns: whether any of the list's documents is live.
  private mutating func add(
    _ entry: TermEntry, of input: Input, to lists: inout PostingListWriter
  ) throws(StorageError) -> Bool {
    if input.source.isReordered {
      return try renumbered.add(entry, of: input.source, input.field, to: &lists)
    }
    var cursor = PostingCursor(entry, of: input.field)
    var documents = 0
    var occurrences = 0
    var isLive = false
    while cursor.document != PostingCursor.end {
      let frequency = cursor.frequency
      documents += 1
      occurrences += Int(frequency)
      if let number = input.source.number(of: cursor.document) {
        isLive = true
        try lists.beginDocument(number)
        if id.hasPositions {
          cursor.positions(into: &positions)
          guard positions.count == Int(frequency) else { break }
          for position in positions { lists.addOccurrence(position: position) }
        } else {
          lists.addOccurrences(frequency)
        }
      }
      cursor.advance()
    }
    try input.field.check(cursor, entry, documents: documents, occurrences: occurrences)
    return isLive
  }

  private mutating func siftUp() {
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].precedes(heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown() {
    var parent = 0
    while true {
      var first = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[child].precedes(heap[first]) { first = child }
      }
      if first == parent { return }
      heap.swapAt(first, parent)
      parent = first
    }
  }

  private mutating func removeFirst() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    if !heap.isEmpty { siftDown() }
  }
}

extension FieldReader {
  /// Holds what was read of a list against the dictionary.
  ///
  /// - Parameter cursor: at the end of the list.
  func check(
    _ cursor: PostingCursor, _ entry: TermEntry, documents: Int, occurrences: Int
  ) throws(StorageError) {
    guard !cursor.isDamaged, documents == entry.documentFrequency,
      occurrences == entry.totalFrequency
    else {
      throw postings.damaged(
        at: entry.postings.lowerBound, "list of a term",
        expected: "\(entry.totalFrequency) occurrences in \(entry.documentFrequency) documents",
        found: "\(occurrences) in \(documents)")
    }
  }
}
