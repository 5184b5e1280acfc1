extension [UInt64] {
  /// Up to so many numbers comparing costs less than counting.
  private static var fewElements: Int { 256 }

  /// Sorts by the upper 32 bits; equal ones stay in their order, where the lower halves ascend.
  ///
  /// By one digit of eight bits after the other from the lowest on; digits in which all are alike cost
  /// one look.
  ///
  /// - Parameter spare: room that is kept from call to call.
  /// - Complexity: O(n).
  mutating func sortByUpperHalves(with spare: inout [UInt64]) {
    guard count > Self.fewElements else { return sort() }
    if spare.count < count { spare = [UInt64](repeating: 0, count: count) }
    var isInSpare = false
    for shift in stride(from: 32 as UInt64, to: 64, by: 8) {
      let didMove =
        isInSpare
        ? Self.distribute(spare.span.extracting(first: count), by: shift, into: &self)
        : Self.distribute(span, by: shift, into: &spare)
      if didMove { isInSpare.toggle() }
    }
    if isInSpare {
      for index in indices { self[index] = spare[index] }
    }
  }

  /// Puts numbers into the order of a digit.
  ///
  /// - Returns: false where all have the same; then nothing was done.
  private static func distribute(
    _ numbers: Span<UInt64>, by shift: UInt64, into target: inout [UInt64]
  ) -> Bool {
    var places = [Int](repeating: 0, count: 256)
    for index in numbers.indices { places[Int(numbers[index] >> shift & 255)] += 1 }
    if places[Int(numbers[0] >> shift & 255)] == numbers.count { return false }
    var start = 0
    for digit in places.indices {
      let size = places[digit]
      places[digit] = start
      start += size
    }
    for index in numbers.indices {
      let digit = Int(numbers[index] >> shift & 255)
      target[places[digit]] = numbers[index]
      places[digit] += 1
    }
    return true
  }
}
