internal import SuoyinIndex

/// Finds the documents of a segment's field that hold a phrase, and how often each does.
///
/// A ``Conjunction`` finds where all terms are, and positions are read only there. There is at most one
/// occurrence a position, so occurrences are the positions that all terms share once their offsets in
/// the phrase are taken off.
///
/// In a field without positions a phrase is held where all its terms are, as often as the least
/// frequent of them.
struct PhraseSearch {
  private let field: SegmentField
  private let conjunction: Conjunction
  /// Nil in a field without positions.
  private let counter: OccurrenceCounter?

  /// - Returns: nil where the field does not have all terms.
  init?(_ phrase: [PhraseTerm], in field: SegmentField) throws(IndexError) {
    var entries: [TermEntry?] = []
    for term in phrase {
      guard let entry = try field.entry(for: term.term) else { return nil }
      entries.append(entry)
    }
    self.init(phrase, entries, in: field)
  }

  /// - Parameter entries: of the terms.
  /// - Returns: nil where the field does not have all terms.
  init?(_ phrase: [PhraseTerm], _ entries: [TermEntry?], in field: SegmentField) {
    precondition(entries.count == phrase.count)
    // A term that comes more than once is one list.
    var places: [[UInt8]: Int] = [:]
    var terms: [(blocks: PostingBlocks, offsets: [UInt32])] = []
    for (term, entry) in zip(phrase, entries) {
      guard let entry else { return nil }
      if let place = places[term.term] {
        terms[place].offsets.append(term.offset)
      } else {
        places[term.term] = terms.count
        terms.append((field.blocks(entry), [term.offset]))
      }
    }
    terms.sort { $0.blocks.documentFrequency < $1.blocks.documentFrequency }
    self.field = field
    let hasPositions = field.id.hasPositions
    counter = hasPositions ? OccurrenceCounter(terms.map { OffsetSteps.of($0.offsets) }) : nil
    conjunction = Conjunction(terms.map(\.blocks), locating: hasPositions, phrase: counter)
  }

  /// Calls `body` with each document, ascending, and how often it holds the phrase.
  ///
  /// - Parameter watch: ends it early.
  /// - Complexity: linear in the postings of the rarest term, plus a block's decoding for each block of
  ///   the others that these lead to.
  func visit(_ watch: SearchWatch?, _ body: (_ document: UInt32, _ frequency: UInt32) -> Void) {
    conjunction.forEach(counting: true, watch) { found in
      found.chooseAll()
      visit(found, body)
    }
  }

  /// Offers all documents that may be among the best. Positions are read only where a document could
  /// count if it held the phrase as often as the least frequent of the terms, and documents are looked
  /// for only where they could if they held it as often as the rarest.
  ///
  /// - Parameters:
  ///   - weighting: of the terms as one.
  ///   - model: by which bounds are made.
  func rank(
    by weighting: LeafWeighting, _ model: BM25, of segment: SegmentPlace,
    into top: inout TopDocuments
  ) {
    conjunction.visit(
      by: weighting, model, in: field, atLeast: LeafWeighting.bound(for: top.least)
    ) { found in
      found.choose(atLeast: max(top.least, 1), by: weighting, in: field)
      visit(found) { document, frequency in
        top.offer(
          weighting.units(frequency: frequency, length: field.length(of: document)), document,
          in: segment)
      }
    }
  }

  /// How many live documents hold the phrase.
  func count(in segment: Segment) -> Int {
    var count = 0
    visit(nil) { document, _ in if segment.isLive(document) { count += 1 } }
    return count
  }

  private func visit(
    _ found: Intersection, _ body: (_ document: UInt32, _ frequency: UInt32) -> Void
  ) {
    guard let counter else {
      return found.visitChosen { body(found.document($0), found.leastFrequency($0)) }
    }
    counter.visit(found, body)
  }
}
