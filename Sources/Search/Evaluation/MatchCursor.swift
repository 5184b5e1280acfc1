internal import SuoyinIndex

/// A cursor of any of the kinds that a plan needs, asked for its documents a window at a time.
///
/// The kind is looked at once a window, and the loop is compiled for each: an existential would ask
/// for every document.
enum MatchCursor {
  case term(PostingCursor)
  case phrase(PhraseCursor)
  case anyOf(AnyOfCursor)
  /// Past the last document; also while a loop has the cursor.
  case ended

  /// The documents of a phrase; those of its term where it has only one.
  init(_ terms: [PhraseTerm], in field: SegmentField) throws(IndexError) {
    if terms.count > 1 {
      self = .phrase(try PhraseCursor(terms, in: field))
    } else if let term = terms.first, let entry = try field.entry(for: term.term) {
      self = .term(field.postings(entry))
    } else {
      self = .ended
    }
  }

  /// The document it stands on; ``PostingCursor/end`` past the last.
  var document: UInt32 {
    switch self {
    case .term(let cursor): cursor.document
    case .phrase(let cursor): cursor.document
    case .anyOf(let cursor): cursor.document
    case .ended: PostingCursor.end
    }
  }

  /// Replaces the contents of `matches` by the documents of a window, and leaves the window.
  ///
  /// - Parameter counting: whether frequencies are wanted; else what they are says nothing.
  mutating func take(_ window: Range<UInt32>, into matches: inout Matches, counting: Bool = true) {
    // Whoever moves a cursor must be the only one to have it, or it decodes into memory of its own.
    let cursor = consume self
    self = .ended
    switch consume cursor {
    case .term(var cursor):
      matches.fill(from: &cursor, in: window, counting: counting)
      self = .term(cursor)
    case .phrase(var cursor):
      matches.fill(from: &cursor, in: window, counting: counting)
      self = .phrase(cursor)
    case .anyOf(var cursor):
      matches.fill(from: &cursor, in: window, counting: counting)
      self = .anyOf(cursor)
    case .ended:
      matches.removeAll()
    }
  }
}

/// The documents of a cursor in one window, and how often each holds what is looked for.
struct Matches {
  private(set) var count = 0
  /// The first ``count`` are meant, as in ``frequencies``.
  private(set) var documents: [UInt32]
  private(set) var frequencies: [UInt32]
  /// Lengths of the documents, after ``readLengths(in:)``.
  private(set) var lengths: [UInt32]

  /// - Parameter width: of the widest window.
  init(width: Int) {
    documents = Array(repeating: 0, count: width)
    frequencies = Array(repeating: 0, count: width)
    lengths = Array(repeating: 0, count: width)
  }

  mutating func readLengths(in field: SegmentField) {
    // Taken out, so that one array can be written while another is read.
    var lengths: [UInt32] = []
    swap(&lengths, &self.lengths)
    var target = lengths.mutableSpan
    field.lengths(of: documents.span.extracting(first: count), into: &target)
    swap(&lengths, &self.lengths)
  }

  mutating func removeAll() {
    count = 0
  }

  fileprivate mutating func fill<Cursor: DocumentCursor>(
    from cursor: inout Cursor, in window: Range<UInt32>, counting: Bool
  ) {
    var (documents, frequencies): ([UInt32], [UInt32]) = ([], [])
    swap(&documents, &self.documents)
    swap(&frequencies, &self.frequencies)
    var documentSpan = documents.mutableSpan
    var frequencySpan = frequencies.mutableSpan
    var count = 0
    cursor.seek(to: window.lowerBound)
    while cursor.document < window.upperBound {
      documentSpan[count] = cursor.document
      if counting { frequencySpan[count] = cursor.frequency }
      count &+= 1
      cursor.advance()
    }
    self.count = count
    swap(&documents, &self.documents)
    swap(&frequencies, &self.frequencies)
  }
}
