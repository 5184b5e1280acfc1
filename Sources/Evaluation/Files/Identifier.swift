/// What names a topic or a document in a collection's files, equal where all bytes are.
///
/// Equal strings may differ in their bytes, as é in its two forms; TREC's programs tell them apart.
public struct Identifier: Hashable, Sendable, ExpressibleByStringLiteral {
  /// As it is written in the files.
  public let text: String

  public init(_ text: String) {
    self.text = text
  }

  public init(stringLiteral text: String) {
    self.text = text
  }

  public static func == (a: Identifier, b: Identifier) -> Bool {
    a.text.utf8.elementsEqual(b.text.utf8)
  }

  public func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
    hasher.combine(0xFF as UInt8)
  }
}
