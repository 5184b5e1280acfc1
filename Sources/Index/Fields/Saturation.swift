/// The share of a term's weight that a document gets, in 0...1: how far its frequency in a document
/// of that length goes towards as much as could be.
///
/// `tf / (tf + k1 · (1 − b + b · dl / avgdl))`, as ``Similarity`` has it, in 32 bits. Bounds that an
/// index keeps and scores that a search gives come from this arithmetic alone, the same operations in
/// the same order in the kernels, so that no strategy of evaluation can differ from another in a bit.
public struct Saturation: Equatable, Sendable {
  /// What is added to the frequency for a document without words: `k1 · (1 − b)`.
  public let base: Float
  /// What each word of a document adds to it: `k1 · b / avgdl`.
  public let slope: Float

  /// - Parameters:
  ///   - similarity: the parameters of BM25.
  ///   - averageLength: of the documents that have any, above 0.
  public init(_ similarity: Similarity, averageLength: Double) {
    base = Float(similarity.k1 * (1 - similarity.b))
    slope = Float(similarity.k1 * similarity.b / averageLength)
  }

  /// - Parameters:
  ///   - frequency: how often the document holds the term, at least once.
  ///   - length: the document's length in the field.
  @inlinable @inline(__always)
  public func callAsFunction(frequency: UInt32, length: UInt32) -> Float {
    let frequency = Float(frequency)
    return frequency / (frequency + (base + slope * Float(length)))
  }
}
