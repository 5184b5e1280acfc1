/// Forms that NFKC leaves although Unicode describes them as circled numbers and letters, each beside
/// what it shows.
enum CompatibilityForms {
  /// White on black, sans serif, double circled.
  static let circled = """
    ⓫11 ⓬12 ⓭13 ⓮14 ⓯15 ⓰16 ⓱17 ⓲18 ⓳19 ⓴20 ⓿0 ❶1 ❷2 ❸3 ❹4 ❺5 ❻6 ❼7 ❽8 ❾9 ❿10 ➀1 ➁2 ➂3
    ➃4 ➄5 ➅6 ➆7 ➇8 ➈9 ➉10 ➊1 ➋2 ➌3 ➍4 ➎5 ➏6 ➐7 ➑8 ➒9 ➓10 🄋0 🄌0 🅐a 🅑b 🅒c 🅓d 🅔e
    🅕f 🅖g 🅗h 🅘i 🅙j 🅚k 🅛l 🅜m 🅝n 🅞o 🅟p 🅠q 🅡r 🅢s 🅣t 🅤u 🅥v 🅦w 🅧x 🅨y 🅩z 🅰a 🅱b 🅲c
    🅳d 🅴e 🅵f 🅶g 🅷h 🅸i 🅹j 🅺k 🅻l 🅼m 🅽n 🅾o 🅿p 🆀q 🆁r 🆂s 🆃t 🆄u 🆅v 🆆w 🆇x 🆈y 🆉z
    """
}
