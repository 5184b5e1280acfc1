import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// The borders of blocks, of encodings and of sizes.
@Suite struct BorderTests {
  /// Indexes articles made of these texts and compares everything with the oracle.
  func check(_ texts: [String], budget: Int = 512 << 20) throws {
    let folder = try TemporaryFolder()
    var oracle = Oracle()
    let writer = try IndexWriter(at: folder.path, options: .init(memoryBudget: budget))
    for (number, text) in texts.enumerated() {
      let article = Article(id: "n\(number)", text: text)
      #expect(try writer.addPlain(article) == .added)
      oracle.appendNew(article)
      if budget == 1 { oracle.endSegment() }
    }
    try writer.commit()
    oracle.commit()
    let snapshot = try IndexSnapshot.open(at: folder.path)
    try expectEqual(snapshot, oracle, seed: 5)
    for segment in snapshot.segments { #expect(segment.verify() == []) }
  }

  @Test(arguments: [1, 2, 255, 256, 257, 511, 512, 513, 769])
  func listsAroundABlock(count: Int) throws {
    try check((0..<count).map { $0 % 3 == 0 ? "every third every" : "every" })
  }

  /// Positions of a block that take more than the ends of groups can tell.
  @Test func positionsOfManyBytes() throws {
    try check(
      (0..<600).map {
        [String](repeating: "w", count: $0 % 2 == 0 ? 700 : 1).joined(separator: " ")
      })
  }

  @Test(arguments: [31, 32, 33, 64, 65])
  func dictionariesAroundABlock(count: Int) throws {
    try check([(0..<count).map { "t\($0)" }.joined(separator: " ")])
  }

  @Test func seventyThousandDocuments() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    let count: UInt32 = 70_000
    for number in 0..<count {
      let text = "all" + (number % 257 == 0 ? " seldom" : "") + (number == 65_536 ? " once" : "")
      _ = try writer.addPlain(Article(id: "n\(number)", text: text))
    }
    try writer.commit()
    let segment = try #require(try IndexSnapshot.open(at: folder.path).segments.first)
    let field = segment.field(FieldID(.text, .grams))
    for (term, step) in [("all", 1), ("seldom", 257)] as [(String, UInt32)] {
      let entry = try #require(try field.entry(for: Array(term.utf8)))
      #expect(entry.documentFrequency == Int((count - 1) / step + 1))
      for stride in [1, 255, 256, 257, 1000, 69_999] as [UInt32] {
        var cursor = field.postings(entry)
        var target: UInt32 = 0
        while target < count {
          cursor.seek(to: target)
          let expected = (target + step - 1) / step * step
          #expect(cursor.document == (expected < count ? expected : PostingCursor.end))
          target += stride
        }
        cursor.seek(to: PostingCursor.end)
        #expect(cursor.document == PostingCursor.end)
      }
    }
    let once = try #require(try field.entry(for: Array("once".utf8)))
    #expect(field.postings(once).document == 65_536)
  }

  @Test func manyPositionsAndLongTexts() throws {
    // Lengths beyond 16 bits, articles beyond several stored blocks, positions of five bytes.
    let long = (0..<70_000).map { $0 % 1000 == 0 ? "seldom" : "often" }.joined(separator: " ")
    let far = "first " + String(repeating: "| ", count: 40_000) + "last"
    try check(["", "often", long, far, "", "seldom", long + " end"])
  }

  @Test(arguments: [1000, 32 << 10, (64 << 10) - 40, 64 << 10, (64 << 10) + 1, 200_000])
  func storedArticlesAroundABlock(size: Int) throws {
    var random = SeededGenerator(seed: UInt64(size))
    let texts = (0..<5).map { _ in
      String(
        decoding: (0..<size).map { _ in UInt8.random(in: 97...122, using: &random) }, as: UTF8.self)
    }
    try check(["short"] + texts + ["", "short"])
  }

  @Test func strangeTerms() throws {
    let long = String(repeating: "長い", count: 30_000)
    try check([long, long + "x " + long, "\0 \0\0 a a\0 a\0\0\0\0\0\0\0 a\0\0\0\0\0\0\0\0", "𠮷 𠮷𠮷"])
  }

  @Test func everyArticleASegment() throws {
    try check(["a b", "b c", "c a a"], budget: 1)
  }
}
