import FoundationEssentials

/// A value as one line of JSON: keys in order, so that equal values are equal lines, numbers in
/// full precision, Han as it is.
func jsonText(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
}

/// A half-open range as JSON has it: `[from, to]`.
struct RangeView: Encodable, Equatable {
  let range: Range<Int>

  init(_ range: Range<Int>) {
    self.range = range
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(range.lowerBound)
    try container.encode(range.upperBound)
  }
}
