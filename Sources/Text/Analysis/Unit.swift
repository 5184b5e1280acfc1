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
  /// Its term, where an option may have made another of it than its folded text.
  var stem: [UInt8]?

  init(range: Range<FoldedOffset>, units: Range<Int>) {
    self.range = range
    self.units = units
  }
}

/// A term of the grams channel: one unit, two adjacent characters, or the end of a sentence.
///
/// The end of a sentence or paragraph is a term of its own, `¶`, at the position that it takes
/// between two units. So a phrase that was asked for with its full stop is found where the full stop
/// stands, and not where another unit takes the place.
public struct Gram: Equatable, Sendable {
  /// One or two indices of ``Analysis/units``. Between two there may be ignored blanks and
  /// punctuation, which are no part of the term. Empty for the end of a sentence: it stands before
  /// the unit of its bound.
  public let units: Range<Int>

  public init(units: Range<Int>) {
    self.units = units
  }
}
