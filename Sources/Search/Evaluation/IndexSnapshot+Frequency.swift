internal import SuoyinIndex

extension IndexSnapshot {
  /// In how many documents of all segments a term is, deleted ones included.
  ///
  /// - Complexity: a dictionary look-up for each segment.
  func documentFrequency(of term: [UInt8], in field: FieldID) throws(IndexError) -> Int {
    var sum = 0
    for segment in segments {
      sum += try segment.field(field).entry(for: term)?.documentFrequency ?? 0
    }
    return sum
  }
}
