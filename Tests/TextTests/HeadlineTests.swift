import SuoyinTestSupport
import Testing

@testable import SuoyinText

@Suite struct HeadlineTests {
  @Test func seeds() throws {
    let expected: [(file: String, title: String)] = [
      (
        "000_5ec128bec79d0e57.txt",
        "“活力重庆”主题采访团走进九龙坡、江津制造一线 从四大赛道、四种突围 看重庆制造的进阶之路"
      ),
      ("001_8d40744ae74587b9.txt", "重庆“33618”现代制造业集群加快提能级"),
      ("002_45fbed91635c3dbc.txt", "集群发展壮大智造优势"),
      ("003_b89cd53fb0298518.txt", "重庆如何走出产业升级新路径 大中小企业融通 创新共生"),
      (
        "004_1b19204a5c144ada.txt",
        "涪陵『三个提升』打造升级版 聚焦构建『2349』现代制造业集群体系 同频共振构筑新高地"
      ),
    ]
    for (file, title) in expected {
      #expect(Headline.find(in: try RepairSupport.seed(file)) == title)
    }
  }

  @Test(arguments: HeadlineCases.all) func page(_ page: String) throws {
    let mark = try #require(page.firstIndex(of: "»"))
    let rest = page[page.index(after: mark)...]
    var expected = String(rest.prefix { !$0.isNewline }).trimmingBlanks
    if expected.hasSuffix(" #") { expected = String(expected.dropLast(2)) }
    if expected.hasPrefix("清晨的山村，薄雾未散，") {
      expected = String(expected.prefix { $0 != "。" }) + "。"
    }
    #expect(Headline.find(in: page.filter { $0 != "»" }) == expected)
  }

  @Test func nothingWorthIt() {
    for text in ["", "\n\n", "---\n***", "。。。", "```\n```"] {
      #expect(Headline.find(in: text) == nil, "\(text.debugDescription)")
    }
  }

  /// A paragraph that is one long line may begin and end as bylines do.
  @Test func longParagraphsAreBody() {
    let rest = String(repeating: "各项工作有序推进，成效明显，", count: 40)
    for start in ["本报讯（记者 王明）昨日，展会开幕。", "新华社重庆电（记者 王明）展会开幕。", "今日，展会开幕。"] {
      let text = "▶ 机械臂正在精准焊接。\n新华社记者 王明 摄\n\(start)\(rest)以上由本台报道"
      #expect(Headline.find(in: text) == start)
    }
  }

  @Test func fallbackIsBounded() throws {
    let line = String(repeating: "长", count: 100_000)
    #expect(try #require(Headline.find(in: line)).unicodeScalars.count == 200)
  }

  @Test(arguments: 0..<100) func randomTextNeverFails(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed) &+ 77)
    let pieces = [
      "#", "# ", "##", "=", "===", "---", "\n", "\n\n", "记者", "摄", " ", "（", "）", "之", "三", "By ",
      "王", "。",
      "1", "@", "http://", "```", "기자", "■", "\u{3000}", "é", "𠮷",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...40, using: &random) {
      text += pieces.randomElement(using: &random) ?? ""
    }
    if let title = Headline.find(in: text) {
      #expect(text.contains(title) && !title.contains("\n"), "seed \(seed)")
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text.drop { $0 == " " })
  }
}
