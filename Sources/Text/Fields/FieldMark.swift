/// What each term of a further field of text begins with, so that it is no term of another field.
///
/// All further fields of text are one field of the index. A mark is short, so that the first eight bytes
/// of a term, which dictionaries and merges go by, still tell pairs of Han characters apart; a name
/// could be as long as that itself.
package struct FieldMark: Hashable, Sendable {
  /// In bytes.
  package static let size = 2

  /// No UTF-8 begins with the first; of marks of greater numbers they are greater.
  package let first: UInt8
  package let second: UInt8

  /// - Parameter number: that of the field in its ``FieldSchema``.
  init(number: Int) {
    precondition(number >= 0 && number < 1 << 12)
    first = 0x80 | UInt8(number >> 6)
    second = 0x80 | UInt8(number & 0x3F)
  }

  /// The term that says that an article has the field.
  package var bytes: [UInt8] { [first, second] }

  /// A term of the field.
  package func marking(_ term: [UInt8]) -> [UInt8] { bytes + term }

  /// What a term is behind its mark; all of it where it has none.
  package static func bare(_ term: [UInt8]) -> ArraySlice<UInt8> {
    term.first.map { $0 & 0xC0 == 0x80 } ?? false ? term.dropFirst(size) : term[...]
  }
}
