extension MutableSpan<UInt8> {
  /// Writes a number from `place` on, its lowest byte first; checked like the bytes one by one, but
  /// once. The only unsafe expression outside of the wrapper of ICU: bytes may have any value.
  @inline(__always)
  mutating func store(_ number: some FixedWidthInteger & BitwiseCopyable, at place: Int) {
    var bytes = unsafe mutableBytes
    bytes.storeBytes(of: number.littleEndian, toByteOffset: place, as: type(of: number))
  }
}
