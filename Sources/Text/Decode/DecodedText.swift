/// The text of a file.
public struct DecodedText: Sendable {
  /// The text, without a byte order mark, with one U+FFFD for each sequence that did not decode.
  public var text: String
  /// The charset it was read in.
  public var encoding: TextEncoding
  /// The first ``faultsKept`` sequences that did not decode, in the order of the file.
  public var faults: [DecodingFault]
  /// How many sequences did not decode.
  public var faultCount: Int

  /// A file of another charset than it is said to be in, or of none, has as many faults as
  /// characters; nobody reads them all.
  public static let faultsKept = 1000
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
