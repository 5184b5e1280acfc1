/// Words by which newspapers in Chinese, Japanese, Korean and English mark what is no headline.
///
/// Each list holds whole phrases for the place it is named after; the lists are kept short by
/// leaving out what length or marks already tell.
enum HeadlineWords {
  /// Rubrics, alone on a line (in small letters, without marks around them).
  static let labels: Set<String> = [
    "核心提示", "名词解释", "编者按", "编者的话", "新闻链接", "相关链接", "相关新闻", "记者手记", "采访手记", "深度观察", "业内观察",
    "记者观察", "新闻背景", "背景链接", "延伸阅读", "今日导读", "本期导读", "内容提要", "内容摘要", "阅读提示", "新闻提示", "专家点评",
    "专家观点", "本报评论员", "本报评论", "本版撰文", "图片新闻", "图片报道", "特别报道", "深度报道", "系列报道", "独家报道", "头条新闻",
    "最新消息", "热点聚焦", "热点追踪", "时事要闻", "今日要闻", "国内要闻", "国际要闻", "重庆新闻", "财经新闻", "体育新闻", "经济观察",
    "編者按", "核心提要", "新聞背景", "相關新聞", "專題報導", "獨家報導", "國際新聞", "即時新聞", "焦點新聞", "社會新聞", "財經新聞",
    "記者手記", "延伸閱讀", "社説", "社說", "コラム", "天声人語", "ニュース解説", "関連記事", "速報", "特集", "独自記事", "国際ニュース",
    "経済ニュース", "スポーツ", "地域ニュース", "トップニュース", "사설", "칼럼", "속보", "단독", "관련기사", "주요뉴스", "오늘의 뉴스",
    "기획특집", "기자수첩", "기획연재", "핵심요약", "breaking news", "editorial", "opinion", "analysis",
    "exclusive",
    "special report", "top stories", "related stories", "editor's note", "news analysis",
    "read more", "live updates", "world news", "local news", "business day", "technology",
    "the big read", "key points", "highlights", "advertisement", "front page",
    "letters to the editor",
  ]

  static let labelStarts = [
    "编者按", "編者按", "核心提示：", "导读：", "摘要：", "提要：", "关键词", "關鍵詞", "キーワード", "키워드", "Keywords:",
    "Abstract:", "Editor’s note", "Editor's note", "Correction:", "本期主题", "专题：",
  ]

  /// A part of a series at the end of a line.
  static let seriesEnds = [
    "系列报道", "系列報導", "系列评论", "系列述评", "专题报道", "特别策划", "特刊", "专版", "专刊", "连载", "連載", "시리즈", "기획시리즈",
  ]

  static let bylineStarts = [
    "本报记者", "本報記者", "本刊记者", "本报讯", "本報訊", "本报通讯员", "本报特派", "特约记者", "通讯员", "记者：", "记者 ", "記者：",
    "記者 ", "記者／", "记者/", "文/", "文／", "文|", "文｜", "文丨", "图/", "图／", "图文/", "文图/", "撰文", "作者：", "作者/",
    "作者 ",
    "编辑：", "编辑/", "编辑 ", "责编", "責編", "责任编辑", "責任編輯", "编审", "本版", "審稿", "校对", "来源：", "來源：", "来源:",
    "供稿", "文=", "文＝", "文・", "写真=",
    "写真＝", "写真・", "撮影", "取材・文", "聞き手", "執筆", "編集", "（記者", "（记者", "글=", "글 ", "글·", "사진=", "사진 ",
    "사진제공", "기자 ",
    "정리=", "취재=", "출처", "작성자", "署名：", "口述：", "整理：", "采写", "採訪", "綜合報導", "翻译：", "译者：", "策划：", "出品",
  ]

  static let bylineEnds = [
    "报道", "報導】", "報導", "供稿", "撰稿", " 기자", "특파원", "기자)", "論説委員", "編集委員", "特派員", "记者", "記者", "通讯员",
    "综合整理",
    "摄影报道",
  ]

  static let latinCredits = [
    "photo:", "photo by", "photograph", "photos by", "image:", "picture:", "source:", "credit:",
    "text:", "words by", "written by", "reported by", "reporting by", "edited by", "editing by",
    "story by", "staff ", "contributed", "published", "updated", "posted", "last updated", "from ",
    "(ap)", "(reuters)", "illustration", "courtesy", "copyright", "©", "special to",
    "translated by",
  ]

  static let reporters = ["记者", "記者", "通讯员", "通訊員", "特派员", "評論員", "评论员", "기자", "특파원"]

  static let captionStarts = [
    "图为", "圖為", "图片", "圖片", "图①", "图：", "圖：", "图1", "图一", "摄影", "攝影", "上图", "下图", "左图", "右图", "資料照",
    "资料图",
    "資料圖", "▲", "▼", "△", "▽", "◀", "▶", "◄", "►", "↑", "↓", "←", "→", "写真は", "【写真】", "写真：", "＝写真",
    "사진=", "[사진",
    "▲사진", "Photo:", "Above:", "Below:", "Pictured", "Caption", "Figure ", "Fig.", "File photo",
    "FILE",
  ]

  static let captionEnds = [
    "摄", "攝", "供图", "供圖", "提供", "资料图", "资料图片", "摄影", "攝影", "撮影", "＝写真", "提供写真", "=연합뉴스", "제공",
    "사진제공",
    "file photo", "(Reuters)", "/AP", "/AFP", "新华社发", "新華社發", "CFP", "图片来源网络",
  ]

  static let datelineStarts = [
    "新华社", "新華社", "中新社", "中新网", "央视网消息", "中央社", "【東京", "【大阪", "【ワシントン", "【北京", "【ソウル", "[서울=",
    "(서울=",
    "[뉴욕", "입력 ", "입력:", "수정 ", "등록 ", "更新：", "更新:", "公開日", "配信日", "掲載", "発行", "時間：", "时间：", "日期：",
    "发布时间", "發布時間", "阅读", "閱讀", "浏览", "字号", "分享", "Vol.", "No.", "Page ", "Issue ", "ISSN", "国内统一",
    "星期",
    "農曆", "农历", "今日",
  ]

  /// Words of a date and of the page it stands on.
  static let calendar: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october",
    "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct",
    "nov", "dec", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "mon",
    "tue", "wed", "thu", "fri", "sat", "sun", "am", "pm", "a", "p", "m", "et", "est", "edt", "gmt",
    "utc", "kst", "jst", "at", "of", "th", "st", "nd", "rd", "page", "vol", "no", "issue",
    "edition",
    "min", "read", "t", "z",
  ]

  /// 年月日号時时分秒星期曜第版页頁期卷总總 and the days, of dates in all three languages.
  static let dateParts: Set<UInt32> = Set(
    "年月日号號時时分秒星期曜周週第版页頁期卷总總叠疊一二三四五六七八九十火水木金土上下午前後令和平成昭년월일시분초요토화수목금오전후제호면판".unicodeScalars
      .map(\.value))

  /// 一二三 … and digits, also full-width ones.
  static func isNumeral(_ scalar: UInt32) -> Bool {
    ScalarClass(scalar) == .digit || numerals.contains(scalar)
  }

  private static let numerals: Set<UInt32> = Set("一二三四五六七八九十百〇零".unicodeScalars.map(\.value))

  /// The family names that cover nearly all Chinese bylines.
  static let familyNames: Set<Unicode.Scalar> = Set(
    ("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白"
      + "邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝"
      + "包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党"
      + "宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧"
      + "蕭葉蘇魏呂盧鐘譚陸範賈韋鄒閻龍賀顧龔邵萬錢嚴湯溫齊喬龐顏莊聶魯歐關蘭紀畢單塗").unicodeScalars)
}
