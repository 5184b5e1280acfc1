internal import SuoyinIndex
internal import SuoyinText

/// What a filter asks of the values of a field, understood by the field's kind.
enum FieldTest: Hashable, Sendable {
  /// Any value.
  case anything(FieldKind)
  /// The keyword that is compared by that, or one that begins so.
  case keyword([UInt16], isPrefix: Bool)
  /// Keywords in an order; open where an end is nil.
  case keywords(from: End<[UInt16]>?, to: End<[UInt16]>?)
  case numbers(from: End<FieldNumber>?, to: End<FieldNumber>?)
  /// Dates that begin at or after a second and end before or at another.
  case dates(from: Int64?, to: Int64?)

  /// An end of a range.
  struct End<Value: Hashable & Sendable>: Hashable, Sendable {
    let value: Value
    let isIncluded: Bool
  }

  var kind: FieldKind {
    switch self {
    case .anything(let kind): kind
    case .keyword, .keywords: .keyword
    case .numbers: .number
    case .dates: .date
    }
  }

  /// - Returns: nil where what was typed is no value of the kind.
  init?(_ condition: Query.Filter.Condition, _ kind: FieldKind) {
    if kind == .text { return nil }
    switch condition {
    case .range(nil, nil): self = .anything(kind)
    case .range(let from, let to): self.init(from: from, to: to, kind)
    case .value(let value) where kind == .keyword: self = .keyword(value)
    case .value(let value):
      let end = Query.Filter.Bound(value: value, isIncluded: true)
      self.init(from: end, to: end, kind)
    }
  }

  private static func keyword(_ typed: String) -> FieldTest {
    let isPrefix = typed.utf8.last == UInt8(ascii: "*")
    let key = KeywordFold().key(of: isPrefix ? String(typed.dropLast()) : typed)
    return .keyword(key, isPrefix: isPrefix)
  }

  private init?(from: Query.Filter.Bound?, to: Query.Filter.Bound?, _ kind: FieldKind) {
    /// Nil within where an end is open, nil where it is no value.
    func end<Value>(
      _ bound: Query.Filter.Bound?, _ read: (String) -> Value?
    ) -> End<Value>?? {
      guard let bound else { return .some(nil) }
      return read(bound.value).map { End(value: $0, isIncluded: bound.isIncluded) }
    }
    switch kind {
    case .keyword:
      let fold = KeywordFold()
      guard let from = end(from, { fold.key(of: $0) }), let to = end(to, { fold.key(of: $0) })
      else { return nil }
      self = .keywords(from: from, to: to)
    case .number:
      guard let from = end(from, { FieldNumber(parsing: $0) }),
        let to = end(to, { FieldNumber(parsing: $0) })
      else { return nil }
      self = .numbers(from: from, to: to)
    case .date:
      guard let from = end(from, { DateSpan(parsing: $0) }),
        let to = end(to, { DateSpan(parsing: $0) })
      else { return nil }
      self = .dates(
        from: from.map { $0.isIncluded ? $0.value.start : $0.value.end },
        to: to.map { $0.isIncluded ? $0.value.end : $0.value.start })
    case .text: return nil
    }
  }
}
