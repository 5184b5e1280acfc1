import Suoyin
import SuoyinTestSupport
import Testing

@Suite struct MemoryIndexTests {
  private func article(_ number: Int, using random: inout SeededGenerator) -> Article {
    let words = ["重庆", "汽车", "電摩", "C919", "生态", "市场", "。"]
    return Article(
      id: "a\(number)",
      text: (0..<40).map { _ in words.randomElement(using: &random) ?? "" }.joined(),
      date: "2024-0\(number % 9 + 1)")
  }

  /// The same changes give the same answers, in memory and on a disk, and a copy from one to the other.
  @Test(arguments: 1...3 as ClosedRange<UInt64>) func answersAsADiskDoes(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let memory = MemoryIndex()
    var options = IndexOptions()
    options.threads = 2
    for at in [folder.path, memory.path] {
      var random = SeededGenerator(seed: seed)
      for round in 0..<5 {
        let writer = try IndexWriter(at: at, options: options)
        for number in 0..<30 { _ = try writer.add(article(round * 20 + number, using: &random)) }
        _ = try writer.delete(id: "a\(round * 7)")
        if round == 4 { try writer.optimize() } else { try writer.commit() }
      }
    }
    let onDisk = try SearchIndex.open(at: folder.path)
    let inMemory = try SearchIndex.open(memory)
    let copied = folder.path("copy")
    _ = try IndexCopy.make(from: memory.path, to: copied)
    #expect(try IndexCheck.run(at: memory.path).isSound)
    for index in [inMemory, try SearchIndex.open(at: copied)] {
      for query in ["重庆 汽车", "\"電摩生態\"", "C919 date:2024-03", "市场 -重庆"] {
        let (a, b) = (try onDisk.search(query, limit: 200), try index.search(query, limit: 200))
        #expect(a.total == b.total && a.hits.map(\.id) == b.hits.map(\.id))
        #expect(a.hits.map(\.score) == b.hits.map(\.score))
        #expect(a.hits.map(\.snippets) == b.hits.map(\.snippets))
      }
    }
  }

  @Test func anIndexOutlivesWhatItIsOf() throws {
    let index = try SearchIndex.inMemory([Article(id: "1", text: "依托本地电摩生态。")])
    #expect(try index.search("\"本地電摩\"").hits.map(\.id) == ["1"])
    #expect(try SearchIndex.inMemory([Article]()).search("重庆").total == 0)
  }
}
