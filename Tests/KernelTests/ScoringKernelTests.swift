import CKernels
import SuoyinTestSupport
import Testing

@Suite("Kernels of scores")
struct ScoringKernelTests {
  private static let counts = [0, 1, 3, 8, 15, 16, 17, 63, 64, 65, 128, 200, 256]

  private func kernels(_ level: ck_level) throws -> ck_scoring {
    unsafe try #require(unsafe ck_scoring_at(level)).pointee
  }

  /// The formula, written out once more.
  private func units(_ frequency: UInt32, _ length: UInt16, _ by: ck_weighting) -> UInt32 {
    let tf = Float(frequency)
    return UInt32(by.weight * (tf / (tf + (by.base + by.slope * Float(length))))) + 1
  }

  @Test("give the formula's bits", arguments: [CK_SCALAR] + levels)
  func score(level: ck_level) throws {
    let kernels = try kernels(level)
    var random = SeededGenerator(seed: 5)
    for count in Self.counts {
      for _ in 0..<20 {
        let documents = randomList(count, gap: 12, using: &random)
        let frequencies = documents.map { _ in
          [1, 2, 3, 1_000_000, UInt32.random(in: 1...60, using: &random)]
            .randomElement(using: &random) ?? 1
        }
        let lengths = (0..<4_000).map { _ in UInt16.random(in: 0...(.max), using: &random) }
        let weighting = ck_weighting(
          base: Float.random(in: 0.01...2, using: &random),
          slope: Float.random(in: 0...0.1, using: &random),
          weight: Float.random(in: 0...1_073_741_824, using: &random))
        let wanted = zip(documents, frequencies).map { units($1, lengths[Int($0)], weighting) }
        var scores = [UInt32](repeating: 0, count: count)
        unsafe kernels.score(documents, frequencies, count, lengths, weighting, &scores)
        #expect(scores == wanted)

        let first = documents.first ?? 0
        var sums = [UInt32](repeating: 7, count: 4_000)
        unsafe kernels.add_scores(documents, frequencies, count, lengths, weighting, first, &sums)
        var wantedSums = [UInt32](repeating: 7, count: 4_000)
        for (document, units) in zip(documents, wanted) {
          wantedSums[Int(document - first)] += units
        }
        #expect(sums == wantedSums)
      }
    }
  }

  @Test("add bounds up", arguments: [CK_SCALAR] + levels)
  func bounds(level: ck_level) throws {
    let kernels = try kernels(level)
    var random = SeededGenerator(seed: 6)
    for count in Self.counts + [7_763] {
      let bounds = (0..<count).map { _ in
        Bool.random(using: &random) ? 0 : UInt8.random(in: 1...255, using: &random)
      }
      let start = (0..<count).map { _ in
        Bool.random(using: &random) ? 0 : UInt32.random(in: 0...(1 << 30), using: &random)
      }
      let weight = UInt32.random(in: 1...(1 << 22), using: &random)
      var sums = start
      unsafe kernels.add_bounds(bounds, count, weight, &sums)
      #expect(sums == zip(start, bounds).map { $0 + UInt32($1) * weight })
      var required = start
      unsafe kernels.add_required_bounds(bounds, count, weight, &required)
      #expect(
        required == zip(start, bounds).map { $0 == 0 || $1 == 0 ? 0 : $0 + UInt32($1) * weight })
      #expect(unsafe kernels.maximum(sums, count) == sums.max() ?? 0)
      var maxima = [UInt32](repeating: 3, count: count / 16 + 1)
      unsafe kernels.maxima(sums, count, &maxima)
      let groups = (0..<count / 16).map { sums[$0 * 16..<$0 * 16 + 16].max() ?? 0 }
      #expect(maxima == groups + [3])
    }
  }

  @Test("add up the greatest of a list in each 64 documents", arguments: [CK_SCALAR] + levels)
  func lists(level: ck_level) throws {
    let kernels = try kernels(level)
    var random = SeededGenerator(seed: 7)
    for count in Self.counts {
      for gap in [1, 12, 300] {
        let documents = randomList(count, gap: gap, using: &random)
        let scores = documents.map { _ in UInt32.random(in: 1...1_000, using: &random) }
        var sums = [UInt32](repeating: 3, count: 1_300)
        unsafe kernels.add_list(documents, scores, count, &sums)
        var greatest = [UInt32](repeating: 0, count: sums.count)
        for (document, score) in zip(documents, scores) {
          greatest[Int(document / 64)] = max(greatest[Int(document / 64)], score)
        }
        let wanted = greatest.map { $0 + 3 }
        #expect(sums == wanted)
      }
    }
  }

  @Test("take the documents of a window off lists", arguments: [CK_SCALAR] + levels)
  func runs(level: ck_level) throws {
    let kernels = try kernels(level)
    var random = SeededGenerator(seed: 8)
    for gap in [1, 12, 300] {
      let lists = Self.counts.map { randomList($0, gap: gap, using: &random) }
      let documents = Array(lists.joined())
      let scores = documents.map { _ in UInt32.random(in: 1...1_000, using: &random) }
      var given = [UInt32](repeating: 0, count: Int(documents.max() ?? 0) + 1)
      for (document, score) in zip(documents, scores) { given[Int(document)] += score }
      unsafe documents.withUnsafeBufferPointer { documents in
        unsafe scores.withUnsafeBufferPointer { scores in
          guard let first = documents.baseAddress, let units = scores.baseAddress else { return }
          var runs: [ck_scored] = unsafe []
          var start = 0
          for list in lists {
            unsafe runs.append(
              ck_scored(documents: first + start, scores: units + start, count: list.count))
            start += list.count
          }
          var begin = 0
          while begin < given.count {
            let end = min(begin + Int.random(in: 1...500, using: &random), given.count)
            var sums = [UInt32](repeating: 5, count: end - begin)
            unsafe kernels.add_runs(&runs, runs.count, UInt32(begin), UInt32(end), &sums)
            #expect(sums == given[begin..<end].map { $0 + 5 })
            begin = end
          }
        }
      }
    }
  }

  @Test("mark ranges of 64 by their values and bounds", arguments: [CK_SCALAR] + levels)
  func ranges(level: ck_level) throws {
    let kernels = try kernels(level)
    var random = SeededGenerator(seed: 10)
    for ranges in [0, 1, 2, 31, 63, 64] {
      let values = (0..<ranges * 64).map { _ in UInt32.random(in: 0...2_000, using: &random) }
      let bounds = (0..<ranges).map { _ in UInt32.random(in: 0...500, using: &random) }
      for least in [0, 1, 400, 1_950, 2_000, 2_300, 2_501, 1 << 31] as [UInt32] {
        let marks = unsafe kernels.mark_ranges(values, bounds, ranges, least)
        for range in 0..<64 {
          let isWanted =
            range < ranges
            && values[range * 64..<range * 64 + 64].contains { $0 + bounds[range] >= least }
          #expect((marks >> UInt64(range) & 1 == 1) == isWanted)
        }
      }
    }
  }
}
