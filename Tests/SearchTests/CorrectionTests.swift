import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

@Suite struct CorrectionTests {
  private static let texts = [
    "重庆汽车产业的发展。氢能源的未来。", "重庆的独轮车 computers and compilers。", "长安汽车 maintenance of engines。",
    "音乐学院的学生。己经不是，已经是。",
  ]

  private static func searcher() throws -> Searcher {
    let memory = MemoryIndex()
    let writer = try memory.makeWriter()
    for (number, text) in texts.enumerated() {
      _ = try writer.add(Article(id: "\(number)", text: text))
    }
    try writer.commit()
    return Searcher(try IndexSnapshot.open(at: memory.path))
  }

  @Test func whatIsOfferedIsHeldAndLikeWhatWasTyped() throws {
    let searcher = try Self.searcher()
    func suggested(_ query: String) throws -> String? {
      var request = SearchRequest(query: query)
      request.suggestsQuery = true
      return try searcher.search(request).suggestion?.query
    }
    // By letters, sound and shape, in phrases and beside other words.
    #expect(try suggested("computres") == "computers")
    #expect(try suggested("maintenence 长安") == "maintenance 长安")
    #expect(try suggested("从庆") == "重庆")
    #expect(try suggested("\"虫庆汽车\"") == "\"重庆汽车\"")
    #expect(try suggested("氦能源") == "氢能源")
    #expect(try suggested("末来") == "未来")
    // Held as it is, or like nothing.
    for query in ["重庆", "computers", "己经", "xyzzyxyz", "", "*", "绝无此句"] {
      #expect(try suggested(query) == nil, "\(query)")
    }
    #expect(try searcher.search(SearchRequest(query: "computres")).suggestion == nil)
  }

  @Test func distancesAreThoseOfAFullTable() {
    func naive(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Int {
      guard let x = a.last, let y = b.last else { return a.count + b.count }
      var best = min(naive(a.dropLast(), b) + 1, naive(a, b.dropLast()) + 1)
      best = min(best, naive(a.dropLast(), b.dropLast()) + (x == y ? 0 : 1))
      if a.count > 1, b.count > 1, x == b.dropLast().last, y == a.dropLast().last {
        best = min(best, naive(a.dropLast(2), b.dropLast(2)) + 1)
      }
      return best
    }
    var random = SeededGenerator(seed: 5)
    for _ in 0..<400 {
      let words = (0..<2).map { _ in
        (0..<Int.random(in: 0...5, using: &random)).map { _ in
          UInt8.random(in: 97...99, using: &random)
        }
      }
      let distance = naive(words[0][...], words[1][...])
      for most in 0...3 {
        let found = EditDistance.between(words[0], words[1], atMost: most)
        #expect(found == (distance <= most ? distance : nil), "\(words)")
      }
    }
  }
}
