internal import SuoyinIndex

/// What one leaf of a plan adds to the scores of a segment's documents.
///
/// Calls are a window or an article, not a posting, so that an existential costs nothing here.
protocol LeafScorer {
  /// Whether an article is found by the leaf.
  var matchesAlone: Bool { get }
  /// The document that it stands on.
  var document: UInt32 { get }
  /// Adds what it is worth to each of its documents in a window, marks them where it matches alone,
  /// and leaves the window.
  mutating func add(to scores: inout [Double], found: inout [Bool], in window: Range<UInt32>)
  /// What it adds for one document, to the same bits, or nil if nothing; goes forward only.
  mutating func contribution(to document: UInt32) -> Contribution?
}

/// What a leaf adds to the score of one document, and from what.
struct Contribution {
  let frequency: UInt32
  let length: UInt32
  let score: Double
}

extension QueryPlan.Leaf {
  /// The leaf's scorer on a segment, or nil where the segment holds nothing of it.
  func scorer(with model: BM25, in segment: Segment) throws(IndexError) -> (any LeafScorer)? {
    let segmentField = segment.field(field)
    if !others.isEmpty, let othersField {
      return CursorScorer(
        self, model: model, field: segmentField,
        cursor: try AnyOfCursor(terms, in: segmentField, or: others, in: segment.field(othersField))
      )
    }
    if terms.count > 1 {
      return CursorScorer(
        self, model: model, field: segmentField, cursor: try PhraseCursor(terms, in: segmentField))
    }
    guard let entry = try segmentField.entry(for: terms[0].term) else { return nil }
    return CursorScorer(
      self, model: model, field: segmentField, cursor: segmentField.postings(entry))
  }
}

private struct CursorScorer<Cursor: DocumentCursor>: LeafScorer {
  let matchesAlone: Bool
  private let weight: Double
  private let model: BM25
  private let field: SegmentField
  private var cursor: Cursor

  init(_ leaf: QueryPlan.Leaf, model: BM25, field: SegmentField, cursor: Cursor) {
    matchesAlone = leaf.matchesAlone
    weight = leaf.weight
    self.model = model
    self.field = field
    self.cursor = cursor
  }

  var document: UInt32 { cursor.document }

  mutating func add(to scores: inout [Double], found: inout [Bool], in window: Range<UInt32>) {
    cursor.seek(to: window.lowerBound)
    while cursor.document < window.upperBound {
      let index = Int(cursor.document - window.lowerBound)
      scores[index] += score(length: field.length(of: cursor.document))
      if matchesAlone { found[index] = true }
      cursor.advance()
    }
  }

  mutating func contribution(to document: UInt32) -> Contribution? {
    cursor.seek(to: document)
    guard cursor.document == document else { return nil }
    let length = field.length(of: document)
    return Contribution(
      frequency: cursor.frequency, length: length, score: score(length: length))
  }

  private func score(length: UInt32) -> Double {
    weight * model.saturation(frequency: cursor.frequency, length: length)
  }
}
