internal import SuoyinIndex

/// What the terms of a ``FieldQuery`` are worth in a snapshot.
struct FieldWeights {
  let model: BM25
  /// The inverse document frequency of each term, in the order of the query.
  let terms: [Double]

  /// - Complexity: a dictionary look-up for each term and segment.
  init(_ query: FieldQuery, on snapshot: IndexSnapshot) throws(IndexError) {
    let statistics = snapshot.statistics(of: query.field)
    model = BM25(snapshot.similarity, over: statistics)
    var weights: [Double] = []
    for term in query.terms {
      let df = try snapshot.documentFrequency(of: term, in: query.field)
      weights.append(BM25.inverseDocumentFrequency(df, of: statistics.documentCount))
    }
    terms = weights
  }
}

/// Answers a ``FieldQuery`` on one segment, completely.
///
/// One term, a phrase and a conjunction are a cursor, followed document by document; a disjunction
/// is scored by ``SegmentEvaluation`` in windows.
struct FieldEvaluation {
  private let query: FieldQuery
  private let segment: Segment
  private let index: Int
  private let field: SegmentField

  init(_ query: FieldQuery, on segment: Segment, index: Int) {
    self.query = query
    self.segment = segment
    self.index = index
    field = segment.field(query.field)
  }

  /// Offers every document that the query finds.
  func rank(by weights: FieldWeights, into top: inout TopArticles) throws(IndexError) {
    if let term = query.terms.first, query.terms.count == 1 {
      guard let entry = try field.entry(for: term) else { return }
      rank(field.postings(entry), weight: weights.terms[0], by: weights.model, into: &top)
      return
    }
    switch query.shape {
    case .any: try rankAny(by: weights, into: &top)
    case .all: try rankAll(by: weights, into: &top)
    case .phrase:
      rank(
        try phrase(), weight: weights.terms.reduce(0, +), by: weights.model, into: &top)
    }
  }

  /// How many live documents the query finds.
  func count() throws(IndexError) -> Int {
    if let term = query.terms.first, query.terms.count == 1 {
      guard let entry = try field.entry(for: term) else { return 0 }
      return segment.hasDeletes ? count(field.postings(entry)) : entry.documentFrequency
    }
    switch query.shape {
    case .any: return try countAny()
    case .all: return try countAll()
    case .phrase: return count(try phrase())
    }
  }

  private func phrase() throws(IndexError) -> PhraseCursor {
    let terms = query.terms.enumerated().map { PhraseTerm(term: $1, offset: UInt32($0)) }
    return try PhraseCursor(terms, in: field)
  }

  private func rank(
    _ start: some DocumentCursor, weight: Double, by model: BM25, into top: inout TopArticles
  ) {
    var cursor = start
    while cursor.document != PostingCursor.end {
      let length = field.length(of: cursor.document)
      offer(
        cursor.document, weight * model.saturation(frequency: cursor.frequency, length: length),
        to: &top)
      cursor.advance()
    }
  }

  private func count(_ start: some DocumentCursor) -> Int {
    var cursor = start
    var count = 0
    while cursor.document != PostingCursor.end {
      if segment.isLive(cursor.document) { count += 1 }
      cursor.advance()
    }
    return count
  }

  private func rankAny(
    by weights: FieldWeights, into top: inout TopArticles
  ) throws(IndexError) {
    var scorers: [LeafScorer] = []
    for (term, weight) in zip(query.terms, weights.terms) {
      let leaf = QueryPlan.Leaf(
        field: query.field, terms: [PhraseTerm(term: term, offset: 0)], matchesAlone: true,
        occurrences: 1, weight: weight)
      if let scorer = try leaf.scorer(with: weights.model, in: segment) { scorers.append(scorer) }
    }
    var evaluation = SegmentEvaluation(scorers, on: segment, index: index)
    evaluation.run(into: &top)
  }

  /// The terms' shares are added in the order of the query, whichever term is the rarest.
  private func rankAll(
    by weights: FieldWeights, into top: inout TopArticles
  ) throws(IndexError) {
    var all = try ConjunctionCursor(query.terms, in: field)
    var order = Array(repeating: 0, count: all.places.count)
    for (index, place) in all.places.enumerated() { order[place] = index }
    while all.document != PostingCursor.end {
      let length = field.length(of: all.document)
      var score = 0.0
      for (place, index) in order.enumerated() {
        let frequency = all.cursors[index].frequency
        score +=
          weights.terms[place]
          * weights.model.saturation(
            frequency: frequency, length: length)
      }
      offer(all.document, score, to: &top)
      all.advance()
    }
  }

  private func countAll() throws(IndexError) -> Int {
    var all = try ConjunctionCursor(query.terms, in: field)
    var count = 0
    while all.document != PostingCursor.end {
      if segment.isLive(all.document) { count += 1 }
      all.advance()
    }
    return count
  }

  /// Of two terms the sum less what they share; of more the bits that their documents set.
  private func countAny() throws(IndexError) -> Int {
    var entries: [TermEntry] = []
    for term in query.terms {
      if let entry = try field.entry(for: term) { entries.append(entry) }
    }
    if query.terms.count == 2, !segment.hasDeletes {
      return try entries.reduce(0) { $0 + $1.documentFrequency } - countAll()
    }
    var found: [UInt64] = Array(repeating: 0, count: (segment.documentCount + 63) / 64)
    for entry in entries {
      var cursor = field.postings(entry)
      while cursor.document != PostingCursor.end {
        found[Int(cursor.document / 64)] |= 1 << UInt64(cursor.document % 64)
        cursor.advance()
      }
    }
    var count = 0
    for (index, bits) in found.enumerated() {
      guard segment.hasDeletes else {
        count += bits.nonzeroBitCount
        continue
      }
      var rest = bits
      while rest != 0 {
        if segment.isLive(UInt32(index * 64 + rest.trailingZeroBitCount)) { count += 1 }
        rest &= rest - 1
      }
    }
    return count
  }

  @inline(__always)
  private func offer(_ document: UInt32, _ score: Double, to top: inout TopArticles) {
    guard segment.isLive(document) else { return }
    top.offer(isWhole: true, score: score) {
      ArticlePlace(
        isWhole: true, score: score, ordinal: segment.ordinal(of: document), segment: index,
        document: document)
    }
  }
}
