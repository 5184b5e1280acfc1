import SuoyinIndex
import SuoyinSearch
import SuoyinTestSupport
import SuoyinText
import Testing

/// Highlights through folds that change lengths, over random texts of the characters that have them.
@Suite("Highlights")
struct HighlightPropertyTests {
  private static let pieces: [String] = [
    "㍿", "ﾊﾟ", "ﾊﾞｰ", "ｶﾞ", "ﬁ", "ﬃ", "㊗", "İ", "々", "〻", "ゝ", "ゞ", "ヽ", "ー", "ヴァ", "ヴ", "e\u{301}",
    "x\u{302}", "é", "ß", "Æ", "\u{1112}\u{1161}\u{11AB}", "\u{1100}\u{1161}",
    "\u{1112}\u{119E}\u{11AB}", "ㅎ", "한", "葛\u{E0100}",
    "辻\u{FE00}", "\u{200D}", "\u{200C}", "\u{AD}", "\u{200B}", "①", "❿", "㎡", "℃", "⾦", "神", "𠮷",
    "裏",
    "爲", "臺", "説", "重庆", "人", "カ", "コンピュータ", "サ", "か", "ば", "は", "ひら", "c919", "46.2", "。", "，",
    " ",
    "\n", "(", "」", "น้ำ", "ﷺ", "㈱", "🅐", "k\u{335}", "1\u{FE0F}\u{20E3}", "й", "и\u{306}",
    "か\u{3099}",
  ]

  private static func text(_ length: Int, _ random: inout SeededGenerator) -> String {
    (0..<length).map { _ in pieces.randomElement(using: &random) ?? "重" }.joined()
  }

  @Test(
    "hold the units that were asked for and cut no grapheme", arguments: 0..<24 as Range<UInt64>)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    var texts: [String: String] = [:]
    for index in 0..<6 {
      let text = Self.text(Int.random(in: 1..<80, using: &random), &random)
      texts["\(index)"] = text
      _ = try writer.add(Article(id: "\(index)", text: text, repairsLines: false))
    }
    try writer.commit()
    let searcher = Searcher(try IndexSnapshot.open(at: folder.path))
    let session = Analyzer.cjk.makeSession()
    func units(_ text: String) -> [String] {
      let analysis = session.analyze(text, repairingLines: false)
      return analysis.units.map { analysis.folded.string(in: $0.range) }
    }
    func count(_ character: Character?) -> Int {
      let count = character.map { units(String($0)).count } ?? 0
      return count > 1 ? count : 0
    }
    func shift(_ range: Range<Int>, by distance: Int) -> Range<Int> {
      range.lowerBound + distance..<range.upperBound + distance
    }
    for _ in 0..<24 {
      let source = texts["\(Int.random(in: 0..<6, using: &random))"] ?? ""
      let scalars = Array(source.unicodeScalars)
      let start = Int.random(in: scalars.indices, using: &random)
      let end = min(scalars.count, start + Int.random(in: 1...6, using: &random))
      var piece = ""
      piece.unicodeScalars.append(contentsOf: scalars[start..<end])
      let asked = units(piece)
      guard !asked.isEmpty else { continue }
      for hit in try searcher.search(SearchRequest(query: "\"\(piece)\"", limit: 6)).hits {
        let text = try #require(texts[hit.id])
        let place: Comment = "seed \(seed), piece \(Self.hex(piece)), text \(Self.hex(text))"
        #expect(hit.match == .whole, place)
        let parts = Self.parts(of: session.analyze(text, repairingLines: false))
        var highlights = 0
        for snippet in hit.snippets {
          let scalars = Array(snippet.text.unicodeScalars)
          #expect(
            scalars.elementsEqual(Array(text.unicodeScalars)[snippet.source]), place)
          #expect(scalars.count <= 2 * 120, place)
          let boundaries = Self.boundaries(of: snippet.text)
          let textBoundaries = Self.boundaries(of: text)
          #expect(textBoundaries.contains(snippet.source.lowerBound), place)
          #expect(textBoundaries.contains(snippet.source.upperBound), place)
          for range in snippet.highlights {
            highlights += 1
            var marked = ""
            marked.unicodeScalars.append(contentsOf: scalars[range])
            #expect(boundaries.contains(range.lowerBound), "\(Self.hex(marked)): \(place)")
            #expect(boundaries.contains(range.upperBound), "\(Self.hex(marked)): \(place)")
            let inText = shift(range, by: snippet.source.lowerBound)
            let inside = parts.filter { $0.source.overlaps(inText) }.map(\.unit)
            #expect(
              Self.isCovered(inside, by: asked, but: [marked.first, marked.last].map(count)),
              "\(inside), not \(asked): \(place)")
            if !marked.contains(where: "々〻ゝゞヽーｰヴ".contains) {
              #expect(units(marked) == inside, "\(Self.hex(marked)): \(place)")
            }
          }
        }
        #expect(highlights > 0, place)
      }
    }
  }

  /// Whether each unit of a marked text is one of a run that was asked for, but for those at the ends
  /// that share a grapheme with one.
  private static func isCovered(_ found: [String], by asked: [String], but ends: [Int]) -> Bool {
    var covered = Array(repeating: false, count: found.count)
    for start in found.indices where found[start...].starts(with: asked) {
      for index in start..<start + asked.count { covered[index] = true }
    }
    return covered.contains(true)
      && covered.indices.allSatisfy {
        covered[$0] || $0 < ends[0] || $0 >= found.count - ends[1]
      }
  }

  /// The units of a text with the scalars that made them.
  private static func parts(of analysis: Analysis) -> [(unit: String, source: Range<Int>)] {
    let text = analysis.original
    func scalars(_ offset: OriginalOffset) -> Int {
      let end = text.utf8.index(text.startIndex, offsetBy: offset.utf8)
      return text.unicodeScalars.distance(from: text.startIndex, to: end)
    }
    return analysis.units.map {
      let source = analysis.folded.source(of: $0.range)
      return (
        analysis.folded.string(in: $0.range),
        scalars(source.lowerBound)..<scalars(source.upperBound)
      )
    }
  }

  private static func boundaries(of text: String) -> Set<Int> {
    var boundaries: Set<Int> = [0]
    var at = 0
    for character in text {
      at += character.unicodeScalars.count
      boundaries.insert(at)
    }
    return boundaries
  }

  private static func hex(_ text: String) -> String {
    text.unicodeScalars.map { String($0.value, radix: 16) }.joined(separator: " ")
  }
}
