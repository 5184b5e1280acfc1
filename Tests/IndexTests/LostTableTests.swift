import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// Repairing segments whose header, table of sections or footer is damaged, and articles in several
/// blocks: what has its own bytes is kept.
@Suite struct LostTableTests {
  private static func articles(at path: String) throws -> [Article] {
    var articles: [Article] = []
    try IndexSnapshot.open(at: path).visitArticles { articles.append($0) }
    return articles
  }

  /// Texts that do not become smaller, so that blocks are many.
  private static func text(_ size: Int, using random: inout SeededGenerator) -> String {
    var text = ""
    while text.utf8.count < size { text += String(random.next(), radix: 36) + " " }
    return text
  }

  /// Some articles a block, and two in a row that take several each.
  private static func largeIndex() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 3)
    let writer = try IndexWriter(at: folder.path)
    for number in 0..<20 {
      let size = (9...10).contains(number) ? 100_000 : 12_000
      _ = try writer.addPlain(
        Article(id: "id\(number)", text: text(size + number, using: &random)))
    }
    try writer.commit()
    return folder
  }

  /// A block that is damaged, or its entry, loses the articles in it and no other, with a table of
  /// sections or without.
  @Test func aDamagedBlockLosesItsArticlesAlone() throws {
    let folder = try Self.largeIndex()
    let name = "segment-1.suoyin"
    let all = try Self.articles(at: folder.path)
    let names = try folder.names().filter { $0 != WriterLock.fileName }
    let bytes = try names.map { try folder.bytes($0) }
    let segment = try Segment(path: folder.path(name), livePath: nil)
    let stored = segment.articles
    #expect(stored.blockCount > 8)
    for block in 0..<stored.blockCount {
      let place = try stored.place(of: block)
      let documents = try stored.documents(of: block)
      // A block in which none begins goes on with the article before.
      let held = documents.isEmpty ? place.firstDocument - 1..<place.firstDocument : documents
      let isEntry = block % 2 == 1
      for hasTable in [true, false] {
        for name in try folder.names() where name != WriterLock.fileName {
          try Folder.remove(folder.path(name))
        }
        for (name, bytes) in zip(names, bytes) { try folder.write(bytes, to: name) }
        var damaged = try folder.bytes(name)
        let start =
          isEntry
          ? stored.index.range.lowerBound + block * StoredArticles.Place.size + block % 24
          : stored.blocks.range.lowerBound + Int(place.offset) + 100
        damaged[start] ^= 0x10
        if !hasTable { damaged[damaged.count - 20] ^= 1 }
        try folder.write(damaged, to: name)
        let repair = try IndexRepair.run(at: folder.path)
        let what = "block \(block), entry: \(isEntry), table: \(hasTable)"
        var left = all.enumerated().filter { !held.contains(UInt32($0.offset)) }.map(\.element)
        if !hasTable, block == stored.blockCount - 2 {
          // Nothing tells whether the last one goes on with an article of this one.
          left.removeAll { Int($0.id.dropFirst(2)) ?? 0 >= Int(held.upperBound) }
        }
        #expect(try Self.articles(at: folder.path) == left, "\(what)")
        #expect(repair.rescuedCount == left.count, "\(what)")
        #expect(try IndexCheck.run(at: folder.path).isSound, "\(what)")
        if hasTable {
          #expect(repair.lostCount == held.count, "\(what)")
          #expect(repair.lostIDs == held.map { "id\($0)" }, "\(what)")
        } else {
          #expect(repair.notes.count == 1 && repair.lostFiles.isEmpty, "\(what)")
        }
      }
    }
  }

  /// A segment between others comes back in its place, with its deletes and without its table.
  @Test func orderAndDeletesStay() throws {
    let folder = try TemporaryFolder()
    var options = IndexOptions()
    options.mergesSegments = false
    do {
      let writer = try IndexWriter(at: folder.path, options: options)
      for step in 0..<3 {
        for number in 0..<5 {
          _ = try writer.addPlain(Article(id: "a\(step)-\(number)", text: "w\(number)"))
        }
        try writer.commit()
      }
      for step in 0..<3 { _ = try writer.delete(id: "a\(step)-\(step + 1)") }
      try writer.commit()
    }
    let before = try Self.articles(at: folder.path)
    var bytes = try folder.bytes("segment-2.suoyin")
    for place in 0..<Envelope.headerSize { bytes[place] = 0xAA }
    for place in bytes.indices.suffix(200) { bytes[place] = 0x55 }
    try folder.write(bytes, to: "segment-2.suoyin")
    let repair = try IndexRepair.run(at: folder.path)
    #expect(repair.rescuedCount == 4 && repair.lostCount == 0 && repair.lostFiles.isEmpty)
    #expect(try Self.articles(at: folder.path) == before)
    #expect(try IndexCheck.run(at: folder.path).isSound)

    // Its deletes are lost as well: what they held is back, what came anew elsewhere is not twice.
    _ = try { () throws in
      let writer = try IndexWriter(at: folder.path, options: options)
      _ = try writer.addPlain(Article(id: "a1-0", text: "again"))
      try writer.commit()
    }()
    for name in try folder.names() where name.hasPrefix("live-4") {
      try folder.write([1, 2, 3], to: name)
    }
    bytes = try folder.bytes("segment-4.suoyin")
    bytes[bytes.count - 1] ^= 1
    try folder.write(bytes, to: "segment-4.suoyin")
    let again = try IndexRepair.run(at: folder.path)
    #expect(again.notes.count == 2)
    let after = try Self.articles(at: folder.path)
    #expect(Set(after.map(\.id)) == Set(before.map(\.id)) && after.count == before.count)
    #expect(after.filter { $0.id == "a1-0" }.map(\.text) == ["again"])
    #expect(try IndexCheck.run(at: folder.path).isSound)
  }

  /// A file that was cut off behind its articles loses none of them.
  @Test func anyTruncationIsRepaired() throws {
    let folder = try DamageTests.smallIndex()
    let before = try Self.articles(at: folder.path)
    let names = try folder.names().filter { $0 != WriterLock.fileName }
    let bytes = try names.map { try folder.bytes($0) }
    let name = "segment-1.suoyin"
    let whole = try folder.bytes(name)
    let end = try SectionedFile(
      path: folder.path(name), kind: SegmentFormat.kind, versions: 1...99
    ).section(SegmentFormat.articleIndex).range.upperBound
    for count in stride(from: 0, to: whole.count, by: 17) {
      for name in try folder.names() where name != WriterLock.fileName {
        try Folder.remove(folder.path(name))
      }
      for (name, bytes) in zip(names, bytes) { try folder.write(bytes, to: name) }
      try folder.write(Array(whole[..<count]), to: name)
      let repair = try IndexRepair.run(at: folder.path)
      let after = try Self.articles(at: folder.path)
      #expect(after == (count < end ? [] : before), "cut to \(count)")
      #expect(repair.lostFiles.isEmpty == (count >= end), "cut to \(count)")
      #expect(try IndexCheck.run(at: folder.path).isSound, "cut to \(count)")
    }
  }
}
