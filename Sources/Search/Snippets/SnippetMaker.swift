internal import SuoyinIndex
internal import SuoyinText

/// Makes the snippets of the articles that a query found.
struct SnippetMaker {
  /// The most snippets an article has.
  static let limit = 3

  /// What an article's passages show.
  struct Shown: Sendable {
    var text: [Snippet] = []
    var fields: [FieldSnippet] = []
  }

  private let pieces: QueryPieces
  /// Of each further field of text that the query names.
  private let further: [(name: String, pieces: QueryPieces)]

  init(_ plan: QueryPlan, on snapshot: IndexSnapshot) throws(IndexError) {
    pieces = try QueryPieces(plan, shownBy: .text, on: snapshot)
    var further: [(name: String, pieces: QueryPieces)] = []
    for field in plan.furtherFields {
      if let name = field.name {
        further.append((name, try QueryPieces(plan, shownBy: field, on: snapshot)))
      }
    }
    self.further = further
  }

  /// The passages of an article's text that cover the query best; none where the text has no
  /// letter, digit or character. And of each further field of text that the query names one, where it
  /// shows anything.
  ///
  /// - Complexity: one analysis of the text, or of the ``Excerpt`` of a long one, and of the fields.
  func snippets(of article: Article, _ session: AnalysisSession) -> Shown {
    Shown(
      text: passages(
        of: article.text, repairingLines: article.repairsLines, by: pieces, Self.limit, session),
      fields: further.isEmpty ? [] : fieldSnippets(of: article, session))
  }

  /// Of each field the best passage of the value whose passage has most marks, the first of such.
  private func fieldSnippets(of article: Article, _ session: AnalysisSession) -> [FieldSnippet] {
    let written: [WrittenField]
    // What cannot be read was told when the article was indexed.
    do throws(FieldMisfit) { written = try article.writtenFields() } catch { return [] }
    return further.compactMap { name, pieces in
      var best: FieldSnippet?
      let values = written.first { $0.name == name }?.values ?? []
      for (number, value) in values.enumerated() {
        let snippet = passages(
          of: value.text, repairingLines: article.repairsLines, by: pieces, 1, session
        ).first
        if let snippet, snippet.highlights.count > best?.snippet.highlights.count ?? 0 {
          best = FieldSnippet(field: name, value: number, snippet: snippet)
        }
      }
      return best
    }
  }

  /// The passages of a text that cover pieces of the query best.
  ///
  /// Words are only looked for where a long sentence has to be cut between them.
  private func passages(
    of text: String, repairingLines: Bool, by pieces: QueryPieces, _ limit: Int,
    _ session: AnalysisSession
  ) -> [Snippet] {
    let excerpt = Excerpt(of: text, wanted: pieces.count) { stretch in
      let units = session.findUnits(of: stretch, repairingLines: repairingLines)
      return Set(pieces.occurrences(in: units).map(\.piece))
    }
    let units = session.findUnits(of: excerpt.text, repairingLines: repairingLines)
    let occurrences = pieces.occurrences(in: units)
    var passages = Passages(TextLayout(units), occurrences, of: pieces)
    if passages.cutsSentences { passages.layout.take(session.findWords(of: units)) }
    return passages.best(limit).map { passage in
      snippet(of: passage, passages.layout, occurrences, excerpt)
    }
  }

  private func snippet(
    of passage: Range<Int>, _ layout: TextLayout, _ occurrences: [Occurrence], _ excerpt: Excerpt
  ) -> Snippet {
    var marks: [Range<Int>] = []
    for units in self.marks(of: occurrences.filter { $0.isIn(passage) }) {
      let source = layout.graphemes(
        over: layout.sources[units.lowerBound]
          .lowerBound..<layout.sources[units.upperBound - 1].upperBound)
      // 株 and 会 are two marks on one ㍿.
      if let last = marks.last, source.lowerBound < last.upperBound {
        marks[marks.count - 1] = last.lowerBound..<max(last.upperBound, source.upperBound)
      } else {
        marks.append(source)
      }
    }
    let whole = layout.graphemes(over: layout.source(of: passage))
    let source = layout.clipped(whole, around: marks.first?.lowerBound ?? whole.lowerBound)
    var text = RepairedPassage(source, of: layout.bytes, layout.edits)
    let highlights = marks.map { mark in
      let start = text.scalars(upTo: mark.lowerBound)
      return start..<text.scalars(upTo: mark.upperBound)
    }.filter { !$0.isEmpty }  // Behind the end of a passage that is clipped.
    let sourceStart = excerpt.article(
      layout.scalars(upTo: source.lowerBound, from: passage.lowerBound))
    let sentenceStarts = layout.sentences.partitioningIndex { $0.upperBound > passage.lowerBound }
    let sentenceEnds = layout.sentences.partitioningIndex { $0.upperBound >= passage.upperBound }
    return Snippet(
      text: text.finish(),
      source: sourceStart..<sourceStart + scalarCount(of: layout.bytes[source]),
      highlights: highlights,
      startsMidSentence: layout.sentences[sentenceStarts].lowerBound < passage.lowerBound
        || source.lowerBound > whole.lowerBound,
      endsMidSentence: layout.sentences[sentenceEnds].upperBound > passage.upperBound
        || source.upperBound < whole.upperBound)
  }

  /// The units to mark: what overlaps is one mark, and so is what touches in one run of the query.
  private func marks(of occurrences: [Occurrence]) -> [Range<Int>] {
    var marks: [Range<Int>] = []
    var run = -1
    for occurrence in occurrences {
      let units = occurrence.units
      if let last = marks.last,
        units.lowerBound < last.upperBound
          || (units.lowerBound == last.upperBound && occurrence.run == run)
      {
        marks[marks.count - 1] = last.lowerBound..<max(last.upperBound, units.upperBound)
      } else {
        marks.append(units)
      }
      run = occurrence.run
    }
    return marks
  }
}

/// A range of the original text with the line edits in it applied, built from front to back.
private struct RepairedPassage {
  private let source: Range<Int>
  private let bytes: [UInt8]
  private var edits: ArraySlice<LineEdit>
  private var at: Int
  private var text: [UInt8] = []
  private var scalars = 0

  init(_ source: Range<Int>, of bytes: [UInt8], _ edits: [LineEdit]) {
    self.source = source
    self.bytes = bytes
    self.edits = edits[edits.partitioningIndex { $0.range.lowerBound.utf8 >= source.lowerBound }...]
    at = source.lowerBound
  }

  /// How many scalars the passage has up to a place of the original; places must not fall.
  mutating func scalars(upTo end: Int) -> Int {
    let end = min(end, source.upperBound)
    while at < end {
      if let edit = edits.first, edit.range.lowerBound.utf8 <= at {
        if edit.replacement == .blank { append([0x20]) }
        at = max(at, edit.range.upperBound.utf8)
        edits.removeFirst()
        continue
      }
      let stop = min(end, edits.first?.range.lowerBound.utf8 ?? end)
      append(bytes[at..<stop])
      at = stop
    }
    return scalars
  }

  /// The whole passage.
  mutating func finish() -> String {
    _ = scalars(upTo: source.upperBound)
    return String(decoding: text, as: UTF8.self)
  }

  private mutating func append(_ part: some Collection<UInt8>) {
    text.append(contentsOf: part)
    scalars += scalarCount(of: part)
  }
}

/// The number of Unicode scalars in well-formed UTF-8.
func scalarCount(of bytes: some Collection<UInt8>) -> Int {
  bytes.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
}
