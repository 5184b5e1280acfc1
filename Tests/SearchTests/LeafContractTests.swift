import Foundation
import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

/// A leaf that holds another one to what leaves promise, while a query is evaluated by it: documents
/// ascend, none gets more than any bound says, and each gets what it got when it was asked for alone.
private final class WatchedLeaf: SegmentLeaf {
  private let leaf: SegmentLeaf
  /// What each document gets.
  private let given: [UInt32]
  private let bounds: [UInt32]
  /// Where the next window may begin, as long as it does not begin anew.
  private var next: UInt32 = 0
  /// The last candidate of the batches so far.
  private var last: UInt32?
  private(set) var restarts = 0
  private(set) var violations: [String] = []

  /// - Parameters:
  ///   - leaf: is watched.
  ///   - other: an equal leaf, which says what is right.
  init(_ leaf: SegmentLeaf, asking other: SegmentLeaf, documentCount: Int) {
    self.leaf = leaf
    given = (0..<UInt32(documentCount)).map { other.units(of: $0) }
    let sums = RangeSums(documentCount: documentCount)
    other.addBounds(to: sums, requiring: false)
    bounds = (0..<sums.count).map { sums[$0] }
    super.init(leaf.field, leaf.weighting, maximum: leaf.maximum)
  }

  private func check(_ isRight: Bool, _ what: @autoclosure () -> String) {
    if !isRight { violations.append(what()) }
  }

  private func check(_ units: UInt32, of document: UInt32) {
    check(units == given[Int(document)], "\(document) gets \(units), not \(given[Int(document)])")
    check(units <= maximum, "\(document) gets \(units), more than the maximum \(maximum)")
    let bound = bounds[Int(document) / RangeSums.width]
    check(units <= bound, "\(document) gets \(units), more than its range's \(bound)")
  }

  override var read: ScoredDocuments? { leaf.read }

  override func bound(ofRange range: Int) -> UInt32 {
    let bound = leaf.bound(ofRange: range)
    check(bound == bounds[range], "\(range) has the bound \(bound), not \(bounds[range])")
    return bound
  }

  override func addBounds(to sums: RangeSums, requiring: Bool) {
    leaf.addBounds(to: sums, requiring: requiring)
  }

  override func appendCandidates(
    ofBatch batch: inout Int, to candidates: Candidates, atLeast own: UInt32,
    where sums: RangeSums, reach least: UInt32
  ) -> Bool {
    if batch == 0 { last = nil }
    check(candidates.count == 0, "candidates are left from before")
    let goesOn = leaf.appendCandidates(
      ofBatch: &batch, to: candidates, atLeast: own, where: sums, reach: least)
    candidates.visit { document, units in
      check(last.map { $0 < document } ?? true, "\(document) comes behind \(last ?? 0)")
      last = document
      check(units, of: document)
      check(units >= own, "\(document) gets \(units), less than the \(own) asked for")
    }
    return goesOn
  }

  override func add(to scores: ScoreWindow, in window: Range<UInt32>) {
    if window.lowerBound < next { restarts += 1 }
    next = window.upperBound
    let before = window.indices.map { scores[Int($0 - window.lowerBound)] }
    leaf.add(to: scores, in: window)
    for (place, document) in window.enumerated() {
      check(scores[place] - before[place], of: document)
    }
  }

  override func add(to candidates: Candidates) {
    var before: [UInt32] = []
    candidates.visit { _, score in before.append(score) }
    leaf.add(to: candidates)
    var place = 0
    var previous: UInt32?
    candidates.visit { document, score in
      check(previous.map { $0 < document } ?? true, "\(document) is asked behind \(previous ?? 0)")
      previous = document
      check(score - before[place], of: document)
      place += 1
    }
  }

  override func units(of document: UInt32) -> UInt32 {
    let units = leaf.units(of: document)
    check(units, of: document)
    return units
  }

  override func threshold(_ count: Int) -> UInt32 {
    let threshold = leaf.threshold(count)
    let reached = given.count { $0 >= threshold && $0 > 0 }
    check(
      threshold == 0 || reached >= count, "\(reached) documents reach \(threshold), not \(count)")
    return threshold
  }
}

@Suite("Leaves keep what they promise while queries are evaluated")
struct LeafContractTests {
  @Test("of lists and phrases, few and many, with a filter and without", arguments: 0..<4)
  func watched(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let vocabulary = try ZipfIndex.make(seed: seed, documents: 9_000, in: folder)
    let snapshot = try IndexSnapshot.open(at: folder.path)
    let field = FieldID(.text, .grams)
    let model = BM25(snapshot.similarity, over: snapshot.statistics(of: field))
    var random = SeededGenerator(seed: seed + 300)
    for (index, segment) in snapshot.segments.enumerated() {
      let place = SegmentPlace(segment: segment, index: index)
      let segmentField = segment.field(field)
      /// A leaf of a word, or of two as a phrase; a new one each time.
      func leaf(_ words: [[UInt8]], weight: Float) throws -> SegmentLeaf? {
        let weighting = LeafWeighting(weight: weight, saturation: model.saturation)
        if words.count == 1 {
          guard let entry = try segmentField.entry(for: words[0]) else { return nil }
          return SegmentLeaf.of(segmentField.blocks(entry), in: segmentField, weighting, model)
        }
        let phrase = words.enumerated().map { PhraseTerm(term: $1, offset: UInt32($0)) }
        return FoundLeaf(
          try FoundDocuments(phrase, in: segmentField, nil), in: segmentField, weighting)
      }
      for round in 0..<8 {
        var leaves: [WatchedLeaf] = []
        // Up to three leaves are evaluated one after the other, more in windows.
        for _ in 0..<(round % 2 == 0 ? 3 : Int.random(in: 4...12, using: &random)) {
          let words = (0..<Int.random(in: 1...5, using: &random) / 4 + 1).map { _ in
            let rank = Int(pow(400, Double.random(in: 0..<1, using: &random))) - 1
            return Array(vocabulary[rank].utf8)
          }
          let weight = Float.random(in: 1_000...40_000_000, using: &random)
          guard let watched = try leaf(words, weight: weight),
            let other = try leaf(words, weight: weight)
          else { continue }
          leaves.append(
            WatchedLeaf(watched, asking: other, documentCount: segment.documentCount))
        }
        var filter: DocumentSet?
        if round % 4 > 1 {
          filter = DocumentSet(documentCount: segment.documentCount)
          for document in 0..<UInt32(segment.documentCount)
          where Int.random(in: 0..<9, using: &random) == 0 { filter?.insert(document) }
        }
        var all = TopDocuments(limit: .max)
        for document in 0..<UInt32(segment.documentCount) where filter?.contains(document) ?? true {
          let units = leaves.reduce(0) { $0 + $1.units(of: document) }
          if units > 0 { all.offer(units, document, in: place) }
        }
        for k in [1, 10, 1_000] {
          let before = leaves.map(\.restarts)
          var top = TopDocuments(limit: k)
          Disjunction(leaves, in: place, filter: filter).rank(into: &top)
          #expect(top.ranked() == Array(all.ranked().prefix(k)), "seed \(seed), \(k)")
          // Two guesses of the least score, and one pass without.
          #expect(zip(leaves, before).allSatisfy { $0.restarts - $1 <= 3 })
        }
        #expect(
          leaves.allSatisfy { $0.violations.isEmpty }, "\(leaves.flatMap(\.violations).prefix(3))")
      }
    }
  }
}
