internal import SuoyinIndex

/// The documents of a segment's field that hold a phrase, with the number of its occurrences.
///
/// A phrase of one term is that term's list. For more, the cursors leap to one another's documents,
/// the rarest leading, and positions are read only where all terms are. There is at most one
/// occurrence a position, so occurrences are the positions that all terms share once their offsets
/// in the phrase are taken off.
///
/// Source: leapfrog intersection after S. Ding, J. Attenberg, T. Suel, “Scalable Techniques for
/// Document Identifier Assignment in Inverted Indexes”, WWW 2010.
struct PhraseCursor: DocumentCursor {
  /// The document it stands on; ``PostingCursor/end`` past the last.
  private(set) var document: UInt32
  /// How often the document holds the phrase; at least 1.
  private(set) var frequency: UInt32 = 0

  private var cursors: [PostingCursor] = []
  private var offsets: [UInt32] = []
  private var shared: [UInt32] = []
  private var others: [UInt32] = []

  /// Stands on the first document that holds the phrase.
  init(_ terms: [PhraseTerm], in field: SegmentField) throws(IndexError) {
    document = PostingCursor.end
    var entries: [(entry: TermEntry, offset: UInt32)] = []
    for term in terms {
      guard let entry = try field.entry(for: term.term) else { return }
      entries.append((entry, term.offset))
    }
    entries.sort { $0.entry.documentFrequency < $1.entry.documentFrequency }
    cursors = entries.map { field.postings($0.entry) }
    offsets = entries.map(\.offset)
    settle()
  }

  /// Goes to the next document that holds the phrase.
  mutating func advance() {
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
      let occurrences = cursors.count == 1 ? cursors[0].frequency : countOccurrences()
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

  /// How many positions all terms share in the document that all cursors stand on.
  private mutating func countOccurrences() -> UInt32 {
    cursors[0].positions(into: &shared)
    for index in cursors.indices.dropFirst() {
      cursors[index].positions(into: &others)
      intersect(from: offsets[0], with: offsets[index])
      if shared.isEmpty { return 0 }
    }
    return UInt32(shared.count)
  }

  /// Keeps of the leading term's positions those at which the other term stands as the phrase asks.
  private mutating func intersect(from offset: UInt32, with otherOffset: UInt32) {
    var kept = 0
    var at = 0
    for position in shared {
      let wanted = UInt64(position) + UInt64(otherOffset)
      while at < others.count, UInt64(others[at]) + UInt64(offset) < wanted { at += 1 }
      guard at < others.count else { break }
      if UInt64(others[at]) + UInt64(offset) == wanted {
        shared[kept] = position
        kept += 1
      }
    }
    shared.removeSubrange(kept...)
  }
}
