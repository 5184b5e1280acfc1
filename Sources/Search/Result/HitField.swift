public import SuoyinText

/// A further field of an article, as the source writes it.
public struct HitField: Equatable, Sendable {
  public enum Value: Equatable, Sendable {
    case string(String)
    case number(FieldNumber)
    case truth(Bool)
  }

  public let name: String
  /// Several where the source has a list.
  public let values: [Value]

  /// The values as a person reads them, with commas between them.
  public var text: String { values.map(\.text).joined(separator: ", ") }
}

extension Article {
  /// Those of some fields that the article has, in the order of the names.
  func fields(_ names: [String]) -> [HitField] {
    guard !names.isEmpty else { return [] }
    let written: [WrittenField]
    // What cannot be read was told when the article was indexed.
    do throws(FieldMisfit) { written = try writtenFields() } catch { return [] }
    return names.compactMap { name in
      guard let field = written.first(where: { $0.name == name }) else { return nil }
      return HitField(name: name, values: field.values.map(HitField.Value.init))
    }
  }
}

extension HitField.Value {
  fileprivate init(_ written: WrittenField.Value) {
    switch written.kind {
    case .truth: self = .truth(written.text == "true")
    case .number:
      self = FieldNumber(parsing: written.text).map { .number($0) } ?? .string(written.text)
    case .string: self = .string(written.text)
    }
  }

  /// As a person reads it.
  public var text: String {
    switch self {
    case .string(let text): text
    case .number(let number): number.description
    case .truth(let truth): "\(truth)"
    }
  }
}
