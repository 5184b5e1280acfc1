import Foundation
import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

@Suite("An index keeps its analyzer")
struct AnalyzerFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private static func options() throws -> AnalyzerOptions {
    AnalyzerOptions(
      userDictionary: try UserDictionary(parsing: "宁德时代\n阿维塔", file: ""),
      synonyms: try Synonyms(parsing: "重庆,渝\n渝=>巴", file: ""),
      stopWords: try StopWords(parsing: "the", file: ""), stemmer: "english")
  }

  private func commit(_ id: String, by analyzer: Analyzer? = nil) throws {
    let writer = try IndexWriter(at: folder.path, options: IndexOptions(analyzer: analyzer))
    _ = try writer.add(Article(id: id, text: "重庆 the cars \(id)"))
    try writer.commit()
  }

  @Test("with the contents of its options, for writers and readers that name none")
  func kept() throws {
    let options = try Self.options()
    try commit("a", by: try Analyzer(.cjk, options: options))
    try commit("b")
    let snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(snapshot.analyzer.options == options)
    #expect(snapshot.articleCount == 2)
    let words = snapshot.segments[0].field(FieldID(.text, .words))
    #expect(try words.entry(for: Array("car".utf8)) != nil)
    #expect(try words.entry(for: Array("the".utf8)) == nil)
    #expect(try IndexCheck.run(at: folder.path).isSound)
    let sizes = snapshot.sizes.reduce(0) { $0 + $1.bytes }
    #expect(try sizes == folder.names().reduce(0) { try $0 + folder.bytes($1).count })
  }

  @Test("and has no file for it without options")
  func nothingToKeep() throws {
    try commit("a", by: .words)
    #expect(try !folder.names().contains { $0.hasPrefix("analyzer") })
    #expect(try IndexSnapshot.open(at: folder.path).analyzer.name == .words)
    try commit("b")
    #expect(try IndexSnapshot.open(at: folder.path).articleCount == 2)
  }

  @Test("and names the parts in which another differs")
  func others() throws {
    var options = try Self.options()
    try commit("a", by: try Analyzer(.cjk, options: options))
    func parts(_ analyzer: Analyzer) -> [String] {
      do throws(IndexError) {
        _ = try IndexWriter(at: folder.path, options: IndexOptions(analyzer: analyzer))
        return []
      } catch {
        guard case .analyzerDiffers(_, let differences) = error else { return ["\(error)"] }
        #expect(differences.allSatisfy { error.message.contains($0.part) })
        #expect(error.remedy.contains("--index \(folder.path)-2 to build another"))
        return differences.map(\.part)
      }
    }
    #expect(parts(try Analyzer(.cjk, options: options)) == [])
    options.stemmer = nil
    #expect(parts(try Analyzer(.cjk, options: options)) == ["stemmer"])
    options.stopWords = try StopWords(parsing: "a", file: "")
    #expect(parts(try Analyzer(.words, options: options)) == ["analyzer", "stop words", "stemmer"])
  }

  @Test("and is compared in what is demanded alone")
  func demands() throws {
    try commit("a", by: try Analyzer(.words, options: Self.options()))
    func parts(_ name: Analyzer.Name, _ options: AnalyzerOptions, named: Bool) -> [String] {
      do {
        var request = IndexOptions(analyzer: try Analyzer(name, options: options))
        request.analyzerDemand = .setOptions(named: named)
        let writer = try IndexWriter(at: folder.path, options: request)
        try writer.commit()
        return []
      } catch IndexError.analyzerDiffers(_, let differences) {
        return differences.map(\.part)
      } catch {
        return ["\(error)"]
      }
    }
    let other = AnalyzerOptions(synonyms: try Synonyms(parsing: "京,北京", file: ""))
    #expect(parts(.cjk, other, named: false) == [])
    let kept = try IndexSnapshot.open(at: folder.path).analyzer
    var expected = try Self.options()
    expected.synonyms = other.synonyms
    #expect(kept.name == .words && kept.options == expected)
    #expect(parts(.cjk, other, named: true) == ["analyzer"])
    #expect(parts(.cjk, AnalyzerOptions(stemmer: "english"), named: false) == [])
    #expect(parts(.cjk, AnalyzerOptions(stemmer: "german"), named: false) == ["stemmer"])
    let whitespace = try Analyzer(.cjk, options: other)
    #expect(
      Analyzer.whitespace.differences(from: whitespace, demanding: .setOptions(named: false))
        .map(\.part).last == "synonyms")
  }

  @Test("but takes other synonyms, which no term depends on")
  func newSynonyms() throws {
    var options = try Self.options()
    try commit("a", by: try Analyzer(.cjk, options: options))
    let before = try folder.names().filter { $0.hasPrefix("analyzer") }
    options.synonyms = try Synonyms(parsing: "京,北京", file: "")
    try IndexWriter(
      at: folder.path, options: IndexOptions(analyzer: try Analyzer(.cjk, options: options))
    ).commit()
    let snapshot = try IndexSnapshot.open(at: folder.path)
    #expect(snapshot.analyzer.options == options && snapshot.generation == 2)
    let after = try folder.names().filter { $0.hasPrefix("analyzer") }
    #expect(before == ["analyzer-1.suoyin"] && after == ["analyzer-2.suoyin"])
    // Without synonyms asked for, those of the index stay.
    options.synonyms = nil
    try commit("b", by: try Analyzer(.cjk, options: options))
    #expect(try IndexSnapshot.open(at: folder.path).analyzer.options.synonyms?.rules.count == 1)
  }

  @Test("and every damage to the file is found")
  func damage() throws {
    try commit("a", by: try Analyzer(.cjk, options: try Self.options()))
    let bytes = try folder.bytes("analyzer-1.suoyin")
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8(place % 8)
      _ = try folder.write(damaged, to: "analyzer-1.suoyin")
      let check = try? IndexCheck.run(at: folder.path)
      #expect(check?.isSound != true, "byte \(place)")
      if let snapshot = try? IndexSnapshot.open(at: folder.path) {
        // Bytes between the sections mean nothing.
        #expect(try snapshot.analyzer.options == Self.options(), "byte \(place)")
      }
    }
    try FileManager.default.removeItem(atPath: folder.path("analyzer-1.suoyin"))
    let read = #expect(throws: IndexError.self) { try IndexSnapshot.open(at: folder.path) }
    let written = #expect(throws: IndexError.self) { try IndexWriter(at: folder.path) }
    #expect(read == written && read?.message.contains("named by the manifest") == true)
    #expect(try !IndexCheck.run(at: folder.path).isSound)
  }

  @Test("and one of a manifest of version 1 is read")
  func firstVersion() throws {
    try commit("a")
    let manifest = try Manifest.read(in: IndexFolder(folder.path)).0
    let file = try FileWriter(
      path: folder.path(IndexFolder.manifestName), kind: Manifest.kind, version: 1)
    try file.begin("index")
    var bytes = ByteWriter()
    bytes.append(varint: manifest.generation)
    bytes.append(manifest.analyzer)
    bytes.append(fixed: manifest.similarity.k1.bitPattern)
    bytes.append(fixed: manifest.similarity.b.bitPattern)
    bytes.append(varint: manifest.nextOrdinal)
    bytes.append(varint: manifest.nextSegment)
    bytes.append(varint: 1)
    bytes.append(varint: manifest.segments[0].number)
    bytes.append(varint: manifest.segments[0].file.size)
    bytes.append(fixed: manifest.segments[0].file.checksum)
    bytes.append(0)
    try file.append(bytes.bytes)
    try file.finish()
    try file.publish()
    #expect(try IndexSnapshot.open(at: folder.path).articleCount == 1)
    try commit("b")
    #expect(try IndexSnapshot.open(at: folder.path).articleCount == 2)
  }
}
