package import SuoyinIndex

extension Searcher {
  /// The best documents for a query over one field, at most `limit`, best first; those of equal
  /// score in the order of indexing.
  ///
  /// - Complexity: at most linear in the postings of the terms; for `all` and `phrase` nearer to
  ///   those of the rarest.
  package func top(_ limit: Int, of query: FieldQuery) throws(IndexError) -> [FieldHit] {
    let terms = try FieldTerms(query, on: snapshot)
    let weights = FieldWeights(query, terms, on: snapshot)
    var top = TopDocuments(limit: limit)
    for (index, segment) in snapshot.segments.enumerated() {
      FieldEvaluation(query, terms, on: SegmentPlace(segment: segment, index: index))
        .rank(by: weights, into: &top)
    }
    return top.ranked().map {
      FieldHit(
        segment: $0.segment, document: $0.document, score: weights.scale.score($0.score))
    }
  }

  /// How many documents a query over one field finds, exactly.
  ///
  /// - Complexity: that of ``top(_:of:)``, without scores; for one term and two of `any` in a
  ///   segment without deletes less.
  package func count(_ query: FieldQuery) throws(IndexError) -> Int {
    let terms = try FieldTerms(query, on: snapshot)
    var count = 0
    for (index, segment) in snapshot.segments.enumerated() {
      count += FieldEvaluation(query, terms, on: SegmentPlace(segment: segment, index: index))
        .count()
    }
    return count
  }
}
