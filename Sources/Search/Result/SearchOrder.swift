/// The order of what a search finds.
public enum SearchOrder: Hashable, Sendable {
  /// What holds the whole query first, then by falling score.
  case score
  /// By the value of a field, the least of several first, or falling and by the greatest; equal ones in
  /// the order of indexing. What has no value comes last.
  case field(String, isDescending: Bool)

  /// Reads `score`, `date`, `-date`, or another field with or without a dash.
  public init(parsing text: String) {
    if text == "score" {
      self = .score
    } else if text.utf8.first == UInt8(ascii: "-") {
      self = .field(String(text.dropFirst()), isDescending: true)
    } else {
      self = .field(text, isDescending: false)
    }
  }
}
