/// What a system found for each topic.
public struct Run: Equatable, Sendable {
  /// A document and its score.
  public struct Entry: Equatable, Sendable {
    public let id: String
    public let score: Double

    public init(id: String, score: Double) {
      self.id = id
      self.score = score
    }
  }

  /// For each topic the documents in the order of the file; their scores alone say their ranks.
  public let rankings: [Identifier: [Entry]]

  public init(_ rankings: [String: [Entry]]) {
    self.rankings = Dictionary(
      uniqueKeysWithValues: rankings.map { (Identifier($0), $1) })
  }

  /// Reads TREC's six columns: topic, Q0, document, rank, score, tag. Ranks and tags say nothing.
  ///
  /// - Throws: where a line has not six columns, a score is no finite number, or a document comes
  ///   twice for one topic: `ir_measures` would take the last of them, `trec_eval` none.
  /// - Complexity: linear in the file.
  public init(parsing bytes: [UInt8], file: String) throws(EvaluationFileError) {
    let lines = TextLines(bytes, file: file)
    var rankings: [Identifier: [Entry]] = [:]
    var ranking: [Entry] = []
    var current: Identifier?
    var currentBytes: ArraySlice<UInt8> = []
    try lines.forEachLine { (line) throws(EvaluationFileError) in
      let columns = TextLines.columns(of: line)
      guard columns.count == 6 else {
        throw lines.error(
          "\(columns.count) columns", line: line.number,
          remedy: "expected are six: topic, Q0, document, rank, score, tag")
      }
      if current == nil || columns[0] != currentBytes {
        if let current { rankings[current] = ranking }
        let topic = Identifier(try lines.text(columns[0], line: line.number))
        (current, currentBytes) = (topic, columns[0])
        ranking = rankings.removeValue(forKey: topic) ?? []
      }
      let score = try lines.text(columns[4], line: line.number)
      guard let number = Double(score), number.isFinite else {
        throw lines.error(
          "the score \(TextLines.quoted(score)) is no number", line: line.number,
          remedy: "expected are topic, Q0, document, rank, score, tag")
      }
      ranking.append(Entry(id: try lines.text(columns[2], line: line.number), score: number))
    }
    if let current { rankings[current] = ranking }
    for (topic, ranking) in rankings {
      var known: Set<Identifier> = []
      for entry in ranking where !known.insert(Identifier(entry.id)).inserted {
        throw lines.error(
          "document \(entry.id) comes twice for topic \(topic.text)", line: nil,
          remedy: "keep one of the two lines")
      }
    }
    guard !rankings.isEmpty else {
      throw lines.error("holds no ranking", line: nil, remedy: "give a run of six columns")
    }
    self.rankings = rankings
  }

  /// The lines of a topic as TREC's programs read them.
  ///
  /// These sort by score, as Float32, equal ones by id backwards, and look at no rank. So scores are
  /// written as Float32, each strictly below the one before: one that is not is lowered by the least
  /// that makes it so, and the order stays that of the ranking.
  ///
  /// - Throws: where an id holds a blank, or nothing: no column of a run can hold it.
  public static func lines(
    of ranking: [Entry], topic: String, tag: String
  ) throws(UnwritableID) -> String {
    var text = ""
    var last = Float.infinity
    for (index, entry) in ranking.enumerated() {
      guard !entry.id.isEmpty, !entry.id.utf8.contains(where: TextLines.isBlank) else {
        throw UnwritableID(id: entry.id)
      }
      last = min(Float(entry.score), last.nextDown)
      text += "\(topic) Q0 \(entry.id) \(index + 1) \(last) \(tag)\n"
    }
    return text
  }
}

/// An article whose id cannot stand in a column.
public struct UnwritableID: Error, Equatable, Sendable, CustomStringConvertible {
  public let id: String

  /// What is wrong.
  public var message: String {
    "the article's id \(TextLines.quoted(id)) \(id.isEmpty ? "is empty" : "holds a blank"), "
      + "and the columns of a run are parted by blanks"
  }

  /// What a person can do about it.
  public var remedy: String { "index the article under another id" }

  public var description: String { "\(message); \(remedy)" }
}
