import SuoyinText
import Testing

@testable import SuoyinSearch

@Suite("What says nothing of what is looked for")
struct FunctionWordsTests {
  private let session = Analyzer.cjk.makeSession()

  /// The units found, in brackets.
  private func marked(_ text: String) -> String {
    let analysis = session.analyze(text, repairingLines: false)
    return zip(analysis.units, FunctionWords.units(of: analysis))
      .map { unit, isFunctional in
        let term = analysis.folded.string(in: unit.range)
        return isFunctional ? "[\(term)]" : term
      }.joined()
  }

  @Test(
    "is what asks, in Chinese and Japanese, and how Korean words end",
    arguments: [
      ("誰發明了電話？", "[谁]发明了电话"), ("锣鼓经是什么？", "锣鼓经是[什][么]"), ("几何", "几何"),
      ("梅雨とは何季の一種か?", "梅雨とは[何]季の一种[か]"),
      ("반류마루는", "반류마루[는]"), ("누구에게", "[누][구][에][게]"), ("시나가와에서는", "시나가와[에][서][는]"),
      ("4월에", "4월[에]"), ("왜", "[왜]"), ("왜군", "왜군"), ("은", "은"), ("", ""),
    ])
  func found(text: String, expected: String) {
    #expect(marked(text) == expected)
  }

  @Test("is written as the index folds")
  func folded() {
    for word in FunctionWords.askingWords.split(separator: " ").map(String.init) {
      let analysis = session.analyze(word, repairingLines: false)
      #expect(String(decoding: analysis.folded.utf16, as: UTF16.self) == word)
    }
  }
}
