public import SuoyinText

/// What becomes of a text on its way into the index: repaired, folded, cut into units, words and
/// grams, each with its place in the original.
///
/// - Parameters:
///   - text: an article's.
///   - repairingLines: whether line breaks inside words and sentences are repaired.
///   - analyzer: ``SearchIndex/analyzer``, where it is for an index.
public func analyze(
  _ text: String, repairingLines: Bool = true, by analyzer: Analyzer = .cjk
) -> Analysis {
  analyzer.makeSession().analyze(text, repairingLines: repairingLines)
}
