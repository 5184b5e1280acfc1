/// A guess at the charset of bytes that are not valid UTF-8: ICU's detector, kept from its known
/// mistakes.
enum CharsetGuess {
  /// The charset that `bytes` are most likely in.
  ///
  /// UTF-8 with a few broken sequences is UTF-8. Else the detector's best guess counts, with GB18030
  /// first among equals: it knows a charset by frequent characters, of which a short text has few,
  /// and then gives all that the bytes are valid in the same low confidence. Where it has no guess
  /// the bytes are read as UTF-8, so that what does not decode is reported.
  ///
  /// - Complexity: O(n); the detector sees at most 256 KB, from shortly before the first byte beyond
  ///   ASCII.
  static func charset(of bytes: [UInt8]) -> TextEncoding {
    let first = bytes.firstIndex { $0 >= 0x80 } ?? 0
    let start = max(0, first - 1024)
    let sample = bytes.span.extracting(start..<min(bytes.count, start + (256 << 10)))
    let shape = Shape(of: sample)
    if shape.sequences >= 4 * max(1, shape.broken) { return .utf8 }
    let guesses = CharsetConverter.guesses(for: sample).filter { guess in
      switch family(of: guess.charset) {
      case .several: true
      case .single: !shape.isShortAndPaired
      case .other: false
      }
    }
    guard let best = guesses.first else { return .utf8 }
    let equals = guesses.prefix { $0.confidence == best.confidence }
    if equals.contains(where: { $0.charset == TextEncoding.gb18030.name }) { return .gb18030 }
    return CharsetConverter.name(of: best.charset).map(TextEncoding.init(known:)) ?? .utf8
  }

  private enum Family {
    /// Several bytes for a character: Chinese, Japanese, Korean.
    case several
    /// One byte for a character.
    case single
    /// UTF-8 and UTF-16, which have been ruled out; EBCDIC, in which short Chinese texts look like
    /// Arabic and which nobody's files are in.
    case other
  }

  private static func family(of charset: String) -> Family {
    switch charset {
    case "GB18030", "Big5", "Shift_JIS", "EUC-JP", "EUC-KR", "ISO-2022-JP", "ISO-2022-KR",
      "ISO-2022-CN":
      .several
    case let name where name.hasPrefix("UTF-") || name.hasPrefix("IBM"): .other
    default: .single
    }
  }

  /// What the bytes beyond ASCII look like.
  private struct Shape {
    /// Sequences of several bytes that are valid UTF-8, and such as are not.
    var sequences = 0
    var broken = 0
    /// Bytes beyond ASCII with and without another beside them.
    var paired = 0
    var lone = 0

    /// A headline: too short for statistics, by which 重慶 in Big5 is Western with a confidence of 98;
    /// but letters with accents stand alone among others, characters of several bytes do not.
    var isShortAndPaired: Bool { paired + lone < 32 && paired > lone }

    init(of bytes: Span<UInt8>) {
      var i = 0
      var run = 0
      while i <= bytes.count {
        if i < bytes.count, bytes[i] >= 0x80 {
          run += 1
        } else {
          if run == 1 { lone += 1 } else { paired += run }
          run = 0
        }
        i += 1
      }
      i = 0
      while i < bytes.count {
        let length = Self.sequenceLength(of: bytes, at: i)
        if length == 0 { broken += 1 }
        if length > 1 { sequences += 1 }
        i += max(1, length)
      }
    }

    /// The length of the sequence of UTF-8 at `i`, or 0; an approximation (surrogates and some
    /// overlong forms pass), since only the proportion matters.
    private static func sequenceLength(of bytes: Span<UInt8>, at i: Int) -> Int {
      let length =
        switch bytes[i] {
        case 0..<0x80: 1
        case 0xC2..<0xE0: 2
        case 0xE0..<0xF0: 3
        case 0xF0..<0xF5: 4
        default: 0
        }
      guard length > 1 else { return length }
      guard i + length <= bytes.count else { return 0 }
      for k in i + 1..<i + length where bytes[k] & 0xC0 != 0x80 { return 0 }
      return length
    }
  }
}
