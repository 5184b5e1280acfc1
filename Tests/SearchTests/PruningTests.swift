import Foundation
import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

/// Lists that are long enough to have bounds for ranges of documents and blocks in plenty.
@Suite("What is passed over changes nothing")
struct PruningTests {
  private static let field = FieldID(.text, .grams)

  @Test("the best k are the first k of all", arguments: 0..<4)
  func best(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let vocabulary = try ZipfIndex.make(seed: seed, documents: 14_000, in: folder)
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    var random = SeededGenerator(seed: seed + 100)
    for round in 0..<60 {
      let shape = [FieldQuery.Shape.any, .all, .phrase][round % 3]
      let terms = (0..<Int.random(in: 1...(shape == .any ? 9 : 3), using: &random)).map { _ in
        // Mostly the frequent ones.
        vocabulary[min(399, Int(pow(1.02, Double.random(in: 0..<300, using: &random))) - 1)]
      }
      let query = FieldQuery(shape, of: terms.map { Array($0.utf8) }, in: Self.field)
      let all = try searcher.top(.max, of: query)
      #expect(try searcher.count(query) == all.count, "seed \(seed), \(shape) of \(terms)")
      for k in [1, 2, 10, 100, 1_000] {
        let top = try searcher.top(k, of: query)
        #expect(top == Array(all.prefix(k)), "seed \(seed), \(k) of \(shape) of \(terms)")
      }
    }
  }

  @Test("a disjunction with a filter finds the best of it", arguments: 0..<4)
  func filtered(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let vocabulary = try ZipfIndex.make(seed: seed, documents: 9_000, in: folder)
    let snapshot = try IndexSnapshot.open(at: folder.path)
    var random = SeededGenerator(seed: seed + 200)
    for (index, segment) in snapshot.segments.enumerated() {
      let place = SegmentPlace(segment: segment, index: index)
      for _ in 0..<12 {
        let leaves = try Self.leaves(
          (0..<4).map { _ in vocabulary[Int.random(in: 0..<40, using: &random)] }, of: segment,
          in: snapshot, similarity: Similarity(k1: 0.9, b: 0.4))
        var filter = DocumentSet(documentCount: segment.documentCount)
        let share = Int.random(in: 1...200, using: &random)
        for document in 0..<UInt32(segment.documentCount)
        where Int.random(in: 0..<share, using: &random) == 0 {
          filter.insert(document)
        }
        var all = TopDocuments(limit: .max)
        for document in 0..<UInt32(segment.documentCount) where filter.contains(document) {
          let units = leaves.reduce(0) { $0 + $1.units(of: document) }
          if units > 0 { all.offer(units, document, in: place) }
        }
        for k in [1, 10, 100, 1_000] {
          var top = TopDocuments(limit: k)
          Disjunction(leaves, in: place, filter: filter).rank(into: &top)
          #expect(top.ranked() == Array(all.ranked().prefix(k)), "seed \(seed), \(k)")
        }
      }
    }
  }

  @Test(
    "no document gets more than any bound says",
    arguments: [Similarity(k1: 0.9, b: 0.4), Similarity(k1: 2, b: 1), Similarity(k1: 0, b: 0)],
    0..<3)
  func bounds(similarity: Similarity, seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let vocabulary = try ZipfIndex.make(seed: seed, documents: 9_000, in: folder)
    let snapshot = try IndexSnapshot.open(at: folder.path)
    for segment in snapshot.segments {
      for word in [0, 1, 2, 5, 20, 90, 300, 399].map({ vocabulary[$0] }) {
        for leaf in try Self.leaves([word], of: segment, in: snapshot, similarity: similarity) {
          let sums = RangeSums(documentCount: segment.documentCount)
          leaf.addBounds(to: sums, requiring: false)
          let required = RangeSums(documentCount: segment.documentCount)
          for range in 0..<required.count { required[range] = range % 2 == 0 ? 5 : 0 }
          leaf.addBounds(to: required, requiring: true)
          for range in 0..<sums.count {
            let first = UInt32(range * RangeSums.width)
            let end = min(first + UInt32(RangeSums.width), UInt32(segment.documentCount))
            let given = (first..<end).map { leaf.units(of: $0) }
            let greatest = given.max() ?? 0
            #expect(greatest <= sums[range] && greatest <= leaf.maximum)
            #expect((greatest == 0) == (sums[range] == 0))
            #expect(
              required[range] == (range % 2 == 0 && greatest > 0 ? sums[range] + 5 : 0))
            let window = ScoreWindow()
            leaf.add(to: window, in: first..<end)
            #expect(given.indices.allSatisfy { window[$0] == given[$0] })
          }
          let ranked = (0..<UInt32(segment.documentCount)).map { leaf.units(of: $0) }.sorted(by: >)
          for k in [1, 10, 100, 1_000] {
            let threshold = leaf.threshold(k)
            #expect(threshold == 0 || k <= ranked.count && ranked[k - 1] >= threshold)
          }
        }
      }
    }
  }

  private static func leaves(
    _ words: [String], of segment: Segment, in snapshot: IndexSnapshot, similarity: Similarity
  ) throws -> [SegmentLeaf] {
    let model = BM25(similarity, over: snapshot.statistics(of: field))
    let segmentField = segment.field(field)
    return try words.compactMap { word in
      guard let entry = try segmentField.entry(for: Array(word.utf8)) else { return nil }
      let weighting = LeafWeighting(weight: 12_345_678, saturation: model.saturation)
      return SegmentLeaf.of(segmentField.blocks(entry), in: segmentField, weighting, model)
    }
  }
}
