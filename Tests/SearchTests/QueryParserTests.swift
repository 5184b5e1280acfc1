import SuoyinTestSupport
import Testing

@testable import SuoyinSearch

@Suite("The query language")
struct QueryParserTests {
  /// The tree in a few signs: [a b] for a list, & for AND, | for OR, ! for NOT.
  private func shape(_ node: Query.Node) -> String {
    func text(_ text: Query.Text) -> String {
      let marked = text.isQuoted ? "“\(text.text)”" : text.isPattern ? "/\(text.text)/" : text.text
      return (text.field.map { "\($0):" } ?? "") + marked
        + (text.weight == 1 ? "" : "^\(text.weight)")
    }
    switch node {
    case .text(let one): return text(one)
    case .near(let texts, let distance):
      return "near\(distance)(\(texts.map(text).joined(separator: " ")))"
    case .everything: return "*"
    case .not(let inner): return "!" + shape(inner)
    case .all(let nodes): return "(\(nodes.map(shape).joined(separator: " & ")))"
    case .any(let nodes): return "(\(nodes.map(shape).joined(separator: " | ")))"
    case .list(let parts):
      return "[\(parts.map { $0.sign.rawValue + shape($0.node) }.joined(separator: " "))]"
    case .filter(let filter):
      switch filter.condition {
      case .value(let value): return "\(filter.field)=\(value)"
      case .range(let from, let to):
        let start = from.map { ($0.isIncluded ? "[" : "{") + $0.value } ?? "*"
        return
          "\(filter.field) \(start) \(to.map { $0.value + ($0.isIncluded ? "]" : "}") } ?? "*")"
      }
    }
  }

  private func shape(_ text: String) -> String { shape(QueryParser.parse(text).root) }

  private func notes(_ text: String) -> [String] {
    QueryParser.parse(text).notes.map { note in
      let place = note.source.map { "\($0.lowerBound)..<\($0.upperBound)" } ?? "-"
      return "\(place) \(note.text)"
    }
  }

  @Test("words are parted by blanks of every kind")
  func blanks() {
    #expect(shape("重庆 汽车\u{3000}产业\t大脑\n5G") == "[重庆 汽车 产业 大脑 5G]")
    #expect(shape("重庆") == "重庆")
    #expect(shape("  ") == "[]" && shape("") == "[]")
  }

  @Test("quotation marks hold a phrase together")
  func quotes() {
    #expect(shape("\"产业 大脑\" 重庆") == "[“产业 大脑” 重庆]")
    #expect(shape("“产业大脑”和＂未来 工厂＂") == "[“产业大脑” 和＂未来 工厂＂]")
    #expect(shape("＂未来 工厂＂「a b」『c』") == "[“未来 工厂” “a b” “c”]")
    #expect(shape("\"a\"\"b\"") == "[“a” “b”]")
    #expect(shape("\"\"") == "[]" && notes("\"\" x").count == 1)
  }

  @Test("a quotation mark or parenthesis inside a word is part of it")
  func marksInside() {
    #expect(shape("重庆“33618”集群 5\"屏") == "[重庆“33618”集群 5\"屏]")
    #expect(shape("通知（2024年） f(a b) c") == "[通知（2024年） f(a b) c]")
    #expect(shape("(f(a) b) c") == "[[f(a) b] c]")
    #expect(notes("通知（2024年）f(a b)") == [])
  }

  @Test("an open quotation mark reaches to the end, and that is said")
  func openQuote() {
    #expect(shape("重庆 \"产业 大脑") == "[重庆 “产业 大脑”]")
    #expect(
      notes("重庆 \"产业 大脑")
        == ["3..<4 The quotation mark at character 4 is not closed; the phrase reaches to the end."]
    )
    #expect(shape("重庆 \"") == "重庆")
  }

  @Test("signs before a word or a phrase exclude and require")
  func signs() {
    #expect(shape("汽车 -比亚迪 －长安 -\"未来 工厂\"") == "[汽车 -比亚迪 -长安 -“未来 工厂”]")
    #expect(shape("a - b -- c ---d e-f") == "[a - b -- c ---d e-f]")
    #expect(shape("+a ＋b C++ +-c") == "[+a +b C++ +-c]")
    #expect(shape("-(a b) NOT c NOT NOT d") == "[-[a b] -c d]")
    #expect(shape("-") == "-")
  }

  @Test("operators join what stands beside them: NEAR before AND before OR before blanks")
  func operators() {
    #expect(shape("a AND b OR c AND d") == "((a & b) | (c & d))")
    #expect(shape("x a OR b y") == "[x (a | b) y]")
    #expect(shape("a|b｜c || d && e") == "(a | b | c | (d & e))")
    #expect(shape("a AND NOT b AND -c") == "(a & !b & !c)")
    #expect(shape("(a b) AND （c ＯＲ d）") == "([a b] & (c | d))")
    #expect(shape("a NEAR b NEAR/3 \"c d\" AND e") == "(near10(a b “c d”) & e)")
    #expect(shape("a and b Or c") == "[a and b Or c]")
    #expect(shape("AND重庆") == "AND重庆")
  }

  @Test("operators with nothing to join are text, and that is said")
  func misplaced() {
    #expect(shape("AND OR NOT") == "[(AND | NOT)]".dropFirst().dropLast())
    #expect(shape("AND a") == "[AND a]" && shape("a OR") == "[a OR]")
    #expect(
      notes("a OR")
        == ["2..<4 OR at character 3 has nothing to join; it was searched as text."])
    #expect(shape("a NEAR (b c)") == "(a & [b c])" && notes("a NEAR (b c)").count == 1)
  }

  @Test("parentheses that do not match are left out, and that is said")
  func parentheses() {
    #expect(shape("(a OR b") == "(a | b)" && notes("(a OR b").count == 1)
    #expect(shape("a ) b") == "[a b]" && notes("a ) b").count == 1)
    #expect(shape("() a") == "a" && notes("() a").count == 1)
    let deep = String(repeating: "(", count: 20_000) + "a" + String(repeating: ")", count: 20_000)
    #expect(notes(deep).count < 20)
    #expect(shape(deep).hasPrefix("a"))
  }

  @Test("weights and distances")
  func suffixes() {
    #expect(shape("重庆^2 \"a b\"^0.5 (c d)^3") == "[重庆^2.0 “a b”^0.5 [c^3.0 d^3.0]]")
    #expect(shape("\"a b\"~5 \"重庆汽车\"～3^2 \"a b\"~0") == "[near5(“a” “b”) near3(“重庆汽车”^2.0) “a b”]")
    #expect(shape("^2 a^ mc^x") == "[^2 a^ mc^x]" && notes("^2 a^ mc^x").count == 3)
    #expect(shape("\"a b\"~ c^2000") == "[“a b” c^2000]" && notes("\"a b\"~ c^2000").count == 2)
    #expect(shape("好～ 5~10") == "[好～ 5~10]")
  }

  @Test("stars stand for letters and digits")
  func patterns() {
    #expect(shape("comput* C9*9 *ology") == "[/comput*/ /C9*9/ /*ology/]")
    #expect(shape("电动* **重庆**") == "[“电动” “重庆”]")
    #expect(shape("5*3 重*车") == "[5*3 重*车]" && notes("5*3 重*车").count == 1)
    #expect(shape("* **") == "[* *]")
  }

  @Test("fields with words, values and ranges")
  func fields() {
    #expect(
      shape("title:重庆 source：a/b.txt title:\"a b\"") == "[title:重庆 source:a/b.txt title:“a b”]")
    #expect(shape("title:(a OR text:b)") == "(title:a | text:b)")
    #expect(shape("views:>100 views:<=5 views:≥3") == "[views {100 * views * 5] views [3 *]")
    #expect(
      shape("date:[2024-01 TO 2024-06] date:{* TO 2}") == "[date [2024-01 2024-06] date * 2}]")
    #expect(shape("date:2024-03 x:*") == "[date:2024-03 x * *]")
    #expect(shape("-date:[1 TO 2]") == "[-date [1 2]]")
    #expect(shape("http://a.b 10:30 记者：张三 title: a") == "[http://a.b 10:30 记者：张三 title: a]")
    #expect(shape("作者:张三") == "作者:张三")
    #expect(shape("a:[1,2] b:>") == "[a:[1,2] b:>]" && notes("a:[1,2] b:>").count == 2)
  }

  @Test("characters beyond the basic plane stay whole")
  func supplementary() {
    #expect(shape("𠮷野家 -𠀀") == "[𠮷野家 -𠀀]")
  }

  @Test("more words than are looked for are said to be left out")
  func tooMany() {
    let query = QueryParser.parse((0..<3_000).map { "w\($0)" }.joined(separator: " "))
    guard case .list(let parts) = query.root else { return #expect(Bool(false), "no list") }
    #expect(parts.count == QuerySyntax.mostTexts)
    #expect(query.notes.count == 1)
  }

  static let pieces = [
    "(", ")", "（", "）", "\"", "“", "”", "「", "」", "+", "-", "－", "AND", "OR", "NOT", "NEAR",
    "NEAR/3",
    "|", "｜", "&&", "^2", "^", "~5", "~", "*", "title:", "date:", "views:>", "[", "]", "{", " TO ",
    " ",
    " ", " ", "\u{3000}", "重庆", "汽车", "a", "b1", "comput*", "2024", "，", "\n", "\u{301}", "𠮷", ":",
    "/",
    "＊", "ＡＮＤ", "<", "=", "\u{0}",
  ]

  @Test("any text is a query, and each character of it is accounted for", arguments: 0..<20)
  func everyCharacter(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...14, using: &random))
        .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      let query = QueryParser.parse(text)
      let scalars = Array(text.unicodeScalars)
      var isKnown = scalars.map(\.properties.isWhitespace)
      var end = 0
      for token in query.tokens {
        #expect(token.range.lowerBound >= end, "tokens ascend: \(text)")
        end = token.range.upperBound
        #expect(!token.range.isEmpty && end <= scalars.count, "\(text)")
        for place in token.range { isKnown[place] = true }
      }
      for note in query.notes {
        for place in note.source ?? 0..<0 { isKnown[place] = true }
      }
      #expect(isKnown.allSatisfy { $0 }, "seed \(seed): \(text) \(query.tokens)")
      #expect(QueryParser.parse(text) == query)
    }
  }
}

@Suite struct PlainWordsTests {
  /// Every sign is text, and nothing is noted.
  @Test func signsAreText() {
    let query = QueryParser.words(of: "  「重庆」是什么 -汽车 AND title:a　(b* \"c\"~5 ")
    let words = ["「重庆」是什么", "-汽车", "AND", "title:a", "(b*", "\"c\"~5"]
    guard case .list(let parts) = query.root else {
      Issue.record("no list")
      return
    }
    let texts = parts.compactMap { part in
      if case .text(let text) = part.node, part.sign == .none { text } else { nil }
    }
    #expect(texts.map(\.text) == words && parts.count == words.count)
    #expect(texts.allSatisfy { !$0.isQuoted && !$0.isPattern && $0.field == nil })
    #expect(query.tokens.map { query.typed($0.range) } == words && query.notes.isEmpty)
    #expect(QueryParser.words(of: " \n").root == .list([]))
  }
}
