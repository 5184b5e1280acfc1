import SuoyinIndex
import SuoyinText
import Testing

@testable import SuoyinSearch

@Suite struct SimilarTests {
  /// Not the runs that any two texts share, as 的 and 在了, nor pieces of words.
  @Test func passagesMarkWholeWords() throws {
    let memory = MemoryIndex()
    let writer = try memory.makeWriter()
    _ = try writer.add(Article(id: "a", text: "重庆的汽车在世界的市场上的占有率。人工智能的发展在加快。"))
    _ = try writer.add(Article(id: "b", text: "重庆的独轮车在世界的路上。智能的锁在门上的一边。"))
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: memory.path))
    let result = try #require(try searcher.similar(to: "a", SearchRequest(query: "")))
    let hit = try #require(result.hits.first)
    var marks: Set<String> = []
    for snippet in hit.snippets {
      let scalars = Array(snippet.text.unicodeScalars)
      for mark in snippet.highlights {
        marks.insert(String(String.UnicodeScalarView(scalars[mark])))
      }
    }
    #expect(marks.contains("重庆") && marks.contains("世界"), "\(marks)")
    #expect(marks.allSatisfy { $0.unicodeScalars.count > 1 && !$0.contains("的") }, "\(marks)")
  }
}
