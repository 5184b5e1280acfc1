/// The readings of Han characters in pinyin, without tones and with v for ü.
///
/// Characters that are read in several ways in words and names have all of these (``polyphones``), so
/// that 重庆 is chongqing; which one a word takes is not known.
package struct Pinyin: Sendable {
  /// Made in a millisecond, once.
  package static let table = Pinyin()

  /// The syllables, ascending by their bytes.
  package private(set) var syllables: [[UInt8]] = []
  /// For each scalar from ``first`` on the number of its usual syllable and 1, or 0; with ``several``
  /// where ``others`` has more of them.
  private var usual: [UInt16]
  private var others: [UInt32: [UInt16]] = [:]

  private static let first: UInt32 = 0x4E00
  private static let end: UInt32 = 0xA000
  private static let several: UInt16 = 0x8000
  /// 〇 is no ideograph of the block.
  private static let zero: UInt32 = 0x3007

  private init() {
    usual = [UInt16](repeating: 0, count: Int(Self.end - Self.first))
    // Scalar by scalar: parts of strings would take twenty times as long.
    var letters: [UInt8] = []
    for scalar in PinyinSyllables.rows.unicodeScalars {
      switch scalar {
      case "\n": letters = []
      case " ": if syllables.last != letters { syllables.append(letters) }
      case _ where scalar.isASCII: letters.append(UInt8(scalar.value))
      case _ where scalar.value == Self.zero: others[Self.zero] = [UInt16(syllables.count - 1)]
      default: usual[Int(scalar.value - Self.first)] = UInt16(syllables.count)
      }
    }
    letters = []
    var character: UInt32?
    for scalar in (Self.polyphones + " ").unicodeScalars {
      switch scalar {
      case "\n", " ":
        if let character { add(letters, to: character) }
        letters = []
        character = nil
      case _ where scalar.isASCII: letters.append(UInt8(scalar.value))
      default: character = scalar.value
      }
    }
  }

  /// Adds a reading to a character.
  private mutating func add(_ letters: [UInt8], to scalar: UInt32) {
    let numbers = numbers(beginningWith: letters)
    guard let number = numbers.first, syllables[Int(number)] == letters else {
      preconditionFailure("a polyphone \(scalar) has no syllable")
    }
    let index = Int(scalar - Self.first)
    guard usual[index] & ~Self.several != number + 1 else { return }
    usual[index] |= Self.several
    others[scalar, default: []].append(number)
  }

  /// The numbers of the syllables that begin with some letters; the first is that of these letters where
  /// they are one.
  ///
  /// - Complexity: O(log n).
  package func numbers(beginningWith letters: [UInt8]) -> Range<UInt16> {
    var first = 0
    var end = syllables.count
    while first < end {
      let middle = (first + end) / 2
      if syllables[middle].lexicographicallyPrecedes(letters) {
        first = middle + 1
      } else {
        end = middle
      }
    }
    while end < syllables.count, syllables[end].starts(with: letters) { end += 1 }
    return UInt16(first)..<UInt16(end)
  }

  /// The numbers of a character's syllables, the usual one first; none for what is no Han character.
  ///
  /// - Complexity: O(1).
  package func readings(of scalar: UInt32) -> [UInt16] {
    guard scalar >= Self.first, scalar < Self.end else {
      return scalar == Self.zero ? others[scalar] ?? [] : []
    }
    let usual = usual[Int(scalar - Self.first)]
    guard usual > 0 else { return [] }
    return [(usual & ~Self.several) - 1] + (usual & Self.several != 0 ? others[scalar] ?? [] : [])
  }

  /// Whether a character has a syllable of some numbers.
  ///
  /// - Complexity: O(1).
  package func isRead(_ scalar: UInt32, as numbers: Range<UInt16>) -> Bool {
    guard scalar >= Self.first, scalar < Self.end else {
      return scalar == Self.zero && others[scalar]?.contains(where: numbers.contains) ?? false
    }
    let usual = usual[Int(scalar - Self.first)]
    guard usual > 0 else { return false }
    return numbers.contains((usual & ~Self.several) - 1)
      || usual & Self.several != 0 && others[scalar]?.contains(where: numbers.contains) ?? false
  }

  /// The first letter of a character's usual syllable; nil for what is no Han character.
  package func initial(of scalar: UInt32) -> UInt8? {
    guard scalar >= Self.first, scalar < Self.end else { return nil }
    let usual = usual[Int(scalar - Self.first)] & ~Self.several
    return usual > 0 ? syllables[Int(usual - 1)][0] : nil
  }

  /// The first letters of a character's other syllables, that of the usual one left out.
  package func otherInitials(of scalar: UInt32) -> [UInt8] {
    guard
      scalar == Self.zero
        || scalar >= Self.first && scalar < Self.end
          && usual[Int(scalar - Self.first)] & Self.several != 0,
      let others = others[scalar]
    else { return [] }
    let initial = initial(of: scalar)
    return Set(others.map { syllables[Int($0)][0] }).filter { $0 != initial }.sorted()
  }

  /// Characters of several readings that words and names use, simplified ones; a reading that is the usual
  /// one is there as well, so that the list does not depend on which that is. Compiled by hand.
  private static let polyphones = """
    重zhong 重chong 长chang 长zhang 長chang 長zhang 行xing 行hang 乐le 乐yue 樂le 樂yue 还hai 还huan 都du 都dou
    朝chao 朝zhao 传chuan 传zhuan 傳chuan 傳zhuan 调tiao 调diao 調tiao 調diao 单dan 单shan 单chan 弹tan 弹dan
    降jiang 降xiang 觉jue 觉jiao 角jiao 角jue 区qu 区ou 厦sha 厦xia 廈xia 省sheng 省xing 系xi 系ji 校xiao 校jiao
    藏cang 藏zang 曾ceng 曾zeng 差cha 差chai 差ci 车che 车ju 車che 車ju 称cheng 称chen 会hui 会kuai 會hui 會kuai
    率lv 率shuai 没mei 没mo 模mo 模mu 盛sheng 盛cheng 石shi 石dan 宿su 宿xiu 折zhe 折she 沈shen 沈chen 兴xing
    压ya 柏bai 柏bo 堡bao 堡pu 薄bo 薄bao 便bian 便pian 秘mi 秘bi 埔pu 埔bu 番fan 番pan 莘shen 莘xin 六liu 六lu
    铅qian 台tai 召zhao 召shao 合he 合ge 仇chou 仇qiu 任ren 华hua 解jie 解xie 查cha 查zha 翟zhai 翟di 尉wei 尉yu
    万wan 万mo 俞yu 俞shu 缪miao 缪mou 隗wei 隗kui 葛ge 盖gai 盖ge 覃qin 覃tan 乘cheng 乘sheng 冯feng 冯ping
    洞dong 洞tong 提ti 提di 说shuo 说shui 說shuo 說shui 数shu 数shuo 數shu 數shuo 空kong 地di 地de
    的de 的di 着zhe 着zhao 着zhuo 著zhu 著zhe 了le 了liao 大da 大dai 卡ka 卡qia 茄qie 茄jia 給gei 给gei 给ji
    咖ka 咖ga 吓xia 吓he 和he 和huo 核he 核hu 横heng 划hua 晃huang 几ji 奇qi 奇ji 稽ji 稽qi 贾jia 贾gu 假jia
    间jian 监jian 将jiang 将qiang 强qiang 强jiang 嚼jiao 嚼jue 教jiao 剿jiao 剿chao 结jie 禁jin 劲jin 劲jing
    颈jing 颈geng 卷juan 圈quan 圈juan 壳ke 壳qiao 可ke 克ke 括kuo 落luo 落la 落lao 勒le 勒lei 肋lei 累lei 俩liang 俩lia
    量liang 露lu 露lou 绿lv 绿lu 论lun 埋mai 埋man 脉mai 脉mo 蔓man 蔓wan 氓mang 氓meng 糜mi 糜mei 泌mi 泌bi 娜na 娜nuo
    南nan 难nan 呢ne 呢ni 尿niao 尿sui 弄nong 弄long 疟nve 疟yao 炮pao 炮bao 屏ping 屏bing 迫po 迫pai 朴pu 朴piao 朴po
    瀑pu 瀑bao 曝pu 曝bao 期qi 期ji 切qie 亲qin 亲qing 曲qu 雀que 雀qiao 塞sai 塞se 散san 色se 色shai 煞sha
    杉shan 杉sha 汤tang 汤shang 什shen 什shi 识shi 识zhi 似si 似shi 熟shu 熟shou 属shu 属zhu 遂sui 拓tuo 拓ta 瓦wa
    委wei 尾wei 尾yi 纤xian 纤qian 巷xiang 巷hang 削xiao 削xue 血xue 血xie 吁xu 吁yu 咽yan 咽ye 叶ye 叶xie 应ying
    佣yong 育yu 员yuan 员yun 晕yun 载zai 择ze 择zhai 扎zha 扎za 炸zha 粘zhan 粘nian 占zhan 爪zhao 爪zhua 只zhi 殖zhi
    种zhong 种chong 轴zhou 属shu 转zhuan 琢zhuo 琢zuo 作zuo 幢zhuang 幢chuang 尺chi 尺che 臭chou 臭xiu 畜chu 畜xu
    伺si 伺ci 攒zan 攒cuan 答da 当dang 叨dao 叨tao 度du 度duo 囤dun 囤tun 恶e 恶wu 发fa 坊fang 菲fei
    佛fo 佛fu 否fou 否pi 脯pu 脯fu 杆gan 冠guan 龟gui 龟jun 龟qiu 柜gui 哈ha 貉he 貉hao 虹hong 虹jiang 厕ce 参can 参shen
    参cen 蚌bang 蚌beng 剥bo 剥bao 辟pi 辟bi 扁bian 扁pian 伯bo 伯bai 卜bu 卜bo 侧ce 侧zhai 禅chan 禅shan 场chang
    炽chi 匙chi 匙shi 冲chong 绰chuo 绰chao 枞cong 枞zong 弄nong 阿a 阿e 艾ai 艾yi 拗niu 拗ao 暴bao 暴pu 蕃fan 蕃bo
    """
}
