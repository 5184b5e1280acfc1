internal import Synchronization

/// Synonyms by the units of what a query holds, so that they are found however a text is cut,
/// written or folded.
public struct SynonymTable: Sendable {
  /// A unit of a query: its term in the grams channel, and its distance from the first.
  public struct Unit: Hashable, Sendable {
    public let term: [UInt8]
    public let offset: UInt32

    public init(term: [UInt8], offset: UInt32) {
      self.term = term
      self.offset = offset
    }
  }

  /// The units of an entry as bytes: of each its term, a byte that no term holds, and its distance
  /// from the first.
  struct Key: Hashable {
    private var bytes: [UInt8] = []

    init(_ units: some Collection<Unit>) {
      guard let first = units.first else { return }
      for unit in units {
        bytes += unit.term
        bytes.append(0xFF)
        let distance = unit.offset - first.offset
        for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: distance >> shift)) }
      }
    }
  }

  private struct Other {
    let text: String
    let entry: Int
  }

  /// The number of each entry, those that are only looked for among them.
  private var entries: [Key: Int] = [:]
  /// For each entry the rules that apply to it, ascending; many entries share a rule's words.
  private var rules: [[Int32]] = []
  /// For each rule what is looked for.
  private var others: [[Other]] = []
  /// For the first unit of each entry the number of units of the longest.
  private var longest: [[UInt8]: Int] = [:]

  /// None at all.
  init() {}

  /// - Complexity: linear in the characters of the synonyms.
  init(_ synonyms: Synonyms, in session: AnalysisSession) {
    for (index, rule) in synonyms.rules.enumerated() {
      others.append(rule.others.map { Other(text: $0, entry: entry($0, in: session).number) })
      for word in rule.typed.isEmpty ? rule.others : rule.typed {
        let (units, number) = entry(word, in: session)
        guard let first = units.first, rules[number].last != Int32(index) else { continue }
        longest[first.term] = max(longest[first.term] ?? 0, units.count)
        rules[number].append(Int32(index))
      }
    }
  }

  private mutating func entry(
    _ word: String, in session: AnalysisSession
  ) -> (units: [Unit], number: Int) {
    let units = Self.units(of: session.analyze(word, repairingLines: false))
    let key = Key(units)
    if let number = entries[key] { return (units, number) }
    entries[key] = rules.count
    rules.append([])
    return (units, rules.count - 1)
  }

  /// Whether there are none.
  public var isEmpty: Bool { others.isEmpty }

  /// The longest entry that `units` begin with.
  ///
  /// - Parameters:
  ///   - units: their offsets may count from anywhere.
  ///   - mayEnd: whether an entry may end before the unit of that index.
  /// - Complexity: O(k²) for the longest entry's k units.
  public func match(
    _ units: ArraySlice<Unit>, mayEnd: (Int) -> Bool
  ) -> (units: Range<Int>, entry: Int)? {
    guard let first = units.first, let most = longest[first.term] else { return nil }
    for count in stride(from: min(most, units.count), to: 0, by: -1) {
      let end = units.startIndex + count
      guard mayEnd(end), let entry = entries[Key(units[..<end])], !rules[entry].isEmpty else {
        continue
      }
      return (units.startIndex..<end, entry)
    }
    return nil
  }

  /// What an entry is looked for as well, each once, in the order of the rules.
  ///
  /// - Complexity: linear in the words of its rules, of which there are at most
  ///   ``Synonyms/entryLimit``.
  public func others(of entry: Int) -> [String] {
    var known: Set = [entry]
    return rules[entry].flatMap { others[Int($0)] }
      .filter { known.insert($0.entry).inserted }.map(\.text)
  }

  /// The units of an analysis with their distances from the first.
  public static func units(of analysis: Analysis) -> [Unit] {
    let first = analysis.units.first?.position ?? 0
    return analysis.units.indices.map { index in
      Unit(
        term: analysis.term(of: Gram(units: index..<index + 1)),
        offset: analysis.units[index].position - first)
    }
  }
}

/// A table that is made when a query first asks for it: an index that is only written needs none.
final class LazySynonymTable: Sendable {
  private let synonyms: Synonyms?
  private let made = Mutex<SynonymTable?>(nil)

  init(_ synonyms: Synonyms?) {
    self.synonyms = synonyms
  }

  var table: SynonymTable {
    made.withLock { made in
      if let made { return made }
      let table =
        synonyms.map { SynonymTable($0, in: Analyzer.grams.makeSession()) } ?? SynonymTable()
      made = table
      return table
    }
  }
}
