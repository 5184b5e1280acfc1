internal import SuoyinIndex

/// The documents of a segment's field that hold all of several terms.
///
/// The cursors leap to one another's documents, the rarest leading, so that a common term's list is
/// read only near what the rarest one leaves. A condition on the shared document, as that of a
/// phrase, is its owner's: it looks at the cursors and goes on.
///
/// Source: leapfrog intersection after S. Ding, J. Attenberg, T. Suel, “Scalable Techniques for
/// Document Identifier Assignment in Inverted Indexes”, WWW 2010.
struct ConjunctionCursor {
  /// The document that all cursors stand on; ``PostingCursor/end`` past the last.
  private(set) var document = PostingCursor.end
  /// The terms' cursors, the rarest first.
  var cursors: [PostingCursor] = []
  /// For each of ``cursors`` the place of its term in the order in which the terms were given.
  private(set) var places: [Int] = []

  /// Stands on the first document that holds all terms; at the end where a term is nowhere.
  init(_ terms: [[UInt8]], in field: SegmentField) throws(IndexError) {
    var entries: [(entry: TermEntry, place: Int)] = []
    for (place, term) in terms.enumerated() {
      guard let entry = try field.entry(for: term) else { return }
      entries.append((entry, place))
    }
    guard !entries.isEmpty else { return }
    entries.sort {
      ($0.entry.documentFrequency, $0.place) < ($1.entry.documentFrequency, $1.place)
    }
    cursors = entries.map { field.postings($0.entry) }
    places = entries.map(\.place)
    settle()
  }

  /// Goes to the next document that holds all terms.
  mutating func advance() {
    guard document != PostingCursor.end else { return }
    cursors[0].advance()
    settle()
  }

  /// Goes to the first document that holds all terms, `target` or later; stays where it stands if
  /// that is late enough.
  mutating func seek(to target: UInt32) {
    guard document < target else { return }
    cursors[0].seek(to: target)
    settle()
  }

  /// Moves all cursors to the first shared document from the leading one's on.
  private mutating func settle() {
    search: while true {
      let candidate = cursors[0].document
      guard candidate != PostingCursor.end else { break }
      for index in cursors.indices.dropFirst() {
        cursors[index].seek(to: candidate)
        let reached = cursors[index].document
        if reached == candidate { continue }
        if reached == PostingCursor.end { break search }
        cursors[0].seek(to: reached)
        continue search
      }
      document = candidate
      return
    }
    document = PostingCursor.end
  }
}
