internal import SuoyinText

/// Finds the parts of a query that say nothing of what is looked for: words that ask, and the
/// endings of Korean words.
///
/// They are found in the query alone, and only lower what a piece counts for the rank: nothing is
/// left out, and a query of nothing else ranks as before.
enum FunctionWords {
  /// For each unit whether it belongs to one.
  static func units(of analysis: Analysis) -> [Bool] {
    var found = Array(repeating: false, count: analysis.units.count)
    for word in analysis.words where asking.contains(analysis.term(of: word)) {
      for unit in word.units { found[unit] = true }
    }
    let units = analysis.units
    var start = 0
    while start < units.count {
      guard let first = hangul(start, in: analysis) else {
        start += 1
        continue
      }
      var run = [first]
      while let next = hangul(start + run.count, in: analysis),
        units[start + run.count].position == units[start + run.count - 1].position + 1
      {
        run.append(next)
      }
      let end = start + run.count
      let count = asks(run) ? run.count : ending(of: run, standsAlone: start == 0)
      for unit in end - count..<end { found[unit] = true }
      start = end
    }
    return found
  }

  /// The syllable that a unit is.
  private static func hangul(_ unit: Int, in analysis: Analysis) -> UInt16? {
    guard unit < analysis.units.count else { return nil }
    let range = analysis.units[unit].range
    guard range.upperBound.utf16 - range.lowerBound.utf16 == 1 else { return nil }
    let code = analysis.folded.utf16[range.lowerBound.utf16]
    return 0xAC00...0xD7A3 ~= code ? code : nil
  }

  private static func asks(_ run: [UInt16]) -> Bool {
    koreanAsking.contains { run.starts(with: $0) } || koreanAskingAlone.contains(run)
  }

  /// How many syllables the longest ending has. Something has to be left for it to end.
  private static func ending(of run: [UInt16], standsAlone: Bool) -> Int {
    let most = min(longestEnding, standsAlone ? run.count - 1 : run.count)
    guard most > 0 else { return 0 }
    return (1...most).last { endings.contains(Array(run.suffix($0))) } ?? 0
  }

  /// Chinese and Japanese words that ask, folded as the index folds.
  static let askingWords = """
    什么 甚么 谁 哪 哪个 哪些 哪里 哪儿 哪位 哪种 哪年 哪一 哪一个 哪一年 何 何时 何年 何月 何日 何地 何处 \
    何人 何者 何事 何种 何物 为何 为什么 如何 怎么 怎样 怎么样 多少 几 几个 几年 是否 吗 呢 \
    なに なん どこ だれ いつ どの どれ どう どちら どんな なぜ 何故 いくつ いくら か ですか ますか でしょう
    """
  private static let asking = Set(askingWords.split(separator: " ").map { Array($0.utf8) })

  /// What Korean words that ask begin with.
  private static let koreanAsking = syllables("누구 무엇 무어 무슨 어디 언제 어느 어떤 어떻 얼마 몇")
  /// Such words that others begin with as well.
  private static let koreanAskingAlone = Set(syllables("누가 왜 뭐 뭘"))

  /// Particles and the commonest endings of verbs.
  private static let endings = Set(
    syllables(
      """
      은 는 이 가 을 를 의 에 에서 에게 에게서 에는 에도 에선 에서는 에서의 에게는 으로 로 으로써 로써 \
      으로서 로서 으로부터 로부터 와 과 와의 과의 도 만 만에 까지 까지의 부터 보다 처럼 마다 대로 이나 나 \
      이란 란 이라는 라는 이라고 라고 이며 며 이고 고 이다 다 인 들 들이 들은 들을 들의 한 하는 하고 하여 \
      해서 하기 한다 했다 했던 하던 하였다 된 되는 되어 된다 이었던 였던 인가 는가 은가 일까 한가 된가 \
      하는가 했는가 하였는가 되었는가 이었는가 였는가 인가요 입니까
      """))
  private static let longestEnding = endings.map(\.count).max() ?? 0

  private static func syllables(_ words: String) -> [[UInt16]] {
    words.split(separator: " ").map { Array($0.utf16) }
  }
}
