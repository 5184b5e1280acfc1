/// A place in an article's decoded text, as a reader has it.
///
/// Offsets into the original and into the folded text have types of their own because the two
/// texts differ in length wherever a fold expands (㍿), composes (ﾊﾟ) or a line break is repaired;
/// only ``FoldedText/source(of:)`` leads from one to the other.
public struct OriginalOffset: Comparable, Hashable, Sendable {
  /// UTF-8 bytes from the start of the text.
  public var utf8: Int

  @inlinable
  public init(utf8: Int) {
    self.utf8 = utf8
  }

  @inlinable
  public static func < (a: OriginalOffset, b: OriginalOffset) -> Bool {
    a.utf8 < b.utf8
  }
}

/// A place in an article's repaired, folded text, as the index has it.
public struct FoldedOffset: Comparable, Hashable, Sendable {
  /// UTF-16 code units from the start of the text; UTF-16 because ICU counts in it.
  public var utf16: Int

  @inlinable
  public init(utf16: Int) {
    self.utf16 = utf16
  }

  @inlinable
  public static func < (a: FoldedOffset, b: FoldedOffset) -> Bool {
    a.utf16 < b.utf16
  }
}
