internal import SuoyinIndex

/// What the weights of a plan depend on, of the whole collection: enough to plan the same query once
/// more with the same scores, whatever has been added since.
struct PlanStatistics: Hashable, Sendable {
  /// Those of ``FieldID/all``.
  var fields: [FieldStatistics]
  /// In how many documents each term is, in the order in which the plan asks.
  var frequencies: [Int] = []

  init(fields: [FieldStatistics]) {
    self.fields = fields
  }

  init(_ snapshot: IndexSnapshot) {
    fields = FieldID.all.map { snapshot.statistics(of: $0) }
  }

  subscript(field: FieldID) -> FieldStatistics { fields[field.index] }
}

/// Answers what a plan asks of the collection: from the index, or as it was answered before.
struct FrequencySource {
  /// What was asked and answered so far.
  private(set) var statistics: PlanStatistics
  private let known: [Int]?

  /// - Parameter known: what answers in place of the index; nil where that does.
  init(_ known: PlanStatistics?, on snapshot: IndexSnapshot) {
    statistics = known.map { PlanStatistics(fields: $0.fields) } ?? PlanStatistics(snapshot)
    self.known = known?.frequencies
  }

  /// The next answer.
  ///
  /// - Parameter look: asks the index.
  mutating func next(_ look: () throws(IndexError) -> Int) throws(IndexError) -> Int {
    let place = statistics.frequencies.count
    let answer =
      if let known, place < known.count { known[place] } else { try look() }
    statistics.frequencies.append(answer)
    return answer
  }
}
