/// One change that line repair makes to a text: a break, with the blanks around it (and the hyphen
/// before it, where one divides a word), goes, or becomes one blank.
public struct LineEdit: Sendable, Equatable {
  /// What stands in the place of the removed characters.
  public enum Replacement: Sendable, Equatable {
    case nothing
    case blank
  }

  /// The characters that go, in the decoded text.
  public let range: Range<OriginalOffset>
  public let replacement: Replacement

  public init(range: Range<OriginalOffset>, replacement: Replacement) {
    self.range = range
    self.replacement = replacement
  }
}
