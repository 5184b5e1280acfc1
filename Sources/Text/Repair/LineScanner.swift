/// Measures the lines of a text that are not blank, one after the other.
/// - Complexity: two passes over the bytes, constant memory.
struct LineScanner {
  /// Which lines are measured.
  enum Scope {
    case allLines
    /// Those that a sentence may run through, and headings whose letters may be spaced; of others
    /// there is nothing but place and kind.
    case runningText
  }

  private var lines: FoundLines
  private var fences = CodeFences()
  private let scope: Scope

  init(_ scope: Scope, of lines: FoundLines = FoundLines()) {
    self.scope = scope
    self.lines = lines
  }

  /// A line that is not blank, and what lies between it and the one before.
  struct Found {
    var line: Line
    var gap: Gap
  }

  /// The next line that is not blank, or nil at the end of the text; `bytes` is the same text on
  /// every call.
  mutating func next(in bytes: Span<UInt8>) -> Found? {
    guard var extent = lines.next(in: bytes) else { return nil }
    let kind = fences.takesAsCode(extent, in: bytes) ? .code : extent.kind(in: bytes)
    return Found(line: Self.measure(extent, as: kind, scope, in: bytes), gap: extent.gap)
  }

  /// Measures one line of a kind.
  static func measure(
    _ extent: LineFinder.Extent, as kind: LineKind, _ scope: Scope, in bytes: Span<UInt8>
  ) -> Line {
    var line = Line()
    line.content = extent.content
    line.indent = extent.indent
    line.trailing = extent.trailing
    line.kind = kind
    let isMeasured =
      scope == .allLines || kind.mayRunOn || (kind == .heading && extent.mayBeSpaced)
    guard isMeasured else { return line }
    let traits = ScalarTraits.Lookup()
    var state = State()
    var at = extent.content.lowerBound
    let end = extent.content.upperBound
    while at < end {
      let (scalar, length) = bytes.scalar(at: at)
      let (kind, width) = (traits[scalar].kind, traits[scalar].width)
      if kind == .blank {
        state.takeBlank(scalar, width: width, into: &line)
      } else {
        state.take(scalar, kind, width: width, into: &line)
      }
      at += length
      if state.isInHan {
        at = state.takeHan(in: bytes, at: at, into: &line)
      } else if state.isInWord {
        at = state.takeLetters(in: bytes, at: at, into: &line)
      }
    }
    state.finish(&line)
    return line
  }

  /// What is carried from scalar to scalar.
  private struct State {
    /// Blanks since the last scalar that is none, and their half squares.
    var blanks = 0
    var blankCells = 0
    var gaps = 0
    var previous = ScalarClass.blank
    /// Single Han characters or kana in a row, each set apart by one blank.
    var spaced = 0
    var spacedAlone = false
    var pieceIsOpen = true
    var markSeen = false
    var hasTab = false
    /// The mark at the end of the line so far; counted once something follows it.
    var heldMark = ScalarClass.blank

    mutating func takeBlank(_ scalar: UInt32, width: Int, into line: inout Line) {
      if scalar == 0x09 && line.scalars > 0 { hasTab = true }
      blanks += 1
      blankCells += scalar == 0x09 ? 4 : width
    }

    /// Takes a scalar that is no blank.
    @inline(__always)
    mutating func take(
      _ scalar: UInt32, _ kind: ScalarClass, width: Int, into line: inout Line
    ) {
      if line.scalars == 0 {
        line.first = scalar
        line.firstClass = kind
        line.words = 1
      } else {
        if line.second == 0 { line.second = blanks > 0 ? 0x20 : scalar }
        if blanks > 0 {
          if blanks > 1 || hasTab { gaps += 1 }
          if previous == .han && kind == .han { line.setsPhrasesApart = true }
          pieceIsOpen = false
          line.words += 1
          line.scalars += blanks
          line.cells += blankCells
        }
        countMark(before: scalar, kind, in: &line)
        if kind == .opening { line.openings += 1 }
        if line.last == 0x2C && blanks == 0 && kind != .digit { line.separators += 1 }
      }
      if kind == .opening || kind == .closing { noteBracket(scalar, kind, in: &line) }
      noteSpacing(kind, in: &line)
      measureHead(kind, width: width, in: &line)
      line.scalars += 1
      line.cells += width
      if kind.isSquare { line.squares += 1 }
      if kind == .letter || kind == .digit { line.alphanumerics += 1 }
      if kind == .letter { line.letters += 1 }
      if kind == .sentence || kind == .clause || kind == .dash {
        heldMark = kind
        if !markSeen {
          line.lead = line.scalars - 1
          line.leadMark = scalar
          markSeen = true
        }
      } else if kind != .closing {
        heldMark = .blank
      }
      line.antepenultimate = blanks > 0 ? line.last : line.penultimate
      line.penultimate = blanks > 0 ? 0x20 : line.last
      line.last = scalar
      line.lastClass = kind
      previous = kind
      blanks = 0
      blankCells = 0
    }

    // Most of a text are runs of Han or of Latin letters, in which nothing changes but lengths.

    var isInHan: Bool { previous == .han && blanks == 0 }
    var isInWord: Bool { previous == .letter && blanks == 0 }

    /// Takes the Han characters from U+4000 to U+9FFF from `start`, behind another one;
    /// returns where they end.
    mutating func takeHan(in bytes: Span<UInt8>, at start: Int, into line: inout Line) -> Int {
      // U+4000 to U+9FFF begin with E4 to E9.
      let at = bytes.endOfThrees(beginningWith: 0xE4...0xE9, from: start)
      let count = (at - start) / 3
      guard count > 0 else { return start }
      line.scalars += count
      line.cells += 2 * count
      line.squares += count
      line.antepenultimate =
        count >= 3
        ? bytes.scalar(at: at - 9).scalar : count == 2 ? line.last : line.penultimate
      line.penultimate = count >= 2 ? bytes.scalar(at: at - 6).scalar : line.last
      line.last = bytes.scalar(at: at - 3).scalar
      if line.second == 0 { line.second = bytes.scalar(at: start).scalar }
      spaced = 0
      spacedAlone = false
      pieceIsOpen = false
      return at
    }

    /// The same for ASCII letters behind a letter.
    mutating func takeLetters(in bytes: Span<UInt8>, at start: Int, into line: inout Line) -> Int {
      var at = start
      while at < bytes.count {
        let small = bytes[at] | 0x20
        guard small >= 0x61, small <= 0x7A else { break }
        at += 1
      }
      let count = at - start
      guard count > 0 else { return start }
      line.scalars += count
      line.cells += count
      line.alphanumerics += count
      line.letters += count
      if pieceIsOpen { line.head += count }
      line.antepenultimate =
        count >= 3 ? UInt32(bytes[at - 3]) : count == 2 ? line.last : line.penultimate
      line.penultimate = count >= 2 ? UInt32(bytes[at - 2]) : line.last
      line.last = UInt32(bytes[at - 1])
      if line.second == 0 { line.second = UInt32(bytes[start]) }
      return at
    }

    /// Counts the mark before this scalar as one inside the line. A full stop, comma or colon with
    /// ASCII close behind it (46.2, 10:30, http://tv.cctv.com) is no mark.
    @inline(__always)
    private mutating func countMark(
      before scalar: UInt32, _ kind: ScalarClass, in line: inout Line
    ) {
      guard heldMark == .sentence || heldMark == .clause, kind != .closing, kind != heldMark else {
        return
      }
      if line.last < 0x80 && scalar < 0x80 && blanks == 0 { return }
      if heldMark == .sentence { line.sentences += 1 } else { line.clauses += 1 }
    }

    @inline(__always)
    private func noteBracket(_ scalar: UInt32, _ kind: ScalarClass, in line: inout Line) {
      if kind == .opening {
        line.opener = scalar
        line.openTail = line.scalars
      } else if line.opener != 0 {
        line.opener = 0
      } else if line.closer == 0 {
        line.closer = scalar
        line.closeLead = line.scalars
      }
    }

    @inline(__always)
    private mutating func noteSpacing(_ kind: ScalarClass, in line: inout Line) {
      if blanks == 0 && line.scalars > 0 {
        spaced = 0
        spacedAlone = false
        if !previous.isIdeographic && kind.isIdeographic {
          spaced = 1
          spacedAlone = true
        }
      } else if kind.isIdeographic {
        spaced = blanks == 1 && spacedAlone ? spaced + 1 : 1
        spacedAlone = true
      } else {
        spaced = 0
        spacedAlone = false
      }
      if spaced >= 3 { line.hasLetterSpacing = true }
    }

    @inline(__always)
    private mutating func measureHead(_ kind: ScalarClass, width: Int, in line: inout Line) {
      guard pieceIsOpen else { return }
      if line.scalars == 0 {
        line.head = width
      } else if kind == .closing || kind == .sentence || kind == .clause {
        line.head += width
      } else if previous == .opening
        || ((previous == .letter || previous == .digit || previous == .hangul) && kind == previous)
      {
        line.head += width
      } else {
        pieceIsOpen = false
      }
    }

    func finish(_ line: inout Line) {
      if !markSeen { line.lead = line.scalars }
      line.openTail = line.scalars - line.openTail - 1
      if line.kind != .code, gaps >= 2 || (hasTab && gaps >= 1) { line.kind = .table }
    }
  }
}

extension Span where Element == UInt8 {
  /// The scalar whose first byte is at `position`, and its length in bytes; the bytes are valid
  /// UTF-8 because a `String` holds them.
  @inline(__always)
  func scalar(at position: Int) -> (scalar: UInt32, length: Int) {
    let lead = UInt32(self[position])
    if lead < 0x80 { return (lead, 1) }
    let second = UInt32(self[position + 1]) & 0x3F
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | second, 2) }
    let third = UInt32(self[position + 2]) & 0x3F
    if lead < 0xF0 { return ((lead & 0x0F) << 12 | second << 6 | third, 3) }
    let fourth = UInt32(self[position + 3]) & 0x3F
    return ((lead & 0x07) << 18 | second << 12 | third << 6 | fourth, 4)
  }
}
