internal import CKernels

/// What passes most of a line, for this processor: C's kernel. It checks ranges once a call.
enum LineKernels {
  /// Part of a line.
  struct Part {
    /// Where it ends.
    var end: Int
    /// Characters that begin with a byte from E3 to ED (most that are set in a square), of ASCII, and
    /// all others.
    var wide: Int
    var narrow: Int
    var others: Int
    /// Han or kana may stand alone between two blanks.
    var mayBeSpaced: Bool
  }

  // Its functions are C's and never change.
  private static let kernels: ck_lines = {
    guard let table = unsafe ck_lines_at(ck_simd_level()) else {
      preconditionFailure("the level of the processor has all kernels")
    }
    return unsafe table.pointee
  }()

  /// Passes what neither may end a line nor be a blank beside U+0020.
  ///
  /// - Parameters:
  ///   - bytes: those of a `String`, whose UTF-8 is valid.
  ///   - start: where a character begins.
  @inline(__always)
  static func pass(_ bytes: Span<UInt8>, from start: Int) -> Part {
    precondition(0..<bytes.count ~= start)
    let part = unsafe bytes.withUnsafeBufferPointer {
      unsafe kernels.pass($0.baseAddress.unsafelyUnwrapped, $0.count, start)
    }
    return Part(
      end: part.end, wide: part.wide, narrow: part.narrow, others: part.others,
      mayBeSpaced: part.may_be_spaced)
  }
}
