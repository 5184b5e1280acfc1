/// A field of an article with its values as the source writes them.
package struct WrittenField: Equatable, Sendable {
  /// One value.
  package struct Value: Equatable, Sendable {
    package enum Kind: Sendable { case string, number, truth }

    /// Without the blanks around it; never empty.
    package let text: String
    package let kind: Kind
  }

  package let name: String
  package let values: [Value]

  /// The name of the field that ``Article/date`` is.
  package static let date = "date"
  /// Fields that are more than a value, or what an article is known by.
  package static let reserved: Set<String> = ["_id", "id", "title", "text"]
}

extension Article {
  /// The fields of the article beside its title and its text: its date, and those of ``extra`` whose
  /// values are strings, numbers, true or false, or lists of these. Objects, null and what is empty are
  /// no values.
  ///
  /// - Throws: where ``extra`` is no JSON object.
  /// - Complexity: O(bytes of ``extra``).
  package func writtenFields() throws(FieldMisfit) -> [WrittenField] {
    var fields: [WrittenField] = []
    if let date, let value = WrittenField.Value(date, .string) {
      fields.append(WrittenField(name: WrittenField.date, values: [value]))
    }
    guard let extra else { return fields }
    let bytes = Array(extra.utf8)
    do throws(JSONSyntaxError) {
      for member in try JSONObject(bytes.span).members
      where member.key != WrittenField.date && !WrittenField.reserved.contains(member.key) {
        let written =
          member.kind == .array
          ? try JSONObject.elements(of: member.valueRange, in: bytes.span)
          : [(member.valueRange, member.kind)]
        let values = written.compactMap { (range, kind) in
          WrittenField.Value(range, kind, in: bytes.span)
        }
        if !values.isEmpty { fields.append(WrittenField(name: member.key, values: values)) }
      }
    } catch {
      throw FieldMisfit(
        field: nil, problem: "further fields are no JSON object: \(error.problem)",
        remedy: #"write them as {"views": 12}"#)
    }
    return fields
  }
}

extension WrittenField.Value {
  fileprivate init?(_ text: String, _ kind: Kind) {
    var scalars = text.unicodeScalars[...]
    while scalars.first?.properties.isWhitespace == true { scalars.removeFirst() }
    while scalars.last?.properties.isWhitespace == true { scalars.removeLast() }
    guard !scalars.isEmpty else { return nil }
    self.init(text: String(scalars), kind: kind)
  }

  /// Nil for what is no value.
  fileprivate init?(_ range: Range<Int>, _ kind: JSONObject.Kind, in bytes: Span<UInt8>) {
    switch kind {
    case .string: self.init(JSONString.text(of: range, in: bytes).text, .string)
    case .number, .bool:
      var written: [UInt8] = []
      for at in range { written.append(bytes[at]) }
      self.init(String(decoding: written, as: UTF8.self), kind == .number ? .number : .truth)
    case .object, .array, .null: return nil
    }
  }
}
