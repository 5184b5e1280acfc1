internal import SuoyinIndex

/// What the terms of a ``FieldQuery`` are worth in a snapshot.
struct FieldWeights {
  let model: BM25
  let scale: ScoreScale
  /// The weighting of each term, in the order of the query.
  let terms: [LeafWeighting]
  /// The weighting of all of them as one phrase.
  let phrase: LeafWeighting

  init(_ query: FieldQuery, _ terms: FieldTerms, on snapshot: IndexSnapshot) {
    let statistics = snapshot.statistics(of: query.field)
    let model = BM25(snapshot.similarity, over: statistics)
    let weights = query.terms.indices.map {
      BM25.inverseDocumentFrequency(
        terms.documentFrequency(of: $0), of: statistics.documentCount)
    }
    let total = weights.reduce(0, +)
    let scale = ScoreScale(total: total)
    func weighting(_ weight: Double) -> LeafWeighting {
      LeafWeighting(weight: scale.units(of: weight), saturation: model.saturation)
    }
    self.model = model
    self.scale = scale
    self.terms = weights.map(weighting)
    phrase = weighting(total)
  }
}

/// Answers a ``FieldQuery`` on one segment, by the strategy that fits its shape.
struct FieldEvaluation {
  private let query: FieldQuery
  private let segment: SegmentPlace
  private let field: SegmentField
  /// Of the query's terms; nil where the segment does not have one.
  private let entries: [TermEntry?]

  init(_ query: FieldQuery, _ terms: FieldTerms, on segment: SegmentPlace) {
    self.query = query
    self.segment = segment
    field = segment.segment.field(query.field)
    entries = terms.entries[segment.index]
  }

  /// Offers every document that the query finds and that may be among the best.
  func rank(by weights: FieldWeights, into top: inout TopDocuments) {
    var lists: [(blocks: PostingBlocks, weighting: LeafWeighting)] = []
    for (entry, weighting) in zip(entries, weights.terms) {
      if let entry { lists.append((field.blocks(entry), weighting)) }
    }
    let isComplete = lists.count == query.terms.count
    if lists.count == 1, isComplete {
      TermRanking(lists[0].blocks, in: field, of: segment, lists[0].weighting, weights.model)
        .rank(into: &top)
      return
    }
    switch query.shape {
    case .any:
      let leaves = lists.map { SegmentLeaf.of($0.blocks, in: field, $0.weighting, weights.model) }
      Disjunction(leaves, in: segment, filter: nil).rank(into: &top)
    case .all where isComplete:
      lists.sort { $0.blocks.documentFrequency < $1.blocks.documentFrequency }
      Conjunction(lists.map(\.blocks)).rank(
        by: lists.map(\.weighting), weights.model, in: field, of: segment, into: &top)
    case .phrase where isComplete:
      phrase()?.rank(by: weights.phrase, weights.model, of: segment, into: &top)
    case .all, .phrase: return
    }
  }

  /// How many live documents the query finds.
  func count() -> Int {
    let lists = entries.compactMap { $0.map(field.blocks) }
    let isComplete = lists.count == query.terms.count
    if lists.count == 1, !segment.segment.hasDeletes, isComplete || query.shape == .any {
      return lists[0].documentFrequency
    }
    switch query.shape {
    case .any: return countAny(lists)
    case .all: return isComplete ? countAll(lists) : 0
    case .phrase:
      return isComplete ? phrase()?.count(in: segment.segment) ?? 0 : 0
    }
  }

  private func phrase() -> PhraseSearch? {
    let terms = query.terms.enumerated().map { PhraseTerm(term: $1, offset: UInt32($0)) }
    return PhraseSearch(terms, entries, in: field)
  }

  private func countAll(_ lists: [PostingBlocks]) -> Int {
    let sorted = lists.sorted { $0.documentFrequency < $1.documentFrequency }
    return Conjunction(sorted).count(in: segment.segment)
  }

  /// Of two lists the sum less what they share; of more the bits that their documents set.
  private func countAny(_ lists: [PostingBlocks]) -> Int {
    if lists.count == 2, !segment.segment.hasDeletes {
      return lists.reduce(0) { $0 + $1.documentFrequency } - countAll(lists)
    }
    var found = DocumentSet(documentCount: segment.segment.documentCount)
    for list in lists { found.insert(list) }
    if segment.segment.hasDeletes { found.formIntersection(DocumentSet(live: segment.segment)) }
    return found.count
  }
}
