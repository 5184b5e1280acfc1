import CICU

/// ICU's word iterator for the root locale.
@safe struct WordIterator: ~Copyable {
  /// What a piece is, by ICU's rule status.
  enum Kind: UInt8 {
    /// Blanks, punctuation, symbols: no word.
    case none, number, letters, kana, ideographs
  }

  private let handle: OpaquePointer
  /// For each piece of the last text its end, in code units; room for more may follow.
  private(set) var ends: [Int32] = []
  /// For each piece its ``Kind``, as a number.
  private(set) var kinds: [UInt8] = []

  init() {
    guard let handle = unsafe cicu_words_open() else {
      preconditionFailure("ICU \(ICU.version) has no word iterator: its data are missing")
    }
    unsafe self.handle = unsafe handle
  }

  deinit {
    unsafe cicu_words_close(handle)
  }

  /// Cuts `text` into pieces that cover it, and returns their number; ``ends`` and ``kinds`` hold
  /// them until the next call.
  ///
  /// - Precondition: `text` has less than 2³¹ units.
  mutating func cut(_ text: Span<UInt16>) -> Int {
    if ends.count < text.count {
      let room = max(text.count, 4096, min(2 * ends.count, 1 << 16))
      ends = [Int32](repeating: 0, count: room)
      kinds = [UInt8](repeating: 0, count: room)
    }
    let handle = unsafe self.handle
    var count: Int32 = -1
    unsafe text.withUnsafeBufferPointer { text in
      unsafe ends.withUnsafeMutableBufferPointer { ends in
        unsafe kinds.withUnsafeMutableBufferPointer { kinds in
          count = unsafe cicu_words_cut(
            handle, text.baseAddress, Int32(text.count), ends.baseAddress, kinds.baseAddress)
        }
      }
    }
    precondition(count >= 0, "ICU \(ICU.version) failed to cut a text of \(text.count) units")
    return Int(count)
  }

  /// Gives back memory that a long text made it take.
  mutating func shrink(to capacity: Int) {
    guard ends.count > capacity else { return }
    ends = []
    kinds = []
  }
}
