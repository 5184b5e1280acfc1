/// The passages of a text that cover a query best.
///
/// A passage is one or more whole sentences of a paragraph, or where a sentence is longer than that,
/// a part of it that is cut after a mark or a word. It is worth the weights of the different pieces
/// of the query in it; a further passage gains less by what the first ones show already, and one that
/// shows a clause that they do not show comes before all others.
struct Passages {
  /// Scalars that a passage is filled up to; one word or name longer than that may exceed it.
  static let length = 120
  /// How much of a passage may stand before its first highlight when a sentence must be cut.
  private static let context = 40
  /// What a piece is worth that an earlier passage shows.
  private static let worthAgain = 0.5
  /// A further passage is shown if it is worth this share of the first.
  private static let enough = 0.25

  var layout: TextLayout
  private let occurrences: [Occurrence]
  /// How many pieces and clauses the query has.
  private let pieces: Int
  private let clauses: Int

  /// - Parameter query: the pieces that the occurrences number.
  init(_ layout: TextLayout, _ occurrences: [Occurrence], of query: QueryPieces) {
    self.layout = layout
    self.occurrences = occurrences
    pieces = query.count
    clauses = query.clauses.count
  }

  /// Whether a sentence that may be shown is too long to be shown whole.
  var cutsSentences: Bool {
    guard !occurrences.isEmpty else {
      return layout.sentences.first.map { layout.length(of: $0) > Self.length } ?? false
    }
    return layout.sentences.contains {
      layout.length(of: $0) > Self.length && !occurrences(in: $0).isEmpty
    }
  }

  /// At most `limit` passages as ranges of units, best first, apart from one another; where nothing
  /// of the query occurs, the beginning of the text.
  func best(_ limit: Int) -> [Range<Int>] {
    guard let opening = layout.sentences.first else { return [] }
    var candidates = candidates()
    guard !candidates.isEmpty else { return [filled(short(opening), apartFrom: [])] }
    var chosen: [Range<Int>] = []
    var shown = Shown(pieces: pieces, clauses: clauses)
    var counted = Counted(pieces: pieces)
    judge(&candidates, shown, &counted)
    var threshold = 0.0
    while let index = best(of: candidates) {
      let best = candidates.remove(at: index)
      guard best.showsClause || best.worth >= threshold else { break }
      if chosen.isEmpty { threshold = best.worth * Self.enough }
      let passage = best.passage
      if let neighbour = chosen.firstIndex(where: { joins($0, passage) }) {
        let lower = min(chosen[neighbour].lowerBound, passage.lowerBound)
        chosen[neighbour] = lower..<max(chosen[neighbour].upperBound, passage.upperBound)
      } else if chosen.count < limit {
        chosen.append(passage)
      } else {
        break
      }
      candidates.removeAll { $0.passage.overlaps(passage) }
      // Most passages show nothing new, and thousands of candidates are as they were.
      if shown.take(occurrences(in: passage).filter { $0.isIn(passage) }) {
        judge(&candidates, shown, &counted)
      }
    }
    for index in chosen.indices {
      let others = chosen.indices.filter { $0 != index }.map { chosen[$0] }
      chosen[index] = filled(chosen[index], apartFrom: others)
    }
    return chosen
  }

  /// A passage that may be chosen, and what it would add to those that are.
  private struct Candidate {
    let passage: Range<Int>
    /// Whether it shows a clause that is not shown yet.
    var showsClause = false
    var worth = 0.0
  }

  /// What of the query the chosen passages show.
  private struct Shown {
    /// For each piece, and for each clause.
    var pieces: [Bool]
    var clauses: [Bool]

    init(pieces: Int, clauses: Int) {
      self.pieces = Array(repeating: false, count: pieces)
      self.clauses = Array(repeating: false, count: clauses)
    }

    /// Takes in what a passage shows; whether any of it is new.
    mutating func take(_ occurrences: [Occurrence]) -> Bool {
      var isNew = false
      for occurrence in occurrences {
        if !pieces[occurrence.piece] { isNew = true }
        pieces[occurrence.piece] = true
        clauses[occurrence.clause] = true
      }
      return isNew
    }
  }

  /// The pieces that are counted for a passage: a query may have tens of thousands.
  private struct Counted {
    /// For each piece the last passage that counted it.
    private var last: [UInt32]
    private var passage: UInt32 = 0

    init(pieces: Int) { last = Array(repeating: 0, count: pieces) }

    mutating func beginPassage() { passage += 1 }

    /// Whether the piece was not counted for this passage before.
    mutating func insert(_ piece: Int) -> Bool {
      defer { last[piece] = passage }
      return last[piece] != passage
    }
  }

  private func judge(
    _ candidates: inout [Candidate], _ shown: Shown, _ counted: inout Counted
  ) {
    for index in candidates.indices {
      counted.beginPassage()
      let passage = candidates[index].passage
      var showsClause = false
      var worth = 0.0
      for occurrence in occurrences(in: passage) where occurrence.isIn(passage) {
        if !shown.clauses[occurrence.clause] { showsClause = true }
        guard counted.insert(occurrence.piece) else { continue }
        // A piece that every article holds has a weight near zero and is still what was asked for.
        let weight = max(occurrence.weight, 0.01)
        worth += shown.pieces[occurrence.piece] ? weight * Self.worthAgain : weight
      }
      candidates[index].showsClause = showsClause
      candidates[index].worth = worth
    }
  }

  /// The candidate to take next: first one that shows a clause that is not shown yet, among these
  /// the one that is worth most, among equal ones the first.
  private func best(of candidates: [Candidate]) -> Int? {
    var best: Int?
    for (index, candidate) in candidates.enumerated() {
      if let best {
        let isBetter =
          candidates[best].showsClause == candidate.showsClause
          ? candidates[best].worth < candidate.worth : candidate.showsClause
        guard isBetter else { continue }
      }
      best = index
    }
    return best
  }

  /// Whether two passages stand side by side in a paragraph and are short enough for one.
  private func joins(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    guard a.upperBound == b.lowerBound || b.upperBound == a.lowerBound else { return false }
    let both = min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
    return layout.length(of: both) <= Self.length
      && layout.paragraph(of: a.lowerBound) == layout.paragraph(of: b.lowerBound)
  }

  /// The occurrences that begin in a passage.
  private func occurrences(in passage: Range<Int>) -> ArraySlice<Occurrence> {
    let start = occurrences.partitioningIndex { $0.units.lowerBound >= passage.lowerBound }
    let end = occurrences.partitioningIndex { $0.units.lowerBound >= passage.upperBound }
    return occurrences[start..<end]
  }

  private func candidates() -> [Candidate] {
    var candidates: [Candidate] = []
    for sentence in layout.sentences {
      let inside = occurrences(in: sentence)
      guard let furthest = inside.map(\.units.upperBound).max() else { continue }
      // A phrase that was asked for with its full stop reaches into the next sentence.
      let end = layout.sentences.partitioningIndex { $0.upperBound >= furthest }
      let sentence = sentence.lowerBound..<layout.sentences[end].upperBound
      if layout.length(of: sentence) <= Self.length {
        candidates.append(Candidate(passage: sentence))
        continue
      }
      var last: Range<Int>?
      for occurrence in inside where last.map({ !occurrence.isIn($0) }) ?? true {
        let window = window(around: occurrence.units, in: sentence)
        if window != last { candidates.append(Candidate(passage: window)) }
        last = window
      }
    }
    return candidates
  }

  /// A sentence, or the beginning of a long one.
  private func short(_ sentence: Range<Int>) -> Range<Int> {
    guard layout.length(of: sentence) > Self.length else { return sentence }
    return window(around: sentence.lowerBound..<sentence.lowerBound + 1, in: sentence)
  }

  /// Whole sentences with as many of their neighbours in the paragraph as fit, following ones first,
  /// none that another passage has a part of.
  private func filled(_ passage: Range<Int>, apartFrom others: [Range<Int>]) -> Range<Int> {
    var passage = passage
    let sentences = layout.sentences
    let first = sentences.partitioningIndex { $0.upperBound > passage.lowerBound }
    let end = sentences.partitioningIndex { $0.lowerBound >= passage.upperBound }
    guard sentences[first].lowerBound == passage.lowerBound,
      sentences[end - 1].upperBound == passage.upperBound
    else { return passage }
    func takeIn(_ neighbour: Int) -> Bool {
      let sentence = sentences[neighbour]
      let lower = min(passage.lowerBound, sentence.lowerBound)
      let wider = lower..<max(passage.upperBound, sentence.upperBound)
      guard layout.paragraphs[neighbour] == layout.paragraphs[first],
        layout.length(of: wider) <= Self.length, !others.contains(where: sentence.overlaps)
      else { return false }
      passage = wider
      return true
    }
    for next in sentences.indices.dropFirst(end) {
      guard takeIn(next) else { break }
    }
    for last in sentences.indices.prefix(first).reversed() {
      guard takeIn(last) else { break }
    }
    return passage
  }

  /// A part of a long sentence around some of its units.
  private func window(around core: Range<Int>, in sentence: Range<Int>) -> Range<Int> {
    var start = core.lowerBound
    var best = start
    while start > sentence.lowerBound,
      layout.length(of: start - 1..<core.lowerBound) <= Self.context
    {
      start -= 1
      if layout.followsMark(start) || start == sentence.lowerBound {
        best = start
      } else if layout.startsWord[start], !layout.followsMark(best) {
        best = start
      }
    }
    var end = core.upperBound
    var fit = end
    while end < sentence.upperBound, layout.length(of: best..<end + 1) <= Self.length {
      end += 1
      if end == sentence.upperBound || layout.followsMark(end) {
        fit = end
      } else if layout.startsWord[end],
        !layout.followsMark(fit) || layout.length(of: fit..<end) > Self.context
      {
        fit = end
      }
    }
    return best..<fit
  }
}

extension RandomAccessCollection {
  /// The first index whose element satisfies a predicate that, once true, stays true.
  func partitioningIndex(where belongsRight: (Element) -> Bool) -> Index {
    var low = startIndex
    var count = self.count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if belongsRight(self[middle]) {
        count = half
      } else {
        low = index(after: middle)
        count -= half + 1
      }
    }
    return low
  }
}
