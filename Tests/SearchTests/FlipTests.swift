import Foundation
import SuoyinIndex
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinSearch

/// Bits of an index fall over, one in each round: opening and searching end in a result or in an error
/// that names the file, and a check finds every one.
///
/// `SUOYIN_FLIPS` in the environment says how many rounds.
@Suite struct FlipTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["SUOYIN_FLIPS"].flatMap { Int($0) } ?? 150

  @Test(arguments: [false, true]) func anyFlipIsSurvivedAndFound(isReordered: Bool) throws {
    var random = SeededGenerator(seed: 7)
    let folder = try TemporaryFolder()
    var options = IndexOptions()
    options.mergesSegments = false
    let writer = try IndexWriter(at: folder.path, options: options)
    let words = ["依托本地电摩生态", "產業大腦", "C919", "サーバー", "한국어 문장", "新能源汽车", "。\n", "市场"]
    for number in 0..<1_200 {
      let text = (0..<Int.random(in: 1...30, using: &random)).map { _ in
        words.randomElement(using: &random) ?? ""
      }
      _ = try writer.add(
        Article(id: "a\(number)", title: "標題 \(number % 9)", text: text.joined() + "\(number)"))
      if number == 700 {
        if isReordered { try writer.optimize(reordering: true) } else { try writer.commit() }
      }
    }
    for number in 0..<40 { _ = try writer.delete(id: "a\(number * 17)") }
    try writer.commit()

    let names = try folder.names().filter { $0 != "lock" }
    let files = try names.map { try folder.bytes($0) }
    let sizes = files.map(\.count)
    for round in 0..<Self.rounds {
      // Small files are as likely as large ones, every second time.
      var place = Int.random(in: 0..<sizes.reduce(0, +), using: &random)
      var victim = 0
      while place >= sizes[victim] {
        place -= sizes[victim]
        victim += 1
      }
      if round % 2 == 1 {
        victim = Int.random(in: 0..<files.count, using: &random)
        place = Int.random(in: 0..<sizes[victim], using: &random)
      }
      var damaged = files[victim]
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      try folder.write(damaged, to: names[victim])
      let what = "round \(round), byte \(place) of \(names[victim])"
      try Self.search(folder.path, what)
      #expect(try !IndexCheck.run(at: folder.path).isSound, "not found: \(what)")
      try folder.write(files[victim], to: names[victim])
    }
    #expect(try IndexCheck.run(at: folder.path).isSound)
  }

  private static func search(_ path: String, _ what: String) throws {
    let searcher: Searcher
    do throws(IndexError) {
      searcher = Searcher(try IndexSnapshot.open(at: path))
    } catch {
      #expect(error.description.contains(path), "\(what)")
      return
    }
    for query in ["新能源汽车 产业", "\"本地电摩\" -w1", "サーバー 市场 標題", "한국어"] {
      do throws(SearchError) {
        let result = try searcher.search(SearchRequest(query: query, limit: 20, explains: true))
        #expect(result.hits.count <= 20)
      } catch {
        #expect(error.description.contains(path), "\(what)")
      }
    }
  }
}
