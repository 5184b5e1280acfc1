/// What an article has to be, as an expression over simple parts.
indirect enum Condition<Part: Hashable>: Hashable {
  case part(Part)
  /// At least one; of none, nothing fulfils it.
  case any([Condition])
  /// All; of none, everything fulfils it.
  case all([Condition])
  case not(Condition)

  /// The same with groups in groups of their kind joined, and each of their members once.
  static func joining(any conditions: [Condition]) -> Condition {
    let members = conditions.flatMap { if case .any(let inner) = $0 { inner } else { [$0] } }
    let once = members.once()
    return once.count == 1 ? once[0] : .any(once)
  }

  /// As ``joining(any:)``.
  static func joining(all conditions: [Condition]) -> Condition {
    let members = conditions.flatMap { if case .all(let inner) = $0 { inner } else { [$0] } }
    let once = members.once()
    return once.count == 1 ? once[0] : .all(once)
  }

  /// What is left to ask of what fulfils another condition: members of `all` that both have go.
  func beyond(_ other: Condition) -> Condition {
    func members(_ condition: Condition) -> [Condition] {
      if case .all(let members) = condition { members } else { [condition] }
    }
    let known = Set(members(other))
    return .joining(all: members(self).filter { !known.contains($0) })
  }

  /// Whether what fulfils it fulfils a part of the kind.
  func implies(_ isOfKind: (Part) -> Bool) -> Bool {
    switch self {
    case .part(let part): isOfKind(part)
    case .any(let members): members.allSatisfy { $0.implies(isOfKind) }
    case .all(let members): members.contains { $0.implies(isOfKind) }
    case .not: false
    }
  }

  /// What it asks for, without what it excludes.
  var parts: [Part] {
    switch self {
    case .part(let part): [part]
    case .any(let members), .all(let members): members.flatMap(\.parts)
    case .not: []
    }
  }

  /// Whether something fulfils it.
  func isFulfilled(_ fulfils: (Part) -> Bool) -> Bool {
    switch self {
    case .part(let part): fulfils(part)
    case .any(let members): members.contains { $0.isFulfilled(fulfils) }
    case .all(let members): members.allSatisfy { $0.isFulfilled(fulfils) }
    case .not(let member): !member.isFulfilled(fulfils)
    }
  }
}

extension Condition: Sendable where Part: Sendable {}

extension Array where Element: Hashable {
  /// Each element where it comes first.
  fileprivate func once() -> [Element] {
    var known: Set<Element> = []
    return filter { known.insert($0).inserted }
  }
}

/// How a query is asked for.
enum Strictness: Hashable, Sendable {
  /// A plain text is found by any of its words and pairs.
  case pieces
  /// A text has to be held whole, as it was typed.
  case whole
}

extension Query.Node {
  /// Whether it narrows what is found and finds nothing itself.
  var isFilter: Bool {
    switch self {
    case .filter: true
    case .text, .near, .everything: false
    case .not(let node): node.isFilter
    case .all(let nodes), .any(let nodes): nodes.allSatisfy(\.isFilter)
    case .list(let parts): !parts.isEmpty && parts.allSatisfy { $0.node.isFilter }
    }
  }

  /// What finds an article.
  ///
  /// Plain words find by their pieces. Whatever an operator asks for or excludes (`+`, `-`, `AND`,
  /// `NOT`) is meant as it was typed: there a text has to be held whole.
  ///
  /// - Parameter part: what a text, near or filter node stands for; nil where it stands for nothing,
  ///   and is left out.
  func found<Part>(
    by strictness: Strictness, _ part: (Query.Node, Strictness) -> Condition<Part>?
  ) -> Condition<Part>? {
    switch self {
    case .text, .near, .filter: return part(self, strictness)
    case .everything: return .all([])
    case .not(let node): return node.found(by: .whole, part).map { .not($0) }
    case .all(let nodes):
      let members = nodes.compactMap { $0.found(by: .whole, part) }
      return members.isEmpty ? nil : .joining(all: members)
    case .any(let nodes):
      let members = nodes.compactMap { $0.found(by: strictness, part) }
      return members.isEmpty ? nil : .joining(any: members)
    case .list(let parts):
      let isRequiring = parts.contains { $0.sign == .required }
      var wanted: [Condition<Part>] = []
      var narrowing: [Condition<Part>] = []
      for item in parts {
        switch item.sign {
        case .none where !item.node.isFilter:
          if !isRequiring, let found = item.node.found(by: strictness, part) {
            wanted.append(found)
          }
        case .none, .required:
          if let found = item.node.found(by: .whole, part) { narrowing.append(found) }
        case .excluded:
          if let found = item.node.found(by: .whole, part) { narrowing.append(.not(found)) }
        }
      }
      if !wanted.isEmpty { narrowing.insert(.joining(any: wanted), at: 0) }
      return narrowing.isEmpty ? nil : .joining(all: narrowing)
    }
  }

  /// What holds the whole query: each text as it was typed, one at least of those that `OR` joins.
  func whole<Part>(
    _ part: (Query.Node, Strictness) -> Condition<Part>?
  ) -> Condition<Part>? {
    switch self {
    case .text, .near, .filter, .everything, .not: return found(by: .whole, part)
    case .all(let nodes):
      let members = nodes.compactMap { $0.whole(part) }
      return members.isEmpty ? nil : .joining(all: members)
    case .any(let nodes):
      let members = nodes.compactMap { $0.whole(part) }
      return members.isEmpty ? nil : .joining(any: members)
    case .list(let parts):
      let members = parts.compactMap { item in
        item.sign == .excluded
          ? item.node.found(by: .whole, part).map { .not($0) } : item.node.whole(part)
      }
      return members.isEmpty ? nil : .joining(all: members)
    }
  }
}
