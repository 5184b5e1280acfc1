/// A file that is one article, before it is read.
///
/// Equal ones give equal articles: all that an article depends on is here, the content by the file's
/// size and the time of its last change.
public struct CorpusFile: Hashable, Sendable {
  /// The id that its article has.
  public let id: String
  /// As `Article.path` has it.
  public let path: String
  /// Bytes.
  public let size: Int
  /// When it was last changed, in nanoseconds since 1970.
  public let modified: Int64
  /// How it is read: the version of the reader, and what the reader was told.
  public let reading: String

  /// Grows whenever a file can give another article than before: title, text or warnings.
  static let readerVersion = 1
}
