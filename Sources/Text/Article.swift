/// An article as it is indexed and shown: its decoded text and what names it.
public struct Article: Equatable, Sendable {
  /// What the article is known by; one article of an id is in an index at a time.
  public var id: String
  /// The headline, where there is one.
  public var title: String?
  /// The decoded text, complete and unchanged.
  public var text: String
  /// The file that it was read from, as the reader of the corpus named it.
  public var path: String?
  /// The day or moment of publication, as the source writes it.
  public var date: String?
  /// Fields of the source that have no meaning here, as one JSON object, kept so that none is lost.
  public var extra: String?
  /// Whether line breaks inside words and sentences are repaired before the text is indexed.
  public var repairsLines: Bool

  public init(
    id: String, title: String? = nil, text: String, path: String? = nil, date: String? = nil,
    extra: String? = nil, repairsLines: Bool = true
  ) {
    self.id = id
    self.title = title
    self.text = text
    self.path = path
    self.date = date
    self.extra = extra
    self.repairsLines = repairsLines
  }
}
