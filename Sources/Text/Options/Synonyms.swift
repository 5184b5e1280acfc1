/// Words that stand for one another in queries.
///
/// They take effect where a query is planned, never in the index. So an index stays as it is when
/// they change, its statistics and phrases are those of the texts, and what is found through a
/// synonym can be told from what was found as typed.
public struct Synonyms: Equatable, Sendable {
  /// One line of a file of synonyms.
  public struct Rule: Equatable, Sendable {
    /// What a query holds; empty where each of ``others`` stands for all of them.
    public let typed: [String]
    /// What is looked for as well.
    public let others: [String]

    public init(typed: [String], others: [String]) {
      self.typed = typed
      self.others = others
    }
  }

  /// The most rules.
  public static let limit = 100_000
  /// The most words on each side of a rule.
  public static let ruleLimit = 64
  /// The most words of all rules.
  public static let wordLimit = 1_000_000
  /// The most words that one entry is looked for as, counted as often as rules name them.
  public static let entryLimit = 1_000

  /// In the order of the file.
  public let rules: [Rule]

  /// Reads a file in the form that Solr and Elasticsearch use:
  ///
  /// ```
  /// # a comment
  /// 重庆, 渝, 山城        each of them finds all of them
  /// 渝 => 重庆            渝 finds 重庆 too, 重庆 does not find 渝
  /// ```
  /// A comma (`,` or `，`) parts words, which may hold blanks; `\` makes the next character an
  /// ordinary one. Other than there, what was typed is always looked for too: a search that does not
  /// find the very word would be a riddle.
  ///
  /// - Parameters:
  ///   - text: what the file holds.
  ///   - file: the name that errors give the file.
  /// - Throws: where a line has another form, or there are too many.
  public init(parsing text: String, file: String) throws(WordFileError) {
    var rules: [Rule] = []
    var wordCount = 0
    // For each word that has synonyms the number of these.
    var counts: [SynonymTable.Key: Int] = [:]
    let session = Analyzer.grams.makeSession()
    let source = WordFile(text, name: file)
    try source.forEachLine { (line, number) throws(WordFileError) in
      let form = "words parted by commas (重庆,渝), or words => words (渝 => 重庆)"
      let sides = Self.sides(of: line)
      guard sides.count <= 2 else {
        throw source.error("more than one “=>”", line: number, expected: form)
      }
      guard rules.count < Self.limit else {
        throw source.error("too many lines of synonyms", line: number, expected: "\(Self.limit)")
      }
      wordCount += sides.reduce(0) { $0 + $1.count }
      guard wordCount <= Self.wordLimit else {
        throw source.error("too many words", line: number, expected: "at most \(Self.wordLimit)")
      }
      for (place, side) in sides.enumerated() {
        guard side.count <= Self.ruleLimit else {
          throw source.error(
            "\(side.count) words", line: number, expected: "at most \(Self.ruleLimit) on each side")
        }
        for word in side {
          let units = SynonymTable.units(of: session.analyze(word, repairingLines: false))
          guard 1...WordFile.longestWord ~= units.count, word.utf8.count <= WordFile.mostBytes
          else {
            throw source.error(
              word.isEmpty
                ? "a word is missing beside a comma or “=>”"
                : "\(WordFile.quoted(word)) cannot be a synonym",
              line: number,
              expected: "\(form); each word has 1 to \(WordFile.longestWord) characters, runs of "
                + "letters or runs of digits, and \(WordFile.mostBytes) bytes at most")
          }
          guard place == 0 else { continue }
          let key = SynonymTable.Key(units)
          counts[key, default: 0] += sides.last?.count ?? 0
          guard counts[key, default: 0] <= Self.entryLimit else {
            throw source.error(
              "more synonyms of \(WordFile.quoted(word)) than one word can have", line: number,
              expected: "at most \(Self.entryLimit)")
          }
        }
      }
      guard sides.count == 2 || sides[0].count > 1 else {
        throw source.error(
          "\(WordFile.quoted(line)) stands alone", line: number, expected: form)
      }
      rules.append(
        sides.count == 2
          ? Rule(typed: sides[0], others: sides[1]) : Rule(typed: [], others: sides[0]))
    }
    self.rules = rules
  }

  /// Rules as ``rules`` gave them.
  public init(stored rules: [Rule]) {
    self.rules = rules
  }

  /// A hash over the rules.
  public var fingerprint: String {
    SuoyinText.fingerprint(
      of: rules.lazy.flatMap { $0.typed + ["=>"] + $0.others + ["\n"] })
  }

  /// The words of each side of `=>`, without the blanks around them.
  private static func sides(of line: Substring) -> [[String]] {
    var sides: [[String]] = [[]]
    var word = ""
    var isOrdinary = false
    func trimmed() -> String {
      var part = word[...]
      while part.first?.isWhitespace == true { part.removeFirst() }
      while part.last?.isWhitespace == true { part.removeLast() }
      return String(part)
    }
    var characters = line[...]
    while let character = characters.popFirst() {
      if isOrdinary {
        word.append(character)
        isOrdinary = false
      } else if character == "\\" {
        isOrdinary = true
      } else if character == "," || character == "，" {
        sides[sides.count - 1].append(trimmed())
        word = ""
      } else if character == "=", characters.first == ">" {
        characters.removeFirst()
        sides[sides.count - 1].append(trimmed())
        sides.append([])
        word = ""
      } else {
        word.append(character)
      }
    }
    sides[sides.count - 1].append(trimmed())
    return sides
  }
}
