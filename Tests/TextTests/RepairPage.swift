import FoundationEssentials
import SuoyinTestSupport
import Testing

@testable import SuoyinText

/// A page in the manner of a scan, with every line break labelled; see `Tests/Pages/README.md`.
struct RepairPage: Sendable, CustomTestStringConvertible {
  /// What becomes of the break between two lines.
  enum Outcome: Character {
    case joined = "↩"
    case joinedWithBlank = "␣"
    /// The hyphen before the break goes as well.
    case joinedWithoutHyphen = "¬"
    case apart = "¶"
  }

  /// One break, by its reader and by the program.
  struct Boundary {
    let page: String
    let end: Substring
    let start: Substring
    let wanted: Outcome
    let found: Outcome

    /// A break that a reader keeps, and the program does not.
    var isWronglyJoined: Bool { wanted == .apart && found != .apart }
    /// A break that a reader takes out, and the program leaves or takes out in another way.
    var isMissed: Bool { wanted != .apart && found != wanted }
    var description: String {
      "\(page): …\(end.suffix(12)) \(wanted.rawValue)→\(found.rawValue) \(start.prefix(12))…"
    }
  }

  /// The kind of page, which is its file's name, and its own name.
  let kind: String
  let name: String
  /// The page as the scan gives it.
  let text: String
  /// Its lines that are not blank, as ranges of UTF-8 without the blanks around them.
  private let lines: [Range<Int>]
  /// For each of those lines what becomes of the break after it.
  private let labels: [Outcome]

  /// A line of the page runs on.
  var hasJoins: Bool { labels.contains { $0 != .apart } }

  var testDescription: String { "\(kind): \(name)" }

  private init(kind: String, name: Substring, page: [Substring]) {
    self.kind = kind
    self.name = String(name)
    var text = ""
    var lines: [Range<Int>] = []
    var labels: [Outcome] = []
    for var line in page {
      var label = Outcome.apart
      if let signed = line.last.flatMap(Outcome.init(rawValue:)) {
        label = signed
        line.removeLast()
      }
      let plain = String(line.map { $0 == "␠" ? " " : $0 })
      let core = plain.drop(while: \.isWhitespace)
      if !core.isEmpty {
        let start = text.utf8.count + plain.utf8.count - core.utf8.count
        let blanks = core.reversed().prefix(while: \.isWhitespace).map(\.utf8.count).reduce(0, +)
        lines.append(start..<start + core.utf8.count - blanks)
        labels.append(label)
      }
      text += plain + "\n"
    }
    text.removeLast()
    self.text = text
    self.lines = lines
    self.labels = labels
  }

  /// The breaks of the page, as labelled and as `edits` leave them.
  func boundaries(_ edits: [LineEdit]) -> [Boundary] {
    zip(lines, lines.dropFirst()).enumerated().map { index, sides in
      let (line, next) = sides
      let edit = edits.first {
        $0.range.lowerBound.utf8 <= line.upperBound && $0.range.upperBound.utf8 >= next.lowerBound
      }
      let found: Outcome =
        switch edit {
        case nil: .apart
        case let edit? where edit.replacement == .blank: .joinedWithBlank
        case let edit? where edit.range.lowerBound.utf8 < line.upperBound: .joinedWithoutHyphen
        default: .joined
        }
      return Boundary(
        page: testDescription, end: content(line), start: content(next), wanted: labels[index],
        found: found)
    }
  }

  private func content(_ range: Range<Int>) -> Substring {
    let utf8 = text.utf8
    return text[
      utf8.index(
        utf8.startIndex, offsetBy: range.lowerBound)..<utf8.index(
          utf8.startIndex, offsetBy: range.upperBound)]
  }

  /// The kinds of pages, which are the files of `Tests/Pages`.
  static let kinds = [
    "books", "columns", "headlines", "japanese", "korean", "languages", "latin", "lists",
    "notices", "numbers", "papers", "quotations", "records", "short", "tables", "verse", "vertical",
    "wrapped",
  ]

  /// All pages of a kind.
  static func pages(_ kind: String) throws -> [RepairPage] {
    let file = URL(filePath: Seeds.checkout).appending(path: "Tests/Pages/\(kind).txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    var pages: [(name: Substring, lines: [Substring])] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("=== ") {
        pages.append((line.dropFirst(4), []))
      } else {
        try #require(!pages.isEmpty, "\(kind).txt begins with the name of a page")
        pages[pages.count - 1].lines.append(line)
      }
    }
    return pages.map { name, lines in
      var lines = lines
      while lines.last == "" { lines.removeLast() }
      return RepairPage(kind: kind, name: name, page: lines)
    }
  }
}
