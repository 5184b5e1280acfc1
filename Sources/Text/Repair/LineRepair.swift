/// Finds the line breaks that a scan or a column layout put inside sentences and words.
///
/// How it works: one pass over the text surveys its lines (``LayoutSurvey``), a second decides at
/// each break, from the two lines around it and that layout, whether the sentence runs on
/// (``LineJoint``). A paragraph that was cut several times is taken as one: a break in it is
/// repaired only if the paragraph comes to the end of a sentence in the end.
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
    var survey = LayoutSurvey()
    var scanner = LineScanner()
    while let line = scanner.next(in: bytes) { survey.take(line) }
    let joint = LineJoint(layout: survey.layout())

    var edits = HeldEdits()
    var paragraph = Paragraph()
    var previous: Line?
    scanner = LineScanner()
    while let line = scanner.next(in: bytes) {
      if let before = previous {
        let verdict = joint.judge(
          before, paragraph, line,
          Gap(breaks: scanner.breaks, endsParagraph: scanner.endsParagraph))
        switch verdict {
        case .apart:
          edits.dropTentative()
          paragraph = Paragraph()
        case .joined(let cut, let replacement):
          edits.append(
            LineEdit(cut.original, becomes: replacement), isTentative: false)
        case .ifSentenceEnds(let cut, let replacement):
          edits.append(LineEdit(cut.original, becomes: replacement), isTentative: true)
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
