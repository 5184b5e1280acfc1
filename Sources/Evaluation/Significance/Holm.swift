/// The p-values of several tests, each as it counts among so many: Holm's correction.
///
/// Source: S. Holm, “A Simple Sequentially Rejective Multiple Test Procedure”, Scandinavian Journal
/// of Statistics 6 (1979).
///
/// - Complexity: O(n log n).
public func holm(_ values: [Double]) -> [Double] {
  var corrected = values
  var least = 0.0
  for (place, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
    least = max(least, min(1, values[index] * Double(values.count - place)))
    corrected[index] = least
  }
  return corrected
}
