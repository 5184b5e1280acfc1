import Foundation
import SuoyinStorage
import SuoyinTestSupport
import Testing

@testable import SuoyinText

/// The file that keeps the segmenter's tables: made once, and made anew whatever is wrong with it.
@Suite struct WordTablesCacheTests {
  private let folder: TemporaryFolder
  private let name: String

  init() throws {
    folder = try TemporaryFolder()
    name = try #require(DictionaryWords.name())
  }

  private var file: String { WordTablesCache.path(of: name, in: folder.path) }

  private func cut(_ tables: WordTables?) throws -> [Int] {
    let text = Array("依托本地电摩生态，カタカナとABC 12.5。".utf16)
    let tables = try #require(tables)
    var segmenter = Segmenter(tables: tables)
    segmenter.cut(text.span)
    let ends = (0..<segmenter.pieces.count).map { segmenter.pieces[$0].end }
    #expect(ends == SegmentationTests.oracle(text).map(\.end))
    return ends
  }

  @Test func itIsMadeOnceAndNothingElseIsLeft() throws {
    _ = try cut(WordTablesCache.tables(in: folder.path))
    let made = try Data(contentsOf: URL(fileURLWithPath: file))
    let date = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
    _ = try cut(WordTablesCache.tables(in: folder.path))
    #expect(try folder.names().count == 1)
    let again = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
    #expect(date == again)
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == made)
  }

  @Test func aDamagedOrForeignFileIsMadeAnew() throws {
    _ = try cut(WordTablesCache.tables(in: folder.path))
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    var flipped = whole
    flipped[whole.count / 2] ^= 1
    for damaged in [flipped, whole.prefix(1000), Data(), Data("something else".utf8)] {
      try FileManager.default.removeItem(atPath: file)
      try damaged.write(to: URL(fileURLWithPath: file))
      _ = try cut(WordTablesCache.tables(in: folder.path))
      #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == whole)
    }
    // The file of another ICU under our name.
    let other = WordTablesCache.path(of: "1.0-1.0-1", in: folder.path)
    try FileManager.default.moveItem(atPath: file, toPath: other)
    _ = try cut(WordTablesCache.tables(in: folder.path))
    #expect(try folder.names().count == 2)
  }

  /// A file whose checksums are right, but whose sections have other lengths than they should.
  @Test(
    arguments: zip(
      ["units", "pages", "supplementary", "next", "accepting", "slots"],
      [-8, 512, -2, 7, -1, -4096]
    ))
  func aFileWithSectionsOfOtherLengthsIsMadeAnew(_ cut: String, _ change: Int) throws {
    _ = try self.cut(WordTablesCache.tables(in: folder.path))
    let whole = try folder.bytes(String(file.dropFirst(folder.path.count + 1)))
    let old = try SectionedFile(
      path: file, kind: WordTablesCache.kind,
      versions: WordTablesCache.version...WordTablesCache.version)
    let writer = try FileWriter(
      path: folder.path("changed"), kind: WordTablesCache.kind, version: WordTablesCache.version)
    for section in old.sections {
      let name = try #require(section.name)
      var reader = section.reader()
      var bytes = try reader.readBytes(section.count)
      if name == cut {
        if change < 0 { bytes.removeLast(-change) }
        bytes += Array(repeating: 0, count: max(0, change))
      }
      try writer.begin(name)
      try writer.append(bytes)
    }
    try writer.finish()
    try writer.publish()
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.moveItem(atPath: folder.path("changed"), toPath: file)
    _ = try self.cut(WordTablesCache.tables(in: folder.path))
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == Data(whole))
  }

  @Test func whatAKilledProcessLeftGoesAndOtherFilesStay() throws {
    try folder.write("half", to: "words-1.0-1.0-1-3.suoyin.123\(FileWriter.temporarySuffix)")
    let left = WordTablesCache.path(of: name, in: "") + ".77" + FileWriter.temporarySuffix
    try folder.write("half", to: String(left.dropFirst()))
    try folder.write("x", to: "other\(FileWriter.temporarySuffix)")
    _ = try cut(WordTablesCache.tables(in: folder.path))
    let made = String(file.dropFirst(folder.path.count + 1))
    #expect(try folder.names() == ["other\(FileWriter.temporarySuffix)", made].sorted())
  }

  @Test func withoutAFolderTheTablesStayInMemory() throws {
    try folder.write("x", to: "file")
    _ = try cut(WordTablesCache.tables(in: folder.path("file/below")))
    _ = try cut(WordTablesCache.tables(in: nil))
    #expect(try folder.names() == ["file"])
  }

  @Test func severalMakeItAtOnce() async throws {
    let path = folder.path
    let counts = await withTaskGroup(of: Int?.self) { group in
      for _ in 0..<4 {
        group.addTask { WordTablesCache.tables(in: path)?.slots.count }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(counts).count == 1 && counts[0] != nil)
    #expect(try folder.names().count == 1)
    _ = try cut(WordTablesCache.tables(in: path))
  }

  @Test func theArrayHoldsTheDictionary() throws {
    let words = try #require(DictionaryWords.read())
    let array = try #require(DoubleArray(words))
    var start = 0
    var wrong = 0
    for (index, end) in words.ends.enumerated() {
      let word = words.units[start..<Int(end)]
      var node = array.roots[Int(word[start])]
      for unit in word.dropFirst() {
        let code = array.codes[Int(unit)]
        let slot = DoubleArray.Slot(bits: array.slots[DoubleArray.Slot.place(below: node, code)])
        node = slot.label == code ? slot.node : 0
      }
      if UInt8(node & 0xFF) != words.costs[index] { wrong += 1 }
      start = Int(end)
    }
    #expect(wrong == 0 && words.ends.count > 300_000)
    #expect(array.slots.count < 2 * words.ends.count + 200_000)
  }

  @Test func aBaseThatANodeHasNoRoomForIsNotCut() throws {
    let words = DictionaryWords(
      units: [1, 2, 3, 1, 3, 2, 4, 1], ends: [3, 5, 8], costs: [1, 1, 1])
    let array = try #require(DoubleArray(words))
    let highest =
      try #require((array.slots.map { DoubleArray.Slot(bits: $0).node } + array.roots).max())
      >> DoubleArray.costBits
    #expect(highest > 0)
    #expect(DoubleArray(words, baseLimit: Int(highest) + 1)?.slots == array.slots)
    #expect(DoubleArray(words, baseLimit: Int(highest)) == nil)
  }

  /// A state is a byte, and a step finds the next one by it.
  @Test(arguments: [(0, false), (1, false), (256, true), (257, false), (300, false)])
  func tablesOfMoreStatesThanAByteHasAreRefused(states: Int, fits: Bool) throws {
    let tables = try #require(WordTablesCache.tables(in: folder.path))
    #expect(tables.fitTogether)
    let changed = WordTables(
      units: tables.units, pages: tables.pages, supplementary: tables.supplementary,
      next: MappedArray(
        copying: [UInt8](repeating: 0, count: states * CompiledWordRules.categories)),
      accepting: MappedArray(copying: [UInt8](repeating: 0, count: states)), slots: tables.slots)
    #expect(changed.fitTogether == fits)
  }
}
