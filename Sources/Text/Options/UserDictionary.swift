/// Words that the cut knows beside those of ICU's dictionary; for the words channel only, in articles
/// and queries alike.
public struct UserDictionary: Equatable, Sendable {
  /// The most words.
  public static let limit = 1_000_000
  /// The most characters of all words.
  public static let characterLimit = 4_000_000

  /// Folded, ascending by their code units, each once.
  public let words: [String]

  /// Reads a file of words, one a line; `#` begins a comment line.
  ///
  /// - Parameters:
  ///   - text: what the file holds.
  ///   - file: the name that errors give the file.
  /// - Throws: where a line is no word of 1 to 64 Han or kana characters, or there are too many.
  /// - Complexity: O(n log n).
  public init(parsing text: String, file: String) throws(WordFileError) {
    var words: Set<[UInt16]> = []
    var characters = 0
    var folder = Folder(tables: .shared)
    let source = WordFile(text, name: file)
    try source.forEachLine { (line, number) throws(WordFileError) in
      let folded = folder.fold(String(line))
      let count = folded.count { !UTF16.isTrailSurrogate($0) }
      guard folded.allSatisfy(Self.isCutByDictionary), 1...WordFile.longestWord ~= count else {
        throw source.error(
          "\(WordFile.quoted(line)) cannot be a word of the dictionary", line: number,
          expected:
            "one word of 1 to \(WordFile.longestWord) Han or kana characters; other scripts "
            + "are not cut by a dictionary")
      }
      guard words.insert(folded).inserted else { return }
      characters += count
      guard words.count <= Self.limit, characters <= Self.characterLimit else {
        throw source.error(
          "too many words", line: number,
          expected: "at most \(Self.limit), of \(Self.characterLimit) characters in all")
      }
    }
    self.words = words.sorted { $0.lexicographicallyPrecedes($1) }
      .map { String(decoding: $0, as: UTF16.self) }
  }

  /// Words as ``words`` gave them.
  public init(stored words: [String]) {
    self.words = words
  }

  /// A hash over the words.
  public var fingerprint: String { SuoyinText.fingerprint(of: words) }

  /// What the cut looks up; nil where there are too many words.
  var userWords: UserWords? { UserWords(words.lazy.map { Array($0.utf16) }) }

  /// Whether a code unit of folded text belongs to the runs that ICU cuts by its dictionary for
  /// Chinese and Japanese: the scripts Han, Hiragana and Katakana, and the mark of long vowels.
  private static func isCutByDictionary(_ unit: UInt16) -> Bool {
    switch unit {
    case 0x3005, 0x3007, 0x3021...0x3029, 0x3038...0x303B, 0x3041...0x3096, 0x309D...0x309F,
      0x30A1...0x30FA, 0x30FC...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xD840...0xD8BF, 0xDC00...0xDFFF, 0xF900...0xFAFF:
      true
    default: false
    }
  }
}

extension Folder {
  /// The fold of a text by itself.
  mutating func fold(_ text: String) -> [UInt16] {
    var folded: [UInt16] = []
    var map = NoFoldMap()
    fold(text.utf8.span, edits: [], into: &folded, map: &map)
    return folded
  }
}
