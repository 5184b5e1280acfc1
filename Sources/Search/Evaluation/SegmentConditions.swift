internal import SuoyinIndex

/// Evaluates the conditions of a plan on one segment, as sets of documents.
struct SegmentConditions {
  private let plan: QueryPlan
  private let segment: SegmentPlace
  /// The plan's leaves; nil where the segment holds nothing of one.
  private let leaves: [SegmentLeaf?]
  private let watch: SearchWatch?
  private var live: DocumentSet { DocumentSet(live: segment.segment) }

  /// - Parameter watch: ends it early; then the sets are not complete, and good for nothing.
  init(
    _ plan: QueryPlan, _ leaves: [SegmentLeaf?], on segment: SegmentPlace, _ watch: SearchWatch?
  ) {
    self.plan = plan
    self.watch = watch
    self.leaves = leaves
    self.segment = segment
  }

  /// The live documents that fulfil a condition.
  func documents(
    of condition: Condition<QueryPlan.Criterion>
  ) throws(IndexError) -> DocumentSet {
    var set: DocumentSet
    if case .all(let members) = condition, let first = members.first {
      set = try documents(of: first)
      for member in members.dropFirst() { try keep(member, in: &set) }
      return set
    }
    if case .all = condition { return live }
    set = DocumentSet(documentCount: segment.segment.documentCount)
    try insert(condition, into: &set)
    if segment.segment.hasDeletes { set.formIntersection(live) }
    return set
  }

  /// Keeps of a set the documents that fulfil a condition.
  func keep(
    _ condition: Condition<QueryPlan.Criterion>, in set: inout DocumentSet
  ) throws(IndexError) {
    if set.isEmpty || watch?.ends() ?? false { return }
    switch condition {
    case .all(let members):
      for member in members { try keep(member, in: &set) }
    case .not(let member):
      set.subtract(try documents(of: member))
    case .part(.source(let part)):
      try plan.sources.keep(holding: part, in: segment, &set, watch)
    case .part(.field(let name, let test)):
      guard let column = segment.segment.column(name, test.kind) else {
        set = DocumentSet(documentCount: segment.segment.documentCount)
        return
      }
      column.keep(try test.codes(in: column), in: &set.words)
    case .part, .any:
      set.formIntersection(try documents(of: condition))
    }
  }

  /// Adds the documents that fulfil a condition, deleted ones perhaps among them.
  private func insert(
    _ condition: Condition<QueryPlan.Criterion>, into set: inout DocumentSet
  ) throws(IndexError) {
    if watch?.ends() ?? false { return }
    switch condition {
    case .part(.leaf(let leaf)):
      leaves[leaf]?.insertDocuments(into: &set)
    case .part(.whole(let whole)):
      try plan.wholes[whole].insertDocuments(of: segment, into: &set, plan.terms, watch)
    case .part(.source(let part)):
      set.formUnion(try plan.sources.documents(holding: part, in: segment, watch))
    case .part(.hasText(let field)):
      try segment.segment.insertDocuments(having: field, by: plan.phraseChannel, into: &set)
    case .part(.field):
      var documents = live
      try keep(condition, in: &documents)
      set.formUnion(documents)
    case .part(.article(let index, let document)):
      if index == segment.index { set.insert(document) }
    case .any(let members):
      for member in members where !isFoundAnyway(member, by: members) {
        try insert(member, into: &set)
      }
    case .all:
      set.formUnion(try documents(of: condition))
    case .not(let member):
      var others = live
      others.subtract(try documents(of: member))
      set.formUnion(others)
    }
  }

  /// Whether another of some conditions is fulfilled wherever one of them is.
  private func isFoundAnyway(
    _ condition: Condition<QueryPlan.Criterion>, by others: [Condition<QueryPlan.Criterion>]
  ) -> Bool {
    guard case .part(.leaf(let leaf)) = condition, let pair = plan.leaves[leaf].pair,
      leaves[pair] != nil
    else { return false }
    return others.contains(.part(.leaf(pair)))
  }
}
