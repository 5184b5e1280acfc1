/// Spellings that depend on what stands beside a character, made one in folded text.
///
/// - Iteration marks become what they repeat: 人々 人人, いすゞ いすず. Marks in a row repeat as many
///   characters (馬鹿々々しい), or the last one where there are fewer. One that stands behind nothing
///   it could repeat stays.
/// - Long vowels at the end of a word of katakana go where three characters or more are left
///   (コンピューター, サーバー), as in Lucene's JapaneseKatakanaStemFilter; shorter words would meet
///   others (バー, コピー). Inside a word they stay: ビル is not ビール. A word ends where its run of
///   katakana does, so コンピューターゲーム keeps both: without them マーケット would not be found in
///   スーパーマーケット.
/// - ヴ is written with ブ, and ヴァ ヴィ ヴェ ヴォ with バ ビ ベ ボ, since both are usual in any such
///   word (ヴァイオリン, バイオリン).
///
/// The result is never longer, and its own fixed point.
enum KanaSpelling {
  /// Grows with every change of these rules, which are part of the fold's fingerprint.
  static let version: UInt32 = 1

  /// Whether a character may be spelled otherwise.
  static func concerns(_ unit: UInt16) -> Bool {
    switch unit {
    case hanMark, verticalMark, longVowel, 0x309D, 0x309E, 0x30FD, 0x30FE, vu, 0x30F7...0x30FA:
      true
    default: false
    }
  }

  /// Respells `text`, and hands `removed` the place before the change of every unit that becomes part
  /// of the one before it, in ascending order.
  ///
  /// - Complexity: linear.
  static func respell(_ text: inout [UInt16], removed: (Int) -> Void) {
    var write = text.firstIndex(where: concerns) ?? text.count
    var read = write
    while read < text.count {
      let unit = text[read]
      var end = read + 1
      switch unit {
      case hanMark, verticalMark:
        while end < text.count, text[end] == hanMark || text[end] == verticalMark { end += 1 }
        repeatBefore(read..<end, in: &text, to: &write, where: isHan) { unit, _ in unit }
      case 0x309D, 0x309E:
        while end < text.count, text[end] == 0x309D || text[end] == 0x309E { end += 1 }
        repeatBefore(read..<end, in: &text, to: &write, where: isHiragana) {
          voicing(of: $0, like: $1 == 0x309E)
        }
      case 0x30FD, 0x30FE:
        while end < text.count, text[end] == 0x30FD || text[end] == 0x30FE { end += 1 }
        repeatBefore(read..<end, in: &text, to: &write, where: isKatakanaLetter) {
          voicing(of: $0, like: $1 == 0x30FE)
        }
      case longVowel:
        while end < text.count, text[end] == longVowel { end += 1 }
        let endsWord = end == text.count || !isKatakana(text[end])
        if endsWord, write >= 3, text[write - 3..<write].allSatisfy(isKatakana) {
          for place in read..<end { removed(place) }
        } else {
          for _ in read..<end {
            text[write] = longVowel
            write += 1
          }
        }
      case vu:
        let next = end < text.count ? text[end] : 0
        text[write] = vuSyllable(before: next)
        write += 1
        if [0x30A1, 0x30A3, 0x30A7, 0x30A9].contains(next) {
          removed(end)
          end += 1
        }
      case 0x30F7...0x30FA:
        text[write] = [0x30D0, 0x30D3, 0x30D9, 0x30DC][Int(unit - 0x30F7)]
        write += 1
      default:
        text[write] = unit
        write += 1
      }
      read = end
    }
    text.removeSubrange(write...)
  }

  private static let hanMark: UInt16 = 0x3005
  private static let verticalMark: UInt16 = 0x303B
  private static let longVowel: UInt16 = 0x30FC
  private static let vu: UInt16 = 0x30F4

  /// Writes for each of a row of marks the character that it repeats, as `spelled` has it, or where
  /// none of that kind stands before them, the mark itself.
  private static func repeatBefore(
    _ marks: Range<Int>, in text: inout [UInt16], to write: inout Int,
    where isRepeated: (UInt16) -> Bool, spelled: (UInt16, _ mark: UInt16) -> UInt16
  ) {
    var distance = marks.count
    if write < distance || !text[write - distance..<write].allSatisfy(isRepeated) { distance = 1 }
    for mark in marks {
      let source = write - distance
      text[write] =
        source >= 0 && isRepeated(text[source]) ? spelled(text[source], text[mark]) : text[mark]
      write += 1
    }
  }

  /// Characters of the Basic Multilingual Plane only, so that a mark and what it repeats are equally
  /// long.
  private static func isHan(_ unit: UInt16) -> Bool {
    (0x3400...0x4DBF).contains(unit) || (0x4E00...0x9FFF).contains(unit)
  }

  private static func isHiragana(_ unit: UInt16) -> Bool {
    (0x3041...0x3096).contains(unit)
  }

  private static func isKatakanaLetter(_ unit: UInt16) -> Bool {
    (0x30A1...0x30F6).contains(unit)
  }

  private static func isKatakana(_ unit: UInt16) -> Bool {
    (0x30A1...0x30FA).contains(unit) || (0x30FC...0x30FE).contains(unit)
      || (0x31F0...0x31FF).contains(unit)
  }

  /// A kana with or without its voicing mark; those that take none as they are.
  private static func voicing(of unit: UInt16, like isVoiced: Bool) -> UInt16 {
    let shift: UInt16 = unit >= 0x30A1 ? 0x60 : 0
    let hiragana = unit - shift
    let plain: UInt16
    switch hiragana {
    case 0x304B...0x3062: plain = hiragana - (hiragana - 0x304B) % 2
    case 0x3064...0x3069: plain = hiragana - (hiragana - 0x3064) % 2
    case 0x306F...0x307D: plain = hiragana - (hiragana - 0x306F) % 3
    default: return unit
    }
    return plain + shift + (isVoiced ? 1 : 0)
  }

  private static func vuSyllable(before next: UInt16) -> UInt16 {
    switch next {
    case 0x30A1: 0x30D0
    case 0x30A3, 0x30E3, 0x30E5, 0x30E7: 0x30D3
    case 0x30A7: 0x30D9
    case 0x30A9: 0x30DC
    default: 0x30D6
    }
  }
}
