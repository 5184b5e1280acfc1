import SuoyinText

/// Reads a file that is one article.
enum TextFile {
  /// The largest file that is read as one article: everything downstream holds it in memory, and
  /// several times over.
  static let largest = 1 << 30

  /// The article and what there is to say of it; `size` is the file's when its folder was read.
  static func read(
    _ path: String, size: Int, id: String, encoding: TextEncoding?, repairsLines: Bool
  ) throws(CorpusFailure) -> (article: Article, warnings: [CorpusWarning]) {
    let place = Place(path: path)
    let bytes = try contents(of: path, size: size)
    guard !bytes.isEmpty else {
      // An article that nothing can find would only hide that, say, its download failed.
      throw CorpusFailure(
        place: place, problem: "is empty", remedy: "fill it, or remove it from the corpus")
    }
    let decoded = Decoder.decode(bytes, declared: encoding)
    try refuseBinary(decoded, at: place)
    guard decoded.text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
      throw CorpusFailure(
        place: place, problem: "holds nothing but blanks",
        remedy: "fill it, or remove it from the corpus")
    }
    let article = Article(
      id: id, title: Headline.find(in: decoded.text), text: decoded.text, path: path,
      repairsLines: repairsLines)
    let warnings = DecodingNotice.warning(of: decoded, from: 0, at: place).map { [$0] } ?? []
    return (article, warnings)
  }

  private static func contents(of path: String, size: Int) throws(CorpusFailure) -> [UInt8] {
    do throws(FileError) {
      var stream = try ByteStream(path: path)
      var bytes: [UInt8] = []
      bytes.reserveCapacity(min(size, largest))
      // A file of the size expected comes with the first read, and the second finds its end.
      let chunk = min(max(size + 1, 4 << 10), 1 << 20)
      while try stream.read(chunk, into: &bytes) > 0 {
        guard bytes.count <= largest else { break }
      }
      if bytes.count <= largest { return bytes }
    } catch {
      throw error.failure(at: path)
    }
    throw CorpusFailure(
      place: Place(path: path),
      problem: "has more than \(largest >> 20) MB, the most of one article",
      remedy: "cut it into several files, or make it JSON lines")
  }

  /// Bytes that look at first: as far as other tools look for a zero.
  private static let looked = 8_000

  /// Throws for what is no text: a zero near the start, or one in ten characters that no text has.
  private static func refuseBinary(
    _ decoded: DecodedText, at place: Place
  ) throws(CorpusFailure) {
    var scalars = 0
    var strange = decoded.faultCount
    for scalar in decoded.text.unicodeScalars {
      scalars += 1
      if scalar.value == 0 && scalars <= looked {
        throw CorpusFailure(
          place: place,
          problem: "is no text: character \(scalars) is a zero, read as \(decoded.encoding.name)",
          remedy: "leave it out, or declare its encoding (UTF-16 without a mark needs that)")
      }
      if scalar.value < 0x20 && !scalar.properties.isWhitespace { strange += 1 }
    }
    guard strange > 4, strange * 10 > scalars else { return }
    throw CorpusFailure(
      place: place,
      problem:
        "is no text: of \(scalars) characters \(strange) make no sense in \(decoded.encoding.name)",
      remedy: "leave it out, or declare its encoding")
  }
}

/// Says which bytes of a file did not decode.
enum DecodingNotice {
  private static let shown = 5

  /// Nil for a text that decoded whole; `start` is where its bytes begin in the file.
  static func warning(of decoded: DecodedText, from start: Int, at place: Place) -> CorpusWarning? {
    guard let first = decoded.faults.first else { return nil }
    var list = decoded.faults.prefix(shown).map { fault in
      "\(start + fault.offset): \(hexadecimal(fault.bytes))"
    }.joined(separator: ", ")
    let count = decoded.faultCount
    if count > shown { list += ", …" }
    let what = count == 1 ? "1 sequence of bytes is" : "\(count) sequences of bytes are"
    return CorpusWarning(
      place: Place(path: place.path, line: place.line, offset: start + first.offset),
      problem: "\(what) not \(decoded.encoding.name) and read as U+FFFD (byte \(list))",
      remedy: "correct the file, or declare its encoding if it is another")
  }

  private static func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16, uppercase: true) }
      .joined(separator: " ")
  }
}
