internal import SuoyinIndex

/// Counts how often documents hold a phrase.
@safe
final class OccurrenceCounter {
  /// Where the phrase has each term.
  private let steps: [[OffsetSteps]]
  /// Of each term its offset in the phrase; empty where one comes more than once.
  private let offsets: [UInt32]
  /// Where the phrase may start.
  private let starts = PositionBuffer()
  private let positions = PositionBuffer()

  /// - Parameter steps: of the lists that meet, in their order.
  init(_ steps: [[OffsetSteps]]) {
    self.steps = steps
    let isSimple = steps.allSatisfy { $0.count == 1 && $0[0].count == 1 }
    offsets = isSimple ? steps.map { $0[0].first } : []
  }

  /// How often a document in which all terms meet holds the phrase.
  func occurrences(at place: Int, of found: Intersection) -> UInt32 {
    offsets.isEmpty
      ? repeated(at: place, of: found) : UInt32(clamping: simple(at: place, of: found))
  }

  /// Of a phrase that has each term once.
  private func simple(at place: Int, of found: Intersection) -> Int {
    found.read(place, in: 0, into: starts)
    var count = starts.count
    for index in offsets.indices.dropFirst() {
      if count == 0 { return 0 }
      found.read(place, in: index, into: positions)
      count = unsafe Self.keep(
        starts.positions, count, plus: Int64(offsets[index]) - Int64(offsets[0]), in: positions)
    }
    return count
  }

  /// Keeps of ascending numbers those that are among the positions when `distance` is added.
  @unsafe
  private static func keep(
    _ numbers: UnsafeMutablePointer<UInt32>, _ count: Int, plus distance: Int64,
    in buffer: PositionBuffer
  ) -> Int {
    let positions = unsafe buffer.positions
    let end = buffer.count
    var kept = 0
    var at = 0
    for index in 0..<count {
      let number = unsafe numbers[index]
      let wanted = Int64(number) + distance
      while at < end, unsafe Int64(positions[at]) < wanted { at += 1 }
      if at == end { break }
      if unsafe Int64(positions[at]) == wanted {
        unsafe numbers[kept] = number
        kept += 1
      }
    }
    return kept
  }

  /// Of a phrase that repeats terms.
  private func repeated(at place: Int, of found: Intersection) -> UInt32 {
    var positions = read(place, in: 0, of: found)
    let leading = steps[0][0]
    var starts = positions.filter { $0 >= leading.first }.map { $0 - leading.first }
    // One position of the leading term is what the starts were made from.
    for row in steps[0].dropFirst(leading.count == 1 ? 1 : 0) {
      row.keep(&starts, at: positions)
    }
    for index in steps.indices.dropFirst() where !starts.isEmpty {
      positions = read(place, in: index, of: found)
      for row in steps[index] { row.keep(&starts, at: positions) }
    }
    return UInt32(starts.count)
  }

  private func read(_ place: Int, in list: Int, of found: Intersection) -> [UInt32] {
    found.read(place, in: list, into: positions)
    return unsafe Array(UnsafeBufferPointer(start: positions.positions, count: positions.count))
  }
}
