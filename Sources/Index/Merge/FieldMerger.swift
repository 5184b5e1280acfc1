import SuoyinStorage

/// Merges one field of several segments, term after term.
///
/// The dictionaries' iterators lie in a binary heap by their terms, equal ones by the order of the
/// segments, so that documents of a list come out ascending.
struct FieldMerger {
  private struct Input {
    let source: MergeSource
    let field: FieldReader
    var terms: TermIterator
    var term: [UInt8] = []
    var entry: TermEntry?
    /// The place among the sources.
    let rank: Int

    mutating func advance() throws(StorageError) -> Bool {
      entry = try terms.advanceToNext()
      term = terms.term
      return entry != nil
    }

    func precedes(_ other: Input) -> Bool {
      if term == other.term { return rank < other.rank }
      return term.lexicographicallyPrecedes(other.term)
    }
  }

  private let id: FieldID
  private let sources: [MergeSource]
  private var heap: [Input] = []
  private var positions: [UInt32] = []

  init(_ id: FieldID, _ sources: [MergeSource]) {
    self.id = id
    self.sources = sources
  }

  /// Writes the field's sections.
  ///
  /// - Parameter file: its open section is ended.
  func write(to file: FileWriter) throws(StorageError) -> SegmentInfo.Field {
    var merger = self
    return try merger.merge(to: file)
  }

  private mutating func merge(to file: FileWriter) throws(StorageError) -> SegmentInfo.Field {
    var lengths: [UInt32] = []
    for (rank, source) in sources.enumerated() {
      let field = source.segment.field(id).reader
      for document in 0..<UInt32(source.segment.documentCount)
      where source.number(of: document) != nil {
        lengths.append(field.lengths[document])
      }
      var input = Input(
        source: source, field: field,
        terms: try TermIterator(field.dictionary, from: [], prefix: []), rank: rank)
      if try input.advance() {
        heap.append(input)
        siftUp()
      }
    }
    var writer = try FieldWriter(id, lengths: lengths, to: file)
    while let first = heap.first {
      let term = first.term
      var hasDocuments = false
      while let input = heap.first, input.term == term {
        if let entry = input.entry {
          let added = try add(entry, of: input, to: &writer)
          hasDocuments = added || hasDocuments
        }
        if try heap[0].advance() {
          siftDown()
        } else {
          removeFirst()
        }
      }
      // A term whose documents are all deleted is no longer one.
      if hasDocuments { try writer.endTerm(term) }
    }
    return try writer.finish(to: file)
  }

  /// - Returns: whether any of the list's documents is live.
  private mutating func add(
    _ entry: TermEntry, of input: Input, to writer: inout FieldWriter
  ) throws(StorageError) -> Bool {
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
        try writer.lists.beginDocument(number)
        if id.hasPositions {
          cursor.positions(into: &positions)
          guard positions.count == Int(frequency) else { break }
          for position in positions { writer.lists.addOccurrence(position: position) }
        } else {
          writer.lists.addOccurrences(frequency)
        }
      }
      cursor.advance()
    }
    guard !cursor.isDamaged, documents == entry.documentFrequency,
      occurrences == entry.totalFrequency
    else {
      throw input.field.postings.damaged(
        at: entry.postings.lowerBound, "list of a term",
        expected: "\(entry.totalFrequency) occurrences in \(entry.documentFrequency) documents",
        found: "\(occurrences) in \(documents)")
    }
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
