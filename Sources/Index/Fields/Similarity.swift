/// The parameters of BM25 that an index is built for.
///
/// They belong to the index because score bounds are stored with the postings; the formula itself
/// is the search module's.
public struct Similarity: Codable, Equatable, Sendable {
  /// How slowly repeated terms stop adding to the score; 0 counts a term once.
  public var k1: Double
  /// How much a long document is held against it, from 0 to 1.
  public var b: Double

  public init(k1: Double = 0.4, b: Double = 0.7) {
    self.k1 = k1
    self.b = b
  }

  /// Whether k1 is finite and not negative and b lies between 0 and 1.
  public var isValid: Bool {
    k1.isFinite && k1 >= 0 && b >= 0 && b <= 1
  }
}
