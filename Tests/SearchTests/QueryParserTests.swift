import Testing

@testable import SuoyinSearch

@Suite("The query language")
struct QueryParserTests {
  private func clauses(_ text: String) -> [String] {
    let query = QueryParser.parse(text)
    return query.clauses.map { $0.isQuoted ? "“\($0.text)”" : $0.text }
      + query.exclusions.map { $0.isQuoted ? "-“\($0.text)”" : "-\($0.text)" }
  }

  @Test("words are parted by blanks of every kind")
  func blanks() {
    #expect(clauses("重庆 汽车\u{3000}产业\t大脑\n5G") == ["重庆", "汽车", "产业", "大脑", "5G"])
    #expect(clauses("  ") == [])
    #expect(clauses("") == [])
  }

  @Test("quotation marks hold a phrase together")
  func quotes() {
    #expect(clauses("\"产业 大脑\" 重庆") == ["“产业 大脑”", "重庆"])
    #expect(clauses("“产业大脑”和＂未来 工厂＂") == ["“产业大脑”", "和＂未来", "工厂＂"])
    #expect(clauses("＂未来 工厂＂") == ["“未来 工厂”"])
    #expect(clauses("\"a\"\"b\"") == ["“a”", "“b”"])
    #expect(clauses("\"\"") == ["“”"])
  }

  @Test("a quotation mark inside a word is part of it")
  func quotesInside() {
    #expect(clauses("重庆“33618”集群 5\"屏") == ["重庆“33618”集群", "5\"屏"])
  }

  @Test("an open quotation mark reaches to the end, and that is said")
  func openQuote() {
    let query = QueryParser.parse("重庆 \"产业 大脑")
    #expect(query.clauses.map(\.text) == ["重庆", "产业 大脑"])
    #expect(query.clauses.map(\.isQuoted) == [false, true])
    #expect(query.notes.count == 1)
    #expect(query.notes[0].contains("character 4"))
    #expect(clauses("重庆 \"") == ["重庆", "“”"])
  }

  @Test("a minus before a word or a phrase excludes")
  func exclusions() {
    #expect(clauses("汽车 -比亚迪 －长安 -\"未来 工厂\"") == ["汽车", "-比亚迪", "-长安", "-“未来 工厂”"])
    #expect(clauses("a - b -- c ---d e-f") == ["a", "-", "b", "--", "c", "---d", "e-f"])
    #expect(clauses("-") == ["-"])
  }

  @Test("characters beyond the basic plane stay whole")
  func supplementary() {
    #expect(clauses("𠮷野家 -𠀀") == ["𠮷野家", "-𠀀"])
  }
}
