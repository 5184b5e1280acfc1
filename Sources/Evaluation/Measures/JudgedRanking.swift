internal import Glibc

/// The grades of a topic's documents in the order of a ranking, and of all that were judged.
///
/// Which of two documents of equal score comes first is a matter of the program that
/// `ir_measures` asks for a measure; values are equal to its only in the same order.
struct JudgedRanking {
  /// The order of a ranking.
  enum Order: CaseIterable {
    /// trec_eval's: scores as Float32, equal ones by id, backwards.
    case trec
    /// Scores as Float64, equal ones by id.
    case byID
    /// Scores as Float64, equal ones as they stand in the file.
    case stable
  }

  /// How many ranks cwl_eval looks at, and divides by the weight of.
  static let ranksOfRBP = 1000

  /// Of each document its grade; nil where it was not in the pool.
  private let grades: [Int?]
  /// How many documents were judged with a grade from 0 up, each in the place of its grade.
  private let levels: [Int: Int]

  init(_ ranking: [Run.Entry], judgements: [Identifier: Int], order: Order) {
    grades = Self.sorted(ranking, order).map { judgements[Identifier($0.id)] }
    levels = judgements.values.filter { $0 >= 0 }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  private static func sorted(_ ranking: [Run.Entry], _ order: Order) -> [Run.Entry] {
    switch order {
    case .trec:
      ranking.sorted { a, b in
        let (x, y) = (Float(a.score), Float(b.score))
        return x != y ? x > y : b.id.utf8.lexicographicallyPrecedes(a.id.utf8)
      }
    case .byID:
      ranking.sorted { a, b in
        a.score != b.score
          ? a.score > b.score : a.id.utf8.lexicographicallyPrecedes(b.id.utf8)
      }
    case .stable:
      ranking.enumerated().sorted { a, b in
        a.element.score != b.element.score
          ? a.element.score > b.element.score : a.offset < b.offset
      }.map(\.element)
    }
  }

  /// How many documents have at least that grade.
  private func count(from rel: Int) -> Int {
    levels.reduce(0) { $1.key >= rel ? $0 + $1.value : $0 }
  }

  /// - Complexity: linear in the ranking and in the judgements.
  func value(of measure: Measure) -> Double {
    var ranks = measure.judgedOnly ? grades.filter { ($0 ?? -1) >= 0 } : grades
    let retrieved = ranks.count
    if let cutoff = measure.cutoff { ranks = Array(ranks.prefix(cutoff)) }
    let isRelevant = ranks.map { ($0 ?? -1) >= measure.rel }
    let found = isRelevant.count { $0 }
    let relevant = count(from: measure.rel)
    func share(_ count: some BinaryInteger, of all: Int) -> Double {
      all == 0 ? 0 : Double(count) / Double(all)
    }
    switch measure.kind {
    case .ndcg:
      let ideal = idealGain(at: measure.cutoff)
      return ideal > 0 ? Self.gain(ranks.lazy.map { $0 ?? 0 }) / ideal : 0
    case .ap:
      return relevant == 0 ? 0 : sumOfPrecisions(isRelevant) / Double(relevant)
    case .rr:
      return isRelevant.firstIndex(of: true).map { 1 / Double($0 + 1) } ?? 0
    case .p:
      return share(found, of: measure.cutoff ?? 0)
    case .r:
      return share(found, of: relevant)
    case .rprec:
      return share(isRelevant.prefix(relevant).count { $0 }, of: relevant)
    case .success:
      return found > 0 ? 1 : 0
    case .bpref:
      return bpref(ranks, rel: measure.rel, relevant: relevant)
    case .judged:
      return share(ranks.count { $0 != nil }, of: min(retrieved, measure.cutoff ?? retrieved))
    case .rbp:
      return rankBiasedPrecision(isRelevant.prefix(Self.ranksOfRBP), p: measure.p)
    }
  }

  private static func gain(_ grades: some Sequence<Int>) -> Double {
    var sum = 0.0
    for (index, grade) in grades.enumerated() where grade > 0 {
      sum += Double(grade) / log2(Double(index + 2))
    }
    return sum
  }

  /// The gain of all judged documents, best first.
  private func idealGain(at cutoff: Int?) -> Double {
    let best = levels.sorted { $0.key > $1.key }
      .flatMap { repeatElement($0.key, count: $0.value) }
    return Self.gain(best.prefix(cutoff ?? best.count))
  }

  private func sumOfPrecisions(_ isRelevant: [Bool]) -> Double {
    var sum = 0.0
    var found = 0
    for (index, isRelevant) in isRelevant.enumerated() where isRelevant {
      found += 1
      sum += Double(found) / Double(index + 1)
    }
    return sum
  }

  /// How many of the documents judged not relevant stand above each relevant one.
  ///
  /// Source: C. Buckley, E. Voorhees, “Retrieval Evaluation with Incomplete Information”, SIGIR
  /// 2004, with the bound on the denominator that trec_eval has.
  private func bpref(_ ranks: [Int?], rel: Int, relevant: Int) -> Double {
    guard relevant > 0 else { return 0 }
    let others = count(from: 0) - relevant
    var sum = 0.0
    var above = 0
    for case .some(let grade) in ranks where grade >= 0 {
      if grade < rel {
        above += 1
      } else {
        sum += above == 0 ? 1 : 1 - Double(min(above, relevant)) / Double(min(others, relevant))
      }
    }
    return sum / Double(relevant)
  }

  /// Source: A. Moffat, J. Zobel, “Rank-Biased Precision for Measurement of Retrieval
  /// Effectiveness”, TOIS 27 (2008), over the ranks that cwl_eval looks at.
  private func rankBiasedPrecision(_ isRelevant: ArraySlice<Bool>, p: Double) -> Double {
    var weight = 1.0
    var sum = 0.0
    for isRelevant in isRelevant {
      if isRelevant { sum += weight }
      weight *= p
    }
    return sum * (1 - p) / (1 - pow(p, Double(Self.ranksOfRBP)))
  }
}

extension Measure {
  /// The order in which `ir_measures` has the measure computed.
  var order: JudgedRanking.Order {
    switch kind {
    case .rr where cutoff != nil: .byID
    case .judged: .byID
    case .rbp: .stable
    default: .trec
    }
  }
}
