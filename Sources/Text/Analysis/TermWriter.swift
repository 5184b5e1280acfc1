/// Writes the terms of folded text into the arrays of a ``TokenBatch``.
///
/// While it writes, the arrays are longer than what is in them: room is made for many terms at once,
/// and a term is written through spans. Appending to arrays asks for each byte whether it has room
/// and whether somebody else has the array.
struct TermWriter: ~Copyable {
  private var bytes: [UInt8]
  private var ends: [Int]
  private var positions: [UInt32]
  private var byteCount: Int
  private var termCount: Int
  private var positionCount: Int

  init(bytes: [UInt8], ends: [Int], positions: [UInt32]) {
    byteCount = bytes.count
    termCount = ends.count
    positionCount = positions.count
    self.bytes = bytes
    self.ends = ends
    self.positions = positions
  }

  /// Appends the term of a range of `text`, of bounded length; `position` is nil in a channel without
  /// positions.
  @inline(__always)
  mutating func append(_ range: Range<Int>, of text: Span<UInt16>, position: UInt32?) {
    let first = byteCount
    write(range, of: text)
    end(from: first, at: position)
  }

  /// Appends the term of two ranges, one behind the other.
  @inline(__always)
  mutating func append(
    _ range: Range<Int>, _ second: Range<Int>, of text: Span<UInt16>, position: UInt32
  ) {
    let first = byteCount
    write(range, of: text)
    write(second, of: text)
    end(from: first, at: position)
  }

  /// Appends a term that has its bytes; see ``append(_:of:position:)``.
  mutating func append(_ term: [UInt8], position: UInt32?) {
    let first = byteCount
    if bytes.count - byteCount < term.count { makeRoom(for: term.count) }
    for byte in term {
      bytes[byteCount] = byte
      byteCount += 1
    }
    end(from: first, at: position)
  }

  /// The arrays, without the room for more.
  consuming func finish() -> (bytes: [UInt8], ends: [Int], positions: [UInt32]) {
    bytes.removeLast(bytes.count - byteCount)
    ends.removeLast(ends.count - termCount)
    positions.removeLast(positions.count - positionCount)
    return (bytes, ends, positions)
  }

  @inline(__always)
  private mutating func write(_ range: Range<Int>, of text: Span<UInt16>) {
    let most = 3 &* range.count
    if bytes.count &- byteCount < most { makeRoom(for: most) }
    let first = byteCount
    var span = bytes.mutableSpan
    let end = Term.write(range, of: text, to: &span, at: first)
    byteCount = end
  }

  @inline(__always)
  private mutating func end(from first: Int, at position: UInt32?) {
    if byteCount &- first > Term.longest { shorten(from: first) }
    if termCount == ends.count { makeRoomForTerms() }
    ends[termCount] = byteCount
    termCount &+= 1
    if let position {
      if positionCount == positions.count { makeRoomForPositions() }
      positions[positionCount] = position
      positionCount &+= 1
    }
  }

  @inline(never)
  private mutating func shorten(from first: Int) {
    var whole = Array(bytes[..<byteCount])
    Term.bound(&whole, from: first)
    byteCount = whole.count
    bytes.replaceSubrange(first..<byteCount, with: whole[first...])
  }

  @inline(never)
  private mutating func makeRoom(for more: Int) {
    bytes.append(contentsOf: repeatElement(0, count: max(more, bytes.count, 1 << 12)))
  }

  @inline(never)
  private mutating func makeRoomForTerms() {
    ends.append(contentsOf: repeatElement(0, count: max(ends.count, 1 << 10)))
  }

  @inline(never)
  private mutating func makeRoomForPositions() {
    positions.append(contentsOf: repeatElement(0, count: max(positions.count, 1 << 10)))
  }
}
