internal import SuoyinIndex

/// The documents of a segment that hold a clause whole, in whichever of its fields and ways.
struct WholeMatcher {
  private var cursors: [MatchCursor]

  init(_ whole: QueryPlan.Whole, in segment: Segment) throws(IndexError) {
    cursors = []
    for field in whole.fields {
      for terms in whole.variants {
        cursors.append(try MatchCursor(terms, in: segment.field(field)))
      }
    }
  }

  /// Sets the bits of such documents of a window, and leaves the window.
  ///
  /// - Parameters:
  ///   - bits: one for each of the window's documents.
  ///   - matches: room for the window's documents.
  mutating func mark(
    _ bits: inout [UInt64], in window: Range<UInt32>, through matches: inout Matches
  ) {
    for index in cursors.indices {
      cursors[index].take(window, into: &matches, counting: false)
      let documents = matches.documents.span
      var bits = bits.mutableSpan
      for match in 0..<matches.count {
        let place = Int(documents[match] &- window.lowerBound)
        bits[place &>> 6] |= 1 &<< UInt64(place & 63)
      }
    }
  }
}
