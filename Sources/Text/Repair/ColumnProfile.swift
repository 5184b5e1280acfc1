/// What the lines of one text share: whether it was set in a column, how wide, and in what way.
///
/// A column is told by its statistics, because single lines say nothing: most lines are equally
/// long, marks stand inside the lines and rarely at their ends. Verse and lists have equal lines
/// too, but their marks end the lines, or they have none.
struct ColumnProfile {
  enum Setting {
    /// Squares counted one by one: the scan of a page in Chinese or Japanese (also Korean), in
    /// which any two characters may be parted.
    case squares
    /// The same measured in half squares, digits and Latin letters taking one each.
    case cells
    /// Lines broken at blanks, so that their ends are ragged: Latin, Korean.
    case words
  }

  /// Half squares of the widest column.
  static let widest = 100

  let setting: Setting
  /// The width of the column: scalars for `.squares`, half squares else.
  let width: Int
  /// Lines are cut to the character, inside words and numbers as well.
  let cutsAnywhere: Bool
  /// Most lines of the text are set in it; else only some paragraphs between short lines seem to be.
  var isOfWholeText = true
  /// Paragraphs end at blank lines alone, or there is but one: no line that ends a sentence, and after
  /// which more would have fitted, has another straight below it. Only where words are kept whole;
  /// in squares a paragraph as often ends with the line.
  var setsParagraphsApart = false

  /// Whether `line` fills the column, so that its break may be the column's doing; `following` is
  /// the line after it, of which not even the first piece would have fitted.
  func isFilled(by line: Line, before following: Line) -> Bool {
    switch setting {
    case .squares:
      return line.widthInScalars <= width + 1 && line.widthInScalars >= width - 1
    case .cells:
      let length = line.widthInCells
      guard length <= width + 2 else { return false }
      return length >= width - 2 || (length * 2 >= width && length + following.head > width)
    case .words:
      let length = line.widthInCells
      return length <= width && length * 5 >= width * 3 && length + 1 + following.head > width
    }
  }

  /// Whether a line is as wide as the column to the character.
  func isExactlyFilled(by line: Line) -> Bool {
    (setting == .squares ? line.widthInScalars : line.widthInCells) == width
  }

  /// Whether a line is so long, or has such marks, that it is one of a paragraph's.
  func isRunningText(_ line: Line) -> Bool {
    line.clauses + line.sentences > 0 || line.endsSentence
      || (setting == .squares ? line.widthInScalars : line.widthInCells) * 5 >= width * 4
  }

  /// Whether a line is too long to have been set in this column.
  func isOutside(_ line: Line) -> Bool {
    (setting == .squares ? line.widthInScalars : line.widthInCells) > width + 2
  }
}

/// The traits of a whole text that single decisions lean on.
struct Layout {
  /// Nil for a text that was set in no column.
  let column: ColumnProfile?
  /// Half squares by which most lines are indented.
  let usualIndent: Int
  /// Most lines have two or more blanks at their ends, so that these are no Markdown hard breaks.
  let isPadded: Bool
}

/// Collects the statistics of a text's lines in constant memory.
struct LayoutSurvey {
  /// What lines of one length have in common.
  private struct Bin {
    var lines = 0
    /// Lines that end in a mark.
    var marked = 0
    /// Marks inside the lines, and brackets and quotes that open there.
    var inner = 0
    /// Lines with two or more Latin letters or digits, whose widths differ by the measure.
    var mixed = 0
    /// Lines that do not end a sentence.
    var open = 0
    /// Lines as long as the line above, and of these those of running text that it may run on into.
    var neighbours = 0
    var pairs = 0
    /// Lines of running text that stop in the midst of a sentence.
    var broken = 0
  }

  /// Half squares at which the first piece of a line would have ended in the line straight above, which
  /// ends a sentence: the least.
  private var leastReach = Int.max

  /// Longer lines are counted together: no column is as wide.
  private static let longest = ColumnProfile.widest + 1
  private static let fewLines = 5
  private var bySquares = [Bin](repeating: Bin(), count: longest + 1)
  private var byCells = [Bin](repeating: Bin(), count: longest + 1)
  private var indents = [Int](repeating: 0, count: 17)
  private var lines = 0
  private var padded = 0
  private var squares = 0
  private var scalars = 0
  private var letters = 0
  private var hangul = 0
  private var words = 0
  /// Lines straight below one that ends no sentence, and of these those that begin with a capital
  /// letter, as in verse and lists of names.
  private var continued = 0
  private var capitals = 0
  /// Lines that end in a character of programs and data: { } ; = / \ and the like.
  private var coded = 0
  /// Lines that begin with the name of what follows (`电话：`) and are below another such line.
  private var labelled = 0
  private var followsLabelled = false
  /// Lines in which as many separators of data stand as in the line before.
  private var separated = 0
  private var separators = 0
  /// Marks inside the lines of the text.
  private var inner = 0
  /// The line before.
  private var above: (scalars: Int, cells: Int, indent: Int, hasMarks: Bool, isOpen: Bool)?

  /// - Parameter gap: what lies between the line and the one above.
  mutating func take(_ line: Line, _ gap: Gap) {
    guard line.kind != .code, line.kind != .heading, line.kind != .table else { return }
    // What is set downwards has no width.
    if line.scalars == 1 && line.squares == 1 { return }
    lines += 1
    squares += line.squares
    scalars += line.scalars
    letters += line.letters
    // By the first characters, which are as good a sample as any.
    if line.firstClass == .hangul { hangul += line.squares }
    words += line.words
    if line.trailing >= 2 { padded += 1 }
    if line.beginsWithLabel && followsLabelled { labelled += 1 }
    followsLabelled = line.beginsWithLabel
    if line.separators > 0 && (separators == 0 || line.separators == separators) { separated += 1 }
    separators = line.separators
    inner += line.clauses + line.sentences
    indents[min(line.indent, indents.count - 1)] += 1
    if let above, above.isOpen, gap.breaks == 1 {
      continued += 1
      if line.first >= 0x41 && line.first <= 0x5A { capitals += 1 }
    }
    if line.lastClass == .symbol && line.last < 0x80 && line.last != 0x25 { coded += 1 }
    Self.count(line, in: &bySquares[min(line.widthInScalars, Self.longest)])
    Self.count(line, in: &byCells[min(line.widthInCells, Self.longest)])
    countPair(line, isStraightBelow: gap.breaks == 1)
  }

  /// Counts a line with the one above: in a column two of running text are equally long.
  private mutating func countPair(_ line: Line, isStraightBelow: Bool) {
    let hasMarks = line.clauses + line.sentences > 0 || line.lastClass == .clause
    let (scalars, cells) = (line.widthInScalars, line.widthInCells)
    if let above, !above.isOpen, isStraightBelow {
      leastReach = min(leastReach, above.cells + 1 + line.head)
    }
    if let above, line.kind == .text, line.indent <= above.indent {
      let isPair = above.isOpen && (above.hasMarks || hasMarks)
      if abs(above.scalars - scalars) <= 1 {
        Self.count(isPair: isPair, in: &bySquares[min(above.scalars, Self.longest)])
      }
      if abs(above.cells - cells) <= 2 {
        Self.count(isPair: isPair, in: &byCells[min(above.cells, Self.longest)])
      }
    }
    above = (scalars, cells, line.indent, hasMarks, isOpen: !line.endsSentence)
  }

  private static func count(isPair: Bool, in bin: inout Bin) {
    bin.neighbours += 1
    if isPair { bin.pairs += 1 }
  }

  private static func count(_ line: Line, in bin: inout Bin) {
    bin.lines += 1
    if line.lastClass == .sentence || line.lastClass == .clause || line.endsSentence {
      bin.marked += 1
    }
    bin.inner += line.clauses + line.sentences + line.openings
    if line.alphanumerics >= 2 { bin.mixed += 1 }
    // A point behind a digit may be one of decimals.
    let isDecimal = line.last == 0x2E && ScalarClass(line.penultimate) == .digit
    if !line.endsSentence || isDecimal { bin.open += 1 }
    if line.kind == .text, !line.endsInMark, line.clauses > 0 { bin.broken += 1 }
  }

  /// The layout of the lines taken.
  /// - Complexity: O(1), the number of bins being fixed.
  func layout() -> Layout {
    let usual = indents.indices.max { indents[$0] < indents[$1] } ?? 0
    return Layout(
      column: lines >= 3 ? column() : nil, usualIndent: usual, isPadded: padded * 2 > lines)
  }

  private func column() -> ColumnProfile? {
    guard var column = setting() else { return nil }
    column.setsParagraphsApart = column.setting == .words && leastReach > column.width
    return column
  }

  private func setting() -> ColumnProfile? {
    guard labelled * 2 < lines, separated * 2 <= lines else { return nil }
    // A quarter, because addresses of web pages outweigh the text of a short notice.
    guard squares * 4 > scalars else { return raggedLines() }
    if words * 8 > scalars {
      // Korean, or phrases and names set apart, of which a column is made only to the character.
      if let ragged = raggedLines() { return ragged }
      let isPhrases = words >= 2 * lines && letters * 4 < squares && hangul * 2 < squares
      if isPhrases, !bySquares[8...40].contains(where: { $0.lines * 2 >= lines }) { return nil }
    }
    return equalLines(bySquares, in: .squares, widths: 8...40, slack: 1)
      ?? narrowLines()
      ?? equalLines(byCells, in: .cells, widths: 16...80, slack: 2)
      ?? raggedLines()
      ?? paragraphsOfAColumn()
  }

  /// A column in which only some paragraphs are set: a notice with its heading and signature, a
  /// problem and its solution. Two neighbours are equally long, or two lines that stop in the midst of
  /// a sentence, and nothing is longer.
  private func paragraphsOfAColumn() -> ColumnProfile? {
    let widths = 12...40
    var width = widths.lowerBound
    for candidate in widths where bySquares[candidate].pairs >= bySquares[width].pairs {
      width = candidate
    }
    if bySquares[width].pairs == 0 { width = widths.last { bySquares[$0].lines > 0 } ?? width }
    let longer = bySquares[(width + 2)...].contains { $0.lines > 0 }
    guard bySquares[width].pairs > 0 || bySquares[width].broken >= 2, !longer else { return nil }
    return ColumnProfile(
      setting: .squares, width: width, cutsAnywhere: false, isOfWholeText: false)
  }

  /// A column of which most lines are within `slack` of one width.
  private func equalLines(
    _ bins: [Bin], in setting: ColumnProfile.Setting, widths: ClosedRange<Int>, slack: Int
  ) -> ColumnProfile? {
    var width = widths.lowerBound
    for candidate in widths where bins[candidate].lines >= bins[width].lines { width = candidate }
    var filled = Bin()
    for bin in bins[(width - slack)...(width + slack)] {
      filled.lines += bin.lines
      filled.marked += bin.marked
      filled.inner += bin.inner
      filled.mixed += bin.mixed
      filled.open += bin.open
      filled.neighbours += bin.neighbours
      filled.pairs += bin.pairs
    }
    // Of a few lines two may be equally long by chance, but hardly two neighbours, nor then do all
    // that are shorter end a sentence.
    let shortAndOpen = bins[..<(width - slack)].reduce(0) { $0 + $1.open }
    guard lines >= Self.fewLines || filled.neighbours > 0 || shortAndOpen == 0 else { return nil }
    let longer = bins[(width + slack + 1)...].reduce(0) { $0 + $1.lines }
    let isUsual =
      filled.lines * 20 >= lines * 9
      || (filled.pairs > 0 && filled.lines >= 3 && filled.lines * 5 >= lines * 2)
    guard filled.lines >= 2, isUsual, longer * 10 <= lines,
      filled.marked * 20 <= max(filled.lines, 5) * 9, filled.inner * 6 >= filled.lines
    else { return nil }
    let exact = bins[width]
    let cutsAnywhere =
      setting == .squares && filled.mixed > 0 && exact.mixed * 5 >= filled.mixed * 4
    return ColumnProfile(setting: setting, width: width, cutsAnywhere: cutsAnywhere)
  }

  /// A column of four to seven squares, which verse and lists of names have as well: marks have to
  /// stand inside its lines and seldom at their ends.
  private func narrowLines() -> ColumnProfile? {
    guard lines >= 5, inner * 3 >= lines else { return nil }
    return equalLines(bySquares, in: .squares, widths: 4...7, slack: 1)
  }

  /// Lines broken at blanks: most are nearly as long as the longest.
  private func raggedLines() -> ColumnProfile? {
    let isRunningText =
      (letters + squares) * 20 >= (scalars - words + lines) * 17 && words * 12 >= scalars
    guard lines >= 4, isRunningText, capitals * 2 <= continued, coded * 8 <= lines
    else { return nil }
    var longer = 0
    var width = Self.longest
    while width > 0 && (longer + byCells[width].lines) * 50 <= lines {
      longer += byCells[width].lines
      width -= 1
    }
    guard width >= 20, width <= ColumnProfile.widest else { return nil }
    var near = Bin()
    for bin in byCells[(width * 4 / 5)...width] {
      near.lines += bin.lines
      near.marked += bin.marked
    }
    // Where paragraphs are short most of the lines that go on are long.
    let open = lines - byCells.reduce(0) { $0 + $1.marked }
    let openAreLong =
      open >= 3 && (near.lines - near.marked) * 5 >= open * 4 && near.lines * 3 >= lines
    guard near.lines * 20 >= lines * 11 || openAreLong, near.marked * 20 <= near.lines * 12,
      inner * 8 >= lines
    else { return nil }
    return ColumnProfile(setting: .words, width: width, cutsAnywhere: false)
  }
}
