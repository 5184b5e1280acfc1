public import SuoyinIndex

/// Why a search could not be answered.
public enum SearchError: Error, CustomStringConvertible {
  /// The query is longer than ``Searcher/longestQuery``.
  case queryTooLong(bytes: Int)
  /// The search is strict, and parts of the query cannot be taken as they were meant.
  case misunderstood([QueryNote])
  /// The index has no field of that name to count or order by.
  case unknownField(name: String, fields: [String])
  /// A weight is negative or no number.
  case invalidWeights(RankingWeights)
  /// The cursor comes from the answer to another request, or of another index.
  case otherCursor(isOfIndex: Bool)
  /// The search was ended from outside: see ``SearchCancellation``.
  case cancelled
  /// The index could not be read.
  case index(IndexError)

  /// What is wrong.
  public var message: String {
    switch self {
    case .queryTooLong(let bytes):
      "the query is \(bytes) bytes long, of at most \(Searcher.longestQuery)"
    case .misunderstood(let notes):
      "the query was not understood: " + notes.map(\.text).joined(separator: " ")
    case .unknownField(let name, _): "the index has no field “\(name)” to count or order by"
    case .invalidWeights(let weights): "the weights \(weights) cannot be ranked by"
    case .otherCursor(let isOfIndex):
      isOfIndex
        ? "the cursor belongs to another index, or to one that was built anew since"
        : "the cursor belongs to another query, order or weighting"
    case .cancelled: "the search was cancelled"
    case .index(let error): error.message
    }
  }

  /// What a person can do about it.
  public var remedy: String {
    switch self {
    case .queryTooLong: "shorten it"
    case .misunderstood: "correct it, put it in quotation marks, or search without being strict"
    case .unknownField(_, let fields):
      fields.isEmpty ? "it has none at all" : "it has \(QueryNote.list(fields))"
    case .invalidWeights: "give each 0 or more"
    case .otherCursor: "begin at the first page"
    case .cancelled: "ask again"
    case .index(let error): error.remedy
    }
  }

  public var description: String { "\(message); \(remedy)" }
}
