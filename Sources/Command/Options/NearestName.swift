/// The name most like a mistyped one, or nil where none is like enough to be meant.
///
/// Likeness is the number of letters to put in, take out, replace or swap with their neighbour,
/// large and small ones being the same; at most a third of the letters may be wrong, one at least.
///
/// - Complexity: O(names × letters²).
func nearestName(to typed: String, among names: [String]) -> String? {
  let typed = typed.lowercased()
  let candidates = names.map { name in
    let small = name.lowercased()
    let begins = small != typed && small.hasPrefix(typed) && typed.count >= 2
    return (name, distance: begins ? 1 : editDistance(typed, small))
  }
  guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, typed.count / 3) ? best.0 : nil
}

/// The optimal string alignment distance (Damerau, Commun. ACM 7, 1964, without editing a letter
/// twice).
func editDistance(_ a: String, _ b: String) -> Int {
  let a = Array(a)
  let b = Array(b)
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        best = min(best, beforeLast[j - 1] + 1)
      }
      row.append(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}
