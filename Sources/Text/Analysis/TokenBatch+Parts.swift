// What an index makes of the terms of a title and of a text.
extension TokenBatch {
  /// Appends the terms of another text: where terms have positions, behind the end of a sentence and
  /// one more, so that no phrase goes over to them, not even one that holds that end.
  public mutating func append(paragraph other: borrowing TokenBatch, hasPositions: Bool) {
    var first: UInt32 = 0
    if hasPositions, count > 0 {
      let end = tokens[count - 1].position &+ 1
      append(Term.sentenceEnd, position: end)
      first = end &+ 2
    }
    other.forEachTerm(in: 0..<other.count) { append($0, position: first &+ $1) }
    fieldLength &+= other.fieldLength
  }

  /// Replaces the contents by the terms of the first units of a text; where terms have no positions
  /// by its first terms.
  ///
  /// - Parameters:
  ///   - limit: how many units or terms; ends of sentences count as they do in positions. At least 1.
  ///   - text: all terms of the text.
  ///   - hasPositions: whether the terms are in the order of their positions.
  public mutating func take(
    first limit: Int, of text: borrowing TokenBatch, hasPositions: Bool
  ) {
    removeAll()
    var end = min(limit, text.count)
    if hasPositions {
      // A unit comes before the pair that begins with it, which reaches beyond.
      let last = text.tokens[..<text.count].firstIndex { $0.position >= limit - 1 }
      end = last.map { $0 + 1 } ?? text.count
    }
    var place: UInt32?
    text.forEachTerm(in: 0..<end) { term, position in
      append(term, position: position)
      guard position != place || !hasPositions else { return }
      place = position
      if !hasPositions || !term.elementsEqual(Term.sentenceEnd) { fieldLength &+= 1 }
    }
  }

  /// - Parameter range: begins at 0.
  private func forEachTerm(
    in range: Range<Int>, _ body: (ArraySlice<UInt8>, _ position: UInt32) -> Void
  ) {
    var start = 0
    for token in tokens[range] {
      let end = start + Int(token.length)
      body(bytes[start..<end], token.position)
      start = end
    }
  }
}
