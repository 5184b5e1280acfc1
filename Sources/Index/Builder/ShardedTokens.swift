import SuoyinText

/// The terms of some documents in one field, dealt out to the shards that will take them.
///
/// For each document ``add(_:document:to:)``, then ``deal(_:)``; kept and used again for others.
struct ShardedTokens {
  /// One occurrence of a term.
  struct Token: BitwiseCopyable {
    var bits: UInt64
    var document: UInt32
    /// 0 in a field without positions.
    var position: UInt32
    /// In its 24 lowest bits the term's length, above them where the bytes of a longer term begin.
    var place: UInt64

    var key: TermKey { TermKey(bits: bits, length: UInt32(place & 0xFF_FFFF)) }
    var start: Int { Int(place &>> 24) }
  }

  /// The bytes of the longest term that there may be.
  static let longestTerm = 0xFF_FFFF

  /// How many shards a field has. It does not follow the number of threads, so that what is written
  /// when, and with it the index, is the same for any.
  static let shardCount = 8

  /// The shard of a term, by its first eight bytes; Fibonacci hashing.
  @inline(__always)
  private static func shard(_ packed: UInt64) -> Int {
    Int(truncatingIfNeeded: (packed &* 0x9E37_79B9_7F4A_7C15) &>> 61)
  }

  private let seed: UInt64
  private var dealt: [Token] = []
  private var counts = [Int](repeating: 0, count: shardCount)
  /// The bytes of the terms that their keys do not say, one behind the other.
  private(set) var longTerms: [UInt8] = []
  /// The field's length in each of the documents, in their order.
  private(set) var lengths: [UInt32] = []
  /// The number of bits of positions in each of them; see ``PositionCodec``.
  private(set) var positionWidths: [UInt8] = []

  /// - Parameter seed: of the keys of longer terms, the same for all that meet in a field.
  init(seed: UInt64) {
    self.seed = seed
  }

  /// Adds the terms of the next document to `arrived`, which holds those of the documents before.
  mutating func add(
    _ batch: borrowing TokenBatch, document: UInt32, to arrived: inout [Token]
  ) {
    lengths.append(batch.fieldLength)
    let count = batch.count
    // Positions do not fall.
    positionWidths.append(
      count == 0 ? 0 : PositionCodec.width(upTo: batch.tokens[count - 1].position))
    arrived.reserveCapacity(arrived.count + count)
    unsafe batch.bytes.withUnsafeBytes { bytes in
      let tokens = batch.tokens.span
      var start = 0
      for index in 0..<count {
        let token = tokens[index]
        let end = start &+ Int(token.length)
        precondition(end &- start <= Self.longestTerm)
        let key = unsafe TermKey(start..<end, of: bytes, seed: seed)
        var place = UInt64(key.length)
        var packed = key.bits
        if !key.isWhole {
          let term = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
          unsafe packed = TermKey.packed(term)
          place |= UInt64(longTerms.count) &<< 24
          unsafe longTerms.append(contentsOf: term)
        }
        counts[Self.shard(packed)] += 1
        arrived.append(
          Token(
            bits: key.bits, document: document, position: token.position, place: place))
        start = end
      }
    }
  }

  /// Puts the terms into the order of their shards; within one they keep the order they came in.
  mutating func deal(_ arrived: [Token]) {
    if dealt.count < arrived.count {
      dealt = [Token](
        repeating: Token(bits: 0, document: 0, position: 0, place: 0),
        count: arrived.count + arrived.count / 8)
    }
    var next = counts
    var sum = 0
    for shard in next.indices {
      (next[shard], sum) = (sum, sum + next[shard])
    }
    let longTerms = longTerms
    var target = dealt.mutableSpan
    var places = next.mutableSpan
    for index in arrived.indices {
      let token = arrived[index]
      let packed = token.key.isWhole ? token.bits : Self.packed(token.start, of: longTerms.span)
      let shard = Self.shard(packed)
      target[places[shard]] = token
      places[shard] &+= 1
    }
  }

  private static func packed(_ start: Int, of bytes: Span<UInt8>) -> UInt64 {
    var bits: UInt64 = 0
    for index in start..<(start + 8) { bits = bits &<< 8 | UInt64(bytes[index]) }
    return bits
  }

  /// The terms of one shard, after ``deal(_:)``.
  func tokens(of shard: Int) -> ArraySlice<Token> {
    let start = counts[..<shard].reduce(0, +)
    return dealt[start..<(start + counts[shard])]
  }

  /// Makes ready for other documents, and gives back the memory that an unusually long one took.
  mutating func removeAll() {
    for shard in counts.indices { counts[shard] = 0 }
    lengths.removeAll(keepingCapacity: true)
    positionWidths.removeAll(keepingCapacity: true)
    longTerms.removeAll(keepingCapacity: dealt.count <= Self.kept)
    if dealt.count > Self.kept { dealt = [] }
  }

  /// As many places for terms are kept, here and where they arrive.
  static let kept = 1 << 16
}
