/// How a file holds articles, told by the extension of its name.
enum ArticleFormat: UInt8, Sendable {
  /// One article of plain text or Markdown: .txt, .md.
  case text
  /// One article on each line: .jsonl, .ndjson.
  case jsonLines

  /// What to tell someone whose file is of no format that is read.
  static let known = ".txt and .md hold one article each, .jsonl and .ndjson one on each line"

  /// The format of a file name, whatever the case of its letters; nil for one of another kind.
  init?(ofName name: Substring) {
    switch Self.fileExtension(of: name)?.lowercased() {
    case "txt", "md": self = .text
    case "jsonl", "ndjson": self = .jsonLines
    default: return nil
    }
  }

  /// What follows the last full stop of a name; nil where there is none or nothing before it.
  static func fileExtension(of name: Substring) -> String? {
    guard let stop = name.utf8.lastIndex(of: UInt8(ascii: ".")), stop != name.startIndex else {
      return nil
    }
    return String(name[name.utf8.index(after: stop)...])
  }
}
