/// A piece of a text that is cut into words: its end and its ``WordIterator/Kind``, in one number.
struct WordPiece: BitwiseCopyable {
  private let bits: UInt64

  @inline(__always)
  init(end: Int, kind: UInt8) {
    bits = UInt64(truncatingIfNeeded: end) &<< 8 | UInt64(kind)
  }

  @inline(__always) var end: Int { Int(truncatingIfNeeded: bits &>> 8) }
  @inline(__always) var kind: UInt8 { UInt8(truncatingIfNeeded: bits) }
  @inline(__always) var isWord: Bool { kind != WordIterator.Kind.none.rawValue }
}

/// The pieces of a text, which cover it, in its order.
struct WordPieces: Sendable {
  /// Longer than what is in it, so that pieces are written through a span.
  private var list: [WordPiece] = []
  private(set) var count = 0

  subscript(index: Int) -> WordPiece { list[index] }

  /// Hands the words among the pieces of `text` to `sink`.
  @inline(__always)
  func hand<Sink: TermSink & ~Copyable>(of text: Span<UInt16>, to sink: inout Sink) {
    sink.words(list.span.extracting(0..<count), of: text)
  }

  mutating func removeAll() { count = 0 }

  mutating func append(end: Int, kind: UInt8) {
    makeRoom(for: 1)
    list[count] = WordPiece(end: end, kind: kind)
    count &+= 1
  }

  /// Appends a piece for each of some ends, all of one kind.
  @inline(__always)
  mutating func append(ends: Span<Int>, kind: UInt8) {
    makeRoom(for: ends.count)
    let count = count
    var target = list.mutableSpan
    for i in ends.indices { target[count &+ i] = WordPiece(end: ends[i], kind: kind) }
    self.count = count &+ ends.count
  }

  /// Appends all that the rules found.
  @inline(__always)
  mutating func append(_ found: borrowing RulePieces) {
    makeRoom(for: found.count)
    let count = count
    var target = list.mutableSpan
    for i in 0..<found.count {
      let piece = found[i]
      target[count &+ i] = WordPiece(end: piece.end, kind: piece.kind)
    }
    self.count = count &+ found.count
  }

  /// Appends what the rules found, from the piece at `index` on, as long as `isWhole` says so;
  /// returns the index behind.
  @inline(__always)
  mutating func append(
    _ found: borrowing RulePieces, from index: Int, while isWhole: (RulePieces.Piece) -> Bool
  ) -> Int {
    makeRoom(for: found.count &- index)
    var (index, count) = (index, count)
    defer { self.count = count }
    var target = list.mutableSpan
    while index < found.count {
      let piece = found[index]
      guard isWhole(piece) else { break }
      target[count] = WordPiece(end: piece.end, kind: piece.kind)
      count &+= 1
      index &+= 1
    }
    return index
  }

  @inline(__always)
  private mutating func makeRoom(for more: Int) {
    if list.count &- count < more { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    list.append(
      contentsOf: repeatElement(WordPiece(end: 0, kind: 0), count: max(more, list.count, 1 << 10)))
  }

  /// Gives back memory that a long text made it take.
  mutating func shrink() {
    if list.count > 1 << 16 { self = WordPieces() }
  }
}
