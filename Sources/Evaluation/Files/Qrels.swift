/// What people found relevant: for each topic the judged documents and their grades.
///
/// A grade of 1 or more is relevant, 0 is not, below 0 the document was in the pool and not judged.
public struct Qrels: Equatable, Sendable {
  /// The topics in the order of the file.
  public let topics: [String]
  /// The grades of a topic's documents.
  public let grades: [Identifier: [Identifier: Int]]

  /// Judgements of topics that are named in an order of one's own.
  public init(_ grades: [String: [String: Int]], topics: [String]) {
    self.topics = topics
    self.grades = Dictionary(
      uniqueKeysWithValues: grades.map { topic, grades in
        (
          Identifier(topic),
          Dictionary(uniqueKeysWithValues: grades.map { (Identifier($0), $1) })
        )
      })
  }

  /// Reads TREC's four columns (topic, iteration, document, grade), or three without the second, as
  /// BEIR has them, with or without a line of names above.
  ///
  /// - Throws: where a line has another number of columns than the first, a grade is no whole number,
  ///   or a document is judged twice for one topic: `ir_measures` would take the last of them,
  ///   `trec_eval` none.
  /// - Complexity: linear in the file.
  public init(parsing bytes: [UInt8], file: String) throws(EvaluationFileError) {
    let lines = TextLines(bytes, file: file)
    var topics: [String] = []
    var grades: [Identifier: [Identifier: Int]] = [:]
    var width = 0
    try lines.forEachLine { (line) throws(EvaluationFileError) in
      let columns = TextLines.columns(of: line)
      if width == 0 {
        width = columns.count
        if width == 3, try lines.text(columns[0], line: line.number) == "query-id" { return }
      }
      guard columns.count == width, width == 3 || width == 4 else {
        throw lines.error(
          "\(columns.count) columns", line: line.number,
          remedy: width == 3 || width == 4
            ? "expected are \(width), as in the first line"
            : "expected are four, topic, iteration, document and grade, or three without iteration")
      }
      let topic = Identifier(try lines.text(columns[0], line: line.number))
      let document = Identifier(try lines.text(columns[width - 2], line: line.number))
      let grade = try lines.text(columns[width - 1], line: line.number)
      guard let number = Int(grade), (-1_000_000...1_000_000).contains(number) else {
        throw lines.error(
          "the grade \(TextLines.quoted(grade)) is no whole number", line: line.number,
          remedy: "expected is topic, iteration, document, grade, the last as 0, 1 or 2")
      }
      if grades[topic] == nil { topics.append(topic.text) }
      guard grades[topic, default: [:]].updateValue(number, forKey: document) == nil else {
        throw lines.error(
          "document \(document.text) is judged for topic \(topic.text) already", line: line.number,
          remedy: "leave one of the two lines out")
      }
    }
    guard !topics.isEmpty else {
      throw lines.error("holds no judgement", line: nil, remedy: "give a file with judgements")
    }
    self.topics = topics
    self.grades = grades
  }
}
