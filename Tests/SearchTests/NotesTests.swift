import SuoyinIndex
import SuoyinSearch
import SuoyinTestSupport
import SuoyinText
import Testing

@Suite("Notes")
struct NotesTests {
  private let folder: TemporaryFolder
  private let searcher: Searcher

  init() throws {
    folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    _ = try writer.add(Article(id: "a", text: "重庆的汽车产业。"))
    _ = try writer.add(Article(id: "b", text: "重庆的火锅。"))
    try writer.commit()
    searcher = Searcher(try IndexSnapshot.open(at: folder.path))
  }

  private func notes(_ query: String) throws -> [String] {
    try searcher.search(SearchRequest(query: query)).notes.map(\.text)
  }

  @Test("name what no article holds as it was typed, not as it was folded")
  func missing() throws {
    #expect(try notes("臺灣") == ["No article holds “臺” of “臺灣”, “灣” of “臺灣”."])
    #expect(try notes("ＴＣＰ") == ["No article holds “ＴＣＰ”."])
    #expect(try notes("重庆") == [])
  }

  @Test("stay short, however long the query")
  func length() throws {
    let characters = (0x4E00..<0x5E00).compactMap(Unicode.Scalar.init).map(String.init)
    let notes = try notes(characters.joined(separator: " "))
    #expect(notes.count == 3)
    #expect(notes[0].contains("1024 words and phrases at most"))
    #expect(notes[1].count < 200 && notes[1].contains(" more."))
    let one = try self.notes(characters.joined())
    #expect(one.joined().count < 600, "\(one)")
  }

  @Test("say what was understood")
  func understood() throws {
    #expect(try notes("").count == 1)
    let nothing = try notes("！！ \"\"")
    #expect(nothing.count == 2)
    #expect(nothing[0].contains("between the quotation marks"))
    #expect(nothing[1].hasPrefix("“！！”: no letter"))
    #expect(try notes("重庆 汽车火锅").contains { $0.contains("holds the whole query") })
    #expect(try notes("-火锅")[0].contains("every other article"))
    #expect(try notes("-重庆")[0].contains("no other article"))
  }
}
