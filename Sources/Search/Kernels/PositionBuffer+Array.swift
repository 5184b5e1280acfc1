internal import SuoyinIndex

extension PositionBuffer {
  /// A copy of the positions.
  var array: [UInt32] {
    unsafe Array(UnsafeBufferPointer(start: positions, count: count))
  }
}
