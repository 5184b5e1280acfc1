internal import SuoyinIndex

/// What one leaf of a plan adds to the scores of a segment's documents.
struct LeafScorer {
  /// Whether an article is found by the leaf.
  let matchesAlone: Bool
  private let weight: Double
  private let model: BM25
  private let field: SegmentField
  private var cursor: MatchCursor

  init(_ leaf: QueryPlan.Leaf, model: BM25, field: SegmentField, cursor: MatchCursor) {
    matchesAlone = leaf.matchesAlone
    weight = leaf.weight
    self.model = model
    self.field = field
    self.cursor = cursor
  }

  /// The document that it stands on.
  var document: UInt32 { cursor.document }

  /// Adds what it is worth to each of its documents in a window, marks them, and leaves the window.
  ///
  /// - Parameters:
  ///   - scores: of the window's documents.
  ///   - marks: a bit for each of them.
  ///   - matches: room for the window's documents.
  mutating func add(
    to scores: inout [Double], marking marks: inout [UInt64], in window: Range<UInt32>,
    through matches: inout Matches
  ) {
    cursor.take(window, into: &matches)
    matches.readLengths(in: field)
    let documents = matches.documents.span
    let frequencies = matches.frequencies.span
    let lengths = matches.lengths.span
    var scores = scores.mutableSpan
    var marks = marks.mutableSpan
    for index in 0..<matches.count {
      let place = Int(documents[index] &- window.lowerBound)
      scores[place] += score(frequencies[index], lengths[index])
      marks[place &>> 6] |= 1 &<< UInt64(place & 63)
    }
  }

  /// What it adds for one document, to the same bits, or nil if nothing; goes forward only.
  mutating func contribution(to document: UInt32) -> Contribution? {
    var matches = Matches(width: 1)
    cursor.take(document..<(document + 1), into: &matches)
    guard matches.count == 1 else { return nil }
    let length = field.length(of: document)
    return Contribution(
      frequency: matches.frequencies[0], length: length,
      score: score(matches.frequencies[0], length))
  }

  @inline(__always)
  private func score(_ frequency: UInt32, _ length: UInt32) -> Double {
    weight * model.saturation(frequency: frequency, length: length)
  }
}

/// What a leaf adds to the score of one document, and from what.
struct Contribution {
  let frequency: UInt32
  let length: UInt32
  let score: Double
}

extension QueryPlan.Leaf {
  /// The leaf's scorer on a segment, or nil where the segment holds nothing of it.
  func scorer(with model: BM25, in segment: Segment) throws(IndexError) -> LeafScorer? {
    let segmentField = segment.field(field)
    let cursor: MatchCursor =
      if !others.isEmpty, let othersField {
        .anyOf(
          try AnyOfCursor(
            terms, in: segmentField, or: others, in: segment.field(othersField)))
      } else {
        try MatchCursor(terms, in: segmentField)
      }
    if cursor.document == PostingCursor.end { return nil }
    return LeafScorer(self, model: model, field: segmentField, cursor: cursor)
  }
}
