internal import SuoyinIndex

/// Phrases that stand near one another in a text, in any order.
struct Near: Hashable, Sendable {
  struct Part: Hashable, Sendable {
    let terms: [PhraseTerm]
    /// In positions.
    let length: UInt32
  }

  let parts: [Part]
  /// The most positions between them in all; ends of sentences have one each.
  let distance: Int

  init(_ clauses: [AnalyzedClause], distance: Int) {
    parts = clauses.map { Part(terms: $0.whole, length: ($0.units.last?.offset ?? 0) + 1) }
    self.distance = distance
  }

  var terms: [PhraseTerm] { parts.flatMap(\.terms) }

  /// At how many places a group of all parts begins that lie near enough, none over another.
  ///
  /// - Parameter starts: of each part, ascending.
  /// - Complexity: O(n · 2ᵏ · k · log n) for n starts of k parts.
  func count(_ starts: [[UInt32]]) -> UInt32 {
    guard starts.allSatisfy({ !$0.isEmpty }) else { return 0 }
    let room = parts.reduce(UInt64(distance)) { $0 + UInt64($1.length) }
    let firsts = Set(starts.joined())
    return UInt32(
      firsts.count { first in end(from: first, starts).map { $0 <= UInt64(first) + room } ?? false }
    )
  }

  /// Where the shortest group ends that begins at a place.
  private func end(from first: UInt32, _ starts: [[UInt32]]) -> UInt64? {
    // Of each set of parts, a bit each, the least place at which all of them can have ended.
    var ends = [UInt64](repeating: .max, count: 1 << parts.count)
    for index in parts.indices where Self.next(first, in: starts[index]) == first {
      ends[1 << index] = UInt64(first) + UInt64(parts[index].length)
    }
    for set in ends.indices where ends[set] <= UInt64(UInt32.max) {
      for index in parts.indices where set & 1 << index == 0 {
        guard let start = Self.next(UInt32(ends[set]), in: starts[index]) else { continue }
        let with = set | 1 << index
        ends[with] = min(ends[with], UInt64(start) + UInt64(parts[index].length))
      }
    }
    return ends.last.flatMap { $0 == .max ? nil : $0 }
  }

  private static func next(_ place: UInt32, in starts: [UInt32]) -> UInt32? {
    let index = starts.partitioningIndex { $0 >= place }
    return index < starts.count ? starts[index] : nil
  }
}

extension FoundDocuments {
  /// The documents of a field that hold phrases near one another, as often as such groups begin.
  ///
  /// In a field without positions, those that hold all terms.
  ///
  /// - Parameter watch: ends it early, with some of them.
  /// - Complexity: that of finding where all terms meet, and linear in their positions there.
  init(_ near: Near, in field: SegmentField, _ watch: SearchWatch?) throws(IndexError) {
    self.init()
    if near.terms.hasLookalikes {
      try LookalikeSearch(near.parts.map(\.terms), near, in: field).visit(watch) { append($0, $1) }
      return
    }
    var lists: [(term: [UInt8], blocks: PostingBlocks)] = []
    for term in Set(near.terms.map(\.term)) {
      guard let entry = try field.entry(for: term) else { return }
      lists.append((term, field.blocks(entry)))
    }
    lists.sort { $0.blocks.documentFrequency < $1.blocks.documentFrequency }
    let listOf = Dictionary(uniqueKeysWithValues: lists.enumerated().map { ($1.term, $0) })
    let parts = near.parts.map { part in
      part.terms.compactMap { term in
        listOf[term.term].map { (list: $0, step: OffsetSteps.of([term.offset])) }
      }
    }
    let hasPositions = field.id.hasPositions
    let conjunction = Conjunction(lists.map(\.blocks), locating: hasPositions)
    let buffer = PositionBuffer()
    conjunction.forEach(counting: true, watch) { found in
      for place in 0..<found.count {
        guard hasPositions else {
          append(found.document(place), found.leastFrequency(place))
          continue
        }
        let positions = lists.indices.map { list in
          found.read(place, in: list, into: buffer)
          return buffer.array
        }
        let starts = parts.map { part in
          // The first term of a phrase is at its start.
          var starts = part.first.map { positions[$0.list] } ?? []
          for (list, steps) in part.dropFirst() {
            for step in steps { step.keep(&starts, at: positions[list]) }
          }
          return starts
        }
        let frequency = near.count(starts)
        if frequency > 0 { append(found.document(place), frequency) }
      }
    }
  }
}
