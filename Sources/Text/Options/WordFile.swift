/// A line of a file of words that says nothing an analyzer can use.
public struct WordFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file, as it was named.
  public let file: String
  /// Counted from 1; nil where the file as a whole is meant.
  public let line: Int?
  /// What is wrong with it.
  public let problem: String
  /// What is expected there.
  public let expected: String

  /// What is wrong, and where.
  public var message: String {
    "\(file)\(line.map { ", line \($0)" } ?? ""): \(problem)"
  }

  /// What a person can do about it.
  public var remedy: String { "expected is \(expected)" }

  public var description: String { "\(message); \(remedy)" }
}

/// The bytes of a file of words as text.
public enum WordFileText {
  /// Decodes UTF-8, with or without a byte order mark, and nothing else: a guess at another charset
  /// would put words into an index that nobody wrote.
  ///
  /// - Parameters:
  ///   - bytes: what the file holds.
  ///   - file: the name that errors give the file.
  /// - Throws: where bytes are not UTF-8, with their line.
  /// - Complexity: O(n).
  public static func decode(_ bytes: [UInt8], file: String) throws(WordFileError) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    // Repairing puts U+FFFD where the first fault is, and leaves what is before as it is.
    let repaired = String(decoding: bytes, as: UTF8.self)
    let valid = zip(bytes, repaired.utf8).prefix { $0 == $1 }.count
    let before = String(decoding: bytes[..<valid], as: UTF8.self)
    throw WordFileError(
      file: file, line: before.count(where: \.isNewline) + 1, problem: "bytes that are not UTF-8",
      expected: "text in UTF-8")
  }
}

/// The lines of a file of words: UTF-8 text, one entry a line, without blanks around it. Empty lines
/// and those that begin with `#` say nothing.
struct WordFile {
  /// The most units that one word or synonym has.
  static let longestWord = 64
  /// The most bytes of a synonym, whose units may be runs of any length.
  static let mostBytes = 512

  let name: String
  private let text: String

  init(_ text: String, name: String) {
    self.text = text
    self.name = name
  }

  /// Hands each line that says something to `body`, with its number from 1.
  func forEachLine(
    _ body: (Substring, Int) throws(WordFileError) -> Void
  ) throws(WordFileError) {
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      var line = line
      if number == 1, line.unicodeScalars.first == "\u{FEFF}" { line = line.dropFirst() }
      while line.first?.isWhitespace == true { line.removeFirst() }
      while line.last?.isWhitespace == true { line.removeLast() }
      if line.isEmpty || line.hasPrefix("#") { continue }
      try body(line, number)
    }
  }

  func error(_ problem: String, line: Int?, expected: String) -> WordFileError {
    WordFileError(file: name, line: line, problem: problem, expected: expected)
  }

  /// The start of a line as a message repeats it.
  static func quoted(_ text: some StringProtocol) -> String {
    text.count > 40 ? "“\(text.prefix(40))…”" : "“\(text)”"
  }
}

/// A hash over strings in their order, the same on every machine.
func fingerprint(of strings: some Sequence<String>) -> String {
  var hash = TermHash()
  for string in strings {
    for byte in string.utf8 { hash.add(byte) }
    // No string holds this byte, so that none runs into the next.
    hash.add(UInt8(0xFF))
  }
  return hash.hexadecimal
}
