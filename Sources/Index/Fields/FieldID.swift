/// A part of an article that is searched.
public enum FieldPart: UInt8, CaseIterable, Sendable, CustomStringConvertible {
  case title
  case text
  /// All further fields of text together, told apart by their terms' marks (`FieldMark`).
  case further

  // Written out: what the compiler would do looks the case up by reflection, which is felt at a start.
  public var description: String {
    switch self {
    case .title: "title"
    case .text: "text"
    case .further: "further"
    }
  }
}

/// A way to cut a part into terms; ARCHITECTURE.md, "Here is a text, which terms does it have", says
/// why there are two.
public enum Channel: UInt8, CaseIterable, Sendable, CustomStringConvertible {
  /// The segmenter's words: documents and frequencies, which rank.
  case words
  /// Units and pairs of units: documents, frequencies and positions, which rank and answer phrases.
  case grams

  public var description: String {
    switch self {
    case .words: "words"
    case .grams: "grams"
    }
  }
}

/// One of the six fields of an index: a part of the articles in one channel.
public struct FieldID: Hashable, Sendable, CustomStringConvertible {
  public let part: FieldPart
  public let channel: Channel

  public init(_ part: FieldPart, _ channel: Channel) {
    self.part = part
    self.channel = channel
  }

  /// Every field, in the order in which files hold them.
  public static let all: [FieldID] = FieldPart.allCases.flatMap { part in
    Channel.allCases.map { FieldID(part, $0) }
  }

  /// The place in ``all``.
  package var index: Int { Int(part.rawValue) * Channel.allCases.count + Int(channel.rawValue) }

  /// Whether the field keeps positions.
  public var hasPositions: Bool { channel == .grams }

  /// The name as files and messages have it: `text.grams`.
  public var description: String { "\(part).\(channel)" }
}

/// What BM25 needs to know of a field as a whole.
///
/// Deleted articles count until a merge drops them, or a commit that finds no live article left in
/// their segment.
public struct FieldStatistics: Hashable, Sendable {
  /// The number of documents in which the field has a length above 0.
  public var documentCount: Int
  /// The sum of the field's lengths.
  public var totalLength: Int

  public init(documentCount: Int = 0, totalLength: Int = 0) {
    self.documentCount = documentCount
    self.totalLength = totalLength
  }
}
