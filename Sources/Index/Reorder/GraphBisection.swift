import Glibc
import SuoyinStorage

/// Puts documents that have many terms in common side by side, by recursive graph bisection.
///
/// Documents are divided into halves, each of which is divided again. In a division pairs of documents
/// change sides as long as that lowers what lists would cost: a term that l of n documents of a half have
/// costs about l · log₂(n / (l + 1)) bits there. What a document's moving saves is the sum of what it
/// saves for each of its terms, which is worked out once a round for all documents of a half.
///
/// The order in which documents come is a good start, and what it says of their likeness is kept where
/// nothing is better. The result is the same for any number of threads.
///
/// Sources: L. Dhulipala, I. Kabiljo, B. Karrer, G. Ottaviano, S. Pupyrev, A. Shalita, “Compressing graphs
/// and indexes with recursive graph bisection”, KDD 2016; J. Mackenzie, A. Mallia, M. Petri, J. S. Culpepper,
/// T. Suel, “Compressing inverted indexes with recursive graph bisection: a reproducibility study”, ECIR
/// 2019; J. Mackenzie, M. Petri, A. Moffat, “Faster index reordering with bipartite graph partitioning”,
/// SIGIR 2021.
struct GraphBisection {
  /// Parts of so many documents are not divided.
  static let leastDocuments = 16
  /// The most rounds of a division.
  private static let rounds = 20
  /// How many bits more than in the round before a pair has to save: it ends divisions in which the same
  /// documents go to and fro, in three quarters of the time and with lists as short.
  private static let bitsPerRound: Float = 1

  private let index: ForwardIndex
  private let workers: Workers
  private let steps: CostSteps
  /// Divisions above each other that are made one at a time, each on all threads, before threads have
  /// parts of their own: eight for each.
  private let sharedLevels: Int

  init(_ index: ForwardIndex, by workers: Workers) {
    self.index = index
    self.workers = workers
    steps = CostSteps(documentCount: index.documentCount)
    sharedLevels = 3 + Int.bitWidth - (workers.count - 1).leadingZeroBitCount
  }

  /// All documents, in their new order.
  ///
  /// - Parameter progress: is told how much is done, from 0 to 1.
  /// - Complexity: O(p · log n) for p postings of n documents. Memory, beside the index: a few bytes a
  ///   document and a term, and the postings of the parts that threads have: of a quarter of the documents.
  func order(_ progress: (Double) -> Void) -> [UInt32] {
    var parts = [Array(0..<UInt32(index.documentCount))]
    let shared = Double(sharedLevels) / Double(levels)
    for level in 0..<sharedLevels {
      progress(Double(level) / Double(levels))
      var halves: [[UInt32]] = []
      for var part in parts {
        guard part.count > Self.leastDocuments else {
          halves.append(part)
          continue
        }
        let half = divide(&part, of: index, by: workers)
        halves.append(Array(part[..<half]))
        halves.append(Array(part[half...]))
      }
      parts = halves
    }
    var ordered: [UInt32] = []
    ordered.reserveCapacity(index.documentCount)
    let all = parts
    workers.produce(
      all.count, { arranged(all[$0], of: index) },
      take: { part in
        ordered += part
        let share = Double(ordered.count) / Double(max(1, index.documentCount))
        progress(shared + (1 - shared) * share)
      })
    return ordered
  }

  /// How many divisions lie above each other.
  private var levels: Int {
    var levels = sharedLevels
    while index.documentCount >> levels > Self.leastDocuments { levels += 1 }
    return levels
  }

  /// Some documents in their new order, by one thread.
  private func arranged(_ documents: [UInt32], of index: ForwardIndex) -> [UInt32] {
    guard documents.count > Self.leastDocuments else { return documents }
    let part = index.part(documents.span)
    var order = Array(0..<UInt32(documents.count))
    let half = divide(&order, of: part, by: Workers(1))
    let first = arranged(Array(order[..<half]), of: part)
    let second = arranged(Array(order[half...]), of: part)
    return (first + second).map { documents[Int($0)] }
  }

  /// Divides documents into halves.
  ///
  /// - Returns: how many are in the first, which come first in `documents`.
  private func divide(
    _ documents: inout [UInt32], of index: ForwardIndex, by workers: Workers
  ) -> Int {
    let half = documents.count / 2
    var division = Division(documents, half: half, of: index)
    var candidates = Candidates()
    for round in 0..<Self.rounds {
      let gains = division.gains(steps, by: workers)
      candidates.choose(gains, half: half)
      let pairs = candidates.pairs(above: Self.bitsPerRound * Float(round))
      guard pairs > 0 else { break }
      for pair in 0..<pairs { division.swap(candidates.first(pair), candidates.second(pair)) }
    }
    documents = division.documents
    return half
  }
}

/// How much more a half costs with each further document of a term: of d · log₂(d + 1) the difference from
/// one d to the next. What l · log₂(n) adds is the same in both halves, and falls out.
private struct CostSteps: Sendable {
  private let steps: [Float]

  init(documentCount: Int) {
    var last = 0.0
    steps = (0...documentCount + 1).map { count in
      let next = Double(count + 1) * log2(Double(count + 2))
      defer { last = next }
      return Float(next - last)
    }
  }

  /// From d documents to one more.
  @inline(__always)
  subscript(count: UInt32) -> Float { steps[Int(count)] }
}

/// Documents in two halves, and how many of each half have each term.
private struct Division {
  private(set) var documents: [UInt32]
  private let half: Int
  private let index: ForwardIndex
  private var first: [UInt32]
  private var second: [UInt32]

  init(_ documents: [UInt32], half: Int, of index: ForwardIndex) {
    self.documents = documents
    self.half = half
    self.index = index
    first = index.frequencies(documents.span.extracting(..<half))
    second = index.frequencies(documents.span.extracting(half...))
  }

  /// What it saves to put each document into the other half.
  func gains(_ steps: CostSteps, by workers: Workers) -> [Float] {
    var toSecond = [Float](repeating: 0, count: index.termCount)
    var toFirst = toSecond
    for term in 0..<index.termCount {
      let (a, b) = (first[term], second[term])
      if a > 0 { toSecond[term] = steps[b] - steps[a - 1] }
      if b > 0 { toFirst[term] = steps[a] - steps[b - 1] }
    }
    let leaving = (first: toSecond, second: toFirst)
    var gains: [Float] = []
    gains.reserveCapacity(documents.count)
    let chunks = (documents.count + Self.chunk - 1) / Self.chunk
    workers.produce(
      chunks,
      { chunk in
        let range = chunk * Self.chunk..<min(documents.count, (chunk + 1) * Self.chunk)
        let inFirst = range.clamped(to: 0..<half)
        return sums(inFirst, leaving.first.span)
          + sums(
            inFirst.isEmpty ? range : inFirst.upperBound..<range.upperBound, leaving.second.span)
      },
      take: { gains += $0 })
    return gains
  }

  private static let chunk = 4096

  /// The sum over the terms of each document.
  private func sums(_ range: Range<Int>, _ ofTerms: Span<Float>) -> [Float] {
    let (starts, terms, documents) = (index.starts.span, index.terms.span, documents.span)
    var sums: [Float] = []
    sums.reserveCapacity(range.count)
    for place in range {
      let document = Int(documents[place])
      var sum: Float = 0
      for posting in Int(starts[document])..<Int(starts[document + 1]) {
        sum += ofTerms[Int(terms[posting])]
      }
      sums.append(sum)
    }
    return sums
  }

  /// Lets a document of the first half and one of the second change places.
  mutating func swap(_ a: Int, _ b: Int) {
    let index = index
    Self.move(index.terms.span.extracting(index.range(of: documents[a])), from: &first, to: &second)
    Self.move(index.terms.span.extracting(index.range(of: documents[b])), from: &second, to: &first)
    documents.swapAt(a, b)
  }

  private static func move(_ terms: Span<UInt32>, from: inout [UInt32], to: inout [UInt32]) {
    var from = from.mutableSpan
    var to = to.mutableSpan
    for place in terms.indices {
      let term = Int(terms[place])
      from[term] -= 1
      to[term] += 1
    }
  }
}

/// The documents of both halves that gain most by moving, most first.
private struct Candidates {
  private var firstKeys: [UInt64] = []
  private var secondKeys: [UInt64] = []
  private var spare: [UInt64] = []
  private var gains: [Float] = []

  /// The places of a pair, those that gain most first.
  func first(_ pair: Int) -> Int { Self.place(firstKeys[pair]) }
  func second(_ pair: Int) -> Int { Self.place(secondKeys[pair]) }

  /// How many pairs save more than that by changing places.
  func pairs(above least: Float) -> Int {
    let count = min(firstKeys.count, secondKeys.count)
    return (0..<count).partitionPoint {
      gains[Self.place(firstKeys[$0])] + gains[Self.place(secondKeys[$0])] > least
    }
  }

  /// - Parameters:
  ///   - gains: of all documents, those of the first half first.
  mutating func choose(_ gains: [Float], half: Int) {
    self.gains = gains
    let greatest = gains[..<half].max() ?? 0
    let other = gains[half...].max() ?? 0
    Self.fill(&firstKeys, gains, 0..<half, above: -other)
    Self.fill(&secondKeys, gains, half..<gains.count, above: -greatest)
    firstKeys.sortByUpperHalves(with: &spare)
    secondKeys.sortByUpperHalves(with: &spare)
  }

  private static func fill(
    _ keys: inout [UInt64], _ gains: [Float], _ places: Range<Int>, above least: Float
  ) {
    keys.removeAll(keepingCapacity: true)
    for place in places where gains[place] > least {
      // Bits that ascend as gains fall.
      let bits = gains[place].bitPattern
      let falling = bits >> 31 == 0 ? ~(bits | 1 << 31) : bits
      keys.append(UInt64(falling) << 32 | UInt64(place))
    }
  }

  private static func place(_ key: UInt64) -> Int { Int(UInt32(truncatingIfNeeded: key)) }
}
