/// Builds bytes in memory: fixed-width numbers are little-endian, varints are LEB128.
public struct ByteWriter: Sendable {
  @usableFromInline var storage: [UInt8] = []

  @inlinable public var bytes: [UInt8] { storage }

  public init() {}

  public init(capacity: Int) {
    storage.reserveCapacity(capacity)
  }

  @inlinable
  public var count: Int { storage.count }

  /// Takes all bytes out and keeps the storage.
  @inlinable
  public mutating func removeAll() {
    storage.removeAll(keepingCapacity: true)
  }

  @inlinable
  public mutating func append(_ byte: UInt8) {
    storage.append(byte)
  }

  @inlinable
  public mutating func append(_ more: some Collection<UInt8>) {
    storage.append(contentsOf: more)
  }

  /// Appends a number in its full width, the lowest byte first.
  public mutating func append(fixed value: some FixedWidthInteger) {
    unsafe withUnsafeBytes(of: value.littleEndian) { unsafe storage.append(contentsOf: $0) }
  }

  /// Appends a number in 1 to 10 bytes: seven bits each, the lowest first, the top bit set in all
  /// but the last.
  @inlinable
  public mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      storage.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    storage.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends a number that is not negative; see ``append(varint:)-(UInt64)``.
  @inlinable
  public mutating func append(varint value: Int) {
    append(varint: UInt64(value))
  }

  @inlinable
  public mutating func append(varint value: UInt32) {
    append(varint: UInt64(value))
  }

  /// Appends a string: the number of its UTF-8 bytes as a varint, then the bytes.
  public mutating func append(string: String) {
    append(varint: string.utf8.count)
    storage.append(contentsOf: string.utf8)
  }

  /// Appends the string, or a mark for none; distinct from the empty string.
  public mutating func append(optional string: String?) {
    append(string == nil ? 0 : 1)
    if let string { append(string: string) }
  }
}
