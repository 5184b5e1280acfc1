/// Words that the words channel leaves out, in articles and queries alike. The grams channel keeps
/// them: a phrase is found with all that stands in it.
public struct StopWords: Equatable, Sendable {
  /// The most words.
  public static let limit = 100_000

  /// Folded, ascending by their bytes, each once.
  public let words: [String]

  /// Reads a file of words, one a line; `#` begins a comment line.
  ///
  /// A word is left out where the cut gives this very word, so an entry that is cut into several
  /// does nothing.
  ///
  /// - Parameters:
  ///   - text: what the file holds.
  ///   - file: the name that errors give the file.
  /// - Throws: where a line holds a blank or is too long, or there are too many.
  public init(parsing text: String, file: String) throws(WordFileError) {
    var words: Set<[UInt8]> = []
    var folder = Folder(tables: .shared)
    let source = WordFile(text, name: file)
    try source.forEachLine { (line, number) throws(WordFileError) in
      let folded = String(decoding: folder.fold(String(line)), as: UTF16.self)
      guard 1...WordFile.longestWord ~= folded.unicodeScalars.count,
        !folded.contains(where: \.isWhitespace)
      else {
        throw source.error(
          "\(WordFile.quoted(line)) cannot be a stop word", line: number,
          expected: "one word of 1 to \(WordFile.longestWord) characters, without blanks")
      }
      words.insert(Array(folded.utf8))
      guard words.count <= Self.limit else {
        throw source.error("too many stop words", line: number, expected: "at most \(Self.limit)")
      }
    }
    self.words = words.sorted { $0.lexicographicallyPrecedes($1) }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Words as ``words`` gave them.
  public init(stored words: [String]) {
    self.words = words
  }

  /// A hash over the words.
  public var fingerprint: String { SuoyinText.fingerprint(of: words) }
}
