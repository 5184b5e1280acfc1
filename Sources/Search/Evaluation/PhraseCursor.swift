internal import SuoyinIndex

/// The documents of a segment's field that hold a phrase, with the number of its occurrences.
///
/// A phrase of one term is that term's list. For more, a ``ConjunctionCursor`` finds where all terms
/// are, and positions are read only there. There is at most one occurrence a position, so
/// occurrences are the positions that all terms share once their offsets in the phrase are taken
/// off.
struct PhraseCursor: DocumentCursor {
  /// The document it stands on; ``PostingCursor/end`` past the last.
  var document: UInt32 { terms.document }
  /// How often the document holds the phrase; at least 1.
  private(set) var frequency: UInt32 = 0

  private var terms: ConjunctionCursor
  /// For each cursor of `terms` its term's offset in the phrase.
  private var offsets: [UInt32]
  private var shared: [UInt32] = []
  private var others: [UInt32] = []

  /// Stands on the first document that holds the phrase.
  init(_ phrase: [PhraseTerm], in field: SegmentField) throws(IndexError) {
    terms = try ConjunctionCursor(phrase.map(\.term), in: field)
    offsets = terms.places.map { phrase[$0].offset }
    settle()
  }

  /// Goes to the next document that holds the phrase.
  mutating func advance() {
    terms.advance()
    settle()
  }

  /// Goes to the first document that holds the phrase, `target` or later; stays where it stands if
  /// that is late enough.
  mutating func seek(to target: UInt32) {
    guard document < target else { return }
    terms.seek(to: target)
    settle()
  }

  /// Goes on to the first document, from this one, in which the terms stand as the phrase asks.
  private mutating func settle() {
    while document != PostingCursor.end {
      frequency = terms.cursors.count == 1 ? terms.cursors[0].frequency : countOccurrences()
      if frequency > 0 { return }
      terms.advance()
    }
    frequency = 0
  }

  /// How many positions all terms share in the document that all cursors stand on.
  private mutating func countOccurrences() -> UInt32 {
    terms.cursors[0].positions(into: &shared)
    for index in offsets.indices.dropFirst() {
      terms.cursors[index].positions(into: &others)
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
