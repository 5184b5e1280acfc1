import SuoyinStorage
public import SuoyinText

/// The different values of a column in one segment, ascending, as they lie in the file: FORMAT.md,
/// "Columns". A value's ordinal is its place among them.
struct ColumnValues: Sendable {
  private enum Storage {
    /// Bytes, and where each ends: in 32 bits or, where the bytes are more, in 64.
    case keywords(Section, ends: MappedArray<UInt32>, wideEnds: MappedArray<UInt64>)
    /// Doubles, and what whole numbers have beyond them; none where that is 0 in all.
    case numbers(MappedArray<UInt64>, rests: MappedArray<Int16>)
    /// Seconds, and the precision of each.
    case dates(MappedArray<Int64>, precisions: MappedArray<UInt8>)
  }

  private let storage: Storage
  private let section: Section
  let count: Int

  init(_ file: SectionedFile, column: Int, kind: FieldKind, count: Int) throws(StorageError) {
    self.count = count
    section = try file.section(SegmentFormat.columnValues(column))
    switch kind {
    case .keyword:
      let ends = try file.section(SegmentFormat.columnEnds(column))
      let isWide = section.count > Int(UInt32.max)
      try ends.check(count: count * (isWide ? 8 : 4))
      storage = .keywords(
        section, ends: try ends.array(of: UInt32.self, count: isWide ? 0 : count),
        wideEnds: try ends.array(of: UInt64.self, count: isWide ? count : 0))
    case .number:
      let hasRests = section.count > count * 8
      try section.check(count: count * (hasRests ? 10 : 8))
      storage = .numbers(
        try section.array(of: UInt64.self, count: count),
        rests: try section.array(of: Int16.self, at: count * 8, count: hasRests ? count : 0))
    case .date:
      try section.check(count: count * 9)
      storage = .dates(
        try section.array(of: Int64.self, count: count),
        precisions: try section.array(of: UInt8.self, at: count * 8, count: count))
    case .text:
      throw section.damaged(at: 0, "column of a field of text")
    }
  }

  /// - Precondition: `ordinal` is below ``count``.
  /// - Complexity: O(1), and the length of a keyword.
  func value(_ ordinal: Int) throws(StorageError) -> FieldValue {
    switch storage {
    case .keywords(let bytes, let ends, let wideEnds):
      func end(_ ordinal: Int) -> Int {
        ends.count > 0 ? Int(ends[ordinal]) : Int(clamping: wideEnds[ordinal])
      }
      let start = ordinal == 0 ? 0 : end(ordinal - 1)
      let end = end(ordinal)
      guard start <= end, end <= bytes.count else {
        throw damaged(ordinal, "place of the keyword")
      }
      var reader = try bytes.reader(in: start..<end)
      guard let text = String(validating: try reader.readBytes(end - start), as: UTF8.self) else {
        throw damaged(ordinal, "keyword that is no UTF-8")
      }
      return .keyword(text)
    case .numbers(let doubles, let rests):
      let number = FieldNumber(
        double: Double(bitPattern: doubles[ordinal]), rest: rests.count > 0 ? rests[ordinal] : 0)
      guard let number else { throw damaged(ordinal, "number") }
      return .number(number)
    case .dates(let starts, let precisions):
      guard let precision = DateSpan.Precision(rawValue: precisions[ordinal]),
        let date = DateSpan(start: starts[ordinal], precision: precision)
      else { throw damaged(ordinal, "date") }
      return .date(date)
    }
  }

  func damaged(_ ordinal: Int, _ what: String) -> StorageError {
    section.damaged(at: 0, "\(what) \(ordinal) of a column out of range")
  }
}

/// Encodes the values of a column, which come ascending.
struct ColumnValuesWriter {
  private let kind: FieldKind
  /// Keywords, doubles or seconds.
  private var bytes = ByteWriter()
  private var ends: [UInt64] = []
  private var rests: [Int16] = []
  private var precisions: [UInt8] = []

  private(set) var count = 0

  init(_ kind: FieldKind) {
    self.kind = kind
  }

  mutating func append(_ value: FieldValue) {
    precondition(value.kind == kind)
    count += 1
    switch value {
    case .keyword(let text):
      bytes.append(text.utf8)
      ends.append(UInt64(bytes.count))
    case .number(let number):
      bytes.append(fixed: number.double.bitPattern)
      rests.append(number.rest)
    case .date(let date):
      bytes.append(fixed: date.start)
      precisions.append(date.precision.rawValue)
    }
  }

  func write(column: Int, to file: FileWriter) throws(StorageError) {
    try file.begin(SegmentFormat.columnValues(column))
    try file.append(bytes.bytes)
    switch kind {
    case .keyword:
      try file.begin(SegmentFormat.columnEnds(column))
      if bytes.count > Int(UInt32.max) {
        try file.append(numbers: ends)
      } else {
        try file.append(numbers: ends.map { UInt32($0) })
      }
    case .number: if rests.contains(where: { $0 != 0 }) { try file.append(numbers: rests) }
    case .date, .text: try file.append(precisions)
    }
  }
}

/// The order of the values of a column: numbers and dates by what they are, keywords by what they are
/// compared by (`KeywordFold`) and then by their bytes.
public struct ColumnOrder: Comparable {
  public let value: FieldValue
  /// Empty but for a keyword.
  private let key: [UInt16]

  public init(_ value: FieldValue, _ fold: KeywordFold) {
    self.value = value
    key = if case .keyword(let text) = value { fold.key(of: text) } else { [] }
  }

  public static func < (a: ColumnOrder, b: ColumnOrder) -> Bool {
    switch (a.value, b.value) {
    case (.number(let a), .number(let b)): a < b
    case (.date(let a), .date(let b)): a < b
    case (.keyword(let first), .keyword(let second)):
      a.key != b.key
        ? a.key.lexicographicallyPrecedes(b.key)
        : first.utf8.lexicographicallyPrecedes(second.utf8)
    default: preconditionFailure("a column has values of one kind")
    }
  }

  public static func == (a: ColumnOrder, b: ColumnOrder) -> Bool { !(a < b) && !(b < a) }
}

extension Section {
  /// Throws unless the section has so many bytes.
  fileprivate func check(count expected: Int) throws(StorageError) {
    guard count == expected else {
      throw damaged(at: 0, "size of the section", expected: "\(expected)", found: "\(count)")
    }
  }
}
