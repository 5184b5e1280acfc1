/// The number of letters to put in, take out, replace or swap with their neighbour (the optimal string
/// alignment distance: Damerau, Commun. ACM 7, 1964, without editing a letter twice).
package enum EditDistance {
  /// - Returns: nil where there are more than `most`.
  /// - Complexity: O(letters²).
  @inlinable
  package static func between<Letter: Equatable>(
    _ a: [Letter], _ b: [Letter], atMost most: Int = .max
  ) -> Int? {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      row.reserveCapacity(b.count + 1)
      for j in b.indices {
        var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      if row.min() ?? 0 > most { return nil }
      beforeLast = last
      last = row
    }
    return last[b.count] <= most ? last[b.count] : nil
  }
}
