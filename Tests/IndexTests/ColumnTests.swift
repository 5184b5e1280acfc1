import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// Columns against the articles that they were made of.
@Suite struct ColumnTests {
  private static func article(_ number: Int, using random: inout SeededGenerator) -> Article {
    var members: [String] = []
    if Int.random(in: 0..<4, using: &random) > 0 {
      members.append("\"views\":\(Int.random(in: -5...300, using: &random))")
    }
    if Int.random(in: 0..<3, using: &random) > 0 {
      let price = Double(Int.random(in: 0...40, using: &random)) / 4
      members.append("\"price\":\(price)")
    }
    if Int.random(in: 0..<5, using: &random) > 0 {
      let names = ["人民日報", "人民日报", "Reuters", "reuters", "ＡＰ", "新华社", "a b", "zz"]
      members.append("\"source\":\"\(names.randomElement(using: &random) ?? "")\"")
    }
    let tags = (0..<Int.random(in: 0...3, using: &random)).map { _ in
      "\"t\(Int.random(in: 0..<6, using: &random))\""
    }
    members.append("\"tags\":[\(tags.joined(separator: ","))]")
    members.append("\"serial\":\(number * 7 + 1_000_000)")
    let dates = [
      "2023", "2023-0\(Int.random(in: 1...9, using: &random))",
      "2024-0\(Int.random(in: 1...9, using: &random))-1\(Int.random(in: 0...9, using: &random))",
      "2024-05-01T1\(Int.random(in: 0...9, using: &random)):30",
    ]
    return Article(
      id: "\(number)", text: "text \(number)", date: dates.randomElement(using: &random),
      extra: "{\(members.joined(separator: ","))}")
  }

  /// The different values of a field, as its column should have them.
  private static func values(
    _ article: Article, _ name: String, _ kind: FieldKind
  ) throws -> Set<FieldValue> {
    let written = try article.writtenFields().first { $0.name == name }?.values ?? []
    return Set(written.compactMap { kind.value(of: $0) })
  }

  /// Adds articles of which everything fits, and commits.
  private static func commit(
    _ articles: [Article], at path: String, _ options: IndexOptions = .init()
  ) throws {
    let writer = try IndexWriter(at: path, options: options)
    for article in articles {
      _ = try writer.add(article)
      #expect(writer.misfits.isEmpty)
    }
    try writer.commit()
  }

  /// How many documents have each value.
  private static func counts(
    _ column: Column, in words: [UInt64]
  ) -> (ofValues: [Int], without: Int) {
    let ofCodes = column.counts(in: words)
    var ofValues = [Int](repeating: 0, count: column.valueCount)
    for code in ofCodes.indices {
      for ordinal in column.ordinals(of: code) { ofValues[ordinal] += ofCodes[code] }
    }
    return (ofValues, ofCodes[0])
  }

  private static func expectColumns(
    _ snapshot: IndexSnapshot, _ articles: [String: Article]
  ) throws {
    #expect(snapshot.articleCount == articles.count)
    for segment in snapshot.segments {
      #expect(segment.verify().isEmpty)
      let live = (0..<(segment.documentCount + 63) / 64).map { segment.liveDocuments(ofRange: $0) }
      for field in snapshot.fields.fields where field.kind != .text {
        var expected: [FieldValue: Int] = [:]
        var without = 0
        for document in 0..<UInt32(segment.documentCount) where segment.isLive(document) {
          let article = try #require(articles[try segment.id(of: document)])
          let values = try Self.values(article, field.name, field.kind)
          for value in values { expected[value, default: 0] += 1 }
          if values.isEmpty { without += 1 }
          guard let column = segment.column(field.name) else {
            #expect(values.isEmpty)
            continue
          }
          let found = try column.ordinals(of: column.code(of: document)).map {
            try column.value($0)
          }
          #expect(Set(found) == values && found.count == values.count)
        }
        guard let column = segment.column(field.name) else { continue }
        let counts = Self.counts(column, in: live)
        #expect(counts.without == without)
        for ordinal in 0..<column.valueCount {
          #expect(counts.ofValues[ordinal] == expected[try column.value(ordinal)] ?? 0)
          var kept = live
          column.keep(ColumnCodes(column, holding: [ordinal..<ordinal + 1]), in: &kept)
          #expect(
            kept.reduce(0) { $0 + $1.nonzeroBitCount } == counts.ofValues[ordinal])
        }
        var some = live
        column.keep(ColumnCodes(anyOf: column), in: &some)
        #expect(some.reduce(0) { $0 + $1.nonzeroBitCount } == segment.liveCount - without)
      }
    }
  }

  @Test(arguments: [UInt64](1...4))
  func holdsWhatArticlesHave(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    var options = IndexOptions()
    options.mergesSegments = false
    var articles: [String: Article] = [:]
    var number = 0
    for _ in 0..<3 {
      let writer = try IndexWriter(at: folder.path, options: options)
      for _ in 0..<Int.random(in: 50...400, using: &random) {
        let article = Self.article(number, using: &random)
        number += 1
        articles[article.id] = article
        _ = try writer.add(article)
        #expect(writer.misfits.isEmpty)
      }
      for _ in 0..<20 {
        let id = "\(Int.random(in: 0..<number, using: &random))"
        let isThere = articles.removeValue(forKey: id) != nil
        #expect(try writer.delete(id: id) == isThere)
      }
      try writer.commit()
      let snapshot = try IndexSnapshot.open(at: folder.path)
      let kinds = snapshot.fields.fields.map { "\($0.name) \($0.kind)" }
      #expect(
        kinds == [
          "date date", "price number", "serial number", "source keyword", "tags keyword",
          "views number",
        ])
      try Self.expectColumns(snapshot, articles)
    }
    #expect(try IndexSnapshot.open(at: folder.path).segments.count == 3)
    try IndexWriter(at: folder.path).optimize()
    let merged = try IndexSnapshot.open(at: folder.path)
    #expect(merged.segments.count == 1)
    try Self.expectColumns(merged, articles)
    #expect(try IndexCheck.run(at: folder.path).isSound)
    // Values that no live article has are gone.
    let segment = merged.segments[0]
    let all = (0..<(articles.count + 63) / 64).map { segment.liveDocuments(ofRange: $0) }
    for column in segment.columns {
      #expect(!Self.counts(column, in: all).ofValues.contains(0))
    }
  }

  @Test func mergedColumnsAreThoseOfOneSegment() throws {
    var random = SeededGenerator(seed: 9)
    let articles = (0..<300).map { Self.article($0, using: &random) }
    let (once, parts) = (try TemporaryFolder(), try TemporaryFolder())
    let whole = try IndexWriter(at: once.path)
    for article in articles { _ = try whole.add(article) }
    try whole.commit()
    for part in 0..<3 {
      let writer = try IndexWriter(at: parts.path)
      for article in articles[part * 100..<part * 100 + 100] { _ = try writer.add(article) }
      try writer.commit()
    }
    try IndexWriter(at: parts.path).optimize()
    let (a, b) = (
      try IndexSnapshot.open(at: once.path).segments[0],
      try IndexSnapshot.open(at: parts.path).segments[0]
    )
    let columns = a.file.sections.filter { $0.name?.hasPrefix("column") ?? false }
    #expect(columns.count > 12)
    for section in columns {
      let name = try #require(section.name)
      #expect(try b.file.section(name).checksum == section.checksum, "\(name)")
    }
  }

  @Test func decidesKindsByTheFirstSegment() throws {
    let folder = try TemporaryFolder()
    let long = String(repeating: "长", count: 300)
    try Self.commit(
      [
        Article(
          id: "1", text: "a",
          extra:
            #"{"n":1,"mixed":1,"d":"2024-03","year":"2024","text":"t","body":"short","b":true}"#),
        Article(
          id: "2", text: "b",
          extra: "{\"mixed\":\"x\",\"body\":\"\(long)\",\"d\":[\"2024-04-05\"]}"),
      ], at: folder.path)
    let fields = try IndexSnapshot.open(at: folder.path).fields.fields.map {
      "\($0.name) \($0.kind)"
    }
    #expect(
      fields == ["b keyword", "body text", "d date", "mixed keyword", "n number", "year keyword"])
    // What comes later has to fit; the article is there without what does not.
    let second = try IndexWriter(at: folder.path)
    #expect(
      try second.add(
        Article(id: "3", text: "c", date: "soon", extra: #"{"n":[2,"many"],"d":"now","mixed":7}"#))
        == .added)
    #expect(second.misfits.map(\.field) == ["date", "n", "d"])
    #expect(second.misfits[1].problem == "“n” is “many”, which is no number")
    _ = try second.add(Article(id: "4", text: "c", extra: "{"))
    #expect(second.misfits.map(\.field) == [nil])
    try second.commit()
    let snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(snapshot.articleCount == 4 && snapshot.fields["date"] == .date)
    let segment = try #require(snapshot.segments.last)
    let column = try #require(segment.column("n"))
    let document = try #require(snapshot.document(id: "3")).document
    #expect(
      try column.ordinals(of: column.code(of: document)).map { try column.value($0) }
        == [.number(FieldNumber(2))])
  }

  @Test func keepsWhatWasDeclared() throws {
    let folder = try TemporaryFolder()
    var options = IndexOptions()
    options.fields = try FieldSchema(parsing: "code: keyword\nviews: number", file: "s")
    try Self.commit(
      [Article(id: "1", text: "a", extra: #"{"code":2024,"views":"12"}"#)], at: folder.path, options
    )
    let snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(snapshot.fields == options.fields)
    #expect(try snapshot.segments[0].column("code")?.value(0) == .keyword("2024"))
    options.fields = try FieldSchema(parsing: "views: date", file: "s")
    let error = #expect(throws: IndexError.self) {
      try IndexWriter(at: folder.path, options: options)
    }
    #expect(
      error == .otherField(directory: folder.path, name: "views", index: .number, asked: .date))
    // A declaration alone is a commit.
    options.fields = try FieldSchema(parsing: "later: text", file: "s")
    try IndexWriter(at: folder.path, options: options).commit()
    #expect(try IndexSnapshot.open(at: folder.path).fields["later"] == .text)
  }

  /// Codes of one, two and four bytes.
  @Test func takesTheWidthThatCodesNeed() throws {
    for (count, size) in [(255, 1), (256, 2), (65_536, 4)] {
      let folder = try TemporaryFolder()
      let file = try FileWriter(
        path: folder.path + "/x.suoyin", kind: SegmentFormat.kind, version: SegmentFormat.version)
      var values = ColumnValuesWriter(.number)
      for value in 0..<count { values.append(.number(FieldNumber(Int64(value)))) }
      var writer = ColumnsWriter(file, documentCount: count + 1)
      try writer.write("n", .number, values, combinations: []) { $0 }
      try writer.finish()
      try file.finish()
      try file.publish()
      let columns = try SectionedFile(
        path: folder.path + "/x.suoyin", kind: SegmentFormat.kind,
        versions: SegmentFormat.readableVersions
      ).columns(documentCount: count + 1)
      let column = try #require(columns.first)
      #expect(column.info.codeSize == size)
      #expect((0...count).allSatisfy { column.code(of: UInt32($0)) == $0 })
      let half = try column.partitionPoint { $0 < .number(FieldNumber(Int64(count / 2))) }
      #expect(half == count / 2)
    }
  }
}

extension FieldValue {
  fileprivate static func < (a: FieldValue, b: FieldValue) -> Bool {
    if case .number(let a) = a, case .number(let b) = b { a < b } else { false }
  }
}
