/// Words that tell what a number counts.
enum NumberUnits {
  /// Whether the line begins with a unit, so that a number before it is its number.
  ///
  /// Units that begin other words as often (年 人 本 家) need more: a mark, a kana or one of a few
  /// words after them. 2023 alone on a line above 年度报告 is a heading.
  static func begins(_ line: Line) -> Bool {
    switch line.first {
    case 0x0025:
      // Also a prompt and a format.
      return !ScalarClass(line.second).isWordLike && line.second != 0x20 && line.squares > 0
    case 0x53F0:  // 台, but not of 台湾, 台灣, 台风, 台風
      return ![0x6E7E, 0x7063, 0x98CE, 0x98A8].contains(line.second)
    case 0x516C:  // 公: 里 斤 顷 頃 吨 噸 分
      return [0x91CC, 0x65A4, 0x9877, 0x9803, 0x5428, 0x5678, 0x5206].contains(line.second)
    case 0x5E73, 0x7ACB: return line.second == 0x65B9 || line.second == 0x7C73  // 平方 平米 立方
    case 0x5C0F: return line.second == 0x65F6 || line.second == 0x6642  // 小时 小時
    case 0x5206: return line.second == 0x949F || line.second == 0x9418  // 分钟 分鐘
    case 0x7F8E, 0x6B27, 0x6E2F, 0x65E5: return line.second == 0x5143 || endsAfterUnit(line)
    case 0x4E07, 0x842C, 0x4EBF, 0x5104, 0x5146,  // 万 萬 亿 億 兆
      0x8F86, 0x8F1B, 0x5957, 0x4EF6, 0x5428, 0x5678, 0x4EA9, 0x755D,  // 辆輛套件吨噸亩畝
      0x540D, 0x6237, 0x6236, 0x5143, 0x5343, 0x500B, 0x4E2A,  // 名户戶元千個个
      0x5186, 0x6B73, 0x6B72, 0x5C81,  // 円歳歲岁
      0xB9CC, 0xC5B5, 0xBA85, 0xB300,  // 만 억 명 대
      0xFF05, 0x2030, 0x2103:  // ％ ‰ ℃
      return true
    case 0x5E74:  // 年, and 年3月
      return ScalarClass(line.second) == .digit || endsAfterUnit(line)
    case 0x4EBA, 0x6B21, 0x500D, 0x5929, 0x6708, 0x7C73, 0x79D2, 0x5EA6, 0x6642,  // 人次倍天月米秒度時
      0x5BB6, 0x6240, 0x4F4D, 0x6761, 0x9879, 0x5EA7, 0x518C, 0x518A, 0x672C, 0x5F20, 0x5F35,
      0x79CD, 0x7A2E, 0x573A, 0x5834, 0x5C4A, 0x514B, 0x65A4, 0x9875, 0x9801, 0x95F4, 0x9593:
      // 家 所 位 条 项 座 册 冊 本 张 張 种 種 场 場 届 克 斤 页 頁 间 間
      return endsAfterUnit(line)
    default: return false
    }
  }

  /// Whether the first character is a word of its own: before a mark, a kana, or 左 右 以 多 余 的 次.
  private static func endsAfterUnit(_ line: Line) -> Bool {
    switch ScalarClass(line.second) {
    case .clause, .sentence, .closing, .kana: true
    default: [0x5DE6, 0x53F3, 0x4EE5, 0x591A, 0x4F59, 0x7684, 0x6B21].contains(line.second)
    }
  }
}

/// Who took the picture, who wrote it: lines that belong to no sentence.
enum Credit {
  /// 摄 攝 影 图 圖 绘 繪 at the end, as in 李辉摄.
  static func ends(_ line: Line) -> Bool {
    switch line.last {
    case 0x6444, 0x651D, 0x5F71, 0x56FE, 0x5716, 0x7ED8, 0x7E6A: true
    default: false
    }
  }

  /// The same after a blank or a bar, as in 李辉 摄 and 李辉/摄, which nothing else ends in.
  static func surelyEnds(_ line: Line) -> Bool {
    ends(line) && [0x20, 0x2F, 0xFF0F].contains(line.penultimate)
  }

  /// 图为, 圖為, 图片, 摄影, 记者, 本报, 新华 and 央视 at the start.
  static func begins(_ line: Line) -> Bool {
    switch (line.first, line.second) {
    case (0x56FE, 0x4E3A), (0x5716, 0x70BA), (0x56FE, 0x7247), (0x5716, 0x7247), (0x6444, 0x5F71),
      (0x651D, 0x5F71), (0x672C, 0x62A5), (0x672C, 0x5831), (0x8BB0, 0x8005), (0x8A18, 0x8005),
      (0x65B0, 0x534E),
      (0x592E, 0x89C6):
      true
    default: false
    }
  }
}

/// Words that begin sentences.
enum Connective {
  /// 此外 另外 下面 如果 但是 虽然 因此 然后 最后 首先 其次 同时 由于 为了 目前 近年, traditional ones
  /// among them, at the start.
  static func begins(_ line: Line) -> Bool {
    switch (line.first, line.second) {
    case (0x6B64, 0x5916), (0x53E6, 0x5916), (0x4E0B, 0x9762), (0x5982, 0x679C), (0x4F46, 0x662F),
      (0x867D, 0x7136), (0x96D6, 0x7136), (0x56E0, 0x6B64), (0x7136, 0x540E), (0x7136, 0x5F8C),
      (0x6700, 0x540E), (0x6700, 0x5F8C), (0x9996, 0x5148), (0x5176, 0x6B21), (0x540C, 0x65F6),
      (0x540C, 0x6642), (0x7531, 0x4E8E), (0x7531, 0x65BC), (0x4E3A, 0x4E86), (0x70BA, 0x4E86),
      (0x76EE, 0x524D), (0x8FD1, 0x5E74):
      true
    default: false
    }
  }
}
