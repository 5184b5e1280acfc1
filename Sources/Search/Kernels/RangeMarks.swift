/// Which ranges of 64 documents are worth a look.
struct RangeMarks {
  private let words: [UInt64]

  /// Those whose sums are at least `least`.
  init(_ sums: RangeSums, atLeast least: UInt32) {
    var words = [UInt64](repeating: 0, count: (sums.count + 63) / 64)
    sums.marks(atLeast: least, into: &words)
    self.words = words
  }

  @inline(__always)
  func contains(_ document: UInt32) -> Bool {
    let range = document / UInt32(RangeSums.width)
    return words[Int(range / 64)] >> UInt64(range % 64) & 1 != 0
  }

  /// Whether any range of the documents is marked.
  func isMarked(anyOf documents: ClosedRange<UInt32>) -> Bool {
    let first = Int(documents.lowerBound) / RangeSums.width
    let last = min(Int(documents.upperBound) / RangeSums.width, words.count * 64 - 1)
    guard first <= last else { return false }
    let (low, high) = (first / 64, last / 64)
    for index in low...high {
      var word = words[index]
      if index == low { word &= .max << UInt64(first % 64) }
      if index == high { word &= .max >> UInt64(63 - last % 64) }
      if word != 0 { return true }
    }
    return false
  }
}
