import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// What can be read of a damaged index is kept, the rest is named.
@Suite struct RepairTests {
  private static func articles(at path: String) throws -> [String: Article] {
    var articles: [String: Article] = [:]
    try IndexSnapshot.open(at: path).visitArticles { articles[$0.id] = $0 }
    return articles
  }

  /// Any byte of any file: what comes out is sound, and holds nothing that was not there.
  @Test func everyFlipIsRepaired() throws {
    let folder = try DamageTests.smallIndex()
    let before = try Self.articles(at: folder.path)
    let names = try folder.names().filter { $0 != WriterLock.fileName }
    let bytes = try names.map { try folder.bytes($0) }
    var options = IndexOptions()
    options.threads = 1
    // All articles are in one block.
    let segment = try Segment(path: folder.path("segment-1.suoyin"), livePath: nil)
    let stored = [segment.articles.blocks.range, segment.articles.index.range]
    for (victim, name) in names.enumerated() {
      for index in bytes[victim].indices where index % 3 == 0 {
        for name in try folder.names() where name != WriterLock.fileName {
          try Folder.remove(folder.path(name))
        }
        var damaged = bytes[victim]
        damaged[index] ^= [0xFF, 0x01, 0x80][index / 3 % 3]
        for (other, name) in names.enumerated() {
          try folder.write(other == victim ? damaged : bytes[other], to: name)
        }
        let what = "byte \(index) of \(name)"
        let repair = try IndexRepair.run(at: folder.path, options: options)
        #expect(!repair.check.isSound, "\(what)")
        #expect(try IndexCheck.run(at: folder.path).isSound, "\(what)")
        let after = try Self.articles(at: folder.path)
        #expect(after.count == repair.articleCount, "\(what)")
        // Deletes that cannot be read bring an article back, and this one alone.
        let isBack = name.hasPrefix("live") && after["id2"] != nil
        #expect(
          after.allSatisfy { before[$0.key] == $0.value || isBack && $0.key == "id2" }, "\(what)")
        let isWhole = before.allSatisfy { after[$0.key] == $0.value }
        #expect(isWhole || repair.lostCount > 0 || !repair.lostFiles.isEmpty, "\(what)")
        if name == IndexFolder.manifestName { #expect(isWhole && after.count == before.count) }
        if name.hasPrefix("segment") {
          #expect(isWhole != stored.contains { $0.contains(index) }, "\(what)")
          #expect(try folder.bytes(name + IndexRepair.asideSuffix) == damaged, "\(what)")
        }
      }
    }
  }

  /// Damage to the lists of words loses no article: they are made anew of the articles.
  @Test func damagedListsLoseNothing() throws {
    let folder = try DamageTests.smallIndex()
    let before = try Self.articles(at: folder.path)
    var bytes = try folder.bytes("segment-1.suoyin")
    let file = try SectionedFile(
      path: folder.path("segment-1.suoyin"), kind: SegmentFormat.kind, versions: 1...99)
    for section in file.sections
    where section.name != SegmentFormat.info && section.name?.hasPrefix("articles") == false {
      for place in section.range.prefix(4) { bytes[place] ^= 0x55 }
    }
    try folder.write(bytes, to: "segment-1.suoyin")
    let repair = try IndexRepair.run(at: folder.path)
    #expect(repair.lostCount == 0 && repair.rescuedCount == before.count)
    #expect(try Self.articles(at: folder.path) == before)
    #expect(try IndexCheck.run(at: folder.path).isSound)
  }

  @Test func aSoundIndexIsLeftAlone() throws {
    let folder = try DamageTests.smallIndex()
    let before = try folder.names().map { try folder.bytes($0) }
    let repair = try IndexRepair.run(at: folder.path)
    #expect(repair.check.isSound && repair.articleCount == 6)
    #expect(try folder.names().map { try folder.bytes($0) } == before)
    let empty = try TemporaryFolder()
    #expect(throws: IndexError.noIndex(directory: empty.path)) {
      try IndexRepair.run(at: empty.path)
    }
    #expect(try empty.names().isEmpty)
  }

  /// A manifest that is gone: of an article that stands in several segments the last one counts.
  @Test func aLostManifestIsMadeAnew() throws {
    let folder = try TemporaryFolder()
    var options = IndexOptions()
    options.mergesSegments = false
    do {
      let writer = try IndexWriter(at: folder.path, options: options)
      for step in 0..<3 {
        for id in ["a", "b\(step)"] { _ = try writer.addPlain(Article(id: id, text: "w\(step)")) }
        try writer.commit()
      }
    }
    let before = try Self.articles(at: folder.path)
    // The deletes of the older ones are lost too.
    for name in try folder.names() where name == "manifest" || name.hasPrefix("live") {
      try Folder.remove(folder.path(name))
    }
    let repair = try IndexRepair.run(at: folder.path)
    #expect(repair.articleCount == 4 && repair.rescuedCount == 0 && repair.notes.count == 1)
    #expect(try Self.articles(at: folder.path) == before)
    #expect(try IndexCheck.run(at: folder.path).isSound)
  }
}
