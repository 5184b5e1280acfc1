internal import CKernels

/// What writes terms, for this processor: some of C's kernels. It checks ranges once a call.
enum TermKernels {
  /// How many bytes and tokens behind the last one are written, which mean nothing.
  static let bytesAhead = Int(CK_TERM_BYTES_AHEAD)
  static let tokensAhead = Int(CK_TOKENS_AHEAD)

  // Its functions are C's and never change.
  private static let kernels: ck_terms = {
    let classes = [
      CK_CLASS_IGNORED, CK_CLASS_BLANK, CK_CLASS_CHARACTER, CK_CLASS_LETTER, CK_CLASS_DIGIT,
      CK_CLASS_MARK, CK_CLASS_SENTENCE_END, CK_CLASS_FULL_STOP, CK_CLASS_LINE_END,
    ]
    precondition(CharacterClass.allCases.map { Int($0.rawValue) } == classes)
    guard let table = unsafe ck_terms_at(ck_simd_level()) else {
      preconditionFailure("the level of the processor has all kernels")
    }
    return unsafe table.pointee
  }()

  /// Writes for each character of a run its pair with the one before from its third byte on, and it
  /// alone.
  ///
  /// - Parameters:
  ///   - range: the code units that may be of the run.
  ///   - classes: those of all code units.
  ///   - own: the token of the first character alone.
  ///   - place: the byte behind the character before the run.
  /// - Returns: how many characters there are, and where the run ends.
  static func writeCharacters(
    _ range: Range<Int>, of text: Span<UInt16>, _ classes: Span<CharacterClass?>,
    from own: TokenBatch.Token, to bytes: inout [UInt8], at place: Int,
    and tokens: inout [TokenBatch.Token], at term: Int
  ) -> CharacterRun {
    precondition(classes.count == 1 << 16 && range.lowerBound >= 0)
    precondition(range.upperBound <= text.count && place >= 0 && term >= 0)
    precondition(bytes.count &- place >= 9 &* range.count &+ bytesAhead)
    precondition(tokens.count &- term >= 2 &* range.count &+ tokensAhead)
    guard !range.isEmpty else { return CharacterRun(count: 0, end: range.lowerBound) }
    let run = unsafe text.withUnsafeBufferPointer { text in
      unsafe classes.withUnsafeBytes { classes in
        unsafe bytes.withUnsafeMutableBufferPointer { bytes in
          unsafe tokens.withUnsafeMutableBytes { tokens in
            unsafe kernels.characters(
              text.baseAddress.unsafelyUnwrapped, range.lowerBound, range.upperBound,
              classes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self), own.bits,
              bytes.baseAddress.unsafelyUnwrapped + place,
              tokens.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self) + term)
          }
        }
      }
    }
    return CharacterRun(count: run.count, end: run.end)
  }

  /// Whether this processor writes units of ASCII faster than ``UnitScanner`` does by itself.
  static var writesUnits: Bool { unsafe kernels.units != nil }

  /// How many code units behind the last one that is asked for are looked at.
  static let unitsAhead = 64

  /// Writes the runs of letters and digits in a stretch of ASCII, with the ends of sentences before
  /// them; nothing where the processor has no way for it.
  ///
  /// - Parameters:
  ///   - range: where they are looked for, and ``unitsAhead`` further.
  ///   - classes: those of all code units, ASCII's among them.
  ///   - place, term: where bytes and tokens go.
  /// - Returns: where it stopped, and how many bytes and tokens it wrote.
  static func writeUnits(
    _ range: Range<Int>, of text: Span<UInt16>, _ classes: Span<CharacterClass?>,
    from state: UnitState, to bytes: inout [UInt8], at place: Int,
    and tokens: inout [TokenBatch.Token], at term: Int
  ) -> (state: UnitState, bytes: Int, tokens: Int) {
    precondition(classes.count == 1 << 16 && range.lowerBound >= 0)
    precondition(range.upperBound <= text.count && place >= 0 && term >= 0)
    precondition(bytes.count &- place >= 2 &* (range.count &+ unitsAhead) &+ bytesAhead)
    precondition(tokens.count &- term >= range.count &+ unitsAhead &+ tokensAhead)
    guard let write = unsafe kernels.units, !range.isEmpty else { return (state, 0, 0) }
    let before = ck_unit_walk(
      end: range.lowerBound, units: 0, bytes: 0, tokens: 0, position: state.position,
      is_after_end: state.isAfterEnd ? 1 : 0)
    let after = unsafe text.withUnsafeBufferPointer { text in
      unsafe classes.withUnsafeBytes { classes in
        unsafe bytes.withUnsafeMutableBufferPointer { bytes in
          unsafe tokens.withUnsafeMutableBytes { tokens in
            unsafe write(
              text.baseAddress.unsafelyUnwrapped, text.count, range.upperBound,
              classes.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self), before,
              bytes.baseAddress.unsafelyUnwrapped + place,
              tokens.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self) + term)
          }
        }
      }
    }
    let reached = UnitState(
      end: after.end, count: after.units, position: after.position,
      isAfterEnd: after.is_after_end != 0)
    return (reached, after.bytes, after.tokens)
  }

  /// Where the writing of words stands.
  struct WordWalk {
    /// The next piece.
    var piece = 0
    /// Where it begins.
    var start = 0
    /// Where the bytes and the token of the next word go.
    var place = 0
    var term = 0
  }

  /// Writes the words among the pieces that cover `text`, up to one longer than ``Term/longest``.
  ///
  /// - Precondition: the pieces end in ascending order, the last at the end of the text.
  static func writeWords(
    among pieces: Span<WordPiece>, of text: Span<UInt16>, _ walk: inout WordWalk,
    to bytes: inout [UInt8], and tokens: inout [TokenBatch.Token]
  ) {
    guard walk.piece < pieces.count else { return }
    precondition(pieces[pieces.count - 1].end <= text.count && walk.piece >= 0)
    precondition(0...text.count ~= walk.start && walk.place >= 0 && walk.term >= 0)
    precondition(bytes.count &- walk.place >= 3 &* (text.count &- walk.start) &+ bytesAhead)
    precondition(tokens.count &- walk.term >= pieces.count &- walk.piece)
    let before = ck_word_walk(
      piece: walk.piece, start: walk.start, place: walk.place, term: walk.term)
    let after = unsafe text.withUnsafeBufferPointer { text in
      unsafe pieces.withUnsafeBytes { pieces in
        unsafe bytes.withUnsafeMutableBufferPointer { bytes in
          unsafe tokens.withUnsafeMutableBytes { tokens in
            unsafe kernels.words(
              text.baseAddress.unsafelyUnwrapped, text.count,
              pieces.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self),
              pieces.count / MemoryLayout<WordPiece>.stride, before, Term.longest,
              bytes.baseAddress.unsafelyUnwrapped,
              tokens.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self))
          }
        }
      }
    }
    walk = WordWalk(piece: after.piece, start: after.start, place: after.place, term: after.term)
  }

  /// Whether this processor folds Korean faster than ``PlainFold`` does by itself.
  static var foldKorean: Bool { unsafe kernels.fold_korean != nil }

  /// The code units that have to be free where Korean is folded.
  static let foldRoom = Int(CK_FOLD_ROOM)

  /// Folds Hangul syllables and ASCII in a range of UTF-8, up to something else or until less than
  /// ``foldRoom`` is free in `room`; nothing where the processor has no way for it.
  ///
  /// - Parameter count: how much of `room` is in use.
  /// - Returns: the bytes taken, and the code units made of them.
  static func foldKorean(
    _ range: Range<Int>, of text: Span<UInt8>, into room: inout MutableSpan<UInt16>,
    from count: Int
  ) -> (bytes: Int, units: Int) {
    precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
    precondition(0...room.count ~= count)
    guard let fold = unsafe kernels.fold_korean, !range.isEmpty, count < room.count else {
      return (0, 0)
    }
    let folded = unsafe text.withUnsafeBufferPointer { text in
      unsafe room.withUnsafeMutableBufferPointer { room in
        unsafe fold(
          text.baseAddress.unsafelyUnwrapped + range.lowerBound, range.count,
          room.baseAddress.unsafelyUnwrapped + count, room.count - count)
      }
    }
    return (folded.bytes, folded.units)
  }
}
