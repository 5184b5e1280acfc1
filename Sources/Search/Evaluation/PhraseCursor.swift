internal import SuoyinIndex

/// The documents of a segment's field that hold a phrase, with the number of its occurrences.
///
/// A phrase of one term is that term's list. For more, the cursors of its different terms leap to
/// one another's documents, the rarest leading, and positions are read only where all terms are,
/// each term's once. There is at most one occurrence a position, so occurrences are the positions
/// that all terms share once their offsets in the phrase are taken off.
///
/// Source: leapfrog intersection after S. Ding, J. Attenberg, T. Suel, “Scalable Techniques for
/// Document Identifier Assignment in Inverted Indexes”, WWW 2010.
struct PhraseCursor: DocumentCursor {
  /// The document it stands on; ``PostingCursor/end`` past the last.
  private(set) var document: UInt32
  /// How often the document holds the phrase; at least 1.
  private(set) var frequency: UInt32 = 0

  /// The different terms, the rarest first.
  private var cursors: [PostingCursor] = []
  /// Where the phrase has each of them.
  private var steps: [[OffsetSteps]] = []
  private var starts: [UInt32] = []
  private var positions: [UInt32] = []

  /// Stands on the first document that holds the phrase.
  init(_ terms: [PhraseTerm], in field: SegmentField) throws(IndexError) {
    document = PostingCursor.end
    var offsets: [[UInt8]: [UInt32]] = [:]
    for term in terms { offsets[term.term, default: []].append(term.offset) }
    var entries: [(entry: TermEntry, steps: [OffsetSteps])] = []
    for (term, offsets) in offsets {
      guard let entry = try field.entry(for: term) else { return }
      entries.append((entry, OffsetSteps.of(offsets)))
    }
    entries.sort { $0.entry.documentFrequency < $1.entry.documentFrequency }
    cursors = entries.map { field.postings($0.entry) }
    steps = entries.map(\.steps)
    settle()
  }

  /// Goes to the next document that holds the phrase.
  mutating func advance() {
    guard document != PostingCursor.end else { return }
    cursors[0].advance()
    settle()
  }

  /// Goes to the first document that holds the phrase, `target` or later; stays where it stands if
  /// that is late enough.
  mutating func seek(to target: UInt32) {
    guard document < target else { return }
    cursors[0].seek(to: target)
    settle()
  }

  /// Moves all cursors to the first document from the leading one's on that holds the phrase.
  private mutating func settle() {
    let isOneTerm = cursors.count == 1 && steps[0].count == 1 && steps[0][0].count == 1
    search: while true {
      let candidate = cursors[0].document
      guard candidate != PostingCursor.end else { break }
      for index in cursors.indices.dropFirst() {
        cursors[index].seek(to: candidate)
        let reached = cursors[index].document
        if reached == candidate { continue }
        if reached == PostingCursor.end { break search }
        cursors[0].seek(to: reached)
        continue search
      }
      let occurrences = isOneTerm ? cursors[0].frequency : countOccurrences()
      if occurrences > 0 {
        document = candidate
        frequency = occurrences
        return
      }
      cursors[0].advance()
    }
    document = PostingCursor.end
    frequency = 0
  }

  /// How often the document that all cursors stand on holds the phrase.
  private mutating func countOccurrences() -> UInt32 {
    for index in cursors.indices {
      cursors[index].positions(into: &positions)
      if index == 0 {
        let offset = steps[0][0].first
        starts.removeAll(keepingCapacity: true)
        for position in positions where position >= offset { starts.append(position - offset) }
      }
      for steps in steps[index] {
        steps.keep(&starts, at: positions)
        if starts.isEmpty { return 0 }
      }
    }
    return UInt32(starts.count)
  }
}
