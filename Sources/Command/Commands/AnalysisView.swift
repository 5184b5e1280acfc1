import Suoyin

/// The object that `suoyin analyze --json` prints. Every `source` is a half-open range in scalars
/// of the original.
struct AnalysisView: Encodable {
  struct Edit: Encodable {
    let source: RangeView
    let removed: String
    let replacement: String
  }

  struct Piece: Encodable {
    let text: String
    let source: RangeView
    let ordinal: UInt32?
    let kind: String?

    init(_ piece: AnalysisStages.Piece) {
      text = piece.text
      source = RangeView(piece.source)
      ordinal = piece.ordinal
      kind = piece.kind
    }
  }

  let original: String
  let repaired: String
  let folded: String
  let edits: [Edit]
  let units: [Piece]
  let words: [Piece]
  let grams: [Piece]

  init(_ stages: AnalysisStages) {
    original = stages.original
    repaired = stages.repaired
    folded = stages.folded
    edits = stages.spans.compactMap { span in
      guard case .removed(let text, let source, let replacement) = span else { return nil }
      return Edit(source: RangeView(source), removed: text, replacement: replacement)
    }
    units = stages.units.map(Piece.init)
    words = stages.words.map(Piece.init)
    grams = stages.grams.map(Piece.init)
  }
}
