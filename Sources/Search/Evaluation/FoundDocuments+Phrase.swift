internal import SuoyinIndex

extension FoundDocuments {
  /// The documents of a field that hold a phrase, with the number of its occurrences.
  ///
  /// - Parameter watch: ends it early, with some of them.
  /// - Complexity: as ``PhraseSearch/visit(_:_:)``.
  init(
    _ phrase: [PhraseTerm], in segmentField: SegmentField, _ watch: SearchWatch?
  ) throws(IndexError) {
    self.init()
    if phrase.hasLookalikes {
      try LookalikeSearch([phrase], nil, in: segmentField).visit(watch) { append($0, $1) }
    } else if phrase.count == 1 {
      guard let entry = try segmentField.entry(for: phrase[0].term) else { return }
      self.init(segmentField.blocks(entry))
    } else if let search = try PhraseSearch(phrase, in: segmentField) {
      search.visit(watch) { append($0, $1) }
    }
  }
}
