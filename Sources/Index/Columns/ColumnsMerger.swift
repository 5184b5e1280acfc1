import SuoyinStorage
import SuoyinText

/// Makes the columns of a merged segment: values of all sources that a live document has, and codes
/// for the documents that stay.
///
/// Memory holds the values of one column, and 4 bytes for each code of its sources and each document.
struct ColumnsMerger {
  private let sources: [MergeSource]
  private let documentCount: Int

  /// - Parameter documentCount: of the merged segment.
  init(_ sources: [MergeSource], documentCount: Int) {
    self.sources = sources
    self.documentCount = documentCount
  }

  func write(to file: FileWriter) throws(StorageError) {
    var kinds: [String: FieldKind] = [:]
    for source in sources {
      for column in source.segment.columns {
        if let kind = kinds.updateValue(column.kind, forKey: column.name), kind != column.kind {
          throw source.segment.damaged(
            SegmentFormat.columns, "kind of the field “\(column.name)”", expected: kind.rawValue,
            found: column.kind.rawValue)
        }
      }
    }
    var writer = ColumnsWriter(file, documentCount: documentCount)
    for (name, kind) in kinds.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      try write(name, kind, to: &writer)
    }
    try writer.finish()
  }

  private func write(
    _ name: String, _ kind: FieldKind, to writer: inout ColumnsWriter
  ) throws(StorageError) {
    var columns = sources.map { ColumnSource($0, $0.segment.column(name)) }
    let values = try merge(&columns, kind)
    let sets = Set(columns.flatMap(\.combinations)).sorted { $0.lexicographicallyPrecedes($1) }
    var places: [[UInt32]: UInt32] = [:]
    for (place, set) in sets.enumerated() { places[set] = UInt32(place) }
    for index in columns.indices { columns[index].settle(places, valueCount: values.count) }
    var codes = [UInt32](repeating: 0, count: documentCount)
    for column in columns { column.put(into: &codes) }
    try writer.write(name, kind, values, combinations: sets) { codes[Int($0)] }
  }

  /// Merges the values, which ascend in each source, and tells each its new ordinals.
  private func merge(
    _ columns: inout [ColumnSource], _ kind: FieldKind
  ) throws(StorageError) -> ColumnValuesWriter {
    var values = ColumnValuesWriter(kind)
    let fold = KeywordFold()
    for index in columns.indices { try columns[index].advance(fold) }
    while let least = columns.compactMap(\.head).min() {
      for index in columns.indices where columns[index].head == least {
        columns[index].number(UInt32(values.count))
        try columns[index].advance(fold)
      }
      values.append(least.value)
    }
    return values
  }
}

/// A column that goes into a merge; none of its values where the segment has no such column.
private struct ColumnSource {
  private let source: MergeSource
  private let column: Column?
  /// The codes of live documents.
  private var isUsed: [Bool] = []
  /// The ordinals that live documents have.
  private var isNeeded: [Bool] = []
  /// Where ``head`` stands.
  private var at = -1
  /// The next value to be merged; nil at the end.
  private(set) var head: ColumnOrder?
  /// The new ordinal of each, and later the new code of each code.
  private var ordinals: [UInt32] = []
  private var codes: [UInt32] = []

  private let documentCount: UInt32

  init(_ source: MergeSource, _ column: Column?) {
    self.source = source
    self.column = column
    documentCount = UInt32(source.segment.documentCount)
    guard let column else { return }
    isUsed = Array(repeating: false, count: column.codeCount)
    isNeeded = Array(repeating: false, count: column.valueCount)
    for document in 0..<documentCount where source.number(of: document) != nil {
      isUsed[column.code(of: document)] = true
    }
    for ordinal in isNeeded.indices { isNeeded[ordinal] = isUsed[ordinal + 1] }
    for code in column.combinations where isUsed[code] {
      for ordinal in column.ordinals(of: code) { isNeeded[ordinal] = true }
    }
    ordinals = Array(repeating: 0, count: column.valueCount)
  }

  mutating func advance(_ fold: KeywordFold) throws(StorageError) {
    head = nil
    guard let column else { return }
    repeat { at += 1 } while at < isNeeded.count && !isNeeded[at]
    if at < isNeeded.count { head = ColumnOrder(try column.values.value(at), fold) }
  }

  mutating func number(_ ordinal: UInt32) { ordinals[at] = ordinal }

  /// The combinations that live documents have, in new ordinals.
  var combinations: [[UInt32]] {
    guard let column else { return [] }
    return column.combinations.filter { isUsed[$0] }.map(combination)
  }

  private func combination(_ code: Int) -> [UInt32] {
    column?.ordinals(of: code).map { ordinals[$0] } ?? []
  }

  mutating func settle(_ places: [[UInt32]: UInt32], valueCount: Int) {
    guard let column else { return }
    codes = isUsed.indices.map { code in
      guard code > 0, isUsed[code] else { return 0 }
      if code <= column.valueCount { return ordinals[code - 1] + 1 }
      return places[combination(code)].map { UInt32(valueCount + 1) + $0 } ?? 0
    }
  }

  /// Puts the new codes of live documents at the places of their new numbers.
  func put(into codes: inout [UInt32]) {
    guard let column else { return }
    for document in 0..<documentCount {
      guard let number = source.number(of: document) else { continue }
      codes[Int(number)] = self.codes[column.code(of: document)]
    }
  }
}
