/// What positions count: a character of a script without blanks, a run of letters, or a run of
/// digits.
public struct Unit: Equatable, Sendable {
  public enum Kind: UInt8, Sendable {
    /// One Han, kana, Hangul, Bopomofo character (with its combining marks).
    case character
    /// A run of letters with their combining marks.
    case letters
    /// A run of decimal digits.
    case digits
  }

  public let kind: Kind
  /// Where it stands in the folded text.
  public let range: Range<FoldedOffset>
  /// Its ordinal, where each sentence or paragraph end before it counts as one unit more.
  public let position: UInt32
}

/// A term of the words channel: a piece of ICU's word iterator that is no blank, punctuation or
/// symbol.
public struct Word: Equatable, Sendable {
  /// Where it stands in the folded text.
  public let range: Range<FoldedOffset>
  /// The units that it overlaps, as indices of ``Analysis/units``.
  public let units: Range<Int>
}

/// A term of the grams channel: one unit, or two adjacent characters.
public struct Gram: Equatable, Sendable {
  /// One or two indices of ``Analysis/units``. Between two there may be ignored blanks and
  /// punctuation, which are no part of the term.
  public let units: Range<Int>
}
