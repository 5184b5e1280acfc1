/// A named range of a mapped file.
// Sendable: read-only memory that the file, itself Sendable, keeps mapped.
@safe
public final class Section: @unchecked Sendable {
  public let file: MappedFile
  /// The name in the file's table; nil stands for the file as a whole.
  public let name: String?
  /// Where it lies in the file.
  public let range: Range<Int>
  /// The checksum that the file's table gives.
  public let checksum: UInt64
  /// The first byte; valid as long as ``file`` lives.
  @unsafe public let start: UnsafeRawPointer

  /// - Precondition: the range lies within the file.
  init(file: MappedFile, name: String?, range: Range<Int>, checksum: UInt64) {
    self.file = file
    self.name = name
    self.range = range
    self.checksum = checksum
    // An empty file has no address; an empty section is never read, so any address serves.
    if let base = unsafe file.bytes.baseAddress {
      precondition(range.lowerBound >= 0 && range.upperBound <= file.count)
      unsafe start = base + range.lowerBound
    } else {
      precondition(range.isEmpty)
      unsafe start = UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
    }
  }

  /// All bytes of a file, whatever they are.
  public convenience init(all file: MappedFile) {
    self.init(file: file, name: nil, range: 0..<file.count, checksum: 0)
  }

  /// Bytes decoded from a section, to be read like one.
  ///
  /// - Parameter name: tells in messages what was decoded; places count from its start.
  public convenience init(decoded: MappedFile, name: String) {
    self.init(file: decoded, name: name, range: 0..<decoded.count, checksum: 0)
  }

  /// Bytes from elsewhere, to be read like a section.
  public convenience init(decoded bytes: [UInt8], name: String) {
    self.init(decoded: MappedFile(copying: unsafe bytes.span.bytes), name: name)
  }

  /// The size in bytes.
  public var count: Int { range.count }

  /// The section's bytes; valid as long as ``file`` lives.
  @unsafe
  public var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(start: start, count: range.count)
  }

  /// A reader of the whole section.
  public func reader() -> ByteReader {
    ByteReader(section: self, range: 0..<count)
  }

  /// A reader of a range of the section.
  ///
  /// - Throws: `damaged` where the range leaves the section.
  public func reader(in range: Range<Int>) throws(StorageError) -> ByteReader {
    try check(range)
    return ByteReader(section: self, range: range)
  }

  /// The checksum of a range of the section.
  public func checksum(of range: Range<Int>, seed: UInt64 = 0) throws(StorageError) -> UInt64 {
    try check(range)
    return Checksum.of(unsafe bytes.bytes.extracting(range), seed: seed)
  }

  /// `count` numbers from `offset` on.
  ///
  /// - Throws: `damaged` where they leave the section.
  public func array<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    of _: Element.Type, at offset: Int = 0, count: Int
  ) throws(StorageError) -> MappedArray<Element> {
    let (size, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.size)
    guard offset >= 0, count >= 0, !overflow, offset <= self.count, size <= self.count - offset
    else {
      throw damaged(
        at: offset, "array leaves the section", expected: "\(count) numbers",
        found: "\(self.count) bytes in all")
    }
    return unsafe MappedArray(base: start + offset, count: count, file: file)
  }

  /// Reads the whole section and compares its checksum with the table's.
  ///
  /// - Complexity: O(size).
  public func verify() throws(StorageError) {
    let found = Checksum.of(unsafe bytes.bytes)
    guard found == checksum else {
      throw damaged(
        at: 0, "checksum of the section", expected: hex(checksum), found: hex(found))
    }
  }

  /// An error about a place in this section.
  ///
  /// - Parameter offset: counted from the start of the section.
  public func damaged(
    at offset: Int, _ what: String, expected: String? = nil, found: String? = nil
  ) -> StorageError {
    StorageError(
      .damaged, file: file.path, section: name, offset: range.lowerBound + offset, what: what,
      expected: expected, found: found)
  }

  private func check(_ part: Range<Int>) throws(StorageError) {
    guard part.lowerBound >= 0, part.upperBound <= count else {
      throw damaged(
        at: part.lowerBound, "range leaves the section", expected: "at most \(count)",
        found: "\(part.upperBound)")
    }
  }
}
