import Foundation
import SuoyinIndex
import SuoyinText

extension NaiveSearch {
  /// A query as a test makes it.
  indirect enum Node {
    enum Sign: String, CaseIterable {
      case none = ""
      case required = "+"
      case excluded = "-"
    }

    case text(Clause, part: Place, weight: Double)
    /// A run of letters that begins so.
    case pattern(String, part: Place)
    case near([String], part: Place, distance: Int)
    case source(String)
    /// The article has that further field of text.
    case has(String)
    case everything
    case list([(Sign, Node)])
    case all([Node])
    case any([Node])
    case not(Node)

    /// As it would be typed.
    var typed: String {
      switch self {
      case .text(let clause, let part, let weight):
        part.typed + (clause.isQuoted ? "\"\(clause.text)\"" : clause.text)
          + (weight == 1 ? "" : "^\(weight)")
      case .pattern(let start, let part): part.typed + start + "*"
      case .near(let texts, let part, let distance):
        part.typed + "\"\(texts.joined(separator: " "))\"~\(distance)"
      case .source(let path): "source:\(path)"
      case .has(let name): "\(name):*"
      case .everything: "*"
      case .list(let parts):
        "(" + parts.map { $0.rawValue + $1.typed }.joined(separator: " ") + ")"
      case .all(let nodes): "(" + nodes.map(\.typed).joined(separator: " AND ") + ")"
      case .any(let nodes): "（" + nodes.map(\.typed).joined(separator: "｜") + "）"
      case .not(let node): "(NOT \(node.typed))"
      }
    }

    var isFilter: Bool {
      switch self {
      case .source, .has: true
      case .text, .pattern, .near, .everything: false
      case .not(let node): node.isFilter
      case .all(let nodes), .any(let nodes): nodes.allSatisfy(\.isFilter)
      case .list(let parts): parts.allSatisfy { $0.1.isFilter }
      }
    }
  }

  /// What counts for the rank: the leaves of the texts that no negation holds.
  private struct Scoring {
    var leaf: AskedClause.Leaf
    var part: Place
    var weight: Double
    /// In place of the leaf's own.
    var frequency: ((Field) -> Int)?
    var documentFrequency: (([Field]) -> Int)?
    var isAlone: Bool { leaf.matchesAlone || frequency != nil }
    var name: String { frequency == nil ? "\(part) \(leaf.name)" : "" }
  }

  func search(_ node: Node) -> [Found] {
    let scoring = scoring(of: node)
    let alone = Set(scoring.filter(\.isAlone).map(\.name))
    let weighed: [(Scoring, [Place: (idf: Double, averageLength: Double)])] = scoring.map {
      var weights = weigh($0.leaf)
      for part in Place.all {
        let fields = articles.compactMap { $0.fields[part] }
        guard let df = $0.documentFrequency?(fields) else { continue }
        let n = Double(fields.count { $0.lengths.units > 0 })
        weights[part]?.idf = log(1 + (n - Double(df) + 0.5) / (Double(df) + 0.5))
      }
      // What finds nothing by itself and is too common does not count.
      if $0.part != .title, !alone.contains($0.name), (weights[$0.part]?.idf ?? 0) < 2 {
        weights[$0.part] = nil
      }
      return ($0, weights)
    }
    var found: [(Found, Int)] = []
    for (ordinal, article) in articles.enumerated() where article.isLive {
      guard holds(article, node, strictly: false) == true else { continue }
      var score = 0.0
      for (one, weights) in weighed {
        for (part, field) in article.fields
        where one.part == part || one.part == .text && part == .title {
          let share =
            one.weight * one.leaf.share * (part != one.part ? one.leaf.titleShare : 1)
          let frequency = one.frequency?(field) ?? one.leaf.frequency(in: field)
          guard frequency > 0, let weight = weights[part] else { continue }
          let tf = Double(frequency)
          let dl = Double(one.leaf.length(of: field))
          let (k1, b) = (similarity.k1, similarity.b)
          score += share * weight.idf * tf / (tf + k1 * (1 - b + b * dl / weight.averageLength))
        }
      }
      let isWhole = holdsWhole(article, node) ?? true
      found.append((Found(id: article.id, isWhole: isWhole, score: score), ordinal))
    }
    return found.sorted {
      if $0.0.isWhole != $1.0.isWhole { return $0.0.isWhole }
      // Sums in another order may differ in their last bits; equal scores keep the order of indexing.
      if abs($0.0.score - $1.0.score) > 1e-9 { return $0.0.score > $1.0.score }
      return $0.1 < $1.1
    }.map(\.0)
  }

  // MARK: Which articles

  /// Whether an article is found; nil where there is nothing to look for.
  private func holds(_ article: StoredArticle, _ node: Node, strictly: Bool) -> Bool? {
    switch node {
    case .everything: return true
    case .source(let path): return article.path.lowercased().contains(path.lowercased())
    case .has(let name): return article.fields[.further(name)]?.isThere ?? false
    case .pattern(let start, let part):
      return article.fields[part]?.units.values
        .contains { String(decoding: $0, as: UTF8.self).hasPrefix(start) } ?? false
    case .near(let texts, let part, let distance):
      let parts = texts.map { units($0) }
      guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
      return article.fields[part].map { $0.count(near: parts, distance) > 0 }
    case .text(let clause, let part, _):
      let asked = AskedClause(clause, session)
      guard let field = article.fields[part], !asked.units.isEmpty else { return nil }
      if strictly || clause.isQuoted { return field.count(asked.units) > 0 }
      return asked.leaves.contains { $0.matchesAlone && $0.frequency(in: field) > 0 }
    case .not(let inner): return holds(article, inner, strictly: true).map { !$0 }
    case .all(let nodes):
      let members = nodes.compactMap { holds(article, $0, strictly: true) }
      return members.isEmpty ? nil : members.allSatisfy { $0 }
    case .any(let nodes):
      let members = nodes.compactMap { holds(article, $0, strictly: strictly) }
      return members.isEmpty ? nil : members.contains(true)
    case .list(let parts):
      func members(_ sign: Node.Sign, _ filters: Bool, strictly: Bool) -> [Bool] {
        parts.filter { $0.0 == sign && ($0.0 == .none ? $0.1.isFilter == filters : true) }
          .compactMap { holds(article, $0.1, strictly: strictly) }
      }
      let required = members(.required, false, strictly: true)
      let excluded = members(.excluded, false, strictly: true)
      let filters = members(.none, true, strictly: true)
      let hasRequired = parts.contains { $0.0 == .required }
      let wanted = hasRequired ? [] : members(.none, false, strictly: strictly)
      guard !(required + excluded + filters + wanted).isEmpty else { return nil }
      return required.allSatisfy { $0 } && filters.allSatisfy { $0 } && !excluded.contains(true)
        && (wanted.isEmpty || wanted.contains(true))
    }
  }

  /// Whether an article holds the whole query.
  private func holdsWhole(_ article: StoredArticle, _ node: Node) -> Bool? {
    switch node {
    case .all(let nodes):
      let members = nodes.compactMap { holdsWhole(article, $0) }
      return members.isEmpty ? nil : members.allSatisfy { $0 }
    case .any(let nodes):
      let members = nodes.compactMap { holdsWhole(article, $0) }
      return members.isEmpty ? nil : members.contains(true)
    case .list(let parts):
      let members = parts.compactMap { sign, node in
        sign == .excluded
          ? holds(article, node, strictly: true).map { !$0 } : holdsWhole(article, node)
      }
      return members.isEmpty ? nil : members.allSatisfy { $0 }
    default: return holds(article, node, strictly: true)
    }
  }

  private func units(_ text: String) -> AskedClause.Units {
    AskedClause(Clause(text: text, isQuoted: true, isExcluded: false), session).units
  }

  // MARK: What counts

  private func scoring(of node: Node) -> [Scoring] {
    switch node {
    case .source, .has, .everything, .not: return []
    case .all(let nodes), .any(let nodes): return nodes.flatMap { scoring(of: $0) }
    case .list(let parts):
      return parts.filter { $0.0 != .excluded }.flatMap { scoring(of: $0.1) }
    case .text(let clause, let part, let weight):
      let asked = AskedClause(clause, session)
      guard !asked.units.isEmpty else { return [] }
      return asked.leaves.map { Scoring(leaf: $0, part: part, weight: weight) }
    case .near(let texts, let part, let distance):
      let parts = texts.map {
        AskedClause(Clause(text: $0, isQuoted: true, isExcluded: false), session)
      }
      guard parts.allSatisfy({ !$0.units.isEmpty }) else { return [] }
      let leaf = AskedClause.Leaf(
        word: nil, units: [], terms: parts.flatMap { $0.leaves[0].terms }, matchesAlone: true)
      return [
        Scoring(
          leaf: leaf, part: part, weight: 1,
          frequency: { $0.count(near: parts.map(\.units), distance) })
      ]
    case .pattern(let start, let part):
      func fits(_ unit: [UInt8]) -> Bool { String(decoding: unit, as: UTF8.self).hasPrefix(start) }
      let all = Set(articles.flatMap { $0.fields[part]?.units.values.filter(fits) ?? [] })
      let leaf = AskedClause.Leaf(word: nil, units: [], terms: [], matchesAlone: true)
      return [
        Scoring(
          leaf: leaf, part: part, weight: 1, frequency: { $0.units.values.count(where: fits) },
          documentFrequency: { fields in
            all.map { unit in fields.count { $0.units.values.contains(unit) } }.max() ?? 0
          })
      ]
    }
  }
}

extension NaiveSearch.Field {
  /// At how many positions a choice of one occurrence of each phrase begins, none over another, with at
  /// most `distance` positions between them in all.
  func count(near phrases: [AskedClause.Units], _ distance: Int) -> Int {
    let lengths = phrases.map { ($0.last?.offset ?? 0) + 1 }
    let room = lengths.reduce(UInt32(distance), +)
    let starts = phrases.map { phrase in units.keys.filter { stands(phrase, at: $0) } }
    var firsts: Set<UInt32> = []
    func choose(_ index: Int, _ taken: [Range<UInt32>]) {
      guard index < phrases.count else {
        let first = taken.map(\.lowerBound).min() ?? 0
        let end = taken.map(\.upperBound).max() ?? 0
        if end - first <= room { firsts.insert(first) }
        return
      }
      for start in starts[index] {
        let range = start..<start + lengths[index]
        if !taken.contains(where: range.overlaps) { choose(index + 1, taken + [range]) }
      }
    }
    choose(0, [])
    return firsts.count
  }
}
