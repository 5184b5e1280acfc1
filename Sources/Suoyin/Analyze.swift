public import SuoyinText

/// What becomes of a text on its way into the index: repaired, folded, cut into units, words and
/// grams, each with its place in the original.
///
/// - Parameter repairingLines: whether line breaks inside words and sentences are repaired.
public func analyze(_ text: String, repairingLines: Bool = true) -> Analysis {
  Analyzer.cjk.makeSession().analyze(text, repairingLines: repairingLines)
}
