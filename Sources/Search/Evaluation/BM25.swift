internal import Glibc
internal import SuoyinIndex

/// The weight of a term in a text, as Lucene computes it since its version 8.
///
/// `weight · tf / (tf + k1 · (1 − b + b · dl / avgdl))` with
/// `weight = ln(1 + (N − df + 0.5) / (df + 0.5))`: without the factor (k1 + 1), which changes no
/// order, and with exact lengths. N, df and lengths count deleted articles until a merge drops
/// them, so that a deletion changes no score.
///
/// Source: S. Robertson, H. Zaragoza, “The Probabilistic Relevance Framework: BM25 and Beyond”,
/// Foundations and Trends in Information Retrieval 3 (2009); the form of the weight after Lucene.
struct BM25: Sendable {
  let similarity: Similarity
  /// Of the documents of all segments that have any length in the field; 1 where there are none.
  let averageLength: Double

  init(_ similarity: Similarity, over field: FieldStatistics) {
    self.similarity = similarity
    averageLength =
      field.documentCount == 0 ? 1 : Double(field.totalLength) / Double(field.documentCount)
  }

  /// The weighting model of each field.
  static func models(
    _ similarity: Similarity, over statistics: PlanStatistics
  ) -> [FieldID: BM25] {
    Dictionary(
      uniqueKeysWithValues: FieldID.all.map { ($0, BM25(similarity, over: statistics[$0])) })
  }

  /// How much a term says that `documentFrequency` of `documentCount` documents hold.
  static func inverseDocumentFrequency(_ documentFrequency: Int, of documentCount: Int) -> Double {
    let n = Double(documentCount)
    // Damaged lists can claim more documents than there are; no weight is below 0.
    let df = Double(min(documentFrequency, documentCount))
    return log(1 + (n - df + 0.5) / (df + 0.5))
  }

  /// The share of the weight that a document gets.
  var saturation: Saturation { Saturation(similarity, averageLength: averageLength) }
}
