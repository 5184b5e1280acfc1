/// Pages in the manner of scans and column layouts, with every line break labelled.
///
/// A line that ends in `↩` runs on without a blank, one that ends in `␣` runs on with a blank, one
/// that ends in `¬` loses its last character (a hyphen) and runs on; all other breaks stay.
struct RepairPage: Sendable {
  var name: String
  var page: String

  /// The page as the scan gives it.
  var text: String {
    String(page.filter { !"↩␣¬".contains($0) })
  }

  /// The page as a reader would set it: what a repair has to come to.
  var expected: String {
    var result = ""
    var isOpen = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if isOpen && line.allSatisfy(\.isWhitespace) { continue }
      if !isOpen && !result.isEmpty { result += "\n" }
      let start = isOpen ? line.drop(while: \.isWhitespace) : line[...]
      switch line.last {
      case "↩": result += trimmedEnd(start.dropLast())
      case "␣": result += trimmedEnd(start.dropLast()) + " "
      case "¬": result += start.dropLast(2)
      default: result += start
      }
      isOpen = line.last.map { "↩␣¬".contains($0) } ?? false
      // A blank line at the very start is a line as well.
      if result.isEmpty && !isOpen { result = "\n" }
    }
    return result
  }

  private func trimmedEnd(_ text: Substring) -> String {
    var text = text
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return String(text)
  }

  static let all: [RepairPage] = [
    RepairPage(
      name: "a column of 16 characters",
      page: """
        江边的老码头修葺一新，昔日的仓库↩
        改成了书店和茶馆。傍晚时分，市民↩
        三三两两来到江边散步，孩子们在草↩
        坪上放风筝，笑声传出很远。
        码头管理处主任陈明说，去年接待的↩
        游客达到46.2万人次，比前年增↩
        长了近三成，周边商户的生意也跟着↩
        红火起来。
        """),
    RepairPage(
      name: "a column whose scan puts blank lines anywhere",
      page: """
        江边的老码头修葺一新，昔日的仓库↩

        改成了书店和茶馆。傍晚时分，市民↩
        三三两两来到江边散步，孩子们在草↩

        坪上放风筝，笑声传出很远。
        """),
    RepairPage(
      name: "marks at the ends of the column's lines",
      page: """
        全村共有四十二户人家，↩
        多数以种茶为生。老支书↩
        说，修通公路以前，（那↩
        时进城要走一天）茶叶全↩
        靠人背马驮，如今，货车↩
        直接开到村口，一季新茶↩
        能卖出上百万元，“大伙↩
        儿的腰包鼓了起来”，他↩
        笑得合不拢嘴。
        """),
    RepairPage(
      name: "numbers cut by the column",
      page: """
        今年前三季度，全区外贸进出口总额53.↩
        6亿元，同比增长12.8%，其中出口2↩
        8.4亿元。新登记企业1.2万户，总数↩
        达到9.7万户，民间投资占比提高到63↩
        .5%，居全市第二位。
        """),
    RepairPage(
      name: "names and Latin words cut to the character",
      page: """
        记者在现场看到，国产大飞机C91↩
        9停在跑道一端，工程师正通过5G↩
        网络回传数据。据介绍说，Micr↩
        o LED屏和MEMS传感器都由↩
        本地企业提供，供应链已基本成形。
        """),
    RepairPage(
      name: "half-width measure with words kept whole",
      page: """
        目前产品进入长安、阿维塔、比亚迪等主流车企的供应↩
        链，公司自主研发全球首发750CC单缸汽油机，通过欧盟↩
        Euro 5、美国EPA等严苛认证，远销一百多个国家和地↩
        区，深度融入“一带一路”，成为行业里少有的隐形冠↩
        军。
        """),
    RepairPage(
      name: "headline, byline and a column",
      page: """
        山城步道串起城市记忆
        本报记者 李小平
        步道全长三点六公里，从江边拾级而↩
        上，沿途经过七处历史建筑。设计师↩
        没有大拆大建，而是把石阶、老墙、↩
        黄葛树原样保留下来，又补上路灯和↩
        座椅。
        """),
    RepairPage(
      name: "a paragraph cut by the end of a column",
      page: """
        丰收节主会场设在镇文化广场。上午九点，锣鼓声一响，各村的农产品展台前就围满了人。今年的苹果又大又甜，不少客商当场签下订↩

        单，最远的要发往新疆。
        """),
    RepairPage(
      name: "a paragraph cut twice",
      page: """
        丰收节主会场设在镇文化广场。上午九点，锣鼓声一响，各村的展台前就围满了↩

        人。今年的苹果又大又甜，不少客商当场签下订单，最远的要发往新↩

        疆。农户们说，这样的好年景多年不见。
        """),
    RepairPage(
      name: "number and unit parted by a page",
      page: """
        其中，在传统产业升级方面，全年完成设备更新和技术改造6520↩

        台套，技改投资增长两成。
        """),
    RepairPage(name: "bare number and unit", page: "6520↩\n\n台套"),
    RepairPage(name: "decimal point at the end", page: "今年产量达46.↩\n2万辆，同比增长。"),
    RepairPage(name: "bare decimal", page: "46.↩\n2万辆"),
    RepairPage(name: "decimal point at the start", page: "占比提高到63↩\n.5%，居第二位。"),
    RepairPage(name: "mark torn off", page: "新路通了↩\n，村民们奔走相告。"),
    RepairPage(name: "opening quote left behind", page: "村民们都说：“↩\n这条路修得好。”"),
    RepairPage(name: "ellipsis cut in two", page: "走出了一条创新之路…↩\n…"),
    RepairPage(
      name: "sentence broken off by a picture stays open",
      page: """
        近年来，各区加速补链强链，不断丰富技术产品种类。目前，



        近年来，高新区不断壮大现代制造业集群，全力打造重要基地。
        """),
    RepairPage(
      name: "heading over body",
      page: """
        硬核破壁

        跳出低价内卷，汽配老厂跑出绿色高端新赛道

        走进智能化车间，传统工厂粗放嘈杂的景象已然不见。
        """),
    RepairPage(
      name: "names above a credit",
      page: "刘玉珏 龙搏 马菱涛\n图片除署名外由区委宣传部提供"),
    RepairPage(
      name: "long headline of phrases",
      page: """
        三个提升打造升级版 聚焦构建现代制造业集群体系 同频共振，构筑新高地

        九月四日走进总装车间，这里的生产正热火朝天。
        """),
    RepairPage(
      name: "caption with its photographer",
      page: """
        工人在新能源二线电驱生产线上与工业机器人协同工作。记者崔力摄
        企业强则产业强。建设现代制造业集群体系，重在企业培育力度。
        """),
    RepairPage(
      name: "caption with a Markdown hard break",
      page: "▶ 两江工厂二厂区焊接车间，机械臂正在精准焊接的场面  \n重庆日报记者 郑宇 摄"),
    RepairPage(
      name: "caption without a mark above a paragraph",
      page: """
        九月四日，工人在超级工厂总装车间里装配新能源汽车的电池组

        有关统计数据显示，近四年来，企业数量增长率超过六成。
        """),
    RepairPage(
      name: "verse of seven characters with marks",
      page: """
        朝辞白帝彩云间，
        千里江陵一日还。
        两岸猿声啼不住，
        轻舟已过万重山。
        """),
    RepairPage(
      name: "verse without marks",
      page: """
        黑夜给了我黑色的眼睛
        我却用它去寻找那光明
        春天的风吹过北方原野
        河流在远处缓缓地转身
        """),
    RepairPage(
      name: "couplets",
      page: """
        欲出未出光辣达，千山万山如火发。
        须臾走向天上来，逐却残星赶却月。
        未离海底千山黑，才到天中万国明。
        """),
    RepairPage(
      name: "regulations",
      page: """
        第一条 为了规范口岸开放，提高口岸通关效率，制定本条例。
        第二条 本条例所称的口岸，是指供人员、货物、物品进出的场所：
        （一）供国际航行船舶停靠的港口；
        （二）供国际航班起降的机场；
        （三）车站
        第三条 本市口岸工作，适用本条例。
        """),
    RepairPage(
      name: "a list of equal items",
      page: """
        今日报纸要目如下请读者留意
        全市重点项目集中开工建设
        春季招聘会提供五千个岗位
        滨江公园二期工程年内完工
        轨道交通延长线开始试运行
        """),
    RepairPage(
      name: "bullets",
      page: """
        - 新建绿色园区一个，绿色工厂二十家，绿色供应链一条
        - 培育创新平台四个，示范项目两个，智能工厂二十六个
        - 技改投资占工业投资的比重保持在百分之四十以上
        """),
    RepairPage(
      name: "a Markdown table",
      page: """
        | 年份 | 产量 | 增速 |
        | --- | --- | --- |
        | 2023 | 46.2 | 147% |
        | 2024 | 58.1 | 25% |
        """),
    RepairPage(
      name: "a table of blanks",
      page: "城市    产量    增速\n重庆    46.2    147\n成都    38.5    25"),
    RepairPage(
      name: "a program between fences",
      page: """
        ```swift
        let a = 1 +
        2
        print("研 究 所")
        ```
        """),
    RepairPage(
      name: "a program without fences",
      page: """
        func sum(a: Int, b: Int) -> Int {
          let total = a + b
          return total
        }
        print(sum(a: 1, b: 2))
        """),
    RepairPage(
      name: "link references",
      page: "[1]: https://example.org/a/long/path/to/a/page\n[2]: https://example.org/b"),
    RepairPage(
      name: "paragraphs begin with two ideographic blanks",
      page: """
        　　老码头修葺一新，昔日的仓库↩
        改成了书店和茶馆。傍晚时分，市↩
        民三三两两来到江边，孩子们笑声
        　　管理处主任说，去年接待的游↩
        客达到四十万人次，周边商户的生↩
        意也跟着红火起来。
        """),
    RepairPage(
      name: "Japanese column",
      page: """
        港に面した古い倉庫が、図書館と喫茶↩
        店に生まれ変わった。夕方になると市↩
        民が散歩に訪れ、子どもたちは芝生の↩
        上で凧を揚げる。館長の佐藤さんは「↩
        昨年は四十万人が訪れた」と話し、近↩
        くの商店も活気を取り戻しつつある。
        """),
    RepairPage(
      name: "Korean lines broken at blanks",
      page: """
        항구의 오래된 창고가 도서관과 찻집으로 다시␣
        태어났다. 저녁이 되면 시민들이 산책을 나오고␣
        아이들은 잔디밭에서 연을 날린다. 관장 김 씨는␣
        지난해 사십만 명이 찾았다고 말했으며, 주변␣
        상점도 활기를 되찾고 있다고 덧붙였다.
        """),
    RepairPage(
      name: "English lines broken at blanks",
      page: """
        The old warehouses along the harbour have become a library␣
        and a tea house. In the evening people come to walk by the␣
        water, and children fly their kites on the lawn. Last year,␣
        the director said, some four hundred thousand visitors came,␣
        which was more than anyone had expected when it opened.
        """),
    RepairPage(name: "English hyphenation", page: "The infor-¬\nmation was wrong."),
    RepairPage(name: "soft hyphen", page: "The infor\u{AD}¬\nmation was wrong."),
    RepairPage(name: "hyphen of a name", page: "The Anglo-↩\nSaxon kings."),
    RepairPage(name: "hyphen inside Chinese", page: "这种电池叫做lith-¬\nium电池。"),
    RepairPage(
      name: "English verse",
      page: """
        Shall I compare thee to a summer's day?
        Thou art more lovely and more temperate:
        Rough winds do shake the darling buds of May,
        And summer's lease hath all too short a date;
        Sometime too hot the eye of heaven shines,
        """),
    RepairPage(
      name: "English paragraph over a page's end",
      page: """
        The harbour authority said on Tuesday, after a long debate, that it would not␣

        renew the contract for the ferry, which had been due to run until next spring.
        """),
    RepairPage(
      name: "addresses",
      page: """
        重庆市渝中区人民路1号
        电话：023-12345678
        邮编：400015
        """),
    RepairPage(name: "years alone on a line", page: "2023\n年度报告\n2024\n年度报告"),
    RepairPage(name: "ordinals", page: "1.\n总则\n2.\n适用范围"),
  ]

  static let letterSpacing: [(raw: String, repaired: String)] = [
    ("研 发 经 费", "研发经费"),
    ("本年度研 发 经 费投入", "本年度研 发 经 费投入"),
    ("申请（研 发 经 费）", "申请（研发经费）"),
    ("被 申 请 人", "被申请人"),
    ("第一章 总 则", "第一章 总 则"),
    ("刘 波", "刘 波"),
    ("刘玉珏 龙搏 马菱涛", "刘玉珏 龙搏 马菱涛"),
    ("大中小企业融通 创新共生", "大中小企业融通 创新共生"),
    ("甲\u{3000}乙\u{3000}丙", "甲乙丙"),
    ("甲  乙  丙", "甲  乙  丙"),
    ("甲 乙 丙丁", "甲 乙 丙丁"),
    ("甲 乙 丙 丁戊", "甲乙丙 丁戊"),
    ("3 月 5 日", "3 月 5 日"),
    ("お 知 ら せ", "お知らせ"),
    ("그 때 그 는", "그 때 그 는"),
    ("# 目 录 表", "# 目录表"),
  ]
}
