/// What becomes of a text on its way to terms, with the place of each.
public struct Analysis: Sendable {
  /// The text as it was given.
  public let original: String
  /// What line repair changed in it, in order.
  public let edits: [LineEdit]
  /// The repaired text, folded.
  public let folded: FoldedText
  /// In the order of the text.
  public let units: [Unit]
  /// In the order of the text.
  public let words: [Word]
  /// The stop words, which are in no channel but that of the grams; in the order of the text.
  public let stopWords: [Word]
  /// In the order of their positions; the gram of one unit before the pair that begins with it.
  public let grams: [Gram]

  init(
    original: String, edits: [LineEdit], folded: FoldedText, parts: PartSink,
    filter: WordFilter? = nil
  ) {
    self.original = original
    self.edits = edits
    self.folded = folded
    units = parts.units
    grams = parts.grams
    let words = Self.words(parts.words, over: parts.units)
    guard let filter else {
      self.words = words
      stopWords = []
      return
    }
    var kept: [Word] = []
    var stopWords: [Word] = []
    for var word in words {
      var term = Term.bytes(of: CollectionOfOne(word.range), in: folded.utf16.span)
      if filter.keep(&term) {
        Term.bound(&term, from: 0)
        word.stem = term
        kept.append(word)
      } else {
        stopWords.append(word)
      }
    }
    self.words = kept
    self.stopWords = stopWords
  }

  /// The term of a word, as the index has it.
  public func term(of word: Word) -> [UInt8] {
    word.stem ?? term(of: CollectionOfOne(word.range))
  }

  /// The term of a gram, as the index has it.
  public func term(of gram: Gram) -> [UInt8] {
    gram.units.isEmpty ? Term.sentenceEnd : term(of: units[gram.units].lazy.map(\.range))
  }

  /// The position of a gram: that of its first unit, or of the end of a sentence.
  public func position(of gram: Gram) -> UInt32 {
    let position = units[gram.units.lowerBound].position
    return gram.units.isEmpty ? position - 1 : position
  }

  private func term(of ranges: some Collection<Range<FoldedOffset>>) -> [UInt8] {
    var bytes = Term.bytes(of: ranges, in: folded.utf16.span)
    Term.bound(&bytes, from: 0)
    return bytes
  }

  /// Gives each word the units that it overlaps; both lists ascend.
  static func words(_ ranges: [Range<Int>], over units: [Unit]) -> [Word] {
    var first = 0
    return ranges.map { range in
      let folded = Range(folded: range)
      while first < units.count, units[first].range.upperBound <= folded.lowerBound { first += 1 }
      var end = first
      while end < units.count, units[end].range.lowerBound < folded.upperBound { end += 1 }
      return Word(range: folded, units: first..<end)
    }
  }
}
