import SuoyinStorage
import SuoyinText

/// The options of an index's analyzer with all that they hold, so that a search needs no other file
/// and cannot use another, and the fields of the index: FORMAT.md, "Analyzer file".
struct AnalyzerFile {
  static let kind = Envelope.Kind("ANLZ")
  static let version: UInt32 = 1

  private static let fieldSection = "fields"

  let options: AnalyzerOptions
  let fields: FieldSchema
  let file: SectionedFile

  /// Writes the file, still under its temporary name.
  static func write(
    _ options: AnalyzerOptions, _ fields: FieldSchema, to path: String
  ) throws(StorageError) -> (FileWriter, FileWriter.Summary) {
    let file = try FileWriter(path: path, kind: kind, version: version)
    try file.begin("options")
    var bytes = ByteWriter()
    bytes.append(optional: options.stemmer)
    bytes.append(options.userDictionary?.words)
    bytes.append(options.stopWords?.words)
    bytes.append(options.synonyms == nil ? 0 : 1)
    if let rules = options.synonyms?.rules {
      bytes.append(varint: rules.count)
      for rule in rules {
        bytes.append(rule.typed)
        bytes.append(rule.others)
      }
    }
    try file.append(bytes.bytes)
    if !fields.fields.isEmpty {
      try file.begin(fieldSection)
      bytes.removeAll()
      bytes.append(varint: fields.fields.count)
      for field in fields.numbered {
        bytes.append(string: field.name)
        bytes.append(field.kind.code)
      }
      try file.append(bytes.bytes)
    }
    return (file, try file.finish())
  }

  /// Reads the file; everything in it is verified.
  init(path: String) throws(StorageError) {
    file = try SectionedFile(path: path, kind: Self.kind, versions: 1...Self.version)
    let section = try file.section("options")
    try section.verify()
    var reader = section.reader()
    var options = AnalyzerOptions()
    options.stemmer = try reader.readOptionalString()
    options.userDictionary = try reader.readOptionalStrings().map { UserDictionary(stored: $0) }
    options.stopWords = try reader.readOptionalStrings().map { StopWords(stored: $0) }
    if try reader.readMark() {
      // A rule has 2 bytes at least.
      let count = try reader.readCount(upTo: reader.remaining / 2)
      var rules: [Synonyms.Rule] = []
      for _ in 0..<count {
        rules.append(
          Synonyms.Rule(typed: try reader.readStrings(), others: try reader.readStrings()))
      }
      options.synonyms = Synonyms(stored: rules)
    }
    try reader.finish()
    self.options = options
    fields = try Self.readFields(file)
  }

  private static func readFields(_ file: SectionedFile) throws(StorageError) -> FieldSchema {
    var fields = FieldSchema()
    guard let section = file.sections.first(where: { $0.name == fieldSection }) else {
      return fields
    }
    try section.verify()
    var reader = section.reader()
    // A field has 2 bytes at least.
    for _ in 0..<(try reader.readCount(upTo: reader.remaining / 2)) {
      let place = reader.offset
      let name = try reader.readString()
      guard let kind = FieldKind(code: try reader.readByte()), fields[name] == nil else {
        throw section.damaged(at: place, "a field without a kind, or one that is there twice")
      }
      fields.insert(FieldSchema.Field(name: name, kind: kind))
    }
    try reader.finish()
    return fields
  }
}

extension ByteWriter {
  fileprivate mutating func append(_ strings: [String]) {
    append(varint: strings.count)
    for string in strings { append(string: string) }
  }

  fileprivate mutating func append(_ strings: [String]?) {
    append(strings == nil ? 0 : 1)
    if let strings { append(strings) }
  }
}

extension ByteReader {
  fileprivate mutating func readStrings() throws(StorageError) -> [String] {
    // A string has a byte at least.
    let count = try readCount(upTo: remaining)
    var strings: [String] = []
    for _ in 0..<count { strings.append(try readString()) }
    return strings
  }

  fileprivate mutating func readOptionalStrings() throws(StorageError) -> [String]? {
    try readMark() ? try readStrings() : nil
  }

  /// Reads 0 for nothing, or 1 before something.
  mutating func readMark() throws(StorageError) -> Bool {
    let place = offset
    let mark = try readByte()
    guard mark <= 1 else {
      throw section.damaged(
        at: place, "mark of something that may be left out", expected: "0 or 1", found: "\(mark)")
    }
    return mark == 1
  }
}

extension Analyzer {
  /// This analyzer of an index with the synonyms of one that was asked for, if that has any. In all
  /// else that is demanded the two must be the same.
  func taking(
    synonymsOf asked: Analyzer, demanding demand: Demand, directory: String
  ) throws(IndexError) -> Analyzer {
    let differences = differences(from: asked, demanding: demand)
    guard differences.isEmpty else {
      throw .analyzerDiffers(directory: directory, differences)
    }
    guard let synonyms = asked.options.synonyms, synonyms != options.synonyms else { return self }
    return replacing(synonyms: synonyms)
  }
}
