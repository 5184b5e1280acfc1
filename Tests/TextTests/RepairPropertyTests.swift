import SuoyinTestSupport
import Testing

@testable import SuoyinText

@Suite struct RepairPropertyTests {
  /// Whatever the text, edits are in order and take out blanks, breaks and hyphens only.
  @Test(arguments: 0..<200) func editsOfRandomText(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let pieces = [
      "重", "庆", "制造业", "6520", "台套", "46.", "2万辆", "C919", "infor-", "mation", "，", "。", "：",
      "“", "”", "（", "）", "…", "—", " ", "  ", "\u{3000}", "\t", "\n", "\n", "\n\n", "\r\n", "\r",
      "\u{2028}", "\u{2029}", "\u{85}", "\u{0C}", "# ", "- ", "```\n", "|", "가나", "かな", "🀄️", "é",
      "𠮷", "\u{200B}", "\u{AD}", "1. ", "摄", "\\",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...300, using: &random) {
      text += pieces.randomElement(using: &random) ?? ""
    }
    RepairSupport.check(LineRepair.edits(of: text), of: text, "seed \(seed)")
  }

  /// Paragraphs cut into a column come out as they were, but for breaks at the ends of sentences,
  /// where nothing depends on them.
  @Test(arguments: 0..<200) func cutsOfAColumnAreRepaired(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed) &+ 1_000)
    let width = Int.random(in: 12...36, using: &random)
    var scanned = ""
    var wanted = ""
    for _ in 0..<Int.random(in: 3...8, using: &random) {
      let paragraph = Self.paragraph(&random, longerThan: width * 3)
      if !scanned.isEmpty {
        scanned += "\n"
        wanted += "\n"
      }
      var rest = paragraph[...]
      while rest.count > width {
        let line = rest.prefix(width)
        rest = rest.dropFirst(width)
        let blank = Int.random(in: 0..<5, using: &random) == 0 ? "\n\n" : "\n"
        scanned += line + blank
        wanted += line
        if "。".contains(line.last ?? " ") { wanted += blank }
      }
      scanned += rest
      wanted += rest
    }
    let repaired = RepairSupport.repaired(scanned)
    #expect(repaired == wanted, "seed \(seed), width \(width)")
    #expect(LineRepair.edits(of: repaired) == [], "seed \(seed): a second repair")
  }

  /// Sentences of two to five clauses, with numbers, names in Latin letters and quotes.
  private static func paragraph(
    _ random: inout SeededGenerator, longerThan length: Int
  ) -> String {
    let words = [
      "制造业", "发展", "新能源", "汽车", "产业", "集群", "创新", "推动", "企业", "技术", "研发", "重庆", "数字化", "转型",
      "升级", "供应链", "平台", "成果", "转化", "C919", "46.2万辆", "6520台套", "“产业大脑”", "5G", "增长12.8%",
      "（试点）", "的", "了", "在", "和",
    ]
    var text = ""
    while text.count <= length {
      for _ in 0..<Int.random(in: 2...5, using: &random) {
        for _ in 0..<Int.random(in: 3...7, using: &random) {
          text += words.randomElement(using: &random) ?? ""
        }
        text += "，"
      }
      text.removeLast()
      text += "。"
    }
    return text
  }

  /// Runs of single characters set apart are closed up as a naive walk over the words does it.
  @Test(arguments: 0..<300) func letterSpacingAgainstNaive(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed) &+ 9_000)
    let pieces = ["甲", "乙", "丙", "丁", "あ", "3", "，", "戊己", " ", " ", " ", " ", "  "]
    var text = ""
    for _ in 0..<Int.random(in: 1...24, using: &random) {
      text += pieces.randomElement(using: &random) ?? ""
    }
    // No list of names in wide columns, which would be a table and left as it is.
    guard text.split(separator: "  ").count < 3 else { return }
    #expect(
      RepairSupport.repaired(text) == Self.naivelyClosed(text), "seed \(seed): \(text)")
  }

  private static func naivelyClosed(_ text: String) -> String {
    func isWide(_ character: Character) -> Bool { "甲乙丙丁戊己あ".contains(character) }
    func isWord(_ character: Character) -> Bool { isWide(character) || character == "3" }
    let characters = Array(text)
    /// Wide characters with no letter or digit beside them.
    let singles = characters.indices.filter { at in
      isWide(characters[at])
        && (at == 0 || !isWord(characters[at - 1]))
        && (at + 1 == characters.count || !isWord(characters[at + 1]))
    }
    var removed: Set<Int> = []
    var run: [Int] = []
    for single in singles + [Int.max] {
      if let last = run.last, single == last + 2, characters[last + 1] == " " {
        run.append(single)
        continue
      }
      if run.count >= 3 { removed.formUnion(run.dropLast().map { $0 + 1 }) }
      run = single == Int.max ? [] : [single]
    }
    return String(characters.indices.filter { !removed.contains($0) }.map { characters[$0] })
  }
}
