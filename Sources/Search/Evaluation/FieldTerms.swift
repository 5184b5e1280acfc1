internal import SuoyinIndex

/// The terms of a ``FieldQuery`` in a snapshot, each looked up once a segment.
struct FieldTerms {
  /// For each segment of each term its entry; nil where the segment does not have it.
  let entries: [[TermEntry?]]

  /// - Complexity: a dictionary look-up for each term and segment.
  init(_ query: FieldQuery, on snapshot: IndexSnapshot) throws(IndexError) {
    var entries: [[TermEntry?]] = []
    for segment in snapshot.segments {
      let field = segment.field(query.field)
      var row: [TermEntry?] = []
      for term in query.terms { row.append(try field.entry(for: term)) }
      entries.append(row)
    }
    self.entries = entries
  }

  /// In how many documents of all segments a term is, deleted ones included.
  func documentFrequency(of term: Int) -> Int {
    entries.reduce(0) { $0 + ($1[term]?.documentFrequency ?? 0) }
  }
}
