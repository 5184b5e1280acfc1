public import SuoyinText

/// What the reader of a corpus comes upon, one after the other.
public enum CorpusItem: Sendable {
  /// An article, where it stands, and what its reader should know of it.
  case article(Article, place: Place, warnings: [CorpusWarning])
  /// A path, file or line that gives no article; the reader goes on behind it.
  case failure(CorpusFailure)
  /// A file in a folder that is of another kind than articles are.
  case skipped(Place)
}

/// A place in the files of a corpus.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  /// The path as the reader reached it from the one that it was given, in its shortest spelling.
  public var path: String
  /// Counted from 1; nil where the whole file is meant.
  public var line: Int?
  /// Bytes from the start of the file.
  public var offset: Int?

  public init(path: String, line: Int? = nil, offset: Int? = nil) {
    self.path = path
    self.line = line
    self.offset = offset
  }

  /// As `news/a.jsonl, line 12, byte 4096`.
  public var description: String {
    var text = path
    if let line { text += ", line \(line)" }
    if let offset { text += ", byte \(offset)" }
    return text
  }
}

/// Something about an article that its reader should know; the article is there all the same.
public struct CorpusWarning: Hashable, Sendable, CustomStringConvertible {
  public let place: Place
  /// What is wrong.
  public let problem: String
  /// What can be done.
  public let remedy: String

  public init(place: Place, problem: String, remedy: String) {
    self.place = place
    self.problem = problem
    self.remedy = remedy
  }

  public var description: String { "\(place): \(problem); \(remedy)" }
}

/// Why a path, a file or a line gives no article.
public struct CorpusFailure: Error, Hashable, Sendable, CustomStringConvertible {
  public let place: Place
  /// What is wrong: what was expected, and what is there.
  public let problem: String
  /// What can be done.
  public let remedy: String

  public init(place: Place, problem: String, remedy: String) {
    self.place = place
    self.problem = problem
    self.remedy = remedy
  }

  public var description: String { "\(place): \(problem); \(remedy)" }
}
