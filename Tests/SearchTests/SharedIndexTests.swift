import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Synchronization
import Testing

@testable import SuoyinSearch

/// One searcher for all threads, and searchers of their own, while a writer commits and merges.
@Suite struct SharedIndexTests {
  @Test func eightReadersAndAWriter() throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    var options = IndexOptions()
    options.threads = 2
    func write(_ step: Int) throws {
      let writer = try IndexWriter(at: path, options: options)
      for number in 0..<20 {
        _ = try writer.add(
          Article(id: "a\(step * 10 + number)", text: "依托本地电摩生态 w\(number) 第\(step)步。"))
      }
      try writer.commit()
    }
    try write(0)
    let shared = Searcher(try IndexSnapshot.open(at: path))
    let expected = try shared.search(SearchRequest(query: "\"本地电摩\" w3", limit: 5)).hits.map(\.id)
    let searches = Atomic(0)
    let readers = BusyThreads(8) { reader in
      do {
        let hits = try shared.search(SearchRequest(query: "\"本地电摩\" w3", limit: 5)).hits
        if hits.map(\.id) != expected { Issue.record("reader \(reader): another answer") }
        let own = Searcher(try IndexSnapshot.open(at: path))
        let total = try own.search(SearchRequest(query: "\"本地电摩\"", limit: 1)).total
        if total < 20 { Issue.record("reader \(reader): \(total) articles") }
        searches.add(1, ordering: .relaxed)
      } catch {
        Issue.record("reader \(reader): \(error)")
      }
    }
    defer { readers.stop() }
    for step in 1...20 { try write(step) }
    #expect(searches.load(ordering: .relaxed) > 8)
  }
}
