import Suoyin

/// A facet as JSON has it: numbers as numbers, dates as far as they go.
struct FacetView: Encodable {
  let field: String
  let counts: [Count]
  let values: Int
  let without: Int

  struct Count: Encodable {
    let value: FieldValueView
    let articles: Int
  }

  init(_ facet: Facet) {
    field = facet.field
    counts = facet.counts.map {
      Count(value: FieldValueView($0.value), articles: $0.articles)
    }
    values = facet.valueCount
    without = facet.without
  }
}

/// A value of a field: a string, a number or a truth.
struct FieldValueView: Encodable {
  private let value: HitField.Value

  init(_ value: HitField.Value) {
    self.value = value
  }

  init(_ value: FieldValue) {
    self.value =
      if case .number(let number) = value { .number(number) } else { .string("\(value)") }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .string(let text): try container.encode(text)
    case .truth(let truth): try container.encode(truth)
    case .number(let number):
      // A whole number keeps all of its digits.
      if let whole = number.whole {
        try container.encode(whole)
      } else {
        try container.encode(number.nearest)
      }
    }
  }
}

/// The further fields of a hit: an object of values, or of lists where there are several.
struct HitFieldsView: Encodable {
  let fields: [HitField]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    for field in fields {
      let key = Key(stringValue: field.name)
      let values = field.values.map(FieldValueView.init)
      if let value = values.first, values.count == 1 {
        try container.encode(value, forKey: key)
      } else {
        try container.encode(values, forKey: key)
      }
    }
  }
}

extension Facet {
  /// `source: 人民日报 12 · Reuters 3 · 4 more values · 2 without`
  var line: [StyledText] {
    var parts = counts.map { "\(harmless($0.value.description)) \(grouped($0.articles))" }
    let more = valueCount - counts.count
    if more > 0 { parts.append("\(counted(more, "more value"))") }
    if without > 0 { parts.append("\(grouped(without)) without") }
    return [
      StyledText("\(harmless(field)): ", .label),
      StyledText(parts.isEmpty ? "none" : parts.joined(separator: " · ")),
    ]
  }
}
