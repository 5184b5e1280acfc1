internal import SuoyinIndex
public import SuoyinText

/// What an index holds, and how it was made.
public struct IndexInfo: Codable, Equatable, Sendable {
  /// The number of articles that a search can find.
  public let articles: Int
  /// The number of segments that they are spread over.
  public let segments: Int
  /// In how many of them articles that say much the same stand side by side.
  public let reorderedSegments: Int
  /// The number of different terms, counted once a segment and field.
  public let terms: Int
  /// The bytes of each part of the index; they add up to the size of its files.
  public let bytes: [String: Int]
  /// The analyzer that made it.
  public let analyzer: AnalyzerDescription
  /// The options of the analyzer in words, by their names; those that are not set are left out.
  public let options: [String: String]
  /// The fields of the articles beside title and text, and their kinds.
  public let fields: [String: FieldKind]
  /// The number of articles that cannot be found by their further fields of text, since they were indexed
  /// before these could be searched; 0 where the index has no such field.
  public let articlesWithoutTexts: Int
  /// The version of ICU that made it.
  public let icu: String
  /// What cuts text into words on this machine: it may differ from the one that made the index, with
  /// the same words.
  public let segmentation: String
  /// Grows by one with every commit.
  public let generation: UInt64
  /// BM25's saturation of frequencies.
  public let k1: Double
  /// BM25's share of length normalization.
  public let b: Double

  init(_ snapshot: IndexSnapshot) {
    articles = snapshot.articleCount
    segments = snapshot.segments.count
    reorderedSegments = snapshot.segments.count(where: \.isReordered)
    terms = snapshot.termCount
    bytes = Dictionary(snapshot.sizes.map { ($0.part, $0.bytes) }, uniquingKeysWith: +)
    analyzer = snapshot.analyzer.description
    options = Dictionary(
      uniqueKeysWithValues: snapshot.analyzer.options.summary.compactMap { option, text in
        text.map { (option.rawValue, $0) }
      })
    fields = Dictionary(
      snapshot.fields.fields.map { ($0.name, $0.kind) }, uniquingKeysWith: { first, _ in first })
    articlesWithoutTexts = snapshot.countWithoutTexts
    icu = analyzer.icu
    segmentation = SegmentationSource.current.rawValue
    generation = snapshot.generation
    k1 = snapshot.similarity.k1
    b = snapshot.similarity.b
  }
}
