import Suoyin

/// The options that choose an analyzer.
extension OptionDeclaration {
  static let ofAnalyzer: [OptionDeclaration] = [
    OptionDeclaration(
      name: .analyzer, kind: .choice(Analyzer.Name.allCases.map(\.rawValue)), placeholder: "NAME",
      summary: "How text becomes terms: cjk, words, grams or whitespace (cjk)",
      details: """
        cjk has words and grams, which answer phrases exactly. words has no grams: the index is \
        small, and a phrase is found by its words in any order. grams has no words: nothing depends \
        on a dictionary. whitespace takes words that another program has cut.
        """),
    OptionDeclaration(
      name: .userDictionary, kind: .text, placeholder: "FILE",
      summary: "Words of Han or kana that are to be cut as one",
      details: "One a line; lines that begin with # say nothing. Phrases do not depend on it."),
    OptionDeclaration(
      name: .synonyms, kind: .text, placeholder: "FILE",
      summary: "Words that find one another",
      details: """
        A line 重庆,渝,山城 makes each find all of them; 渝 => 重庆 makes 渝 find 重庆 too, and not the \
        other way round. They take effect in queries: those of an index can be changed at any time, \
        by giving another file. What stands in quotation marks is searched for as it is typed, \
        and what is excluded (-渝) excludes no synonym.
        """),
    OptionDeclaration(
      name: .stopWords, kind: .text, placeholder: "FILE",
      summary: "Words that do not count",
      details: """
        One a line. They are left out of the words; phrases are found with all that stands in them.
        """),
    OptionDeclaration(
      name: .stem, kind: .choice(AnalyzerOptions.stemmers), placeholder: "LANGUAGE",
      summary: "Take the endings off words, as english does",
      details: """
        So that cars finds car, by a stemmer of the Snowball project: \
        \(AnalyzerOptions.stemmers.joined(separator: ", ")). Phrases stay exact.
        """),
  ]
}
