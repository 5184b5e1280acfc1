internal import SuoyinIndex

/// The documents of a segment's field that hold a phrase, with the number of its occurrences.
///
/// A phrase of one term is that term's list. For more, a ``ConjunctionCursor`` finds where all terms
/// are, and positions are read only there, each term's once. There is at most one occurrence a
/// position, so occurrences are the positions that all terms share once their offsets in the phrase
/// are taken off.
///
/// In a field without positions a phrase is held where all its terms are, as often as the least
/// frequent of them.
struct PhraseCursor: DocumentCursor {
  /// The document it stands on; ``PostingCursor/end`` past the last.
  var document: UInt32 { terms.document }
  /// How often the document holds the phrase; at least 1.
  private(set) var frequency: UInt32 = 0

  /// The different terms.
  private var terms: ConjunctionCursor
  /// Where the phrase has each of them, in the order of the cursors.
  private let steps: [[OffsetSteps]]
  private let isOneTerm: Bool
  private let hasPositions: Bool
  private var starts: [UInt32] = []
  private var positions: [UInt32] = []

  /// Stands on the first document that holds the phrase.
  init(_ phrase: [PhraseTerm], in field: SegmentField) throws(IndexError) {
    var different: [[UInt8]] = []
    var offsets: [[UInt8]: [UInt32]] = [:]
    for term in phrase {
      if offsets[term.term] == nil { different.append(term.term) }
      offsets[term.term, default: []].append(term.offset)
    }
    terms = try ConjunctionCursor(different, in: field)
    steps = terms.places.map { OffsetSteps.of(offsets[different[$0]] ?? []) }
    isOneTerm = phrase.count == 1
    hasPositions = field.id.hasPositions
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
      frequency = isOneTerm || !hasPositions ? leastFrequency() : countOccurrences()
      if frequency > 0 { return }
      terms.advance()
    }
    frequency = 0
  }

  private func leastFrequency() -> UInt32 {
    terms.cursors.reduce(.max) { min($0, $1.frequency) }
  }

  /// How often the document that all cursors stand on holds the phrase.
  private mutating func countOccurrences() -> UInt32 {
    terms.cursors[0].positions(into: &positions)
    let leading = steps[0][0]
    starts.removeAll(keepingCapacity: true)
    for position in positions where position >= leading.first {
      starts.append(position - leading.first)
    }
    // One position of the leading term is what the starts were made from.
    for row in steps[0].dropFirst(leading.count == 1 ? 1 : 0) {
      row.keep(&starts, at: positions)
    }
    for index in steps.indices.dropFirst() where !starts.isEmpty {
      terms.cursors[index].positions(into: &positions)
      for row in steps[index] { row.keep(&starts, at: positions) }
    }
    return UInt32(starts.count)
  }
}
