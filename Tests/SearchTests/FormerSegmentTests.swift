import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex
@testable import SuoyinSearch

/// Segments of before further fields of text were searched answer all else, and it is said that they do
/// not answer these.
@Suite struct FormerSegmentTests {
  /// Writes a segment as the program before did.
  private static func makeFormer(_ source: Segment, at path: String) throws -> Manifest.File {
    let file = try FileWriter(path: path, kind: SegmentFormat.kind, version: 4)
    for section in source.file.sections {
      guard let name = section.name, !name.hasPrefix("further.") else { continue }
      try file.begin(name)
      var reader = section.reader()
      let bytes = try reader.readBytes(section.count)
      guard name == SegmentFormat.info else {
        try file.append(bytes)
        continue
      }
      var info = ByteWriter()
      info.append(varint: source.info.documentCount)
      info.append(source.info.analyzer)
      info.append(source.info.similarity)
      info.append(varint: 4)
      for field in source.info.fields.prefix(4) {
        info.append(varint: field.statistics.documentCount)
        info.append(varint: field.statistics.totalLength)
        info.append(varint: field.termCount)
        info.append(varint: field.blockCount)
      }
      try file.append(info.bytes)
    }
    let summary = try file.finish()
    try file.publish()
    return Manifest.File(size: summary.size, checksum: summary.checksum)
  }

  /// Puts a segment of before in the place of each of an index's.
  private static func makeFormer(_ folder: IndexFolder) throws {
    var (manifest, _) = try folder.readManifest()
    for index in manifest.segments.indices {
      let number = manifest.segments[index].number
      let segment = try Segment(path: folder.segment(number), livePath: nil)
      try Folder.remove(folder.segment(number))
      manifest.segments[index].file = try makeFormer(segment, at: folder.segment(number))
    }
    try manifest.write(in: folder).publish()
  }

  private static func article(_ number: Int) -> Article {
    Article(
      id: "\(number)", text: "重庆\(number)", extra: "{\"abstract\":\"汽车\(number)\"}")
  }

  private static func writer(_ folder: TemporaryFolder) throws -> IndexWriter {
    var options = IndexOptions()
    options.mergesSegments = false
    options.fields = try FieldSchema(parsing: "abstract: text", file: "schema")
    return try IndexWriter(at: folder.path, options: options)
  }

  @Test func areReadMergedAndNoted() throws {
    let folder = try TemporaryFolder()
    for part in 0..<2 {
      let writer = try Self.writer(folder)
      for number in 0..<5 { _ = try writer.add(Self.article(part * 5 + number)) }
      try writer.commit()
    }
    try Self.makeFormer(IndexFolder(folder.path))
    func check(_ former: Int, found: [String]) throws {
      let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
      #expect(searcher.snapshot.countWithoutTexts == former)
      #expect(searcher.snapshot.segments.allSatisfy { $0.verify().isEmpty })
      for query in ["abstract:汽车", "abstract:*", "重庆 -abstract:火车"] {
        let result = try searcher.search(SearchRequest(query: query, limit: 100))
        let notes = result.notes.filter { $0.text.contains("indexed before further fields") }
        #expect(notes.count == (former > 0 ? 1 : 0), "\(query)")
        if let note = notes.first {
          #expect(note.kind == .remark && note.text.contains("\(former) "))
        }
        if !query.hasPrefix("重") { #expect(result.hits.map(\.id).sorted() == found, "\(query)") }
      }
      let plain = try searcher.search(SearchRequest(query: "重庆"))
      #expect(plain.notes.isEmpty && plain.total == searcher.snapshot.articleCount)
    }
    #expect(
      try IndexSnapshot.open(at: folder.path).segments.map(\.file.version) == [4, 4])
    try check(10, found: [])
    do {
      // New articles are found, deleted ones not counted.
      let writer = try Self.writer(folder)
      for number in 10..<13 { _ = try writer.add(Self.article(number)) }
      #expect(try writer.delete(id: "1"))
      #expect(try writer.add(Self.article(2)) == .unchanged)
      try writer.commit()
      try check(9, found: ["10", "11", "12"])
      try writer.optimize()
      #expect(
        try IndexSnapshot.open(at: folder.path).segments.map(\.file.version) == [
          SegmentFormat.version
        ])
      try check(9, found: ["10", "11", "12"])
      #expect(try writer.delete(id: "3"))
      try writer.commit()
      try check(8, found: ["10", "11", "12"])
      try writer.optimize(reordering: true)
      try check(8, found: ["10", "11", "12"])
      // An article that is another takes the place of the one before.
      _ = try writer.add(Article(id: "4", text: "重庆 4", extra: #"{"abstract":"汽车"}"#))
      try writer.commit()
      try check(7, found: ["10", "11", "12", "4"])
    }
    // All anew.
    var options = IndexOptions()
    options.replacesIndex = true
    var articles: [Article] = []
    try IndexSnapshot.open(at: folder.path).visitArticles { articles.append($0) }
    let rebuilding = try IndexWriter(at: folder.path, options: options)
    for article in articles { _ = try rebuilding.add(article) }
    try rebuilding.commit()
    try check(0, found: articles.map(\.id).sorted())
  }

  @Test func sayNothingWhereNoFieldIsText() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    _ = try writer.add(Article(id: "a", text: "重庆", extra: #"{"views":3}"#))
    try writer.commit()
    try Self.makeFormer(IndexFolder(folder.path))
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    #expect(searcher.snapshot.countWithoutTexts == 0)
    #expect(try searcher.search(SearchRequest(query: "重庆 views:3")).notes.isEmpty)
  }
}
