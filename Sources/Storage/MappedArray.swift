/// Numbers of fixed width lying in a mapped file, little-endian, with every access checked.
///
/// It keeps the file mapped. The base need not be aligned.
// Sendable: read-only memory that the file, itself Sendable, keeps mapped.
@safe
public struct MappedArray<Element: FixedWidthInteger & BitwiseCopyable & Sendable>:
  @unchecked Sendable
{
  @usableFromInline let base: UnsafeRawPointer?
  public let count: Int
  @usableFromInline let file: MappedFile

  /// - Precondition: `count` elements from `base` lie within the mapping of `file`.
  @unsafe
  init(base: UnsafeRawPointer?, count: Int, file: MappedFile) {
    unsafe self.base = base
    self.count = count
    self.file = file
  }

  /// Numbers made in memory, to be read like those of a file.
  public init(copying numbers: [Element]) {
    precondition(Element(littleEndian: 1) == 1, "a machine with the lowest byte first")
    file = MappedFile(copying: unsafe numbers.span.bytes)
    count = numbers.count
    unsafe base = file.bytes.baseAddress
  }

  /// The numbers as they lie in the file, the lowest byte first; the base must be aligned for them.
  /// Valid as long as this array lives.
  @unsafe
  public var elements: UnsafeBufferPointer<Element> {
    unsafe UnsafeBufferPointer(
      start: base?.assumingMemoryBound(to: Element.self), count: count)
  }

  /// - Precondition: `index` is in `0..<count`.
  /// - Complexity: O(1).
  @inlinable
  public subscript(index: Int) -> Element {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "index out of range")
    let element = unsafe base.unsafelyUnwrapped.loadUnaligned(
      fromByteOffset: index &* MemoryLayout<Element>.size, as: Element.self)
    return Element(littleEndian: element)
  }

  /// The first index whose element does not come before the place sought, in an ascending array.
  ///
  /// - Complexity: O(log `count`).
  @inlinable
  public func partitionPoint(where isBefore: (Element) -> Bool) -> Int {
    (0..<count).partitionPoint { isBefore(self[$0]) }
  }
}

extension Range<Int> {
  /// The first number that does not come before the place sought, where those that do come first;
  /// the upper bound where all do.
  ///
  /// - Complexity: O(log `count`).
  @inlinable
  public func partitionPoint(where isBefore: (Int) -> Bool) -> Int {
    var low = lowerBound
    var high = upperBound
    while low < high {
      let middle = low + (high - low) / 2
      if isBefore(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
