/// The text of a file.
public struct DecodedText: Sendable {
  /// The text, without a byte order mark, with one U+FFFD for each of ``faults``.
  public var text: String
  /// The charset it was read in.
  public var encoding: TextEncoding
  /// The sequences that did not decode, in the order of the file.
  public var faults: [DecodingFault]
}

/// A sequence of bytes that is no text in the file's charset.
public struct DecodingFault: Hashable, Sendable {
  /// Where it begins, in bytes from the start of the file.
  public let offset: Int
  /// Its bytes; of a longer sequence the first ``bytesKept``.
  public let bytes: [UInt8]

  public static let bytesKept = 8

  public init(offset: Int, bytes: [UInt8]) {
    self.offset = offset
    self.bytes = bytes
  }
}
