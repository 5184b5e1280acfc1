/// Builds bytes in memory: fixed-width numbers are little-endian, varints are LEB128.
public struct ByteWriter: Sendable {
  public private(set) var bytes: [UInt8] = []

  public init() {}

  public init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  @inlinable
  public var count: Int { bytes.count }

  /// Takes all bytes out and keeps the storage.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
  }

  public mutating func append(_ byte: UInt8) {
    bytes.append(byte)
  }

  public mutating func append(_ more: some Collection<UInt8>) {
    bytes.append(contentsOf: more)
  }

  /// Appends a number in its full width, the lowest byte first.
  public mutating func append(fixed value: some FixedWidthInteger) {
    unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends a number in 1 to 10 bytes: seven bits each, the lowest first, the top bit set in all
  /// but the last.
  public mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Appends a number that is not negative; see ``append(varint:)-(UInt64)``.
  public mutating func append(varint value: Int) {
    append(varint: UInt64(value))
  }

  public mutating func append(varint value: UInt32) {
    append(varint: UInt64(value))
  }

  /// Appends a string: the number of its UTF-8 bytes as a varint, then the bytes.
  public mutating func append(string: String) {
    append(varint: string.utf8.count)
    bytes.append(contentsOf: string.utf8)
  }

  /// Appends the string, or a mark for none; distinct from the empty string.
  public mutating func append(optional string: String?) {
    append(string == nil ? 0 : 1)
    if let string { append(string: string) }
  }

  /// Appends zeros up to a multiple of `alignment`.
  public mutating func align(to alignment: Int) {
    while bytes.count % alignment != 0 { bytes.append(0) }
  }
}
