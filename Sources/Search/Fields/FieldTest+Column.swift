internal import SuoyinIndex
internal import SuoyinText

extension FieldTest {
  /// The codes of a column of the same kind that fulfil the test.
  ///
  /// - Complexity: O(log n) values; of dates also those that begin in the range's last year.
  func codes(in column: Column) throws(IndexError) -> ColumnCodes {
    if case .anything = self { return ColumnCodes(anyOf: column) }
    return ColumnCodes(column, holding: try ordinals(in: column))
  }

  /// Ascending and apart.
  private func ordinals(in column: Column) throws(IndexError) -> [Range<Int>] {
    let from: Int
    let to: Int
    switch self {
    case .anything: return [0..<column.valueCount]
    case .keyword(let key, let isPrefix):
      let fold = KeywordFold()
      from = try column.partitionPoint { fold.key($0).lexicographicallyPrecedes(key) }
      to = try column.partitionPoint {
        let other = fold.key($0)
        return other.lexicographicallyPrecedes(key)
          || (isPrefix ? other.starts(with: key) : other == key)
      }
    case .keywords(let first, let last):
      let fold = KeywordFold()
      from = try column.partitionPoint { value in
        first.map { $0.follows(fold.key(value)) { $0.lexicographicallyPrecedes($1) } } ?? false
      }
      to = try column.partitionPoint { value in
        last.map { $0.reaches(fold.key(value)) { $0.lexicographicallyPrecedes($1) } } ?? true
      }
    case .numbers(let first, let last):
      from = try column.partitionPoint { value in
        guard case .number(let number) = value else { return false }
        return first?.follows(number, <) ?? false
      }
      to = try column.partitionPoint { value in
        guard case .number(let number) = value else { return false }
        return last?.reaches(number, <) ?? true
      }
    case .dates(let first, let last):
      from = try column.partitionPoint { $0.date.start < first ?? .min }
      to = try column.partitionPoint { $0.date.start < last ?? .max }
      if let last { return try Self.ending(by: last, in: column, from..<max(from, to)) }
    }
    return from < to ? [from..<to] : []
  }

  /// Of dates that begin before a second those that end by it.
  private static func ending(
    by last: Int64, in column: Column, _ ordinals: Range<Int>
  ) throws(IndexError) -> [Range<Int>] {
    // No date lasts longer than a year.
    let sure = try column.partitionPoint { $0.date.start <= last - 366 * 86_400 }
    var ranges: [Range<Int>] = []
    var start = ordinals.lowerBound
    for ordinal in max(sure, ordinals.lowerBound)..<max(sure, ordinals.upperBound)
    where try column.value(ordinal).date.end > last {
      if start < ordinal { ranges.append(start..<ordinal) }
      start = ordinal + 1
    }
    if start < ordinals.upperBound { ranges.append(start..<ordinals.upperBound) }
    return ranges
  }
}

extension FieldTest.End {
  /// Whether the range begins behind a value.
  fileprivate func follows(_ value: Value, _ precedes: (Value, Value) -> Bool) -> Bool {
    isIncluded ? precedes(value, self.value) : !precedes(self.value, value)
  }

  /// Whether the range ends behind a value or with it.
  fileprivate func reaches(_ value: Value, _ precedes: (Value, Value) -> Bool) -> Bool {
    isIncluded ? !precedes(self.value, value) : precedes(value, self.value)
  }
}

extension KeywordFold {
  fileprivate func key(_ value: FieldValue) -> [UInt16] {
    if case .keyword(let text) = value { key(of: text) } else { [] }
  }
}

extension FieldValue {
  /// The value of a column of dates.
  fileprivate var date: DateSpan {
    guard case .date(let date) = self else {
      preconditionFailure("a column of dates holds dates")
    }
    return date
  }
}
