extension MutableSpan<UInt8> {
  /// Writes a number from `place` on, its lowest byte first; checked like the bytes one by one, but
  /// once. What is here, in `TermKernels`, in `LineKernels` and once in `StrictUTF8` is all that is
  /// unsafe outside of the wrapper of ICU: bytes may have any value.
  @inline(__always)
  mutating func store(_ number: some FixedWidthInteger & BitwiseCopyable, at place: Int) {
    var bytes = unsafe mutableBytes
    bytes.storeBytes(of: number.littleEndian, toByteOffset: place, as: type(of: number))
  }
}

extension Span<UInt8> {
  /// The number that eight bytes from `place` on make, the lowest first.
  @inline(__always)
  func eightBytes(at place: Int) -> UInt64 {
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  /// Sixteen bytes from `place` on.
  @inline(__always)
  func sixteenBytes(at place: Int) -> SIMD16<UInt8> {
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
  }

  /// Where characters of three bytes end whose first byte lies in `leads`, from `start` on.
  ///
  /// - Precondition: the bytes are UTF-8, a character begins at `start`, `leads` are first bytes of
  ///   three.
  @inline(__always)
  func endOfThrees(beginningWith leads: ClosedRange<UInt8>, from start: Int) -> Int {
    var at = start
    // Three at a time: added to each first byte, what takes the least of them over 255 and what
    // leaves the greatest below it.
    let least: UInt64 = 0x01_0000_0100_0001 &* (0x100 &- UInt64(leads.lowerBound))
    let greatest: UInt64 = 0x01_0000_0100_0001 &* (0xFF &- UInt64(leads.upperBound))
    let over: UInt64 = 0x0100_0001_0000_0100
    while at &+ 9 <= count {
      let firsts = eightBytes(at: at) & 0x00FF_0000_FF00_00FF
      guard (firsts &+ least) & ~(firsts &+ greatest) & over == over else { break }
      at &+= 9
    }
    while at < count, leads.contains(self[at]) { at &+= 3 }
    return at
  }
}

extension MutableSpan<UInt16> {
  /// Writes four code units from `place` on, the first lowest.
  @inline(__always)
  mutating func store(_ units: UInt64, at place: Int) {
    var bytes = unsafe mutableBytes
    bytes.storeBytes(of: units.littleEndian, toByteOffset: 2 &* place, as: UInt64.self)
  }
}

extension OutputSpan<UInt16> {
  /// Lets `body` write into what is free, of which it says how much it has filled.
  @inline(__always)
  mutating func fill(_ body: (inout MutableSpan<UInt16>) -> Int) {
    unsafe withUnsafeMutableBufferPointer { buffer, filled in
      let free = unsafe UnsafeMutableBufferPointer(rebasing: buffer[filled...])
      var room = unsafe MutableSpan(_unsafeElements: free)
      let count = body(&room)
      precondition(count >= 0 && count <= free.count)
      filled &+= count
    }
  }
}

extension Span<UInt16> {
  /// How many Hangul syllables there are from `place` on, up to what is none, four at most, and fewer
  /// near the end.
  @inline(__always)
  func hangulSyllables(at place: Int) -> Int {
    guard place &+ 4 <= count else { return 0 }
    let (ones, highest): (UInt64, UInt64) = (0x0001_0001_0001_0001, 0x8000_8000_8000_8000)
    let units = fourUnits(at: place)
    let lower = units & ~highest
    // Added to what is below the highest bit, which all have, what takes the least over it and what
    // leaves the greatest below.
    let notBelow = lower &+ ones &* (0x8000 &- (0xAC00 & 0x7FFF))
    let above = lower &+ ones &* (0x7FFF &- (0xD7A3 & 0x7FFF))
    return (~(units & notBelow & ~above) & highest).trailingZeroBitCount &>> 4
  }

  /// How many small letters of ASCII there are from `place` on, up to what is none, eight at most, and
  /// fewer near the end.
  @inline(__always)
  func smallLetters(at place: Int) -> Int {
    guard place &+ 8 <= count else { return 0 }
    let ones: UInt64 = 0x0001_0001_0001_0001
    /// The lanes in which there is none.
    @inline(__always) func others(_ units: UInt64) -> UInt64 {
      let lower = units & ones &* 0x7F
      let notBelow = lower &+ ones &* (0x80 &- 0x61)
      let above = lower &+ ones &* (0x7F &- 0x7A)
      return (~notBelow | above) & ones &* 0x80 | units & ones &* 0xFF80
    }
    let (first, second) = (others(fourUnits(at: place)), others(fourUnits(at: place &+ 4)))
    return (first != 0 ? first.trailingZeroBitCount : second.trailingZeroBitCount &+ 64) &>> 4
  }

  /// The number that four code units from `place` on make, the first lowest.
  ///
  /// - Precondition: they are in the span.
  @inline(__always)
  func fourUnits(at place: Int) -> UInt64 {
    precondition(place >= 0 && place &+ 4 <= count)
    return UInt64(
      littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: 2 &* place, as: UInt64.self))
  }
}
