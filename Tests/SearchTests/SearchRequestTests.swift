import SuoyinIndex
import SuoyinSearch
import SuoyinTestSupport
import SuoyinText
import Testing

@Suite("A search request")
struct SearchRequestTests {
  @Test("takes negative numbers as none, whenever they are set")
  func negative() throws {
    var request = SearchRequest(query: "重庆", limit: -1, offset: .min)
    #expect(request.limit == 0 && request.offset == 0)
    request.limit = .min
    request.offset = -1
    #expect(request.limit == 0 && request.offset == 0)
  }

  @Test("takes numbers of any size")
  func large() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    _ = try writer.add(Article(id: "a", text: "重庆。"))
    _ = try writer.add(Article(id: "b", text: "重庆。"))
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    func ids(_ limit: Int, _ offset: Int) throws -> [String] {
      let result = try searcher.search(
        SearchRequest(query: "重庆", limit: limit, offset: offset))
      #expect(result.total == 2)
      return result.hits.map(\.id)
    }
    #expect(try ids(.max, 0) == ["a", "b"])
    #expect(try ids(.max, 1) == ["b"])
    #expect(try ids(.max, .max) == [])
    #expect(try ids(1, .max) == [])
  }
}
