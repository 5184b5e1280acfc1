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
    var ends: [Int] = []
    segmenter.pieces(of: text.span) { range, _ in ends.append(range.upperBound) }
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
    let array = DoubleArray(words)
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
}
