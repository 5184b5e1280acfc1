/// The passages of a text that cover a query best.
///
/// A passage is one or more whole sentences of a paragraph, or where a sentence is longer than that,
/// a part of it that is cut after a mark or a word. It is worth the weights of the different pieces
/// of the query in it; the second passage gains less by what the first shows already.
struct Passages {
  /// Scalars that a passage is filled up to; one word or name longer than that may exceed it.
  static let length = 120
  /// How much of a passage may stand before its first highlight when a sentence must be cut.
  private static let context = 40
  /// What a piece is worth that an earlier passage shows.
  private static let worthAgain = 0.5
  /// A further passage is shown if it is worth this share of the first.
  private static let enough = 0.25

  private let layout: TextLayout
  private let occurrences: [Occurrence]

  init(_ layout: TextLayout, _ occurrences: [Occurrence]) {
    self.layout = layout
    self.occurrences = occurrences
  }

  /// At most `limit` passages as ranges of units, best first, apart from one another; where nothing
  /// of the query occurs, the beginning of the text.
  func best(_ limit: Int) -> [Range<Int>] {
    guard let opening = layout.sentences.first else { return [] }
    var candidates = candidates()
    guard !candidates.isEmpty else { return [extended(opening, over: 0...0)] }
    var shown: Set<Int> = []
    var chosen: [Range<Int>] = []
    var threshold = 0.0
    while chosen.count < limit {
      var best: (worth: Double, index: Int)?
      for (index, candidate) in candidates.enumerated() {
        let worth = worth(of: candidate, shown: shown)
        if worth > best?.worth ?? 0 { best = (worth, index) }
      }
      guard let best, best.worth >= threshold else { break }
      if chosen.isEmpty { threshold = best.worth * Self.enough }
      let passage = candidates[best.index]
      chosen.append(passage)
      for occurrence in occurrences(in: passage) where occurrence.isIn(passage) {
        shown.insert(occurrence.piece)
      }
      candidates.removeAll { $0.overlaps(passage) }
    }
    return chosen
  }

  private func worth(of passage: Range<Int>, shown: Set<Int>) -> Double {
    var counted: Set<Int> = []
    var worth = 0.0
    for occurrence in occurrences(in: passage)
    where occurrence.isIn(passage) && counted.insert(occurrence.piece).inserted {
      // A piece that every article holds has a weight near zero and is still what was asked for.
      let weight = max(occurrence.weight, 0.01)
      worth += shown.contains(occurrence.piece) ? weight * Self.worthAgain : weight
    }
    return worth
  }

  /// The occurrences that begin in a passage.
  private func occurrences(in passage: Range<Int>) -> ArraySlice<Occurrence> {
    let start = occurrences.partitioningIndex { $0.units.lowerBound >= passage.lowerBound }
    let end = occurrences.partitioningIndex { $0.units.lowerBound >= passage.upperBound }
    return occurrences[start..<end]
  }

  private func candidates() -> [Range<Int>] {
    var candidates: [Range<Int>] = []
    for (index, sentence) in layout.sentences.enumerated() {
      let inside = occurrences(in: sentence)
      guard let furthest = inside.map(\.units.upperBound).max() else { continue }
      // A phrase that was asked for with its full stop reaches into the next sentence.
      let end = layout.sentences.partitioningIndex { $0.upperBound >= furthest }
      let sentence = sentence.lowerBound..<layout.sentences[end].upperBound
      if layout.length(of: sentence) <= Self.length {
        candidates.append(extended(sentence, over: index...end))
        continue
      }
      var last: Range<Int>?
      for occurrence in inside where last.map({ !occurrence.isIn($0) }) ?? true {
        let window = window(around: occurrence.units, in: sentence)
        if window != last { candidates.append(window) }
        last = window
      }
    }
    return candidates
  }

  /// Short sentences with as many of their neighbours in the paragraph as fit, following ones
  /// first.
  private func extended(_ passage: Range<Int>, over sentences: ClosedRange<Int>) -> Range<Int> {
    guard layout.length(of: passage) <= Self.length else {
      return window(around: passage.lowerBound..<passage.lowerBound + 1, in: passage)
    }
    var passage = passage
    for next in layout.sentences.indices.dropFirst(sentences.upperBound + 1) {
      let wider = passage.lowerBound..<layout.sentences[next].upperBound
      guard layout.paragraphs[next] == layout.paragraphs[sentences.upperBound],
        layout.length(of: wider) <= Self.length
      else { break }
      passage = wider
    }
    for last in layout.sentences.indices.prefix(sentences.lowerBound).reversed() {
      let wider = layout.sentences[last].lowerBound..<passage.upperBound
      guard layout.paragraphs[last] == layout.paragraphs[sentences.lowerBound],
        layout.length(of: wider) <= Self.length
      else { break }
      passage = wider
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

extension Occurrence {
  func isIn(_ passage: Range<Int>) -> Bool {
    passage.lowerBound <= units.lowerBound && units.upperBound <= passage.upperBound
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
