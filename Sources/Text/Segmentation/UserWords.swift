/// Words of Han and kana that a user names: each is cut as one piece wherever it stands in a run of
/// Han and kana.
///
/// Where several overlap, as many characters as possible are covered, by as few words as possible.
public struct UserWords: Sendable {
  private let words: DoubleArray
  /// The number of words, each counted once.
  public let count: Int
  /// The units of the longest word.
  let longest: Int

  /// - Parameter words: folded words in UTF-16, in any order; an empty one is none.
  /// - Returns: nil where there are more than a `DoubleArray` can hold.
  public init?(_ words: some Sequence<[UInt16]>) {
    let sorted = Set(words.filter { !$0.isEmpty }).sorted { $0.lexicographicallyPrecedes($1) }
    guard sorted.reduce(0, { $0 + $1.count }) <= Int(Int32.max) else { return nil }
    var end: Int32 = 0
    count = sorted.count
    longest = sorted.map(\.count).max() ?? 0
    let words = DictionaryWords(
      units: Array(sorted.joined()),
      ends: sorted.map { word in
        end += Int32(word.count)
        return end
      }, costs: [UInt8](repeating: 1, count: sorted.count))
    guard let array = DoubleArray(words) else { return nil }
    self.words = array
  }

  /// Covering a unit is worth more than any word of the dictionary costs; a word more costs less than
  /// that.
  private static let coverage = 1 << 24
  private static let word = 1 << 14

  /// The end and the cost of each user word that begins at the start of `range`, the shortest first.
  @inline(never)
  func beginning(in text: Span<UInt16>, _ range: Range<Int>) -> [(end: Int, cost: Int)] {
    var found: [(end: Int, cost: Int)] = []
    let start = range.lowerBound
    var node = words.roots[Int(text[start])]
    var i = start + 1
    while node != 0 {
      if node & 0xFF != 0 { found.append((i, Self.word - (i - start) * Self.coverage)) }
      guard node > 0xFF, i < range.upperBound else { break }
      let code = words.codes[Int(text[i])]
      let slot = DoubleArray.Slot(bits: words.slots[DoubleArray.Slot.place(below: node, code)])
      guard slot.label == code else { break }
      node = slot.node
      i += 1
    }
    return found
  }
}
