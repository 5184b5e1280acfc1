import SuoyinStorage
import SuoyinText

/// What the section `info` of a segment says: FORMAT.md, "Segment".
struct SegmentInfo: Equatable {
  /// What the section says of a field.
  struct Field: Equatable {
    var statistics = FieldStatistics()
    var termCount = 0
    var blockCount = 0
  }

  var documentCount: Int
  var analyzer: AnalyzerDescription
  /// What score bounds are made with.
  var similarity: Similarity
  /// In the order of ``FieldID/all``.
  var fields: [Field]
  /// The articles of lower ordinals were indexed before further fields of text were searched.
  var firstWithTexts: UInt64 = 0

  func encoded() -> [UInt8] {
    var bytes = ByteWriter()
    bytes.append(varint: documentCount)
    bytes.append(analyzer)
    bytes.append(similarity)
    bytes.append(varint: fields.count)
    for field in fields {
      bytes.append(varint: field.statistics.documentCount)
      bytes.append(varint: field.statistics.totalLength)
      bytes.append(varint: field.termCount)
      bytes.append(varint: field.blockCount)
    }
    bytes.append(varint: firstWithTexts)
    return bytes.bytes
  }

  init(
    documentCount: Int, analyzer: AnalyzerDescription, similarity: Similarity, fields: [Field],
    firstWithTexts: UInt64 = 0
  ) {
    self.documentCount = documentCount
    self.analyzer = analyzer
    self.similarity = similarity
    self.fields = fields
    self.firstWithTexts = firstWithTexts
  }

  /// Reads the section, after its checksum has been verified.
  init(_ section: Section) throws(StorageError) {
    try section.verify()
    var reader = section.reader()
    documentCount = try reader.readCount(upTo: SegmentFormat.documentLimit - 1)
    analyzer = try reader.readAnalyzer()
    similarity = try reader.readSimilarity()
    let count = try reader.readVarint()
    let isFormer = count == UInt64(SegmentFormat.formerFieldCount)
    guard isFormer || count == UInt64(FieldID.all.count) else {
      throw reader.damaged(
        "number of fields", expected: "\(FieldID.all.count)", found: "\(count)")
    }
    fields = []
    for _ in 0..<count {
      let statistics = FieldStatistics(
        documentCount: try reader.readCount(upTo: documentCount),
        totalLength: try reader.readCount(upTo: .max >> 16))
      guard statistics.totalLength >= statistics.documentCount else {
        throw reader.damaged(
          "sum of the lengths", expected: "\(statistics.documentCount) or more",
          found: "\(statistics.totalLength)")
      }
      fields.append(
        Field(
          statistics: statistics,
          termCount: try reader.readCount(upTo: .max >> 16),
          blockCount: try reader.readCount(upTo: .max >> 16)))
    }
    while fields.count < FieldID.all.count { fields.append(Field()) }
    firstWithTexts = isFormer ? .max : try reader.readVarint()
    try reader.finish()
  }
}

extension ByteWriter {
  /// Appends an analyzer's description.
  mutating func append(_ analyzer: AnalyzerDescription) {
    append(string: analyzer.name)
    append(varint: analyzer.version)
    append(string: analyzer.icu)
    append(string: analyzer.tables)
  }

  mutating func append(_ similarity: Similarity) {
    append(fixed: similarity.k1.bitPattern)
    append(fixed: similarity.b.bitPattern)
  }
}

extension ByteReader {
  /// Reads what ``ByteWriter/append(_:)-(AnalyzerDescription)`` wrote.
  mutating func readAnalyzer() throws(StorageError) -> AnalyzerDescription {
    AnalyzerDescription(
      name: try readString(), version: try readCount(upTo: .max), icu: try readString(),
      tables: try readString())
  }

  /// Reads k1 and b, which are in range.
  mutating func readSimilarity() throws(StorageError) -> Similarity {
    let similarity = Similarity(
      k1: Double(bitPattern: try readFixed(UInt64.self)),
      b: Double(bitPattern: try readFixed(UInt64.self)))
    guard similarity.isValid else {
      throw damaged("k1 or b out of range", found: "\(similarity)")
    }
    return similarity
  }
}
