import Suoyin

/// The stages of an analysis, each piece with its range in scalars of the original, as people and
/// programs are shown them.
struct AnalysisStages {
  struct Piece: Equatable {
    /// The term or unit as the index has it.
    let text: String
    /// What it was made from: the original without the breaks that were taken out.
    let original: String
    /// Half-open, in scalars of the original.
    let source: Range<Int>
    /// The ordinal of its first unit; nil for a word without any.
    let ordinal: UInt32?
    let kind: String?
  }

  /// A part of the text that repair leaves, or one that it takes out.
  enum Span: Equatable {
    case kept(String)
    /// What stood there and what stands there now: nothing or a blank.
    case removed(String, source: Range<Int>, replacement: String)
  }

  let original: String
  /// How the original was decoded; nil where it came as text.
  let decoded: DecodedText?
  let spans: [Span]
  let folded: String
  let units: [Piece]
  let words: [Piece]
  let stopWords: [Piece]
  let grams: [Piece]

  init(_ analysis: Analysis, decoded: DecodedText? = nil) {
    self.decoded = decoded
    let source = SourceText(analysis.original, edits: analysis.edits)
    original = analysis.original
    spans = source.spans()
    folded = String(decoding: analysis.folded.utf16, as: UTF16.self)
    func piece(
      _ text: String, _ range: Range<OriginalOffset>, _ ordinal: UInt32?, _ kind: String? = nil
    ) -> Piece {
      Piece(
        text: text, original: source.repaired(range), source: source.scalars(range),
        ordinal: ordinal, kind: kind)
    }
    units = analysis.units.map { unit in
      piece(
        analysis.folded.string(in: unit.range), analysis.folded.source(of: unit.range),
        unit.position, unit.kind.name)
    }
    func piece(_ word: Word) -> Piece {
      piece(
        String(decoding: analysis.term(of: word), as: UTF8.self),
        analysis.folded.source(of: word.range),
        word.units.isEmpty ? nil : analysis.units[word.units.lowerBound].position)
    }
    words = analysis.words.map(piece)
    stopWords = analysis.stopWords.map(piece)
    grams = analysis.grams.map { gram in
      piece(
        String(decoding: analysis.term(of: gram), as: UTF8.self),
        analysis.folded.source(of: Self.folded(gram, in: analysis.units)),
        analysis.position(of: gram))
    }
  }

  /// Where a gram stands in the folded text: its units, or what is between two units where a
  /// sentence ends.
  private static func folded(_ gram: Gram, in units: [Unit]) -> Range<FoldedOffset> {
    let first = gram.units.lowerBound
    guard gram.units.isEmpty else {
      return units[first].range.lowerBound..<units[gram.units.upperBound - 1].range.upperBound
    }
    let start = units[first].range.lowerBound
    return (first > 0 ? units[first - 1].range.upperBound : start)..<start
  }

  /// What the fold made other units of, each once, as they come: `產→产`.
  var changes: [(original: String, folded: String)] {
    var known: Set<String> = []
    return units.filter { $0.original != $0.text && known.insert($0.original).inserted }
      .map { ($0.original, $0.text) }
  }

  var repaired: String {
    spans.map { span in
      switch span {
      case .kept(let text): text
      case .removed(_, _, let replacement): replacement
      }
    }.joined()
  }
}

extension Unit.Kind {
  /// As in JSON.
  fileprivate var name: String {
    switch self {
    case .character: "character"
    case .letters: "letters"
    case .digits: "digits"
    }
  }
}

/// The original text by its UTF-8 offsets, and what repair takes out of it.
private struct SourceText {
  private let bytes: [UInt8]
  private let edits: [LineEdit]
  /// For each byte, and for the end, the number of scalars that begin before it.
  private let scalarsBefore: [Int]

  /// - Complexity: O(bytes) in time and memory.
  init(_ text: String, edits: [LineEdit]) {
    bytes = Array(text.utf8)
    self.edits = edits
    var count = 0
    var before: [Int] = []
    before.reserveCapacity(bytes.count + 1)
    for byte in bytes {
      before.append(count)
      if byte & 0xC0 != 0x80 { count += 1 }
    }
    before.append(count)
    scalarsBefore = before
  }

  func scalars(_ range: Range<OriginalOffset>) -> Range<Int> {
    scalarsBefore[range.lowerBound.utf8]..<scalarsBefore[range.upperBound.utf8]
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The text of a range with the edits inside it made.
  ///
  /// - Complexity: O(log edits + range).
  func repaired(_ range: Range<OriginalOffset>) -> String {
    var result = ""
    var start = range.lowerBound.utf8
    for edit in edits[firstEdit(endingAfter: range.lowerBound)...] {
      guard edit.range.upperBound <= range.upperBound else { break }
      if edit.range.lowerBound.utf8 > start { result += text(start..<edit.range.lowerBound.utf8) }
      result += edit.replacement.text
      start = edit.range.upperBound.utf8
    }
    return start < range.upperBound.utf8 ? result + text(start..<range.upperBound.utf8) : result
  }

  private func firstEdit(endingAfter offset: OriginalOffset) -> Int {
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].range.upperBound > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }

  func spans() -> [AnalysisStages.Span] {
    var spans: [AnalysisStages.Span] = []
    var start = 0
    for edit in edits {
      let range = edit.range.lowerBound.utf8..<edit.range.upperBound.utf8
      if range.lowerBound > start { spans.append(.kept(text(start..<range.lowerBound))) }
      spans.append(
        .removed(text(range), source: scalars(edit.range), replacement: edit.replacement.text))
      start = range.upperBound
    }
    if start < bytes.count { spans.append(.kept(text(start..<bytes.count))) }
    return spans
  }
}

extension LineEdit.Replacement {
  fileprivate var text: String {
    switch self {
    case .nothing: ""
    case .blank: " "
    }
  }
}
