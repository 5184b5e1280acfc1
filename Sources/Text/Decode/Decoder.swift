/// From the bytes of a file to its text, whatever charset it is in; never fails.
public enum Decoder {
  /// Decodes a whole file.
  ///
  /// The charset is, in this order: that of a byte order mark (it wins over `declared`; the result's
  /// encoding shows it); `declared`; UTF-8, if all bytes are valid UTF-8; a guess.
  /// A byte order mark at the start is no part of the text.
  ///
  /// - Complexity: O(n).
  public static func decode(_ bytes: [UInt8], declared: TextEncoding? = nil) -> DecodedText {
    if let mark = ByteOrderMark(startOf: bytes) {
      return decode(bytes, from: mark.bytes.count, in: TextEncoding(known: mark.charset))
    }
    if let declared { return decode(bytes, from: 0, in: declared) }
    if let text = StrictUTF8.text(of: bytes.span) {
      return DecodedText(text: text, encoding: .utf8, faults: [], faultCount: 0)
    }
    return decode(bytes, from: 0, in: CharsetGuess.charset(of: bytes))
  }

  private struct ByteOrderMark {
    let bytes: [UInt8]
    let charset: String

    private init(bytes: [UInt8], charset: String) {
      self.bytes = bytes
      self.charset = charset
    }

    /// The mark with which some bytes begin; nil where there is none.
    init?(startOf bytes: [UInt8]) {
      switch bytes.first {
      // Most texts begin with none of these.
      case 0xFF, 0x00, 0x84, 0xEF, 0xFE:
        guard let mark = Self.all.first(where: { bytes.starts(with: $0.bytes) }) else { return nil }
        self = mark
      default: return nil
      }
    }

    /// The longer first: UTF-32's begins with UTF-16's.
    private static let all = [
      ByteOrderMark(bytes: [0xFF, 0xFE, 0, 0], charset: "UTF-32LE"),
      ByteOrderMark(bytes: [0, 0, 0xFE, 0xFF], charset: "UTF-32BE"),
      ByteOrderMark(bytes: [0x84, 0x31, 0x95, 0x33], charset: "GB18030"),
      ByteOrderMark(bytes: [0xEF, 0xBB, 0xBF], charset: "UTF-8"),
      ByteOrderMark(bytes: [0xFF, 0xFE], charset: "UTF-16LE"),
      ByteOrderMark(bytes: [0xFE, 0xFF], charset: "UTF-16BE"),
    ]
  }

  private static func decode(
    _ bytes: [UInt8], from start: Int, in encoding: TextEncoding
  ) -> DecodedText {
    if encoding == .utf8, let text = StrictUTF8.text(of: bytes.span.extracting(start...)) {
      return DecodedText(text: text, encoding: encoding, faults: [], faultCount: 0)
    }
    guard let converter = CharsetConverter(encoding.converter) else {
      // Every `TextEncoding` was made by ICU's own names.
      preconditionFailure("ICU \(ICU.version) has no converter for \(encoding.name)")
    }
    let result = converter.decode(bytes.span.extracting(start...))
    let faults = result.faults.map { DecodingFault(offset: $0.offset + start, bytes: $0.bytes) }
    return DecodedText(
      text: result.text, encoding: encoding, faults: faults, faultCount: result.faultCount)
  }
}
