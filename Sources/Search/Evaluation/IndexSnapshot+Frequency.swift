internal import SuoyinIndex

extension IndexSnapshot {
  /// In how many documents of all segments a term is, deleted ones included.
  ///
  /// - Complexity: a dictionary look-up for each segment.
  func documentFrequency(of term: [UInt8], in field: FieldID) throws(IndexError) -> Int {
    try entries(of: term, in: field).documentFrequency
  }

  /// What the dictionary of each segment says of a term; nil where it does not have it.
  ///
  /// - Complexity: a dictionary look-up for each segment.
  func entries(of term: [UInt8], in field: FieldID) throws(IndexError) -> [TermEntry?] {
    var entries: [TermEntry?] = []
    for segment in segments { entries.append(try segment.field(field).entry(for: term)) }
    return entries
  }
}

extension [TermEntry?] {
  /// In how many documents of all segments the term is, deleted ones included.
  var documentFrequency: Int { reduce(0) { $0 + ($1?.documentFrequency ?? 0) } }
}
