/// Something that is measured, with a name and a result that it must give every time.
struct Case<Result: Equatable> {
  let name: String
  let run: () throws -> Result
  /// Throws where a result cannot be right; called once, outside the time.
  var check: (Result) throws -> Void = { _ in }
}

/// Runs cases and gives for each the time of every round, in nanoseconds.
///
/// A first round warms caches, is checked and not counted; in every later one each case must give
/// what it gave in the first. Rounds are interleaved: each goes through all cases in their order, so
/// that a disturbance of the machine meets all of them.
func measure<Result>(
  _ cases: [Case<Result>], rounds: Int
) throws -> (nanoseconds: [[Double]], results: [Result]) {
  let clock = ContinuousClock()
  var expected: [Result] = []
  for item in cases {
    let result = try item.run()
    try item.check(result)
    expected.append(result)
  }
  var times = Array(repeating: [Double](), count: cases.count)
  for round in 1...rounds {
    for (index, item) in cases.enumerated() {
      let start = clock.now
      let result = try item.run()
      let took = clock.now - start
      guard result == expected[index] else {
        throw CheckFailure(item.name, "round \(round) gives \(result), not \(expected[index])")
      }
      times[index].append(nanoseconds(took))
    }
  }
  return (times, expected)
}

func nanoseconds(_ duration: Duration) -> Double {
  Double(duration.components.seconds) * 1e9 + Double(duration.components.attoseconds) / 1e9
}

/// How a set of measured values is spread, in the unit of the values.
struct Spread: Encodable, Equatable {
  let min: Double
  let median: Double
  let p95: Double
  let p99: Double

  /// The values' nearest ranks, with two decimals.
  ///
  /// - Precondition: there is a value.
  init(_ values: [Double]) {
    let sorted = values.sorted()
    func rank(_ share: Double) -> Double {
      rounded(sorted[Swift.max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)])
    }
    min = rounded(sorted[0])
    median = rank(0.5)
    p95 = rank(0.95)
    p99 = rank(0.99)
  }
}

/// A value with two decimals.
func rounded(_ value: Double) -> Double {
  (value * 100).rounded() / 100
}
