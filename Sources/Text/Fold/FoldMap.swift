/// What a fold tells of its steps: some code units made of some bytes, one step behind the other.
protocol FoldRecording {
  /// Whether anything is kept of it.
  static var isKept: Bool { get }
  mutating func record(units: Int, from start: Int, to end: Int)
  /// Takes back the last step recorded.
  mutating func takeBack()
  /// Makes a code unit, by its place before any such change, part of the one before it; called in
  /// ascending order when all steps are recorded.
  mutating func remove(_ unit: Int)
}

/// Keeps nothing, for the path that indexes.
struct NoFoldMap: FoldRecording {
  static var isKept: Bool { false }

  @inline(__always)
  mutating func record(units: Int, from start: Int, to end: Int) {}
  @inline(__always)
  mutating func takeBack() {}
  @inline(__always)
  mutating func remove(_ unit: Int) {}
}

/// The way from folded text back to its source, as runs of like steps: a line of Han is one run of
/// steps of one code unit and three bytes.
struct FoldMap: FoldRecording, Sendable {
  static var isKept: Bool { true }

  private struct Run {
    /// Where it begins in the folded text.
    var folded: Int
    /// Where it begins in the source.
    var source: Int
    /// The code units and bytes of each step; no bytes in a blank of line repair.
    var units: Int
    var bytes: Int
    var count: Int
  }

  private var runs: [Run] = []
  /// The code units of the steps that ``KanaSpelling`` took out of the folded text.
  private var removed: [Int] = []

  mutating func record(units: Int, from start: Int, to end: Int) {
    guard let last = runs.indices.last else {
      runs.append(Run(folded: 0, source: start, units: units, bytes: end - start, count: 1))
      return
    }
    let run = runs[last]
    if run.units == units, run.bytes == end - start, run.source + run.count * run.bytes == start {
      runs[last].count += 1
    } else {
      runs.append(
        Run(
          folded: run.folded + run.count * run.units, source: start, units: units,
          bytes: end - start, count: 1))
    }
  }

  mutating func takeBack() {
    guard let last = runs.indices.last else { return }
    if runs[last].count > 1 { runs[last].count -= 1 } else { runs.removeLast() }
  }

  mutating func remove(_ unit: Int) {
    removed.append(unit)
  }

  /// The place among the code units of the steps of one of the folded text.
  private func place(of folded: Int) -> Int {
    var low = 0
    var high = removed.count
    while low < high {
      let middle = (low + high) / 2
      if removed[middle] - middle <= folded { low = middle + 1 } else { high = middle }
    }
    return folded + low
  }

  /// The bytes of the source whose characters made the code units of `folded`: from the first byte
  /// of the first character to the last byte of the last, without a blank of line repair or
  /// characters that vanished at either end.
  ///
  /// - Complexity: O(log r) in the number of runs and of code units taken out, and O(b) in the blanks of repair at the ends.
  func source(of range: Range<Int>) -> Range<Int> {
    let folded = place(of: range.lowerBound)..<place(of: range.upperBound)
    guard !folded.isEmpty else {
      let place = start(of: folded.lowerBound)
      return place..<place
    }
    return source(
      of: folded, from: run(at: folded.lowerBound), to: run(at: folded.upperBound - 1))
  }

  /// The bytes of the source of each of some ranges, as ``source(of:)`` has them.
  ///
  /// - Precondition: no range is empty, or begins before the end of the one before.
  /// - Complexity: linear in the ranges and runs; O(log u) more for each range where u code units were
  ///   taken out.
  func sources(of ranges: some Collection<Range<Int>>) -> [Range<Int>] {
    var sources: [Range<Int>] = []
    sources.reserveCapacity(ranges.count)
    var low = 0
    for range in ranges {
      let folded =
        removed.isEmpty ? range : place(of: range.lowerBound)..<place(of: range.upperBound)
      low = self.run(at: folded.lowerBound, from: low)
      let run = runs[low]
      if run.units == 1, run.bytes > 0, folded.upperBound - run.folded <= run.count {
        // As nearly all: characters of one code unit each.
        let start = run.source + (folded.lowerBound - run.folded) * run.bytes
        sources.append(start..<start + folded.count * run.bytes)
        continue
      }
      let high = self.run(at: folded.upperBound - 1, from: low)
      sources.append(source(of: folded, from: low, to: high))
    }
    return sources
  }

  /// The bytes of the source of code units of the steps, from the run that holds the first to that of
  /// the last.
  private func source(of folded: Range<Int>, from low: Int, to high: Int) -> Range<Int> {
    var (low, high) = (low, high)
    while runs[low].bytes == 0, low < high { low += 1 }
    while runs[high].bytes == 0, high > low { high -= 1 }
    let first = max(folded.lowerBound, runs[low].folded)
    let end = min(folded.upperBound, runs[high].folded + runs[high].count * runs[high].units)
    let firstStep = (first - runs[low].folded) / runs[low].units
    let lastStep = (end - 1 - runs[high].folded) / runs[high].units
    return runs[low].source + firstStep * runs[low].bytes..<runs[high].source + (lastStep + 1)
      * runs[high].bytes
  }

  /// The start of the character that made the code unit at `folded`; at the end of the text the end
  /// of the last character.
  private func start(of folded: Int) -> Int {
    guard let last = runs.last else { return 0 }
    if folded >= last.folded + last.count * last.units {
      return last.source + last.count * last.bytes
    }
    let run = runs[run(at: folded)]
    return run.source + (folded - run.folded) / run.units * run.bytes
  }

  /// The run that holds a code unit, which is one from `first` on.
  private func run(at folded: Int, from first: Int) -> Int {
    var run = first
    while run + 1 < runs.count, runs[run + 1].folded <= folded { run += 1 }
    return run
  }

  /// The run that holds a code unit.
  private func run(at folded: Int) -> Int {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].folded <= folded { low = middle } else { high = middle }
    }
    return low
  }
}
