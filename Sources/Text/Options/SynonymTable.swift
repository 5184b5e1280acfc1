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

  private var others: [[Unit]: [String]] = [:]
  /// For the first unit of each key the number of units of the longest.
  private var longest: [[UInt8]: Int] = [:]

  /// None at all.
  init() {}

  /// - Complexity: linear in the characters of the synonyms; quadratic in the words of a rule.
  init(_ synonyms: Synonyms, in session: AnalysisSession) {
    for rule in synonyms.rules {
      let keys = (rule.typed.isEmpty ? rule.others : rule.typed).map { word in
        Self.units(of: session.analyze(word, repairingLines: false))
      }
      let others = rule.others.map { word in
        (word, Self.units(of: session.analyze(word, repairingLines: false)))
      }
      for key in keys {
        guard let first = key.first else { continue }
        longest[first.term] = max(longest[first.term] ?? 0, key.count)
        for (word, units) in others where units != key {
          if self.others[key]?.contains(word) != true { self.others[key, default: []].append(word) }
        }
      }
    }
  }

  /// Whether there are none.
  public var isEmpty: Bool { others.isEmpty }

  /// The longest key that `units` begin with, and what it is looked for as well.
  ///
  /// - Parameters:
  ///   - units: their offsets may count from anywhere.
  ///   - mayEnd: whether a key may end before the unit of that index.
  /// - Complexity: O(k²) for the longest key's k units.
  public func match(
    _ units: ArraySlice<Unit>, mayEnd: (Int) -> Bool
  ) -> (units: Range<Int>, others: [String])? {
    guard let first = units.first, var count = longest[first.term] else { return nil }
    count = min(count, units.count)
    while count > 0 {
      let end = units.startIndex + count
      let key = units[..<end].map { Unit(term: $0.term, offset: $0.offset - first.offset) }
      if mayEnd(end), let others = others[key] { return (units.startIndex..<end, others) }
      count -= 1
    }
    return nil
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
