/// Finds the line breaks that a scan or a column layout put inside sentences and words.
///
/// How it works: a first look (`BreakScan`) ends where every line ends a sentence. Else one pass
/// over the text surveys its lines (`LayoutSurvey`), and a second decides at each break, from the
/// two lines around it and that layout, whether the sentence runs on (`LineJoint`). A paragraph
/// that was cut several times is taken as one: a break in it is repaired only if the paragraph comes
/// to the end of a sentence in the end.
///
/// What is repaired is an edit over the original text, which stays what is stored and shown; only
/// the index sees the repaired text. Repairing a repaired text may find a little more, because its
/// lines are then other lines and make up another layout.
///
/// It does not look words up, so that a heading of 24 characters or more, with a comma and without
/// a mark at its end, can still be taken for a paragraph that a column cut.
public enum LineRepair {
  /// The edits that repair `text`, ascending and disjoint. Each removes a line break with all
  /// blanks and blank lines around it (and the hyphen before it, where a word was hyphenated), or
  /// a blank between letter-spaced Han characters.
  /// - Complexity: O(bytes of the text); memory beside the edits is constant.
  public static func edits(of text: String) -> [LineEdit] {
    let bytes = text.utf8.span
    let scan = BreakScan(bytes)
    guard scan.isDoubtful else { return [] }
    if let layout = scan.layoutOfProse { return editsOfProse(bytes, scan.found, layout) }

    var survey = LayoutSurvey()
    var scanner = LineScanner(.runningText, of: FoundLines(known: scan.found))
    // The lines of an ordinary article are kept for the second pass; a long text is scanned again.
    var kept: [LineScanner.Found] = []
    let isKept = scan.lines <= BreakScan.linesKept
    if isKept { kept.reserveCapacity(scan.lines) }
    while let found = scanner.next(in: bytes) {
      survey.take(found.line, found.gap)
      if isKept { kept.append(found) }
    }
    var pass = RepairPass(joint: LineJoint(layout: survey.layout()))
    if isKept {
      for place in kept.indices { pass.take(kept[place].line, kept[place].gap, in: bytes) }
    } else {
      scanner = LineScanner(.runningText)
      while let found = scanner.next(in: bytes) { pass.take(found.line, found.gap, in: bytes) }
    }
    return pass.finish()
  }

  /// The same for a text in no column, of which only the lines at doubtful breaks are measured.
  private static func editsOfProse(
    _ bytes: Span<UInt8>, _ found: [LineFinder.Extent], _ layout: Layout
  ) -> [LineEdit] {
    var pass = RepairPass(joint: LineJoint(layout: layout))
    var lines = FoundLines(known: found)
    var waiting = lines.next(in: bytes)
    var isApartBefore = true
    while var extent = waiting {
      waiting = lines.next(in: bytes)
      let isApart =
        waiting.map { next in
          LineEnd(of: extent.content, in: bytes)
            .isSurelyApart(from: next, in: bytes, isProse: true)
        } ?? true || waiting?.isApart(from: &extent, in: bytes) ?? true
      if !isApart || !isApartBefore || extent.mayBeSpaced {
        let kind = extent.kind(in: bytes)
        let line = LineScanner.measure(extent, as: kind, .runningText, in: bytes)
        if isApartBefore {
          pass.beginParagraph()
          let first = bytes.scalar(at: (waiting ?? extent).content.lowerBound).scalar
          if pass.joint.isApart(line, fromLineWith: first) && !extent.mayBeSpaced { continue }
        }
        pass.take(line, extent.gap, in: bytes)
      }
      isApartBefore = isApart
    }
    return pass.finish()
  }
}

/// The second pass over the lines, which decides.
private struct RepairPass {
  let joint: LineJoint
  private var edits = HeldEdits()
  private var paragraph = Paragraph()
  private var previous: Line?

  init(joint: LineJoint) {
    self.joint = joint
  }

  mutating func take(_ line: Line, _ gap: Gap, in bytes: Span<UInt8>) {
    if let before = previous {
      switch joint.judge(before, paragraph, line, gap) {
      case .apart:
        edits.dropTentative()
        paragraph = Paragraph()
      case .joined(let cut, let replacement):
        edits.append(LineEdit(range: cut.original, replacement: replacement), isTentative: false)
      case .ifSentenceEnds(let cut, let replacement):
        edits.append(LineEdit(range: cut.original, replacement: replacement), isTentative: true)
      case .ifDownward(let cut):
        edits.append(LineEdit(range: cut.original, replacement: .nothing), isTentative: true)
        if paragraph.lines >= 2 { edits.confirmTentative() }
      }
    }
    if line.hasLetterSpacing && line.kind != .code && line.kind != .table {
      var spacing: [LineEdit] = []
      LetterSpacing.appendEdits(in: line.content, of: bytes, to: &spacing)
      for edit in spacing { edits.append(edit, isTentative: false) }
    }
    paragraph.take(line)
    if line.endsSentence { edits.confirmTentative() }
    previous = line
  }

  /// The lines before are surely apart from the one that follows.
  mutating func beginParagraph() {
    edits.dropTentative()
    paragraph = Paragraph()
    previous = nil
  }

  mutating func finish() -> [LineEdit] {
    edits.dropTentative()
    return edits.confirmed
  }
}

/// Edits in order, the last of which may still depend on how their paragraph ends.
private struct HeldEdits {
  private(set) var confirmed: [LineEdit] = []
  private var held: [(edit: LineEdit, isTentative: Bool)] = []

  mutating func append(_ edit: LineEdit, isTentative: Bool) {
    if isTentative || !held.isEmpty {
      held.append((edit, isTentative))
    } else {
      confirmed.append(edit)
    }
  }

  mutating func confirmTentative() {
    guard !held.isEmpty else { return }
    for entry in held { confirmed.append(entry.edit) }
    held.removeAll(keepingCapacity: true)
  }

  mutating func dropTentative() {
    guard !held.isEmpty else { return }
    for entry in held where !entry.isTentative { confirmed.append(entry.edit) }
    held.removeAll(keepingCapacity: true)
  }
}
