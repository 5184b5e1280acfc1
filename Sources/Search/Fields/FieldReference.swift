internal import SuoyinText

/// A field that a request names for counting or ordering: one of the index, or the year, month or day
/// of one of dates.
struct FieldReference {
  let name: String
  let kind: FieldKind
  /// What of dates is told apart; nil for all.
  let precision: DateSpan.Precision?

  private static let precisions: [(name: String, precision: DateSpan.Precision)] = [
    ("year", .year), ("month", .month), ("day", .day),
  ]

  /// Reads a name: `source`, `year` for the year of the field `date`, `published.month`.
  ///
  /// - Throws: where there is no such field, or it has text.
  init(_ asked: String, in fields: FieldSchema) throws(SearchError) {
    if let name = fields.name(asked), let kind = fields[name], kind != .text {
      self.name = name
      self.kind = kind
      precision = nil
      return
    }
    for (ending, precision) in Self.precisions {
      let stem =
        asked == ending
        ? "date" : asked.hasSuffix(".\(ending)") ? String(asked.dropLast(ending.count + 1)) : nil
      guard let stem, let name = fields.name(stem), fields[name] == .date else { continue }
      self.name = name
      kind = .date
      self.precision = precision
      return
    }
    throw .unknownField(
      name: asked, fields: fields.fields.filter { $0.kind != .text }.map(\.name))
  }

  /// The second up to which dates that begin there are told apart from this one no more; nil where the
  /// value stands for itself.
  func end(of value: FieldValue) -> Int64? {
    guard let precision, case .date(let date) = value, date.precision >= precision else {
      return nil
    }
    return date.rounded(to: precision).end
  }

  /// What of a value is told apart.
  func value(_ value: FieldValue) -> FieldValue {
    guard let precision, case .date(let date) = value else { return value }
    return .date(date.rounded(to: precision))
  }
}

extension FieldSchema {
  /// The field of that name, or, where there is none, of that name in other letters.
  func name(_ typed: String) -> String? {
    if self[typed] != nil { return typed }
    let lower = typed.lowercased()
    return fields.first { $0.name.lowercased() == lower }?.name
  }
}
