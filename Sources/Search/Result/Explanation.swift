/// How a value came about: a tree whose leaves are measured and whose nodes are computed from them.
public struct Explanation: Sendable {
  /// The value of the node.
  public let value: Double
  /// What the value is, in words.
  public let text: String
  /// What it was computed from, in the order of computing.
  public let parts: [Explanation]

  init(_ value: Double, _ text: String, parts: [Explanation] = []) {
    self.value = value
    self.text = text
    self.parts = parts
  }
}
