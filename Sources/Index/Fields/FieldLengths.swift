public import SuoyinStorage

/// The exact length of every document in one field: FORMAT.md, "Lengths".
///
/// 16 bits each; a length that does not fit stands in a short table behind them.
@usableFromInline
struct FieldLengths: Sendable {
  /// Stands for a length that is in the table.
  @usableFromInline static var overflow: UInt16 { @inlinable get { .max } }

  @usableFromInline let lengths: MappedArray<UInt16>
  /// The documents of the table, ascending, and their lengths.
  private let longDocuments: MappedArray<UInt32>
  private let longLengths: MappedArray<UInt32>

  init(_ section: Section, documentCount: Int) throws(StorageError) {
    guard section.count > 0 || documentCount == 0 else {
      lengths = MappedArray(copying: [UInt16](repeating: 0, count: documentCount))
      longDocuments = MappedArray(copying: [])
      longLengths = MappedArray(copying: [])
      return
    }
    var reader = section.reader()
    let count = Int(try reader.readFixed(UInt32.self))
    let start = 4 + documentCount * 2
    let expected = start + count * 8
    guard section.count == expected else {
      throw section.damaged(
        at: 0, "size of the lengths",
        expected: "\(expected) bytes for \(documentCount) documents "
          + "and \(count) long ones", found: "\(section.count)")
    }
    lengths = try section.array(of: UInt16.self, at: 4, count: documentCount)
    longDocuments = try section.array(of: UInt32.self, at: start, count: count)
    longLengths = try section.array(of: UInt32.self, at: start + count * 4, count: count)
  }

  /// Of a field that no document has.
  init() {
    lengths = MappedArray(copying: [])
    longDocuments = MappedArray(copying: [])
    longLengths = MappedArray(copying: [])
  }

  /// The 16 bits of each document; valid as long as this object lives.
  @unsafe var raw: UnsafeBufferPointer<UInt16> { unsafe lengths.elements }

  var hasLong: Bool { longDocuments.count > 0 }

  @inlinable
  subscript(document: UInt32) -> UInt32 {
    guard document < lengths.count else { return 0 }
    let length = lengths[Int(document)]
    return length == Self.overflow ? long(document) : UInt32(length)
  }

  @usableFromInline
  func long(_ document: UInt32) -> UInt32 {
    let index = longDocuments.partitionPoint { $0 < document }
    guard index < longDocuments.count, longDocuments[index] == document
    else { return UInt32(Self.overflow) }
    return longLengths[index]
  }

  /// The section for these lengths; empty where all are 0, as in a field that no document has.
  static func encode(_ lengths: [UInt32]) -> [UInt8] {
    guard lengths.isEmpty || lengths.contains(where: { $0 > 0 }) else { return [] }
    let long = lengths.indices.filter { lengths[$0] >= UInt32(overflow) }
    var bytes = ByteWriter(capacity: 4 + lengths.count * 2 + long.count * 8)
    bytes.append(fixed: UInt32(long.count))
    for length in lengths {
      bytes.append(fixed: UInt16(clamping: length))
    }
    for document in long { bytes.append(fixed: UInt32(document)) }
    for document in long { bytes.append(fixed: lengths[document]) }
    return bytes.bytes
  }
}
