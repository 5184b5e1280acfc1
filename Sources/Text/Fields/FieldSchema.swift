/// The fields of an index beside title and text, and what their values are.
///
/// A field is declared, in a file, or inferred from the first articles that have it; either way its
/// kind stays.
public struct FieldSchema: Equatable, Sendable {
  /// A field.
  public struct Field: Equatable, Sendable {
    public let name: String
    public let kind: FieldKind

    public init(name: String, kind: FieldKind) {
      self.name = name
      self.kind = kind
    }
  }

  /// The most fields of an index.
  public static let limit = 1_000

  private struct Entry: Equatable {
    let kind: FieldKind
    /// How many fields there were before it.
    let number: Int
  }

  /// Ascending by the bytes of their names.
  public private(set) var fields: [Field] = []
  private var entries: [String: Entry] = [:]

  /// No field at all.
  public init() {}

  /// The kind of a field; nil where there is none of that name.
  public subscript(name: String) -> FieldKind? { entries[name]?.kind }

  /// Those that hold text, ascending by the bytes of their names.
  package var texts: [Field] { fields.filter { $0.kind == .text } }

  /// The fields in the order in which they were added. The place of each is its number, which stays.
  package var numbered: [Field] {
    fields.sorted { entries[$0.name]?.number ?? 0 < entries[$1.name]?.number ?? 0 }
  }

  /// What the terms of a field of text begin with; nil where there is none of that name.
  package func mark(of name: String) -> FieldMark? {
    guard let entry = entries[name], entry.kind == .text else { return nil }
    return FieldMark(number: entry.number)
  }

  /// Adds a field, with the next number.
  ///
  /// - Precondition: there is none of that name.
  package mutating func insert(_ field: Field) {
    let entry = Entry(kind: field.kind, number: fields.count)
    precondition(entries.updateValue(entry, forKey: field.name) == nil)
    let place = fields.firstIndex { field.name.utf8.lexicographicallyPrecedes($0.name.utf8) }
    fields.insert(field, at: place ?? fields.count)
  }

  // MARK: Files

  /// Reads a schema file: a field on each line, its name, a colon and its kind. Empty lines and those
  /// that begin with `#` say nothing.
  ///
  ///     # what the articles of the archive have
  ///     author: keyword
  ///     views: number
  ///
  /// - Parameters:
  ///   - text: what the file holds.
  ///   - file: the name that errors give the file.
  /// - Throws: where a line is of another form, or names a field again.
  public init(parsing text: String, file: String) throws(WordFileError) {
    let source = WordFile(text, name: file)
    var schema = FieldSchema()
    try source.forEachLine { (line, number) throws(WordFileError) in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let kinds = FieldKind.allCases.map(\.rawValue).joined(separator: ", ")
      guard parts.count == 2, let name = Self.trimmed(parts[0]),
        let written = Self.trimmed(parts[1])
      else {
        throw source.error(
          "\(WordFile.quoted(line)) names no field and kind", line: number,
          expected: "a name, a colon and one of \(kinds), as in views: number")
      }
      guard let kind = FieldKind(rawValue: written) else {
        throw source.error(
          "\(WordFile.quoted(written)) is no kind of field", line: number,
          expected: "one of \(kinds)")
      }
      guard !WrittenField.reserved.contains(name) else {
        throw source.error(
          "“\(name)” needs no declaration", line: number, expected: "a field beside title and text")
      }
      guard schema[name] == nil else {
        throw source.error(
          "“\(name)” stands there twice", line: number, expected: "each field once")
      }
      guard schema.fields.count < Self.limit else {
        throw source.error(
          "more than \(Self.limit) fields", line: number, expected: "\(Self.limit) at most")
      }
      schema.insert(Field(name: name, kind: kind))
    }
    self = schema
  }

  private static func trimmed(_ text: Substring) -> String? {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text.isEmpty ? nil : String(text)
  }
}
