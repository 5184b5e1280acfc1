import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

@Suite struct SuggestionTests {
  private func key(_ text: String) -> UInt64 {
    SuggestionKey.keys(of: text.unicodeScalars.map(\.value)).first ?? 0
  }

  @Test func whatBeginsAlikeIsARangeOfKeys() {
    let texts = ["重庆汽车", "重庆", "cqqc", "ＣＱ", "c", "C919", "重 庆·汽车"]
    for text in texts.filter({ $0 != "c" && $0 != "C919" }) {
      let end = SuggestionKey.end(of: key("cq"), units: 2)
      #expect(
        SuggestionKey.keys(of: text.unicodeScalars.map(\.value)).contains {
          $0 >= key("cq") && $0 < end
        })
    }
    #expect(key("C919") > key("c") && key("C919") < SuggestionKey.end(of: key("c"), units: 1))
    #expect(SuggestionKey.keys(of: "，。 ".unicodeScalars.map(\.value)).isEmpty)
    // 重 and 长 are read in two ways each, and no text has more than four keys.
    #expect(Set(SuggestionKey.keys(of: "重长".unicodeScalars.map(\.value))).count == 4)
    #expect(SuggestionKey.keys(of: "重长重长重长".unicodeScalars.map(\.value)).count == 4)
    #expect(SuggestionKey.end(of: key("zzzzzzzzzz"), units: 0) == .max)
  }

  @Test func titlesAreBegunBehindMarks() {
    #expect(SuggestedTitles.clauses(of: "“活力重庆”采访团 看C919！") == ["活力重庆", "采访团", "看C919"])
    #expect(SuggestedTitles.clauses(of: "，").isEmpty)
    let many = String(repeating: "一 ", count: 40)
    #expect(SuggestedTitles.clauses(of: many).count == SuggestedTitles.places)
  }

  /// A merged segment suggests what one that was made in one go does, byte for byte, without what was
  /// deleted.
  @Test(arguments: 1...4 as ClosedRange<UInt64>) func mergedAsMadeInOneGo(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let words = ["重庆", "汽车", "长安", "C919", "産業", "，", " ", "カメラ"]
    let articles = (0..<120).map { number in
      Article(
        id: "\(number)",
        title: number % 7 == 0
          ? nil : (0..<6).map { _ in words.randomElement(using: &random) ?? "" }.joined(),
        text: (0..<20).map { _ in words.randomElement(using: &random) ?? "" }.joined())
    }
    let gone = Set((0..<20).map { _ in "\(Int.random(in: 0..<120, using: &random))" })
    func sections(parts: Int, kept: [Article], deleting: Set<String>) throws -> [String: [UInt8]] {
      let memory = MemoryIndex()
      var options = IndexOptions()
      options.mergesSegments = false
      let writer = try memory.makeWriter(options: options)
      for part in 0..<parts {
        let size = kept.count / parts
        for article in kept[(part * size)..<(part * size + size)] { _ = try writer.add(article) }
        try writer.commit()
      }
      for id in deleting { _ = try writer.delete(id: id) }
      try writer.optimize()
      let segment = try #require(try IndexSnapshot.open(at: memory.path).segments.first)
      #expect(segment.verify().isEmpty)
      #expect((segment.suggestedWords?.count ?? 0) > 0 && (segment.suggestedTitles?.count ?? 0) > 0)
      var sections: [String: [UInt8]] = [:]
      for section in segment.file.sections where section.name?.hasPrefix("suggestions") == true {
        var reader = section.reader()
        sections[section.name ?? ""] = try reader.readBytes(section.count)
      }
      return sections
    }
    let merged = try sections(parts: 4, kept: articles, deleting: gone)
    let whole = try sections(
      parts: 1, kept: articles.filter { !gone.contains($0.id) }, deleting: [])
    #expect(merged.count == 6 && merged == whole)
  }
}
