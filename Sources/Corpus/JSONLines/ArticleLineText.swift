public import SuoyinText

/// An article as a line of JSON that a ``CorpusReader`` reads as the very same article.
///
/// Beside what any line may have it says where the article came from ("_path"), so that the article
/// keeps that and not the path of the file of lines, and, where lines are not repaired, that
/// ("_lines": "kept").
public enum ArticleLineText {
  static let path = "_path"
  static let lines = "_lines"
  static let kept = "kept"

  /// The line, with its line break.
  ///
  /// - Complexity: O(bytes).
  public static func line(of article: Article) -> String {
    var line = "{\"_id\":"
    append(article.id, to: &line)
    for (key, value) in [("title", article.title), ("date", article.date), (path, article.path)] {
      guard let value else { continue }
      line += ",\"\(key)\":"
      append(value, to: &line)
    }
    if !article.repairsLines { line += ",\"\(lines)\":\"\(kept)\"" }
    if let extra = article.extra.flatMap(members) { line += "," + extra }
    line += ",\"text\":"
    append(article.text, to: &line)
    return line + "}\n"
  }

  /// The members of a JSON object as they are written; nil where there are none.
  private static func members(of object: String) -> String? {
    let bytes = Array(object.utf8)
    do throws(JSONSyntaxError) {
      guard try !JSONObject(bytes.span).members.isEmpty else { return nil }
    } catch {
      return nil
    }
    guard let open = bytes.firstIndex(of: UInt8(ascii: "{")),
      let close = bytes.lastIndex(of: UInt8(ascii: "}"))
    else { return nil }
    // A line break between two members means nothing, and inside a string there is none.
    let inside = bytes[(open + 1)..<close].map {
      $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") ? UInt8(ascii: " ") : $0
    }
    return String(decoding: inside, as: UTF8.self)
  }

  private static func append(_ text: String, to line: inout String) {
    line += "\""
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
      case UInt8(ascii: "\r"): bytes += Array("\\r".utf8)
      case UInt8(ascii: "\t"): bytes += Array("\\t".utf8)
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes += Array("\\u00\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8)
      default: bytes.append(byte)
      }
    }
    line += String(decoding: bytes, as: UTF8.self)
    line += "\""
  }
}
