import Foundation
import SuoyinFuzz
import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// Whatever happens to the bytes of an index, opening and reading end in a result or in an error
/// that names the file.
@Suite struct DamageTests {
  /// A folder with an index of a few articles, one of them deleted.
  static func smallIndex() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    for number in 0..<7 {
      _ = try writer.addPlain(
        Article(
          id: "id\(number)", title: number == 3 ? nil : "w1 w2 t\(number)",
          text: (0..<number).map { "w\($0 % 4) w1 longer-word-\($0)" }.joined(separator: " "),
          path: "p/\(number)", date: "2024-01-0\(number)", extra: "{}"))
    }
    try writer.commit()
    _ = try writer.delete(id: "id2")
    try writer.commit()
    return folder
  }

  /// Opens the index in the folder and reads everything; returns whether it opened.
  func survives(_ folder: TemporaryFolder, name: String) -> Bool {
    do throws(IndexError) {
      let snapshot = try IndexSnapshot.open(at: folder.path)
      for segment in snapshot.segments { readEverything(segment) }
      _ = snapshot.document(id: "id1")
      return true
    } catch {
      #expect(error.description.contains(folder.path))
      return false
    }
  }

  /// Whoever cannot use an index is told how to have one again.
  @Test func theWayToANewIndexIsNamed() throws {
    let folder = try Self.smallIndex()
    let way = "suoyin rebuild --index \(folder.path) PATH…"
    let other = Analyzer.cjk.description
    for error: IndexError in [
      .manifestLost(directory: folder.path),
      .otherAnalyzer(directory: folder.path, index: other, here: other),
      .otherSimilarity(directory: folder.path, index: Similarity(), asked: Similarity()),
      .storage(StorageError(.tooOld, file: folder.path("segment-1.suoyin"), what: "")),
      .storage(StorageError(.tooNew, file: folder.path("segment-1.suoyin"), what: "")),
    ] {
      #expect(error.remedy.contains(way), "\(error)")
    }
    let start = Array(try folder.bytes(IndexFolder.manifestName)[..<20])
    try folder.write([1, 2, 3], to: IndexFolder.manifestName)
    let foreign = #expect(throws: IndexError.self) { try IndexSnapshot.open(at: folder.path) }
    #expect(foreign?.remedy.contains(way) == false, "a file that is none of ours")
    try folder.write(start, to: IndexFolder.manifestName)
    let damaged = #expect(throws: IndexError.self) { try IndexSnapshot.open(at: folder.path) }
    #expect(damaged?.remedy.contains(way) == true, "\(String(describing: damaged))")
  }

  /// A segment of a version before the first that is read says how to go on.
  @Test func olderSegmentsNameTheWay() throws {
    let folder = try Self.smallIndex()
    let path = folder.path("segment-1.suoyin")
    let file = try FileWriter(path: path, kind: SegmentFormat.kind, version: 2)
    let summary = try file.finish()
    try file.publish()
    var (manifest, _) = try Manifest.read(in: IndexFolder(folder.path))
    manifest.segments[0].file = .init(size: summary.size, checksum: summary.checksum)
    manifest.segments[0].deletes = nil
    try manifest.write(in: IndexFolder(folder.path)).publish()
    let old = #expect(throws: IndexError.self) { try IndexSnapshot.open(at: folder.path) }
    #expect(old?.message.contains("version") == true, "\(String(describing: old))")
    #expect(old?.remedy.contains("suoyin rebuild") == true)
  }

  /// Searching and writing say the same of a file that is gone.
  @Test func aMissingSegmentIsNamed() throws {
    let folder = try Self.smallIndex()
    try FileManager.default.removeItem(atPath: folder.path("segment-1.suoyin"))
    let read = #expect(throws: IndexError.self) { try IndexSnapshot.open(at: folder.path) }
    let written = #expect(throws: IndexError.self) { _ = try IndexWriter(at: folder.path) }
    let file = folder.path("segment-1.suoyin")
    #expect(read?.message == "\(file): named by the manifest, but not there")
    #expect(written == read)
  }

  @Test func everyTruncation() throws {
    let folder = try Self.smallIndex()
    for name in try folder.names() where name != WriterLock.fileName {
      let bytes = try folder.bytes(name)
      for count in 0..<bytes.count {
        try folder.write(Array(bytes[..<count]), to: name)
        #expect(!survives(folder, name: name), "\(name) cut to \(count) opened")
      }
      try folder.write(bytes + [0], to: name)
      #expect(!survives(folder, name: name), "\(name) with a byte more opened")
      try folder.write(bytes, to: name)
      #expect(survives(folder, name: name))
    }
  }

  @Test func everyFlip() throws {
    let folder = try Self.smallIndex()
    for name in try folder.names() where name != WriterLock.fileName {
      let bytes = try folder.bytes(name)
      for index in bytes.indices {
        var damaged = bytes
        damaged[index] ^= [0xFF, 0x01, 0x80][index % 3]
        try folder.write(damaged, to: name)
        let opened = survives(folder, name: name)
        // The small files are verified in full; of a segment what opening does not look at is
        // found by verifying it.
        if opened, name.hasPrefix("segment") {
          let findings = try IndexSnapshot.open(at: folder.path).segments.flatMap { $0.verify() }
          #expect(!findings.isEmpty, "byte \(index) of \(name) flipped and not found")
        } else {
          #expect(!opened || Self.isPadding(index, of: name, in: folder))
        }
      }
      try folder.write(bytes, to: name)
    }
  }

  /// Whether no section covers that byte of a small file.
  static func isPadding(_ index: Int, of name: String, in folder: TemporaryFolder) -> Bool {
    let kind =
      switch name {
      case IndexFolder.manifestName: Manifest.kind
      case let name where name.hasPrefix("analyzer"): AnalyzerFile.kind
      default: LiveDocuments.kind
      }
    guard
      let file = try? SectionedFile(path: folder.path + "/" + name, kind: kind, versions: 1...2)
    else { return false }
    return !file.sections.contains { $0.range.contains(index) }
  }

  @Test func aDamagedArrayHidesNoTerms() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    let terms = (100..<200).map { "t\($0)" }
    _ = try writer.addPlain(Article(id: "a", text: terms.joined(separator: " ")))
    try writer.commit()
    let field = FieldID(.text, .grams)
    let original = try Segment(path: folder.path + "/segment-1.suoyin", livePath: nil)
    let array = try original.file.section(SegmentFormat.termIndex(field)).range
    let bytes = try folder.bytes("segment-1.suoyin")
    for index in array {
      var damaged = bytes
      damaged[index] ^= index % 2 == 0 ? 0xFF : 0x01
      let path = try folder.write(damaged, to: "damaged")
      let segment = try Segment(path: path, livePath: nil)
      for term in terms {
        do throws(IndexError) {
          var iterator = try segment.field(field).terms(from: Array(term.utf8))
          _ = try iterator.next()
          #expect(iterator.term == Array(term.utf8), "byte \(index - array.lowerBound)")
        } catch {
          #expect(error.description.contains(path))
        }
      }
    }
  }

  @Test func positionsOutOfRangeAreDamage() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    for number in 0...PostingBlock.capacity {
      _ = try writer.addPlain(Article(id: "\(number)", text: "w v"))
    }
    try writer.commit()
    let id = FieldID(.text, .grams)
    let segment = try Segment(path: folder.path + "/segment-1.suoyin", livePath: nil)
    let end =
      try segment.file.section(SegmentFormat.postings(id)).range.upperBound
      - SegmentFormat.readAhead
    var bytes = try folder.bytes("segment-1.suoyin")
    // Where the positions of the list's second block end.
    let headers = ListHeaders(
      documents: PostingBlock.capacity + 1, positionEnds: .grouped)
    bytes[end - headers.size + headers.bounds - 1] = 0x7F
    let path = try folder.write(bytes, to: "damaged")
    let field = try Segment(path: path, livePath: nil).field(id)
    var cursor = field.postings(try #require(try field.entry(for: Array("w".utf8))))
    var positions: [UInt32] = []
    cursor.positions(into: &positions)
    #expect(positions == [0] && !cursor.isDamaged)
    cursor.seek(to: UInt32(PostingBlock.capacity))
    cursor.positions(into: &positions)
    #expect(cursor.document == UInt32(PostingBlock.capacity) && positions == [] && cursor.isDamaged)
  }

  /// A mean length below 1 would make shares of weights that are no numbers.
  @Test func lengthsBelowTheirNumberAreDamage() throws {
    let folder = try Self.smallIndex()
    let segment = try Segment(path: folder.path("segment-1.suoyin"), livePath: nil)
    var info = segment.info
    info.fields[FieldID(.text, .grams).index].statistics.totalLength = 5
    let path = folder.path("forged")
    try SegmentForgery.forge(segment.file, at: path) { name, bytes in
      if name == SegmentFormat.info { bytes = info.encoded() }
    }
    let error = #expect(throws: StorageError.self) { try Segment(path: path, livePath: nil) }
    #expect(error?.what == "sum of the lengths" && error?.section == SegmentFormat.info)
  }

  /// Bytes are changed at random and every checksum is made to fit them again, so that all decoders
  /// meet nonsense.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func forgedSections(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    for number in 0..<300 {
      _ = try writer.addPlain(
        Article(id: "id\(number)", title: "w1", text: "w1 w\(number % 5) w1 x\(number)"))
    }
    try writer.commit()
    let original = try SectionedFile(
      path: folder.path + "/segment-1.suoyin", kind: SegmentFormat.kind,
      versions: SegmentFormat.readableVersions)
    for _ in 0..<100 {
      let path = folder.path + "/forged"
      try Self.forge(original, at: path, using: &random)
      do throws(StorageError) {
        readEverything(try Segment(path: path, livePath: nil))
      } catch {
        #expect(error.file == path)
      }
    }
  }

  /// Copies a segment with a few bytes of one section changed and checksums that fit.
  static func forge(
    _ original: SectionedFile, at path: String, using random: inout SeededGenerator
  ) throws {
    let victim = original.sections.randomElement(using: &random)?.name
    try SegmentForgery.forge(original, at: path) { name, bytes in
      guard name == victim, !bytes.isEmpty else { return }
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] =
          [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)]
          .randomElement(using: &random) ?? 0
      }
      if Int.random(in: 0..<8, using: &random) == 0 { bytes.removeLast(bytes.count / 3) }
    }
  }
}
