internal import SuoyinIndex

extension FoundDocuments {
  /// The documents of a field that hold a phrase, with the number of its occurrences.
  ///
  /// A ``Conjunction`` finds where all terms are, and positions are read only there, the rarest term's
  /// first. There is at most one occurrence a position, so occurrences are the positions that all
  /// terms share once their offsets in the phrase are taken off.
  ///
  /// In a field without positions a phrase is held where all its terms are, as often as the least
  /// frequent of them.
  ///
  /// - Complexity: linear in the postings of the rarest term, plus a block's decoding for each block of
  ///   the others that these lead to.
  init(_ phrase: [PhraseTerm], in segmentField: SegmentField) throws(IndexError) {
    var offsets: [[UInt8]: [UInt32]] = [:]
    for term in phrase { offsets[term.term, default: []].append(term.offset) }
    var terms: [(blocks: PostingBlocks, steps: [OffsetSteps])] = []
    for (term, offsets) in offsets {
      guard let entry = try segmentField.entry(for: term) else {
        self.init()
        return
      }
      terms.append((segmentField.blocks(entry), OffsetSteps.of(offsets)))
    }
    if let first = terms.first, phrase.count == 1 {
      self.init(first.blocks)
      return
    }
    self.init()
    terms.sort { $0.blocks.documentFrequency < $1.blocks.documentFrequency }
    let hasPositions = segmentField.id.hasPositions
    let conjunction = Conjunction(terms.map(\.blocks), locating: hasPositions)
    let counter = OccurrenceCounter(terms.map(\.steps))
    conjunction.forEach(counting: true) { found in
      for place in 0..<found.count {
        let frequency =
          hasPositions
          ? counter.occurrences(at: place, of: found) : found.leastFrequency(place)
        if frequency > 0 { append(found.document(place), frequency) }
      }
    }
  }
}
