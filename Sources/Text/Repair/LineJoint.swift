/// What lies between two lines.
struct Gap {
  /// Line breaks; one more than there are blank lines.
  var breaks: Int
  /// A PARAGRAPH SEPARATOR is among them.
  var endsParagraph: Bool
}

/// The lines that have been joined so far, as far as the next joint depends on them.
struct Paragraph {
  private(set) var scalars = 0
  private(set) var squares = 0
  private(set) var clauses = 0
  private(set) var sentences = 0
  private(set) var setsPhrasesApart = false
  private(set) var lines = 0
  /// Half squares by which the first line is indented.
  private(set) var indent = 0
  /// All lines are of one character.
  private(set) var isDownward = true

  mutating func take(_ line: Line) {
    if lines == 0 { indent = line.indent }
    scalars += line.scalars
    squares += line.squares
    clauses += line.clauses
    sentences += line.sentences
    if line.setsPhrasesApart { setsPhrasesApart = true }
    lines += 1
    if !line.isDownward { isDownward = false }
  }
}

/// Decides whether a sentence runs on from one line to the next.
struct LineJoint {
  enum Verdict: Equatable {
    case apart
    /// The bytes to take out, and what takes their place.
    case joined(Range<Int>, LineEdit.Replacement)
    /// Joined if the lines that follow come to the end of a sentence.
    case ifSentenceEnds(Range<Int>, LineEdit.Replacement)
    /// Joined without a blank if the lines come to three or more.
    case ifDownward(Range<Int>)
  }

  let layout: Layout

  /// The verdict on the break between `a` and `b`; `paragraph` is what has been joined up to and
  /// including `a`.
  func judge(_ a: Line, _ paragraph: Paragraph, _ b: Line, _ gap: Gap) -> Verdict {
    guard gap.breaks <= 2, !gap.endsParagraph, mayRunOn(a, b, gap) else { return .apart }
    let cut = a.content.upperBound..<b.content.lowerBound
    if let hyphenated = hyphenated(a, b, cut) { return hyphenated }
    if isTornNumber(a, b) || isTornWord(a, b) { return .joined(cut, .nothing) }
    let replacement = replacement(a, b, gap)
    if a.endsSentence && !isInnerPoint(a, b) {
      if goesOn(paragraph, after: a, b, gap) { return .joined(cut, replacement) }
      if a.lastClass == .sentence { return .apart }
    }
    if isTornByMark(a, b) || isWithinBrackets(a, b) { return .joined(cut, replacement) }
    if let downward = downward(a, paragraph, b, gap, cut) { return downward }
    if let column = layout.column, !column.isOutside(a) {
      let runsOn = runsOn(a, b, gap, in: column)
      if column.isOfWholeText { return runsOn ? .joined(cut, replacement) : .apart }
      if runsOn { return .ifSentenceEnds(cut, replacement) }
    }
    return runsOnInProse(a, paragraph, b, gap) ? .ifSentenceEnds(cut, replacement) : .apart
  }

  /// Whether `a`, before which a paragraph ends, is apart from any line that begins with `first`: so
  /// it is with most headings in prose, and the long line below need not be measured.
  func isApart(_ a: Line, fromLineWith first: UInt32) -> Bool {
    guard a.kind == .text || a.kind == .item else { return true }
    guard layout.column == nil, a.scalars < Self.shortestProse, a.lastClass.isWordLike,
      a.lastClass != .digit, ![0x7B2C, 0x5E74, 0x6708].contains(a.last), a.opener == 0,
      !a.isDownward
    else { return false }
    switch ScalarClass(first) {
    case .clause, .sentence, .closing: return false
    default: return first != 0x00B7
    }
  }

  /// Scalars of the shortest paragraph that a column's end or a page's may have cut.
  private static let shortestProse = 24

  // MARK: Whatever the layout

  /// Whether the two lines are blocks of running text at all.
  private func mayRunOn(_ a: Line, _ b: Line, _ gap: Gap) -> Bool {
    guard a.kind == .text || a.kind == .item, b.kind == .text else { return false }
    // Two blanks or a backslash before a break ask for the break in Markdown.
    if gap.breaks == 1 && ((a.trailing >= 2 && !layout.isPadded) || a.last == 0x5C) { return false }
    if b.indent >= 2 && b.indent > layout.usualIndent && b.indent > a.indent {
      return isHanging(b, below: a)
    }
    return true
  }

  /// The second line of an item, as far to the right as the first behind its mark.
  private func isHanging(_ b: Line, below a: Line) -> Bool {
    a.kind == .item && layout.column?.setting == .words && b.indent <= a.indent + 4
  }

  /// `infor-⏎mation`: the hyphen goes as well, unless it is the word's own.
  private func hyphenated(_ a: Line, _ b: Line, _ cut: Range<Int>) -> Verdict? {
    guard a.lastClass == .hyphen, ScalarClass(a.penultimate) == .letter, b.firstClass == .letter
    else { return nil }
    // A capital after the hyphen is a name's (Anglo-⏎Saxon), and so is the hyphen.
    let keepsHyphen = a.last == 0x2011 || isCapital(b.first)
    guard keepsHyphen || a.trailing == 0 else { return .joined(cut, .blank) }
    let start = keepsHyphen ? cut.lowerBound : cut.lowerBound - lengthInUTF8(of: a.last)
    return .joined(start..<cut.upperBound, .nothing)
  }

  /// `46.⏎2万辆`, `6520⏎台套`: a number and what is left of it, or its unit.
  private func isTornNumber(_ a: Line, _ b: Line) -> Bool {
    if ScalarClass(a.penultimate) == .digit && b.firstClass == .digit {
      switch a.last {
      case 0x2C where ScalarClass(b.second) != .digit: return false
      case 0x2E, 0xFF0E, 0x2C, 0x2D, 0x2013, 0x2014, 0x7E, 0xFF5E, 0x301C:
        // In Latin text the point ends a sentence or an ordinal, and the comma sets years apart.
        return b.squares > 0 || a.squares > 0
      default: break
      }
    }
    if a.lastClass == .digit {
      if b.first == 0x2E { return ScalarClass(b.second) == .digit && a.squares + b.squares > 0 }
      if b.firstClass == .digit && a.squares + b.squares > 0 { return isTornThousand(a, b) }
      return NumberUnits.begins(b)
    }
    return false
  }

  /// `1,2⏎34`: the digits on both sides of the break come to the three after a comma.
  private func isTornThousand(_ a: Line, _ b: Line) -> Bool {
    let secondIsDigit = ScalarClass(b.second) == .digit
    if a.penultimate == 0x2C { return secondIsDigit && a.antepenultimate != 0x20 }
    return a.antepenultimate == 0x2C && ScalarClass(a.penultimate) == .digit && !secondIsDigit
  }

  /// `第⏎三季度`, `加西亚·⏎马尔克斯`: what no line ends in.
  private func isTornWord(_ a: Line, _ b: Line) -> Bool {
    guard a.scalars > 1 else { return false }
    switch a.last {
    case 0x7B2C: return b.firstClass == .digit || LineKind.isNumeral(b.first)
    case 0x00B7, 0x30FB:
      return ScalarClass(a.penultimate).isIdeographic && b.firstClass.isIdeographic
    case 0x5E74, 0x6708:  // 年 月, with enough before them not to be a heading of their own
      let day: Set<UInt32> = a.last == 0x5E74 ? [0x6708] : [0x65E5, 0x53F7, 0x865F]
      return a.scalars > (a.last == 0x5E74 ? 5 : 3) && ScalarClass(a.penultimate) == .digit
        && b.firstClass == .digit && (day.contains(b.second) || ScalarClass(b.second) == .digit)
    default:
      // The dot of a name, and not the bullet of a list.
      return b.first == 0x00B7 && ScalarClass(b.second).isIdeographic && a.lastClass.isIdeographic
        && a.first != 0x00B7 && b.leadMark != 0 && b.lead <= 8
    }
  }

  /// `（原自来水⏎公司）`: a bracket or quote that opens not long before the break closes not long
  /// after it.
  private func isWithinBrackets(_ a: Line, _ b: Line) -> Bool {
    guard a.opener >= 0x80, b.closer == ScalarClass.closing(of: a.opener) else { return false }
    return a.openTail <= 20 && b.closeLead <= 20 && a.lastClass.isWordLike
      && b.firstClass.isWordLike
  }

  /// A full stop at the end of `a` that is a decimal point or part of a name.
  private func isInnerPoint(_ a: Line, _ b: Line) -> Bool {
    guard a.last == 0x2E, a.trailing == 0, let column = layout.column else { return false }
    return column.cutsAnywhere && ScalarClass(a.penultimate) != .blank
      && (b.firstClass == .letter || b.firstClass == .digit)
  }

  /// A mark that cannot begin a line, or a bracket that cannot end one, was torn off.
  private func isTornByMark(_ a: Line, _ b: Line) -> Bool {
    guard a.squares + b.squares > 0 else { return false }
    if a.lastClass == .opening {
      // Straight after a sentence it is a closing quote, mistyped.
      return a.last >= 0x80 && ScalarClass(a.penultimate) != .sentence
    }
    // …… and —— are two characters each, and one mark.
    if a.last == b.first && (a.last == 0x2026 || a.last == 0x2014) {
      return a.penultimate != a.last && b.second != b.first
    }
    guard b.first >= 0x80, a.lastClass.isWordLike || a.lastClass == .closing else { return false }
    switch b.firstClass {
    case .clause, .sentence: return true
    case .closing: return b.first != 0x2019 && a.lastClass != .closing
    default: return false
    }
  }

  // MARK: Downwards

  /// One character a line, three of them or more: a heading that was set downwards. Numerals are
  /// an enumeration.
  private func downward(
    _ a: Line, _ paragraph: Paragraph, _ b: Line, _ gap: Gap, _ cut: Range<Int>
  ) -> Verdict? {
    guard gap.breaks == 1, a.isDownward, b.isDownward, a.first != b.first,
      !LineKind.isNumeral(a.first), !LineKind.isNumeral(b.first)
    else { return nil }
    return paragraph.isDownward ? .ifDownward(cut) : nil
  }

  // MARK: In a column

  private func runsOn(_ a: Line, _ b: Line, _ gap: Gap, in column: ColumnProfile) -> Bool {
    guard column.isFilled(by: a, before: b), !a.endsSentence || isInnerPoint(a, b),
      !Credit.surelyEnds(a)
    else { return false }
    if column.setting == .words {
      // A blank line between paragraphs is the rule where words are kept whole.
      return gap.breaks == 1 && a.lastClass != .symbol && b.firstClass != .symbol
    }
    // Names and phrases in rows of nearly equal length.
    if a.setsPhrasesApart && b.setsPhrasesApart && !column.isExactlyFilled(by: a) { return false }
    // A colon at the end of a filled line introduces a list as often as it stands in a sentence.
    return a.last != 0xFF1A && a.last != 0x3A
  }

  /// Whether a paragraph goes on although a sentence ends with the line, which fills the column.
  private func goesOn(_ paragraph: Paragraph, after a: Line, _ b: Line, _ gap: Gap) -> Bool {
    guard gap.breaks == 1, let column = layout.column, column.isOfWholeText,
      column.isFilled(by: a, before: b), column.isRunningText(b), b.indent <= layout.usualIndent,
      !Credit.begins(b), !b.beginsWithLabel, b.firstClass.isWordLike || b.firstClass == .opening
    else { return false }
    // Where a paragraph begins with an indent, so would the next.
    return column.setsParagraphsApart || paragraph.indent >= layout.usualIndent + 2
  }

  // MARK: In prose

  /// A paragraph cut in two by a column's end, a page's end or a picture.
  private func runsOnInProse(_ a: Line, _ paragraph: Paragraph, _ b: Line, _ gap: Gap) -> Bool {
    guard !a.endsInMark, a.lastClass != .symbol || a.last == 0x25, a.kind == .text else {
      return false
    }
    if paragraph.squares * 2 < paragraph.scalars {
      return gap.breaks == 2 && paragraph.scalars >= 40
        && paragraph.clauses + paragraph.sentences > 0
        && a.lastClass == .letter && isSmall(b.first) && b.scalars >= 20
    }
    guard paragraph.scalars >= Self.shortestProse, !paragraph.setsPhrasesApart, !Credit.ends(a),
      !Credit.begins(b),
      !Connective.begins(b), b.firstClass != .symbol
    else { return false }
    // A line without any mark is a heading of its own.
    guard b.clauses + b.sentences > 0 || b.endsInMark else { return false }
    if paragraph.sentences > 0 { return true }
    // One unfinished sentence might be a heading or a caption: it has to be a running one, or
    // what follows has to be a scrap that no paragraph begins with.
    guard paragraph.clauses > 0 else { return false }
    return paragraph.clauses >= 3 || paragraph.scalars >= 60
      || (b.lead <= 6 && ScalarClass(b.leadMark) == .sentence)
  }

  // MARK: What takes the break's place

  private func replacement(_ a: Line, _ b: Line, _ gap: Gap) -> LineEdit.Replacement {
    let left = a.lastClass
    let right = b.firstClass
    if left.isIdeographic || right.isIdeographic { return .nothing }
    if a.last >= 0x2000 && !left.isWordLike || b.first >= 0x2000 && !right.isWordLike {
      return .nothing
    }
    if left == .hangul || right == .hangul {
      // What is written without blanks is cut without them.
      return a.words == 1 && b.words == 1 && a.squares >= 8 ? .nothing : .blank
    }
    let isSetApart = a.trailing > 0 || b.indent > layout.usualIndent
    if !isSetApart, let column = layout.column, column.cutsAnywhere { return .nothing }
    // Within Chinese and Japanese a number that was cut is still one number.
    if !isSetApart && left == .digit && right == .digit && a.squares + b.squares > 0 {
      return .nothing
    }
    return .blank
  }

  private func isCapital(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.isUppercase ?? false
  }

  private func isSmall(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.isLowercase ?? false
  }

  private func lengthInUTF8(of scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
  }
}
