/// Small letters of Latin with a diacritic, a stroke or a tie, as ICU's transliterator Latin-ASCII has
/// them, and those of Greek without their accents.
///
/// Generated: `SUOYIN_WRITE_TABLE=1 swift test --filter FoldTablesTests` writes this file. Scripts
/// whose letters with a mark are letters of their own (й, ё) are not here.
enum LatinLetters {
  static let pairs = """
    àa áa âa ãa äa åa æae çc èe ée êe ëe ìi íi îi ïi ðd ñn òo óo ôo õo öo øo ùu úu ûu üu ýy þth
    ÿy āa ăa ąa ćc ĉc ċc čc ďd đd ēe ĕe ėe ęe ěe ĝg ğg ġg ģg ĥh ħh ĩi īi ĭi įi ıi ĵj ķk ĸq ĺl
    ļl ľl łl ńn ņn ňn ŋn ōo ŏo őo œoe ŕr ŗr řr śs ŝs şs šs ţt ťt ŧt ũu ūu ŭu ůu űu ųu ŵw ŷy źz
    żz žz ƀb ƃb ƈc ƌd ƒf ƕhv ƙk ƚl ƞn ơo ƣoi ƥp ƫt ƭt ưu ƴy ƶz ǎa ǐi ǒo ǔu ǖu ǘu ǚu ǜu ǟa ǡa ǣae
    ǥg ǧg ǩk ǫo ǭo ǰj ǵg ǹn ǻa ǽae ǿo ȁa ȃa ȅe ȇe ȉi ȋi ȍo ȏo ȑr ȓr ȕu ȗu șs țt ȟh ȡd ȥz ȧa ȩe
    ȫo ȭo ȯo ȱo ȳy ȴl ȵn ȶt ȷj ȸdb ȹqp ȼc ȿs ɀz ɇe ɉj ɍr ɏy ɓb ɕc ɖd ɗd ɛe ɟj ɠg ɡg ɦh ɧh ɨi ɫl
    ɬl ɭl ɱm ɲn ɳn ɼr ɽr ɾr ʂs ʈt ʉu ʋv ʐz ʑz ʝj ʠq ʣdz ʥdz ʦts ʪls ʫlz ᵫue ᵬb ᵭd ᵮf ᵯm ᵰn ᵱp ᵲr ᵳr
    ᵴs ᵵt ᵶz ᵺth ᵽp ᶀb ᶁd ᶂf ᶃg ᶄk ᶅl ᶆm ᶇn ᶈp ᶉr ᶊs ᶌv ᶍx ᶎz ᶏa ᶑd ᶒe ᶓe ᶖi ᶙu ḁa ḃb ḅb ḇb ḉc
    ḋd ḍd ḏd ḑd ḓd ḕe ḗe ḙe ḛe ḝe ḟf ḡg ḣh ḥh ḧh ḩh ḫh ḭi ḯi ḱk ḳk ḵk ḷl ḹl ḻl ḽl ḿm ṁm ṃm ṅn
    ṇn ṉn ṋn ṍo ṏo ṑo ṓo ṕp ṗp ṙr ṛr ṝr ṟr ṡs ṣs ṥs ṧs ṩs ṫt ṭt ṯt ṱt ṳu ṵu ṷu ṹu ṻu ṽv ṿv ẁw
    ẃw ẅw ẇw ẉw ẋx ẍx ẏy ẑz ẓz ẕz ẖh ẗt ẘw ẙy ẜs ẝs ạa ảa ấa ầa ẩa ẫa ậa ắa ằa ẳa ẵa ặa ẹe ẻe
    ẽe ếe ềe ểe ễe ệe ỉi ịi ọo ỏo ốo ồo ổo ỗo ộo ớo ờo ởo ỡo ợo ụu ủu ứu ừu ửu ữu ựu ỳy ỵy ỷy
    ỹy ỻll ỽv ỿy ⱡl ⱥa ⱦt ⱨh ⱪk ⱬz ⱱv ⱳw ⱴv ⱸe ⱺo ꜳaa ꜵao ꜷau ꜹav ꜻav ꜽay ꝁk ꝃk ꝅk ꝇl ꝉl ꝋo ꝍo ꝏoo ꝑp
    ꝓp ꝕp ꝗq ꝙq ꝟv ꝡvy ꝥth ꝧth ꝱd ꝲl ꝳm ꝴn ꝵr ꝷt ꝺd ꝼf ꞇt ꞑn ꞓc ꞡg ꞣk ꞥn ꞧr ꞩs ΐι άα έε ήη ίι ΰυ
    ϊι ϋυ όο ύυ ώω ἀα ἁα ἂα ἃα ἄα ἅα ἆα ἇα ἐε ἑε ἒε ἓε ἔε ἕε ἠη ἡη ἢη ἣη ἤη ἥη ἦη ἧη ἰι ἱι ἲι
    ἳι ἴι ἵι ἶι ἷι ὀο ὁο ὂο ὃο ὄο ὅο ὐυ ὑυ ὒυ ὓυ ὔυ ὕυ ὖυ ὗυ ὠω ὡω ὢω ὣω ὤω ὥω ὦω ὧω ὰα ὲε ὴη
    ὶι ὸο ὺυ ὼω ᾰα ᾱα ᾶα ῆη ῐι ῑι ῒι ῖι ῗι ῠυ ῡυ ῢυ ῤρ ῥρ ῦυ ῧυ ῶω
    """
}
