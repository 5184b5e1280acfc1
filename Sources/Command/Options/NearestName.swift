import Suoyin

/// The name most like a mistyped one, or nil where none is like enough to be meant.
///
/// Likeness is the ``EditDistance``, large and small letters being the same; at most a third of the
/// letters may be wrong, one at least.
///
/// - Complexity: O(names × letters²).
func nearestName(to typed: String, among names: [String]) -> String? {
  let typed = typed.lowercased()
  let most = max(1, typed.count / 3)
  let candidates = names.compactMap { name in
    let small = name.lowercased()
    let begins = small != typed && small.hasPrefix(typed) && typed.count >= 2
    let distance =
      begins ? 1 : EditDistance.between(Array(typed), Array(small), atMost: most)
    return distance.map { (name, distance: $0) }
  }
  return candidates.min { $0.distance < $1.distance }?.0
}
