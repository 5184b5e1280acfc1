internal import SuoyinIndex

/// The documents of a segment that hold a clause whole, in whichever of its fields and ways.
struct WholeMatcher {
  private var cursors: [PhraseCursor]

  init(_ whole: QueryPlan.Whole, in segment: Segment) throws(IndexError) {
    cursors = []
    for field in whole.fields {
      for terms in whole.variants {
        cursors.append(try PhraseCursor(terms, in: segment.field(field)))
      }
    }
  }

  /// Visits each such document of a window once, in order, and leaves the window.
  mutating func forEach(in window: Range<UInt32>, _ visit: (UInt32) -> Void) {
    for index in cursors.indices { cursors[index].seek(to: window.lowerBound) }
    while true {
      var next = PostingCursor.end
      for cursor in cursors { next = min(next, cursor.document) }
      guard next < window.upperBound else { return }
      visit(next)
      for index in cursors.indices where cursors[index].document == next {
        cursors[index].advance()
      }
    }
  }
}
