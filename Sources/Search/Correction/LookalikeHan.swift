/// Han characters that print, scans and hands confuse: those of one group are like one another.
///
/// Compiled by hand for this project from characters that differ by one stroke or one part, among them
/// those that character recognition is known to mix up; simplified forms, since it is asked of folded
/// text.
enum LookalikeHan {
  static let groups = """
    未末朱 氢氦氧氮 己已巳 日曰目 土士 干千于 人入八 大太犬 天夫 木本术 王玉主 牛午 田由甲申 刀力 几凡 了子 贝见 九丸
    乌鸟 住往佳 戊戌戍 折拆析 徒徙 茶荼 候侯 拔拨 辨辩辫 晴睛 蓝篮 钓钩 竟竞 历厉 幻幼 爪瓜 免兔 哀衷衰 享亨 仓仑 肓盲
    市巿 余佘 治冶 沐沭 赢嬴羸 刺剌 束柬 壶壸 毫亳 宫官 昊吴 今令 勺匀 勿匆 代伐 史吏 旦且 白自百 首百 车东 厂广 户尸
    兀元无 比此北 毛手 专传 侍待持 准淮 卷券 卖买 圆园 场扬 坏环 坦担 墓幕慕暮 奖浆桨 孤狐 宇字 密蜜 导异 崇祟 帅师
    帐怅 幅辐 度席 弛驰 徽微 恨很 恼脑 情清请晴 惟唯 愉偷 慢漫 憧瞳 抗杭 抱拖 拴栓 拾捡 挑桃 捎梢 掉悼 探深 摸模 撤撒
    播蕃 暑署 曼蔓 材村 板版 杨扬 枝技 栽裁 梁粱 检捡险 棉绵 概慨 洒酒 浅线 浙渐 涛铸 渴喝 湍端 滑猾 炼练 烧浇 焦集
    燥躁 狠狼 班斑 理埋 璧壁 瞻赡 矿旷 砂纱 秒抄 稍梢 穷究 竿竽 第弟 管菅 粒拉 精猜 糊湖 纪记 级极 续读 绿录
    缓暖 罢摆 肠场 肤扶 脉泳 腾滕 良食 茎径 荐存 获荻 蓄畜 虑虚 蚀蛀 讯汛 诀决 诈炸 词司 诺若 谊宜 谨勤 贪贫 赁贷
    赊赎 跟根 跳眺 轻经 辑缉 遗遣 遭糟 郎朗 配酌 酋酉 采菜 量童 钉盯 钢纲 铃玲 铅船 铜桐 链连 锋峰 键健 镇填 闭闲
    问间 阁阀 陈阵 陕峡 陪倍 雄雅 雷雪 露霜 青责 顶项 顷项 顾顿 颗额 飘漂 饮软 馒慢 驻注 骄娇 麓鹿 博搏 傅博 偏编 伟纬
    优忧 任仕 企全 休体 伏伐 估佑 侧测 促捉 侵浸 储诸 催摧 仿防 像象 冲种 冷泠 减感 凉谅 凯岂 划刘 则侧 创疮 删栅 努怒
    励厉 勃渤 勉免 半平 卓桌 南楠 即既 厘厚 叉又 双又 叙余 叶吐 右石 各名 合台 同向 吨纯 员圆 咏泳 哈恰 唐康 喉猴
    """

  /// For each character those that it is taken for.
  static let table: [Unicode.Scalar: [Unicode.Scalar]] = {
    var table: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    for group in groups.split(whereSeparator: \.isWhitespace) {
      for a in group.unicodeScalars {
        for b in group.unicodeScalars where a != b && !(table[a]?.contains(b) ?? false) {
          table[a, default: []].append(b)
        }
      }
    }
    return table
  }()
}
