/// One line of a text that is not blank, with what its layout says.
///
/// All ranges and offsets count UTF-8 bytes from the start of the text.
struct Line {
  /// The line without the blanks before and after.
  var content = 0..<0
  /// Half squares of the blanks before the content.
  var indent = 0
  /// Blanks (scalars) after the content.
  var trailing = 0
  /// Length of the content in scalars, blanks inside included.
  var scalars = 0
  /// Length of the content in half squares.
  var cells = 0
  /// Scalars of Han, kana and Hangul.
  var squares = 0
  /// Letters and digits of scripts that are not set in squares, and the letters alone.
  var alphanumerics = 0
  var letters = 0
  /// Pieces between blanks.
  var words = 0
  /// Clause and sentence marks before the last character.
  var clauses = 0
  var sentences = 0
  /// Brackets and quotes that open after the first character.
  var openings = 0
  /// Scalars before the first clause or sentence mark; all of them where there is none.
  var lead = 0
  /// That mark; 0 where there is none.
  var leadMark: UInt32 = 0
  /// Commas of ASCII with neither a blank nor a digit after them, as they set the fields of data
  /// apart.
  var separators = 0
  /// The last bracket or quote that opens and does not close in the line, 0 where there is none,
  /// and the scalars from it to the end.
  var opener: UInt32 = 0
  var openTail = 0
  /// The first bracket or quote that closes what no bracket of the line opens, 0 where there is
  /// none, and the scalars before it.
  var closer: UInt32 = 0
  var closeLead = 0
  /// Half squares of what could not have been broken off the start: a word, or a square and the
  /// marks that may not begin a line.
  var head = 0
  /// Han characters, blanks, Han characters: phrases of a heading, names of a byline.
  var setsPhrasesApart = false
  /// Three or more single Han characters or kana, each set apart by one blank.
  var hasLetterSpacing = false
  var kind = LineKind.text
  var first: UInt32 = 0
  var firstClass = ScalarClass.blank
  var second: UInt32 = 0
  /// The last scalar and the two before it, the latest first; 0 where there is none.
  var last: UInt32 = 0
  var lastClass = ScalarClass.blank
  var penultimate: UInt32 = 0
  var antepenultimate: UInt32 = 0

  /// Length in squares with the indent, every scalar taking one.
  var widthInScalars: Int { scalars + (indent + 1) / 2 }
  /// Length in half squares with the indent.
  var widthInCells: Int { cells + indent }

  /// `电话：`, `장소: `: begins with the name of what follows.
  var beginsWithLabel: Bool { (leadMark == 0xFF1A || leadMark == 0x3A) && lead > 0 && lead <= 8 }

  /// One square, or one and its mark: the line of a text that is set downwards.
  var isDownward: Bool {
    firstClass.isIdeographic
      && (scalars == 1 || (scalars == 2 && (lastClass == .clause || lastClass == .sentence)))
  }

  /// Whether the line ends in a sentence mark, brackets and quotes that close after it included.
  var endsSentence: Bool {
    switch lastClass {
    case .sentence: true
    case .closing:
      switch ScalarClass(penultimate) {
      case .sentence: true
      case .closing: ScalarClass(antepenultimate) == .sentence
      default: penultimate == 0x2026
      }
    default: last == 0x2026
    }
  }

  /// Whether the line ends in any mark at all after which a reader pauses.
  var endsInMark: Bool {
    switch lastClass {
    case .sentence, .clause, .opening, .closing, .dash: true
    default: false
    }
  }
}
