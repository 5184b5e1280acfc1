import SuoyinStorage
import SuoyinText

/// What a column is, beside its sections: FORMAT.md, "Columns".
struct ColumnInfo: Equatable {
  var name: String
  var kind: FieldKind
  /// The number of different values.
  var valueCount: Int
  /// The number of different sets of several values that a document has.
  var combinationCount: Int

  /// The bytes of a document's code.
  var codeSize: Int {
    switch valueCount + combinationCount {
    case ...Int(UInt8.max): 1
    case ...Int(UInt16.max): 2
    default: 4
    }
  }

  func append(to bytes: inout ByteWriter) {
    bytes.append(string: name)
    bytes.append(kind.code)
    bytes.append(varint: valueCount)
    bytes.append(varint: combinationCount)
  }

  init(name: String, kind: FieldKind, valueCount: Int, combinationCount: Int) {
    self.name = name
    self.kind = kind
    self.valueCount = valueCount
    self.combinationCount = combinationCount
  }

  /// - Parameter limit: the most values and combinations.
  init(_ reader: inout ByteReader, limit: Int) throws(StorageError) {
    name = try reader.readString()
    let place = reader.offset
    let code = try reader.readByte()
    guard let kind = FieldKind(code: code), kind != .text else {
      throw reader.section.damaged(
        at: place, "kind of a column", expected: "1 to 3", found: "\(code)")
    }
    self.kind = kind
    valueCount = try reader.readCount(upTo: limit)
    combinationCount = try reader.readCount(upTo: limit)
  }
}

/// Writes the columns of a segment, one after the other, ascending by their names.
///
/// A document's *code* is 0 where it has no value, 1 plus the ordinal of its value, or, where it has
/// several, the number of values plus 1 plus the place of their combination.
struct ColumnsWriter {
  /// Codes that are written at once.
  private static let chunk = 1 << 14

  private let file: FileWriter
  private let documentCount: Int
  private var infos: [ColumnInfo] = []

  init(_ file: FileWriter, documentCount: Int) {
    self.file = file
    self.documentCount = documentCount
  }

  /// Writes a column, unless no document has a value.
  ///
  /// - Parameters:
  ///   - combinations: ordinals, ascending; ascending among one another.
  ///   - code: of each document, called in their order.
  mutating func write(
    _ name: String, _ kind: FieldKind, _ values: ColumnValuesWriter, combinations: [[UInt32]],
    code: (UInt32) -> UInt32
  ) throws(StorageError) {
    guard values.count > 0 else { return }
    let column = infos.count
    let info = ColumnInfo(
      name: name, kind: kind, valueCount: values.count, combinationCount: combinations.count)
    infos.append(info)
    try values.write(column: column, to: file)
    if !combinations.isEmpty {
      try file.begin(SegmentFormat.columnCombinations(column))
      var end: UInt32 = 0
      var ends: [UInt32] = []
      for combination in combinations {
        end += UInt32(combination.count)
        ends.append(end)
      }
      try file.append(numbers: ends)
      try file.append(numbers: Array(combinations.joined()))
    }
    try file.begin(SegmentFormat.columnCodes(column))
    switch info.codeSize {
    case 1: try write(UInt8.self, code)
    case 2: try write(UInt16.self, code)
    default: try write(UInt32.self, code)
    }
  }

  private func write<Code: FixedWidthInteger & BitwiseCopyable>(
    _: Code.Type, _ code: (UInt32) -> UInt32
  ) throws(StorageError) {
    var codes: [Code] = []
    codes.reserveCapacity(Self.chunk)
    for document in 0..<UInt32(documentCount) {
      codes.append(Code(code(document)))
      if codes.count == Self.chunk {
        try file.append(numbers: codes)
        codes.removeAll(keepingCapacity: true)
      }
    }
    try file.append(numbers: codes)
  }

  /// Writes what the columns are; nothing where there are none.
  func finish() throws(StorageError) {
    guard !infos.isEmpty else { return }
    var bytes = ByteWriter()
    bytes.append(varint: infos.count)
    for info in infos { info.append(to: &bytes) }
    try file.begin(SegmentFormat.columns)
    try file.append(bytes.bytes)
  }
}
