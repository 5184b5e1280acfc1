/// Offsets of a phrase at which it has one and the same term, at equal distances: 0, 2, 4 of 重庆 in
/// 重庆重庆重庆.
///
/// A phrase that repeats itself is asked for in one go through the term's positions, however often it
/// does. Otherwise a query of one character many thousand times, on an article of that character,
/// would go through a million positions once for each.
struct OffsetSteps: Equatable, Sendable {
  let first: UInt32
  private(set) var step: UInt32 = 0
  private(set) var count = 1

  private init(_ first: UInt32) {
    self.first = first
  }

  /// The fewest such rows in which ascending offsets can be taken one after the other.
  static func of(_ offsets: [UInt32]) -> [OffsetSteps] {
    var rows: [OffsetSteps] = []
    for offset in offsets {
      guard let last = rows.last else {
        rows.append(OffsetSteps(offset))
        continue
      }
      let distance = offset - (last.first + UInt32(last.count - 1) * last.step)
      if last.count == 1 || distance == last.step {
        rows[rows.count - 1].step = distance
        rows[rows.count - 1].count += 1
      } else {
        rows.append(OffsetSteps(offset))
      }
    }
    return rows
  }

  /// Keeps of the starts of a phrase those from which the term stands at all the offsets.
  ///
  /// - Parameters:
  ///   - starts: ascending.
  ///   - positions: where the document has the term, ascending.
  /// - Complexity: linear in both.
  func keep(_ starts: inout [UInt32], at positions: [UInt32]) {
    let lengths = count == 1 ? [] : rowLengths(in: positions)
    var kept = 0
    var at = 0
    for start in starts {
      let wanted = UInt64(start) + UInt64(first)
      while at < positions.count, UInt64(positions[at]) < wanted { at += 1 }
      guard at < positions.count else { break }
      if UInt64(positions[at]) == wanted, count == 1 || lengths[at] >= count {
        starts[kept] = start
        kept += 1
      }
    }
    starts.removeSubrange(kept...)
  }

  /// For each position how many positions at the distance of a step follow one another from it on.
  private func rowLengths(in positions: [UInt32]) -> [Int] {
    var lengths = Array(repeating: 1, count: positions.count)
    var next = positions.count - 1
    for index in positions.indices.reversed() {
      let wanted = UInt64(positions[index]) + UInt64(step)
      while next > index, UInt64(positions[next]) > wanted { next -= 1 }
      if next > index, UInt64(positions[next]) == wanted { lengths[index] += lengths[next] }
    }
    return lengths
  }
}
