import SuoyinText

/// Reads a file that holds an article on each line.
struct JSONLines: ~Copyable {
  private let path: String
  private let repairsLines: Bool
  private var file: LineFile
  private var isFinished = false
  /// A line before held characters beyond ASCII in valid UTF-8, so that the file is UTF-8.
  private var isUTF8 = false
  /// What the first line that was not UTF-8 turned out to be.
  private var guessed: TextEncoding?

  var bytesRead: Int { file.bytesRead }

  init(path: String, encoding: TextEncoding?, repairsLines: Bool) throws(FileError) {
    self.path = path
    self.repairsLines = repairsLines
    file = try LineFile(path: path, encoding: encoding)
  }

  /// The article or failure of the next line that is not blank; nil at the end of the file.
  mutating func next() -> CorpusItem? {
    while !isFinished {
      do throws(LineFile.Trouble) {
        guard let line = try file.next() else {
          isFinished = true
          return nil
        }
        if let item = item(of: line) { return item }
      } catch {
        isFinished = true
        return .failure(failure(of: error))
      }
    }
    return nil
  }

  private func failure(of trouble: LineFile.Trouble) -> CorpusFailure {
    switch trouble {
    case .file(let error): error.failure(at: path)
    case .tooLong(let offset, let number):
      CorpusFailure(
        place: Place(path: path, line: number, offset: offset),
        problem: "has more than \(LineFile.longest >> 20) MB, the most of one line",
        remedy: "write one object on each line; what follows in this file was not read")
    }
  }

  /// Nil for a blank line.
  private mutating func item(of line: LineFile.RawLine) -> CorpusItem? {
    let place = Place(path: path, line: line.number)
    let declared = file.encoding
    if declared == nil || declared == .utf8, Self.isUTF8(line.bytes) {
      if !isUTF8 && line.bytes.contains(where: { $0 >= 0x80 }) { isUTF8 = true }
      return item(of: line.bytes, at: place, from: line.offset, warnings: [])
    }
    if declared == nil && !isUTF8 && guessed == nil {
      // One line is little to go by; what follows it is most likely in the same charset.
      guessed = Decoder.decode(line.bytes + [0x0A] + file.lookahead()).encoding
    }
    let decoded = Decoder.decode(line.bytes, declared: declared ?? (isUTF8 ? .utf8 : guessed))
    let warning = DecodingNotice.warning(of: decoded, from: line.offset, at: place)
    return item(
      of: Array(decoded.text.utf8), at: place, from: nil, warnings: warning.map { [$0] } ?? [])
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return true
    } catch {
      return false
    }
  }

  /// `start` is where the bytes stand in the file; nil if they were decoded from others.
  private func item(
    of bytes: [UInt8], at place: Place, from start: Int?, warnings: [CorpusWarning]
  ) -> CorpusItem? {
    guard bytes.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { return nil }
    do throws(CorpusFailure) {
      var line = ArticleLine(place: place, start: start, warnings: warnings)
      let article = try line.article(bytes.span, path: path, repairsLines: repairsLines)
      return .article(article, place: place, warnings: line.warnings)
    } catch {
      return .failure(error)
    }
  }
}
