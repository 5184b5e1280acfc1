/// Words that tell what a number counts.
enum NumberUnits {
  /// Whether the line begins with a unit: what stands before it is its number.
  ///
  /// 台 条 件 个 and other classifiers, magnitudes, measures, currencies, signs; Korean and
  /// Japanese ones among them. 年 月 日 are missing: a year alone on a line is a heading.
  static func begins(_ line: Line) -> Bool {
    switch line.first {
    case 0x0025:
      // Also a prompt and a format.
      return line.squares > 0 && !ScalarClass(line.second).isWordLike && line.second != 0x20
    case 0x4E07, 0x842C, 0x4EBF, 0x5104, 0x5146,  // 万 萬 亿 億 兆
      0x53F0, 0x8F86, 0x8F1B, 0x5957, 0x4EF6, 0x5428, 0x5678, 0x4EA9, 0x755D,  // 台辆輛套件吨噸亩畝
      0x540D, 0x6237, 0x6236, 0x5143, 0x516C, 0x5343, 0x500B, 0x4E2A,  // 名户戶元公千個个
      0xB9CC, 0xC5B5, 0xBA85, 0xB300,  // 만 억 명 대
      0xFF05, 0x2030, 0x2103:  // ％ ‰ ℃
      return true
    default: return false
    }
  }
}

/// Who took the picture, who wrote it: lines that belong to no sentence.
enum Credit {
  /// 摄 攝 影 图 圖 文 報 报 供 制 绘 画 at the end, as in 李辉摄, 记者供图.
  static func ends(_ line: Line) -> Bool {
    switch line.last {
    case 0x6444, 0x651D, 0x5F71, 0x56FE, 0x5716, 0x7ED8, 0x7E6A: true
    default: false
    }
  }

  /// 图为, 圖為, 图片, 摄影, 记者 and 本报 at the start.
  static func begins(_ line: Line) -> Bool {
    switch (line.first, line.second) {
    case (0x56FE, 0x4E3A), (0x5716, 0x70BA), (0x56FE, 0x7247), (0x5716, 0x7247), (0x6444, 0x5F71),
      (0x651D, 0x5F71), (0x672C, 0x62A5), (0x672C, 0x5831):
      true
    default: false
    }
  }
}
