import FoundationEssentials
import SuoyinTestSupport
import Testing

@testable import SuoyinText

/// What the tests of line repair share: naive versions that work on whole strings and characters.
enum RepairSupport {
  /// One of the five articles.
  static func seed(_ name: String) throws -> String {
    let data = try Data(contentsOf: URL(filePath: Seeds.folder).appending(path: name))
    return String(decoding: data, as: UTF8.self)
  }

  /// The text with the edits carried out.
  static func apply(_ edits: [LineEdit], to text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var at = 0
    for edit in edits {
      result += bytes[at..<edit.range.lowerBound.utf8]
      if edit.replacement == .blank { result.append(0x20) }
      at = edit.range.upperBound.utf8
    }
    result += bytes[at...]
    return String(decoding: result, as: UTF8.self)
  }

  static func repaired(_ text: String) -> String {
    apply(LineRepair.edits(of: text), to: text)
  }

  struct Boundary {
    var end: String
    var start: String
    var blankLines: Int
    var isRepaired: Bool
  }

  /// All places where a line that is not blank follows another; for texts whose lines end in LF
  /// and whose blanks are ASCII.
  static func boundaries(of text: String) -> [Boundary] {
    let edits = LineRepair.edits(of: text)
    var boundaries: [Boundary] = []
    var previous: (text: String, end: Int)?
    var blankLines = 0
    var offset = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let length = line.utf8.count
      let leading = line.prefix { $0 == " " }.utf8.count
      let core = line.drop { $0 == " " }
      let trailing = core.reversed().prefix { $0 == " " }.count
      let content = String(core.dropLast(trailing))
      if content.isEmpty {
        blankLines += 1
      } else {
        let start = offset + leading
        if let previous {
          let isRepaired = edits.contains {
            $0.range.lowerBound.utf8 <= previous.end && $0.range.upperBound.utf8 >= start
          }
          boundaries.append(
            Boundary(
              end: previous.text, start: content, blankLines: blankLines, isRepaired: isRepaired))
        }
        previous = (content, offset + length - trailing)
        blankLines = 0
      }
      offset += length + 1
    }
    return boundaries
  }

  /// Ascending, disjoint, on scalar boundaries, and nothing taken out but breaks, blanks and
  /// hyphens.
  static func check(_ edits: [LineEdit], of text: String, _ note: String) {
    let bytes = Array(text.utf8)
    var end = -1
    for edit in edits {
      let range = edit.range.lowerBound.utf8..<edit.range.upperBound.utf8
      #expect(
        range.lowerBound > end && range.upperBound <= bytes.count && !range.isEmpty, "\(note)")
      end = range.upperBound - 1
      let cut = String(decoding: bytes[range], as: UTF8.self)
      #expect(
        cut.unicodeScalars.allSatisfy { scalar in
          scalar.properties.isWhitespace
            || "-\u{AD}\u{2010}\u{200B}\u{2060}\u{FEFF}"
              .unicodeScalars.contains(scalar)
            || scalar.properties.generalCategory == .control
        }, "\(note): cut \(cut.debugDescription)")
    }
  }
}
