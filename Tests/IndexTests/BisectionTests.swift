import Foundation
import SuoyinTestSupport
import Testing

@testable import SuoyinIndex

@Suite("Recursive graph bisection")
struct BisectionTests {
  /// Documents of clusters, each with words of its own beside those of all; in random order.
  private static func clusters(
    _ count: Int, documents: Int, using random: inout SeededGenerator
  ) -> (index: ForwardIndex, cluster: [Int]) {
    let cluster = (0..<documents).map { $0 % count }.shuffled(using: &random)
    let lists = cluster.map { cluster in
      var terms: Set<UInt32> = []
      for _ in 0..<12 {
        terms.insert(UInt32(cluster * 30 + Int.random(in: 0..<30, using: &random)))
      }
      for _ in 0..<6 { terms.insert(UInt32(count * 30 + Int.random(in: 0..<200, using: &random))) }
      return terms.sorted()
    }
    return (ForwardIndex(lists, termCount: count * 30 + 200), cluster)
  }

  private static func order(_ index: ForwardIndex, threads: Int = 2) -> [UInt32] {
    GraphBisection(index, by: Workers(threads)).order { _ in }
  }

  /// The mean of bits that a posting's distance from the one before takes.
  private static func cost(_ index: ForwardIndex, order: [UInt32]) -> Double {
    var last = [Int](repeating: -1, count: index.termCount)
    var bits = 0.0
    for (place, document) in order.enumerated() {
      for posting in index.range(of: document) {
        let term = Int(index.terms[posting])
        bits += log2(Double(place - last[term]))
        last[term] = place
      }
    }
    return bits / Double(max(1, index.terms.count))
  }

  @Test("gives each document once, the same for any number of threads", arguments: 0..<6)
  func permutation(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for count in [0, 1, 2, 15, 16, 17, 18, 33, 100, 257, 1_000, 5_003] {
      let lists = (0..<count).map { _ in
        Set(
          (0..<Int.random(in: 0...20, using: &random)).map { _ in
            UInt32(Int.random(in: 0..<Int.random(in: 1...300, using: &random), using: &random))
          }
        ).sorted()
      }
      let index = ForwardIndex(lists, termCount: 300)
      let order = Self.order(index, threads: 1)
      #expect(order.sorted() == Array(0..<UInt32(count)), "seed \(seed), \(count)")
      for threads in [2, 5] {
        #expect(Self.order(index, threads: threads) == order, "seed \(seed), \(count)")
      }
    }
  }

  @Test("brings together what was planted together, and lists cost less", arguments: 0..<4)
  func planted(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = [2, 4, 9, 30][Int(seed)]
    let (index, cluster) = Self.clusters(count, documents: 3_000, using: &random)
    let order = Self.order(index)
    let borders = zip(order, order.dropFirst()).count { cluster[Int($0)] != cluster[Int($1)] }
    #expect(borders < 3_000 / 10, "seed \(seed): \(borders) borders of \(count) clusters")
    let before = Self.cost(index, order: Array(0..<3_000))
    let after = Self.cost(index, order: order)
    #expect(after < before * 0.95, "seed \(seed): \(before) bits a posting became \(after)")
  }

  @Test("makes nothing worse that is in good order already", arguments: 0..<4)
  func ordered(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let (index, cluster) = Self.clusters(16, documents: 2_048, using: &random)
    let sorted = cluster.indices.sorted { (cluster[$0], $0) < (cluster[$1], $1) }
    let terms = sorted.map { document in index.range(of: UInt32(document)).map { index.terms[$0] } }
    let good = ForwardIndex(terms, termCount: index.termCount)
    let before = Self.cost(good, order: Array(0..<2_048))
    let after = Self.cost(good, order: Self.order(good))
    #expect(after < before * 1.01, "seed \(seed): \(before) bits a posting became \(after)")
  }

  @Test("tells how far it is, forwards, to the end")
  func progress() {
    var random = SeededGenerator(seed: 1)
    let (index, _) = Self.clusters(4, documents: 1_000, using: &random)
    var shares: [Double] = []
    _ = GraphBisection(index, by: Workers(2)).order { shares.append($0) }
    #expect(shares == shares.sorted() && shares.first == 0 && shares.last == 1)
  }

  @Test("sorts by upper halves, equal ones as they came", arguments: [0, 1, 2, 256, 257, 5_000])
  func radix(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    var spare: [UInt64] = []
    for limit in [1, 200, 70_000, UInt64(UInt32.max)] {
      var keys = (0..<UInt64(count)).map { UInt64.random(in: 0...limit, using: &random) << 32 | $0 }
      let sorted = keys.sorted()
      keys.sortByUpperHalves(with: &spare)
      #expect(keys == sorted)
    }
  }
}
