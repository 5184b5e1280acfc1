import SuoyinStorage
public import SuoyinText

/// The values of one field in the documents of one segment, mapped: a code for each document, and the
/// values that codes stand for, ascending.
///
/// It keeps the segment mapped. Damage can give a wrong answer, and never leads outside.
public struct Column: Sendable {
  let info: ColumnInfo
  let values: ColumnValues
  let codes: Codes
  /// Where each combination ends among ``members``.
  private let ends: MappedArray<UInt32>
  private let members: MappedArray<UInt32>

  /// A code for each document, in the width that the number of codes needs.
  enum Codes {
    case narrow(MappedArray<UInt8>)
    case medium(MappedArray<UInt16>)
    case wide(MappedArray<UInt32>)
  }

  init(_ info: ColumnInfo, column: Int, _ file: SectionedFile, documentCount: Int)
    throws(StorageError)
  {
    self.info = info
    values = try ColumnValues(file, column: column, kind: info.kind, count: info.valueCount)
    let section = try file.section(SegmentFormat.columnCodes(column))
    guard section.count == documentCount * info.codeSize else {
      throw section.damaged(
        at: 0, "size of the section", expected: "\(documentCount * info.codeSize)",
        found: "\(section.count)")
    }
    codes =
      switch info.codeSize {
      case 1: .narrow(try section.array(of: UInt8.self, count: documentCount))
      case 2: .medium(try section.array(of: UInt16.self, count: documentCount))
      default: .wide(try section.array(of: UInt32.self, count: documentCount))
      }
    let count = info.combinationCount
    if count > 0 {
      let section = try file.section(SegmentFormat.columnCombinations(column))
      guard section.count % 4 == 0, section.count / 4 >= count else {
        throw section.damaged(
          at: 0, "size of the section", expected: "\(count * 4) bytes or more",
          found: "\(section.count)")
      }
      ends = try section.array(of: UInt32.self, count: count)
      members = try section.array(
        of: UInt32.self, at: count * 4, count: section.count / 4 - count)
    } else {
      ends = MappedArray(copying: [])
      members = MappedArray(copying: [])
    }
  }

  public var name: String { info.name }
  public var kind: FieldKind { info.kind }
  /// The number of different values.
  public var valueCount: Int { info.valueCount }
  /// The number of codes; all are below it.
  public var codeCount: Int { 1 + info.valueCount + info.combinationCount }

  /// The value of an ordinal; values ascend with their ordinals.
  ///
  /// - Precondition: `ordinal` is below ``valueCount``.
  /// - Complexity: O(1), and the length of a keyword.
  public func value(_ ordinal: Int) throws(IndexError) -> FieldValue {
    precondition(ordinal >= 0 && ordinal < valueCount)
    return try indexing { () throws(StorageError) in try values.value(ordinal) }
  }

  /// The codes of documents that have several values; each of the others but 0 is an ordinal and 1.
  public var combinations: Range<Int> { 1 + info.valueCount..<codeCount }

  /// The code of a document: 0 where it has no value.
  ///
  /// - Precondition: `document` is below the segment's `documentCount`.
  /// - Complexity: O(1).
  public func code(of document: UInt32) -> Int {
    let code = written(code: document)
    return code < codeCount ? code : 0
  }

  /// The code of a document as it lies in the file.
  func written(code document: UInt32) -> Int {
    switch codes {
    case .narrow(let codes): Int(codes[Int(document)])
    case .medium(let codes): Int(codes[Int(document)])
    case .wide(let codes): Int(codes[Int(document)])
    }
  }

  /// The ordinals that a code stands for, ascending.
  ///
  /// - Complexity: O(number of them).
  public func ordinals(of code: Int) -> [Int] {
    guard code > 0, code < codeCount else { return [] }
    guard code > valueCount else { return [code - 1] }
    return members(of: code - valueCount - 1).filter { $0 < valueCount }
  }

  /// The ordinals of a combination as they lie in the file.
  func members(of combination: Int) -> [Int] {
    let start = combination == 0 ? 0 : Int(ends[combination - 1])
    let end = Int(ends[combination])
    guard start <= end, end <= members.count else { return [] }
    return (start..<end).map { Int(members[$0]) }
  }

  /// The first ordinal whose value does not come before the place sought.
  ///
  /// - Complexity: O(log n) values.
  public func partitionPoint(
    where isBefore: (FieldValue) -> Bool
  ) throws(IndexError) -> Int {
    var low = 0
    var high = valueCount
    while low < high {
      let middle = low + (high - low) / 2
      if isBefore(try value(middle)) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Segment {
  /// The column of a field; nil where no document of the segment has a value.
  ///
  /// - Complexity: O(number of columns).
  public func column(_ name: String) -> Column? {
    columns.first { $0.name == name }
  }
}

extension SectionedFile {
  /// The columns of a segment; none where it has none, or is older than columns are.
  func columns(documentCount: Int) throws(StorageError) -> [Column] {
    guard let section = sections.first(where: { $0.name == SegmentFormat.columns }) else {
      return []
    }
    try section.verify()
    var reader = section.reader()
    let count = try reader.readCount(upTo: FieldSchema.limit)
    var columns: [Column] = []
    for index in 0..<count {
      // A document has one code, so neither can be more than these; but a combination has many values.
      let info = try ColumnInfo(&reader, limit: Int(UInt32.max) / 2)
      columns.append(try Column(info, column: index, self, documentCount: documentCount))
    }
    try reader.finish()
    return columns
  }
}
