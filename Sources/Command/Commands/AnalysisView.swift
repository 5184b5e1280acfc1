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

  struct Fault: Encodable {
    /// Bytes from the start.
    let offset: Int
    /// In hexadecimal.
    let bytes: String

    init(_ fault: DecodingFault) {
      offset = fault.offset
      bytes = fault.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        .joined(separator: " ")
    }
  }

  let original: String
  /// Nil where a text was given and no bytes.
  let encoding: String?
  let faults: [Fault]
  let repaired: String
  let folded: String
  let edits: [Edit]
  let units: [Piece]
  let words: [Piece]
  let stopWords: [Piece]
  let grams: [Piece]

  private enum CodingKeys: String, CodingKey {
    case original, encoding, faults, repaired, folded, edits, units, words, grams
    case stopWords = "stop_words"
  }

  init(_ stages: AnalysisStages) {
    original = stages.original
    encoding = stages.decoded?.encoding.name
    faults = (stages.decoded?.faults ?? []).map(Fault.init)
    repaired = stages.repaired
    folded = stages.folded
    edits = stages.spans.compactMap { span in
      guard case .removed(let text, let source, let replacement) = span else { return nil }
      return Edit(source: RangeView(source), removed: text, replacement: replacement)
    }
    units = stages.units.map(Piece.init)
    words = stages.words.map(Piece.init)
    stopWords = stages.stopWords.map(Piece.init)
    grams = stages.grams.map(Piece.init)
  }
}
