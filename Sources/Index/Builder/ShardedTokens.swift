import SuoyinText

/// The terms of some documents in one field, dealt out to the shards that will take them.
///
/// Filled by ``add(_:document:)``, emptied by ``removeAll()`` and used again for others.
@safe
final class ShardedTokens {
  /// One occurrence of a term.
  struct Token: BitwiseCopyable {
    /// The key of a term of up to eight bytes; of a longer one its place in ``long``.
    var bits: UInt64
    /// 0 in a field without positions.
    var position: UInt32
    /// In its 28 lowest bits the document, above them the length of a term of up to eight bytes.
    private let documentAndLength: UInt32

    private static let longMark: UInt32 = 15

    @inline(__always)
    init(bits: UInt64, position: UInt32, document: UInt32, length: UInt32?) {
      self.bits = bits
      self.position = position
      documentAndLength = document | (length ?? Self.longMark) &<< 28
    }

    var document: UInt32 { documentAndLength & 0xFFF_FFFF }
    /// Nil for a longer term.
    var length: UInt32? {
      let length = documentAndLength &>> 28
      return length == Self.longMark ? nil : length
    }
  }

  /// A longer term.
  struct LongTerm: BitwiseCopyable {
    var key: TermKey
    /// Where its bytes begin in ``longTerms``.
    var start: Int
  }

  /// The terms of one shard, in the order they came in.
  @safe
  private struct Run {
    var tokens: UnsafeMutablePointer<Token>
    var count = 0
    var capacity: Int

    init(capacity: Int) {
      unsafe tokens = .allocate(capacity: capacity)
      self.capacity = capacity
    }

    @inline(never)
    mutating func grow() {
      let more = UnsafeMutablePointer<Token>.allocate(capacity: capacity * 2)
      unsafe more.initialize(from: tokens, count: count)
      unsafe tokens.deallocate()
      unsafe tokens = more
      capacity *= 2
    }
  }

  /// The bytes of the longest term that there may be.
  static let longestTerm = 0xFF_FFFF

  /// How many shards a field has. It does not follow the number of threads, so that what is written
  /// when, and with it the index, is the same for any.
  static let shardCount = 8
  /// Memory for so many terms is kept for each shard.
  private static let kept = 1 << 14
  private static let first = 1 << 8

  /// The shard of a term, by its first eight bytes; Fibonacci hashing.
  @inline(__always)
  private static func shard(_ packed: UInt64) -> Int {
    Int(truncatingIfNeeded: (packed &* 0x9E37_79B9_7F4A_7C15) &>> 61)
  }

  private let seed: UInt64
  private let runs: UnsafeMutablePointer<Run>
  /// What the tokens of longer terms stand for.
  private(set) var long: [LongTerm] = []
  /// The bytes of longer terms, one behind the other.
  private(set) var longTerms: [UInt8] = []
  /// What is known of a document as a whole.
  struct Document: BitwiseCopyable {
    let number: UInt32
    /// The field's length in it.
    let length: UInt32
    /// The number of bits of its positions; see ``PositionWidth``.
    let positionWidth: UInt8
  }

  /// In the order in which they came, one again where terms of it came again.
  private(set) var documents: [Document] = []

  /// - Parameter seed: of the keys of longer terms, the same for all that meet in a field.
  init(seed: UInt64) {
    self.seed = seed
    unsafe runs = .allocate(capacity: Self.shardCount)
    for shard in 0..<Self.shardCount {
      unsafe (runs + shard).initialize(to: Run(capacity: Self.first))
    }
  }

  deinit {
    for shard in 0..<Self.shardCount { unsafe runs[shard].tokens.deallocate() }
    unsafe runs.deallocate()
  }

  /// Adds terms of a document, which is none before that of others of the same terms.
  func add(_ batch: borrowing TokenBatch, document: UInt32) {
    precondition(document < SegmentFormat.documentLimit)
    let count = batch.count
    // Positions do not fall.
    let largest = count == 0 ? 0 : batch.tokens[count - 1].position
    documents.append(
      Document(
        number: document, length: batch.fieldLength,
        positionWidth: PositionWidth.width(upTo: largest)))
    unsafe batch.bytes.withUnsafeBytes { bytes in
      let tokens = batch.tokens.span
      let runs = unsafe runs
      var start = 0
      for index in 0..<count {
        let token = tokens[index]
        let end = start &+ Int(token.length)
        let key = unsafe TermKey(start..<end, of: bytes, seed: seed)
        var packed = key.bits
        var entry = Token(
          bits: packed, position: token.position, document: document, length: key.length)
        if !key.isWhole {
          let term = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
          unsafe packed = TermKey.packed(term)
          unsafe entry = add(key, term, position: token.position, document: document)
        }
        let run = unsafe runs + Self.shard(packed)
        if unsafe run.pointee.count == run.pointee.capacity { unsafe run.pointee.grow() }
        unsafe run.pointee.tokens[run.pointee.count] = entry
        unsafe run.pointee.count &+= 1
        start = end
      }
    }
  }

  @unsafe
  private func add(
    _ key: TermKey, _ term: UnsafeRawBufferPointer, position: UInt32, document: UInt32
  ) -> Token {
    precondition(term.count <= Self.longestTerm)
    long.append(LongTerm(key: key, start: longTerms.count))
    unsafe longTerms.append(contentsOf: term)
    return Token(
      bits: UInt64(long.count - 1), position: position, document: document, length: nil)
  }

  /// The terms of one shard; valid until the next change.
  @unsafe
  func tokens(of shard: Int) -> UnsafeBufferPointer<Token> {
    precondition(shard >= 0 && shard < Self.shardCount)
    return unsafe UnsafeBufferPointer(start: runs[shard].tokens, count: runs[shard].count)
  }

  /// Makes ready for other documents, and gives back the memory that an unusually long one took.
  func removeAll() {
    for shard in 0..<Self.shardCount {
      unsafe runs[shard].count = 0
      if unsafe runs[shard].capacity > Self.kept {
        unsafe runs[shard].tokens.deallocate()
        unsafe runs[shard] = Run(capacity: Self.first)
      }
    }
    documents.removeAll(keepingCapacity: true)
    long.removeAll(keepingCapacity: long.capacity <= Self.kept)
    longTerms.removeAll(keepingCapacity: longTerms.capacity <= Self.kept * 16)
  }
}
