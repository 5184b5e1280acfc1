/// What the kinds of pieces of a query count for the rank, beside how rare they are: factors of their
/// inverse document frequencies.
///
/// The pairs of characters of a text count 1. The values are the same for all collections; how they
/// were found, and what each is worth, stands in benchmarks/relevance/README.md.
public struct RankingWeights: Codable, Equatable, Sendable {
  /// Words of the text.
  public var words = 1.0
  /// Single characters of the text: they find what a pair misses, as where a scan misread one of
  /// two. Kana and letters say too little.
  public var characters = 0.5
  /// Pairs, or words where there are none, that the title has, beside what they count in the text,
  /// which holds the title.
  public var title = 0.5
  /// A pair whose characters belong to two words, as a factor.
  public var crossing = 0.6
  /// Pieces that touch what asks (什么, 誰) or a Korean ending (는, 에서), as a factor: an answer does
  /// not hold the first, and the second says nothing.
  public var functionWords = 0.2

  public init() {}

  /// Whether no weight is negative or infinite, so that bounds of scores can be added up.
  public var isValid: Bool {
    [words, characters, title, crossing, functionWords].allSatisfy { $0.isFinite && $0 >= 0 }
  }
}
