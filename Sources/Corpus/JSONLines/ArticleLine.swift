import SuoyinText

/// One line of JSON, made an article.
struct ArticleLine {
  let place: Place
  /// Where the line stands in the file; nil if its bytes are not the file's own.
  let start: Int?
  private(set) var warnings: [CorpusWarning]

  /// What a line looks like, for those whose line does not.
  static let example = #"write each line as {"_id": "a-1", "title": "…", "text": "…"}"#

  mutating func article(
    _ bytes: Span<UInt8>, path: String, repairsLines: Bool
  ) throws(CorpusFailure) -> Article {
    let object: JSONObject
    do throws(JSONSyntaxError) {
      object = try JSONObject(bytes)
    } catch {
      throw failure(error.problem, Self.example, at: error.offset)
    }
    var strings: [String: String] = [:]
    var extra: [UInt8] = []
    var seen: Set<String> = []
    for member in object.members {
      switch member.key {
      case "_id", "text", "title", "date", ArticleLineText.path, ArticleLineText.lines:
        guard seen.insert(member.key).inserted else {
          throw failure(
            "“\(member.key)” stands there twice", "keep one", at: member.keyRange.lowerBound)
        }
        strings[member.key] = try string(member, in: bytes)
      default:
        extra.append(extra.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
        for at in member.keyRange { extra.append(bytes[at]) }
        extra.append(UInt8(ascii: ":"))
        for at in member.valueRange { extra.append(bytes[at]) }
      }
    }
    if !extra.isEmpty { extra.append(UInt8(ascii: "}")) }
    guard let id = strings["_id"] else {
      throw failure("has no “_id”", "give each article an id of its own: \"_id\": \"a-1\"")
    }
    guard !id.isEmpty else {
      throw failure("has an empty “_id”", "give each article an id of its own")
    }
    guard let text = strings["text"] else {
      throw failure("has no “text”", "put what is to be found under \"text\"")
    }
    let title = strings["title"].flatMap { $0.isEmpty ? nil : $0 }
    guard title != nil || text.unicodeScalars.contains(where: { !$0.properties.isWhitespace })
    else {
      throw failure("has neither text nor a title", "fill it, or take the line out")
    }
    return Article(
      id: id, title: title, text: text, path: strings[ArticleLineText.path] ?? path,
      date: strings["date"], extra: extra.isEmpty ? nil : String(decoding: extra, as: UTF8.self),
      repairsLines: repairsLines && strings[ArticleLineText.lines] != ArticleLineText.kept)
  }

  /// The text of a member; nil for null where the member may be missing. A date may be a number:
  /// it is kept as written (20240905).
  private mutating func string(
    _ member: JSONObject.Member, in bytes: Span<UInt8>
  ) throws(CorpusFailure) -> String? {
    let isRequired = member.key == "_id" || member.key == "text"
    switch member.kind {
    case .string:
      let (text, loneHalves) = JSONString.text(of: member.valueRange, in: bytes)
      if loneHalves > 0 {
        let (noun, verb) = loneHalves == 1 ? ("escape", "is") : ("escapes", "are")
        warnings.append(
          CorpusWarning(
            place: place,
            problem: "in “\(member.key)” \(loneHalves) \(noun) (\\uD800 to \\uDFFF) \(verb) half a "
              + "character and read as U+FFFD",
            remedy: "write both halves, or the character itself"))
      }
      return text
    case .null where !isRequired: return nil
    case .number where member.key == "date":
      var digits: [UInt8] = []
      for at in member.valueRange { digits.append(bytes[at]) }
      return String(decoding: digits, as: UTF8.self)
    default:
      throw failure(
        "“\(member.key)” is \(member.kind.rawValue), expected a string",
        member.kind == .number ? "put it in quotes" : Self.example,
        at: member.valueRange.lowerBound)
    }
  }

  private func failure(_ problem: String, _ remedy: String, at offset: Int = 0) -> CorpusFailure {
    CorpusFailure(
      place: Place(path: place.path, line: place.line, offset: start.map { $0 + offset }),
      problem: problem, remedy: remedy)
  }
}
