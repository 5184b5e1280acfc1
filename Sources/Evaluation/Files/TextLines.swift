/// The lines of a file, as bytes with their numbers.
///
/// A mark of byte order at the start and a carriage return at the end of a line are no part of it.
struct TextLines {
  struct Line {
    let bytes: ArraySlice<UInt8>
    /// From 1.
    let number: Int

    /// Whether nothing but blanks stands in it.
    var isBlank: Bool { bytes.allSatisfy(TextLines.isBlank) }
  }

  let file: String
  private let bytes: [UInt8]

  init(_ bytes: [UInt8], file: String) {
    self.file = file
    self.bytes = bytes
  }

  private var start: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

  /// The first byte that is no blank.
  var firstByte: UInt8? { bytes[start...].first { !Self.isBlank($0) } }

  /// Hands each line that holds something to `body`.
  ///
  /// - Complexity: linear in the file.
  func forEachLine(
    _ body: (Line) throws(EvaluationFileError) -> Void
  ) throws(EvaluationFileError) {
    var at = start
    var number = 0
    while at < bytes.count {
      number += 1
      let end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var line = bytes[at..<end]
      if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
      let found = Line(bytes: line, number: number)
      if !found.isBlank { try body(found) }
      at = end + 1
    }
  }

  /// The columns of a line, between blanks.
  static func columns(of line: Line) -> [ArraySlice<UInt8>] {
    line.bytes.split(whereSeparator: isBlank)
  }

  func text(_ bytes: ArraySlice<UInt8>, line: Int) throws(EvaluationFileError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw error("bytes that are no UTF-8", line: line, remedy: "bring the file into UTF-8")
    }
    return text
  }

  func error(_ problem: String, line: Int?, remedy: String) -> EvaluationFileError {
    EvaluationFileError(file: file, line: line, problem: problem, remedy: remedy)
  }

  /// The start of something as a message repeats it.
  static func quoted(_ text: some StringProtocol) -> String {
    text.count > 40 ? "“\(text.prefix(40))…”" : "“\(text)”"
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte >= 9 && byte <= 13 }
}
