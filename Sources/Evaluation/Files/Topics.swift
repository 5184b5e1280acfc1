internal import FoundationEssentials

/// A question of a collection.
public struct Topic: Equatable, Sendable {
  /// Without blanks, since it stands in a column of a run.
  public let id: String
  public let query: String

  public init(id: String, query: String) {
    self.id = id
    self.query = query
  }
}

/// The topics of a file, in its order.
///
/// Three forms are told apart by how the file begins: TREC's (`<top>`, `<num>`, `<title>`), lines of
/// JSON (`{"id": …, "query": …}`; also `_id` or `qid`, and `text` or `title`), and else lines
/// `id<TAB>query`. What is not of the form is an error, never a guess.
public struct Topics: Equatable, Sendable {
  public let topics: [Topic]

  /// - Parameters:
  ///   - bytes: the contents of the file.
  ///   - file: its name, for messages.
  /// - Throws: where a line is not of the form, an id or a query is empty, or an id comes twice.
  /// - Complexity: linear in the file.
  public init(parsing bytes: [UInt8], file: String) throws(EvaluationFileError) {
    let lines = TextLines(bytes, file: file)
    var gathered = Gathered(lines: lines)
    switch lines.firstByte {
    case nil:
      throw lines.error("is empty", line: nil, remedy: "give a file with topics")
    case UInt8(ascii: "<"):
      try gathered.readTREC()
    case UInt8(ascii: "{"):
      try lines.forEachLine { (line) throws(EvaluationFileError) in
        try gathered.addJSON(line)
      }
    default:
      try lines.forEachLine { (line) throws(EvaluationFileError) in
        try gathered.addColumns(line)
      }
    }
    topics = gathered.topics
  }
}

private struct Gathered {
  let lines: TextLines
  var topics: [Topic] = []
  private var firstLines: [String: Int] = [:]

  init(lines: TextLines) {
    self.lines = lines
  }

  mutating func add(id: String, query: String, line: Int) throws(EvaluationFileError) {
    guard !id.isEmpty, !id.utf8.contains(where: TextLines.isBlank) else {
      throw lines.error(
        id.isEmpty ? "a topic without an id" : "the id \(TextLines.quoted(id)) holds a blank",
        line: line, remedy: "give each topic an id without blanks")
    }
    let query = query.trimmed
    guard !query.isEmpty else {
      throw lines.error(
        "topic \(id) has no query", line: line, remedy: "write one, or leave the topic out")
    }
    if let first = firstLines.updateValue(line, forKey: id) {
      throw lines.error(
        "topic \(id) stands on line \(first) already", line: line,
        remedy: "give each topic an id of its own")
    }
    topics.append(Topic(id: id, query: query))
  }

  mutating func addColumns(_ line: TextLines.Line) throws(EvaluationFileError) {
    let columns = line.bytes.split(
      separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    guard columns.count == 2 else {
      throw lines.error(
        columns.count == 1 ? "no tab in it" : "\(columns.count) columns", line: line.number,
        remedy: "expected is id<TAB>query")
    }
    try add(
      id: try lines.text(columns[0], line: line.number),
      query: try lines.text(columns[1], line: line.number), line: line.number)
  }

  mutating func addJSON(_ line: TextLines.Line) throws(EvaluationFileError) {
    let expected =
      #"expected is {"id": "…", "query": "…"}, with "_id" or "qid" for "id" and "#
      + #""text" or "title" for "query""#
    let object: TopicLine
    do {
      object = try JSONDecoder().decode(TopicLine.self, from: Data(line.bytes))
    } catch {
      throw lines.error("no object with an id and a query", line: line.number, remedy: expected)
    }
    try add(id: object.id, query: object.query, line: line.number)
  }

  /// Reads `<top> <num> Number: 1 <title> … <desc> … </top>`; of a topic the title is the query.
  mutating func readTREC() throws(EvaluationFileError) {
    var open: Int?
    var id = ""
    var title: String?
    var field = ""
    try lines.forEachLine { (line) throws(EvaluationFileError) in
      var rest = try lines.text(line.bytes, line: line.number)[...]
      while !rest.isEmpty {
        guard let tag = Tag(startOf: rest) else {
          // Text up to the next tag.
          let end = rest.dropFirst().firstIndex(of: "<") ?? rest.endIndex
          switch field {
          case "num": id += rest[..<end]
          case "title": title = (title ?? "") + rest[..<end] + " "
          default:
            guard open != nil else {
              throw lines.error(
                "\(TextLines.quoted(rest)) stands outside of a topic", line: line.number,
                remedy: "expected is <top>, <num>, <title> and </top>")
            }
          }
          rest = rest[end...]
          continue
        }
        rest = rest[tag.end...]
        switch tag.name {
        case "top":
          guard open == nil else {
            throw lines.error(
              "<top> before the </top> of the one on line \(open ?? 0)", line: line.number,
              remedy: "end each topic with </top>")
          }
          (open, id, title, field) = (line.number, "", nil, "")
        case "/top":
          guard let start = open else {
            throw lines.error(
              "</top> without <top>", line: line.number, remedy: "begin each topic with <top>")
          }
          try add(
            id: id.trimmed.without("Number:"), query: (title ?? "").trimmed.without("Topic:"),
            line: start)
          (open, field) = (nil, "")
        default:
          guard open != nil else {
            throw lines.error(
              "<\(tag.name)> stands outside of a topic", line: line.number,
              remedy: "begin each topic with <top>")
          }
          field = tag.name
        }
      }
    }
    if let open {
      throw lines.error("<top> without </top>", line: open, remedy: "end each topic with </top>")
    }
  }
}

/// `<name>` or `</name>`; anything else that begins with `<` is text.
private struct Tag {
  let name: String
  let end: Substring.Index

  init?(startOf text: Substring) {
    guard text.first == "<", let close = text.firstIndex(of: ">") else { return nil }
    let name = text[text.index(after: text.startIndex)..<close]
    let known = ["top", "num", "title", "desc", "narr", "dom", "head", "smry", "con", "fac", "def"]
    guard known.contains(name.drop { $0 == "/" }.lowercased()) else { return nil }
    self.name = name.lowercased()
    end = text.index(after: close)
  }
}

/// A line of JSON that is a topic.
private struct TopicLine: Decodable {
  let id: String
  let query: String

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    func key(of names: [String]) throws -> Key {
      let keys = names.map(Key.init).filter(object.contains)
      guard keys.count == 1 else {
        throw DecodingError.dataCorrupted(
          DecodingError.Context(codingPath: [], debugDescription: "one of \(names)"))
      }
      return keys[0]
    }
    let name = try key(of: ["id", "_id", "qid"])
    // Some collections count their topics.
    if let number = try? object.decode(Int.self, forKey: name) {
      id = String(number)
    } else {
      id = try object.decode(String.self, forKey: name)
    }
    query = try object.decode(String.self, forKey: try key(of: ["query", "text", "title"]))
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// What follows a label that TREC's older topics have.
  fileprivate func without(_ label: String) -> String {
    hasPrefix(label) ? String(dropFirst(label.count)).trimmed : self
  }
}
