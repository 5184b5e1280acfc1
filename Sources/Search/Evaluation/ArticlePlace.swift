/// Where a found article is, and what decides its rank.
///
/// Articles that hold the whole query come first, then higher scores, then the article that was
/// indexed earlier: an order without ties.
struct ArticlePlace: Comparable, Sendable {
  let isWhole: Bool
  let score: Double
  /// The article's ingest ordinal.
  let ordinal: UInt64
  let segment: Int
  let document: UInt32

  /// Whether `a` ranks below `b`.
  static func < (a: ArticlePlace, b: ArticlePlace) -> Bool {
    if a.isWhole != b.isWhole { return b.isWhole }
    if a.score != b.score { return a.score < b.score }
    return a.ordinal > b.ordinal
  }
}
