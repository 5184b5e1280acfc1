/// Kana that write the same syllable as another, each beside the common one.
///
/// Small kana, iteration marks, long vowels, and hiragana beside katakana make words of their own and
/// stay; ヵ and ヶ are only other ways to write カ and ケ (一ヶ月, 一ケ月).
enum KanaVariants {
  /// Katakana as counters.
  static let counters = """
    ヵカ ヶケ
    """

  /// Hentaigana and archaic letters, by their names in Unicode.
  static let historic = """
    𛀀エ 𛀁え 𛀂あ 𛀃あ 𛀄あ 𛀅あ 𛀆い 𛀇い 𛀈い 𛀉い 𛀊う 𛀋う 𛀌う 𛀍う 𛀎う 𛀏え 𛀐え 𛀑え 𛀒え 𛀓え 𛀔お 𛀕お 𛀖お 𛀗か 𛀘か 𛀙か 𛀚か 𛀛か 𛀜か 𛀝か
    𛀞か 𛀟か 𛀠か 𛀡か 𛀢か 𛀣き 𛀤き 𛀥き 𛀦き 𛀧き 𛀨き 𛀩き 𛀪き 𛀫く 𛀬く 𛀭く 𛀮く 𛀯く 𛀰く 𛀱く 𛀲け 𛀳け 𛀴け 𛀵け 𛀶け 𛀷け 𛀸こ 𛀹こ 𛀺こ 𛀻こ
    𛀼さ 𛀽さ 𛀾さ 𛀿さ 𛁀さ 𛁁さ 𛁂さ 𛁃さ 𛁄し 𛁅し 𛁆し 𛁇し 𛁈し 𛁉し 𛁊す 𛁋す 𛁌す 𛁍す 𛁎す 𛁏す 𛁐す 𛁑す 𛁒せ 𛁓せ 𛁔せ 𛁕せ 𛁖せ 𛁗そ 𛁘そ 𛁙そ
    𛁚そ 𛁛そ 𛁜そ 𛁝そ 𛁞た 𛁟た 𛁠た 𛁡た 𛁢ち 𛁣ち 𛁤ち 𛁥ち 𛁦ち 𛁧ち 𛁨ち 𛁩つ 𛁪つ 𛁫つ 𛁬つ 𛁭つ 𛁮て 𛁯て 𛁰て 𛁱て 𛁲て 𛁳て 𛁴て 𛁵て 𛁶て 𛁷と
    𛁸と 𛁹と 𛁺と 𛁻と 𛁼と 𛁽と 𛁾な 𛁿な 𛂀な 𛂁な 𛂂な 𛂃な 𛂄な 𛂅な 𛂆な 𛂇に 𛂈に 𛂉に 𛂊に 𛂋に 𛂌に 𛂍に 𛂎に 𛂏ぬ 𛂐ぬ 𛂑ぬ 𛂒ね 𛂓ね 𛂔ね 𛂕ね
    𛂖ね 𛂗ね 𛂘ね 𛂙の 𛂚の 𛂛の 𛂜の 𛂝の 𛂞は 𛂟は 𛂠は 𛂡は 𛂢は 𛂣は 𛂤は 𛂥は 𛂦は 𛂧は 𛂨は 𛂩ひ 𛂪ひ 𛂫ひ 𛂬ひ 𛂭ひ 𛂮ひ 𛂯ひ 𛂰ふ 𛂱ふ 𛂲ふ 𛂳へ
    𛂴へ 𛂵へ 𛂶へ 𛂷へ 𛂸へ 𛂹へ 𛂺ほ 𛂻ほ 𛂼ほ 𛂽ほ 𛂾ほ 𛂿ほ 𛃀ほ 𛃁ほ 𛃂ま 𛃃ま 𛃄ま 𛃅ま 𛃆ま 𛃇ま 𛃈ま 𛃉み 𛃊み 𛃋み 𛃌み 𛃍み 𛃎み 𛃏み 𛃐む 𛃑む
    𛃒む 𛃓む 𛃔め 𛃕め 𛃖め 𛃗も 𛃘も 𛃙も 𛃚も 𛃛も 𛃜も 𛃝や 𛃞や 𛃟や 𛃠や 𛃡や 𛃢や 𛃣ゆ 𛃤ゆ 𛃥ゆ 𛃦ゆ 𛃧よ 𛃨よ 𛃩よ 𛃪よ 𛃫よ 𛃬よ 𛃭ら 𛃮ら 𛃯ら
    𛃰ら 𛃱り 𛃲り 𛃳り 𛃴り 𛃵り 𛃶り 𛃷り 𛃸る 𛃹る 𛃺る 𛃻る 𛃼る 𛃽る 𛃾れ 𛃿れ 𛄀れ 𛄁れ 𛄂ろ 𛄃ろ 𛄄ろ 𛄅ろ 𛄆ろ 𛄇ろ 𛄈わ 𛄉わ 𛄊わ 𛄋わ 𛄌わ 𛄍ゐ
    𛄎ゐ 𛄏ゐ 𛄐ゐ 𛄑ゐ 𛄒ゑ 𛄓ゑ 𛄔ゑ 𛄕ゑ 𛄖を 𛄗を 𛄘を 𛄙を 𛄚を 𛄛を 𛄜を 𛄝ん 𛄞ん
    """
}
