/// An article's repaired, folded text with the way back to the text that people see.
///
/// Never shown: 乾隆 folds to 干隆.
public struct FoldedText: Sendable {
  /// The text in UTF-16; ``FoldedOffset`` counts its elements.
  public let utf16: [UInt16]
  private let map: FoldMap

  init(utf16: [UInt16], map: FoldMap) {
    self.utf16 = utf16
    self.map = map
  }

  /// The smallest range of the original text whose characters made this range: whole characters,
  /// with no repaired break at its ends. A range that only a repaired break made is empty in the
  /// original, as is an empty range.
  ///
  /// - Precondition: the range lies in ``utf16``.
  /// - Complexity: O(log n).
  public func source(of range: Range<FoldedOffset>) -> Range<OriginalOffset> {
    precondition(
      range.lowerBound.utf16 >= 0 && range.upperBound.utf16 <= utf16.count,
      "a range outside the folded text")
    let source = map.source(of: range.lowerBound.utf16..<range.upperBound.utf16)
    return OriginalOffset(utf8: source.lowerBound)..<OriginalOffset(utf8: source.upperBound)
  }

  /// The range of the original of each unit, in UTF-8 bytes, as ``source(of:)`` has it.
  ///
  /// - Precondition: the units are of this text, in its order.
  /// - Complexity: linear.
  package func sources(of units: [Unit]) -> [Range<Int>] {
    map.sources(
      of: units.lazy.map { $0.range.lowerBound.utf16..<$0.range.upperBound.utf16 })
  }

  /// The folded text in a range, which should not cut a pair of surrogates (U+FFFD stands for a half).
  ///
  /// - Precondition: the range lies in ``utf16``.
  public func string(in range: Range<FoldedOffset>) -> String {
    String(
      decoding: utf16[range.lowerBound.utf16..<range.upperBound.utf16], as: UTF16.self)
  }
}
