/// Reads numbers and strings one after the other from a range of a section, never outside it.
///
/// Every failure is a ``StorageError`` that names the file, the section and the place in the file.
/// It keeps the file mapped.
@safe
public struct ByteReader {
  public let section: Section
  @usableFromInline let base: UnsafeRawPointer
  @usableFromInline var position: Int
  /// The end of the range, counted from the start of the section.
  public let end: Int

  /// - Precondition: the range lies within the section.
  init(section: Section, range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= section.count)
    self.section = section
    unsafe base = section.start
    position = range.lowerBound
    end = range.upperBound
  }

  /// The place of the next byte, counted from the start of the section.
  @inlinable
  public var offset: Int { position }

  /// The number of bytes left.
  @inlinable
  public var remaining: Int { end - offset }

  /// An error about the place where the reader stands.
  public func damaged(
    _ what: String, expected: String? = nil, found: String? = nil
  ) -> StorageError {
    section.damaged(at: offset, what, expected: expected, found: found)
  }

  @inlinable
  public mutating func readByte() throws(StorageError) -> UInt8 {
    guard offset < end else { throw short(of: 1) }
    defer { position += 1 }
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  /// Reads a number in its full width, the lowest byte first.
  @inlinable
  public mutating func readFixed<Value: FixedWidthInteger & BitwiseCopyable>(
    _: Value.Type
  ) throws(StorageError) -> Value {
    let size = MemoryLayout<Value>.size
    guard end - offset >= size else { throw short(of: size) }
    defer { position += size }
    return Value(littleEndian: unsafe base.loadUnaligned(fromByteOffset: offset, as: Value.self))
  }

  /// Reads a varint; one of more than 64 bits is damage.
  @inlinable
  public mutating func readVarint() throws(StorageError) -> UInt64 {
    if position < end {
      // Most numbers have one byte.
      let byte = unsafe base.load(fromByteOffset: position, as: UInt8.self)
      if byte < 0x80 {
        position += 1
        return UInt64(byte)
      }
    }
    return try readLongVarint()
  }

  @usableFromInline
  mutating func readLongVarint() throws(StorageError) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < end {
      let byte = unsafe base.load(fromByteOffset: offset, as: UInt8.self)
      position += 1
      if shift == 63, byte > 1 { break }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
      if shift > 63 { break }
    }
    throw offset < end ? damaged("number of more than 64 bits") : short(of: 1)
  }

  /// Reads a varint that is a count or an offset of at most `limit`.
  @inlinable
  public mutating func readCount(upTo limit: Int) throws(StorageError) -> Int {
    let start = offset
    let value = try readVarint()
    guard value <= UInt64(limit) else {
      throw section.damaged(
        at: start, "number out of range", expected: "at most \(limit)", found: "\(value)")
    }
    return Int(value)
  }

  /// Reads a varint of at most 32 bits.
  @inlinable
  public mutating func readUInt32() throws(StorageError) -> UInt32 {
    UInt32(try readCount(upTo: Int(UInt32.max)))
  }

  public mutating func readBytes(_ count: Int) throws(StorageError) -> [UInt8] {
    let start = try skip(count)
    return unsafe [UInt8](UnsafeRawBufferPointer(start: base + start, count: count))
  }

  /// Reads bytes onto the end of `bytes`.
  public mutating func readBytes(
    _ count: Int, into bytes: inout [UInt8]
  ) throws(StorageError) {
    let start = try skip(count)
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: base + start, count: count))
  }

  /// Steps over `count` bytes and returns where they begin in the section.
  @discardableResult
  @inlinable
  public mutating func skip(_ count: Int) throws(StorageError) -> Int {
    guard count >= 0, end - offset >= count else { throw short(of: count) }
    defer { position += count }
    return offset
  }

  /// Reads a string with its length before it; bytes that are no UTF-8 are damage.
  public mutating func readString() throws(StorageError) -> String {
    let count = try readCount(upTo: remaining)
    let start = try skip(count)
    let bytes = unsafe UnsafeRawBufferPointer(start: base + start, count: count)
    guard let string = unsafe String(validating: bytes, as: UTF8.self) else {
      throw section.damaged(at: start, "string is no UTF-8")
    }
    return string
  }

  /// Reads a string or the mark for none.
  public mutating func readOptionalString() throws(StorageError) -> String? {
    let start = offset
    switch try readByte() {
    case 0: return nil
    case 1: return try readString()
    case let mark:
      throw section.damaged(
        at: start, "mark of an optional string", expected: "0 or 1", found: "\(mark)")
    }
  }

  /// Throws unless every byte has been read.
  public func finish() throws(StorageError) {
    guard offset == end else {
      throw damaged("bytes left over", expected: "0", found: "\(end - offset)")
    }
  }

  @usableFromInline
  func short(of count: Int) -> StorageError {
    damaged("ends too early", expected: "\(count) more bytes", found: "\(end - offset)")
  }
}
