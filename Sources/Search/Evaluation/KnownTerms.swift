internal import SuoyinIndex

/// What the dictionaries of a snapshot say of the terms of one query, each looked up once.
struct KnownTerms: Sendable {
  /// By field and term, for each segment; nil where it does not have the term.
  private var entries: [TermKey: [TermEntry?]] = [:]

  /// For each segment its entry of a term.
  ///
  /// - Complexity: a dictionary look-up for each segment, for the first who asks.
  mutating func entries(
    of term: [UInt8], in field: FieldID, on snapshot: IndexSnapshot
  ) throws(IndexError) -> [TermEntry?] {
    if let known = entries[TermKey(term, field)] { return known }
    let found = try snapshot.entries(of: term, in: field)
    entries[TermKey(term, field)] = found
    return found
  }

  /// The entry of a term in one segment, which is looked up where nobody has.
  func entry(
    of term: [UInt8], in field: FieldID, of place: SegmentPlace
  ) throws(IndexError) -> TermEntry? {
    if let known = entries[TermKey(term, field)] { return known[place.index] }
    return try place.segment.field(field).entry(for: term)
  }
}

/// A term of a field.
struct TermKey: Hashable, Sendable {
  private let term: [UInt8]
  private let field: FieldID

  init(_ term: [UInt8], _ field: FieldID) {
    self.term = term
    self.field = field
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(Self.beginning(of: term))
    hasher.combine(field)
  }

  /// The first eight bytes, which tell nearly all terms of a query apart, as a number: an array is
  /// hashed byte by byte.
  static func beginning(of term: [UInt8]) -> UInt64 {
    term.prefix(8).reduce(UInt64(term.count)) { $0 << 8 ^ UInt64($1) }
  }
}
