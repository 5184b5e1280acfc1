/// Blanks that a scan or a letter-spaced heading set between single characters: `研 发 经 费`.
///
/// Only runs of three or more single Han characters or kana, each set apart by exactly one blank,
/// are closed up. A single blank between Han otherwise parts names, phrases of a heading or
/// clauses, and two single characters (`刘 波`) are as often a name as a word.
enum LetterSpacing {
  /// The blanks of such runs in one line, in order; each becomes nothing.
  /// - Complexity: one pass over the line.
  static func appendEdits(in content: Range<Int>, of bytes: Span<UInt8>, to edits: inout [LineEdit])
  {
    var blanks: [Range<Int>] = []
    /// Characters of the run so far, the last of them perhaps the start of a longer word.
    var characters = 0
    /// The blank before the last character of the run.
    var previous = ScalarClass.blank
    var at = content.lowerBound

    func close(lastIsSingle: Bool) {
      if !lastIsSingle && characters > 0 {
        characters -= 1
        if !blanks.isEmpty { blanks.removeLast() }
      }
      if characters >= 3 {
        for blank in blanks {
          edits.append(LineEdit(range: blank.original, replacement: .nothing))
        }
      }
      characters = 0
      blanks.removeAll(keepingCapacity: true)
    }

    while at < content.upperBound {
      let (scalar, length) = bytes.scalar(at: at)
      let kind = ScalarClass(scalar)
      if kind == .blank {
        if characters > 0 {
          if previous == .blank {
            // Two blanks in a row: the run ended before the first of them.
            blanks.removeLast()
            close(lastIsSingle: true)
          } else {
            blanks.append(at..<at + length)
          }
        }
      } else if kind.isIdeographic {
        if previous.isIdeographic {
          close(lastIsSingle: false)
        } else if previous == .blank {
          characters += 1
        } else {
          // After a digit or letter it belongs to a longer word (`3月`), after a mark it may begin
          // a run.
          close(lastIsSingle: true)
          characters = previous.isWordLike ? 0 : 1
        }
      } else if characters > 0 {
        if previous == .blank { blanks.removeLast() }
        close(lastIsSingle: previous == .blank || !kind.isWordLike)
      }
      previous = kind
      at += length
    }
    if characters > 0 { close(lastIsSingle: true) }
  }
}

extension Range<Int> {
  /// The same bytes as a range of the original text.
  var original: Range<OriginalOffset> {
    OriginalOffset(utf8: lowerBound)..<OriginalOffset(utf8: upperBound)
  }
}
