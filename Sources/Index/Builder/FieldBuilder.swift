import SuoyinStorage

/// The postings of one field while documents come in.
///
/// Terms are shared out to ``TermShard``s, which threads fill at the same time. When all is written,
/// the shards' terms are dealt out anew, to ranges that follow one another.
final class FieldBuilder {
  let id: FieldID
  /// Of the keys of longer terms.
  let seed = UInt64.random(in: .min ... .max)
  private let shards: [Shard]
  private var lengths: [UInt32] = []
  private var positionWidths: [UInt8] = []

  /// A shard behind a reference, so that each can be changed by a thread of its own.
  private final class Shard {
    var terms: TermShard
    init(_ terms: consuming TermShard) { self.terms = terms }
  }

  init(_ id: FieldID) {
    self.id = id
    shards = (0..<ShardedTokens.shardCount).map { _ in
      Shard(TermShard(hasPositions: id.hasPositions))
    }
  }

  /// Bytes of memory held, the next growth of an area left out.
  var memory: Int {
    shards.reduce(0) { $0 + $1.terms.memory } + lengths.count * 5
  }

  /// Whether no document has come.
  var isEmpty: Bool { lengths.isEmpty }

  /// Adds what is known of documents as a whole; of one that comes again, what it has besides.
  func addDocuments(of tokens: ShardedTokens) {
    for document in tokens.documents {
      let number = Int(document.number)
      if number < lengths.count {
        lengths[number] += document.length
        positionWidths[number] = max(positionWidths[number], document.positionWidth)
      } else {
        extend(to: number)
        lengths.append(document.length)
        positionWidths.append(document.positionWidth)
      }
    }
  }

  /// Makes room for documents that have nothing in the field.
  private func extend(to count: Int) {
    guard lengths.count < count else { return }
    lengths += repeatElement(0, count: count - lengths.count)
    positionWidths += repeatElement(0, count: count - positionWidths.count)
  }

  /// Adds what has been dealt out to one shard. Different shards may be added to at the same time.
  ///
  /// - Precondition: documents come in their order.
  func add(_ tokens: ShardedTokens, to shard: Int) {
    let long = tokens.long
    let bytes = tokens.longTerms
    unsafe shards[shard].terms.add(tokens.tokens(of: shard), long: long.span, bytes: bytes.span)
  }

  /// Writes the field's sections; nothing can be added after it.
  ///
  /// - Parameters:
  ///   - file: its open section is ended.
  ///   - documentCount: of the segment.
  ///   - similarity: what score bounds are made with.
  func write(
    to file: FileWriter, documentCount: Int, similarity: Similarity, by workers: Workers
  ) throws(StorageError) -> SegmentInfo.Field {
    extend(to: documentCount)
    let writer = try FieldWriter(
      id, lengths: lengths, positionWidths: positionWidths, similarity: similarity, to: file)
    let ranges = dealRanges(by: workers)
    try workers.produce(
      ranges.count,
      { (number) throws(StorageError) in
        try self.encode(ranges[number], into: writer.makeRange())
      },
      take: { (range) throws(StorageError) in try writer.append(range) })
    return try writer.finish()
  }

  // MARK: - Ranges of terms

  /// A term with what it is sorted by.
  private struct SortedTerm: BitwiseCopyable {
    var prefix: UInt64
    var number: UInt32
    /// In 24 bits the term's length, above them its shard.
    private let lengthAndShard: UInt32

    init(prefix: UInt64, number: UInt32, length: UInt32, shard: Int) {
      self.prefix = prefix
      self.number = number
      lengthAndShard = length | UInt32(shard) << 24
    }

    var length: UInt32 { lengthAndShard & UInt32(ShardedTokens.longestTerm) }
    var shard: Int { Int(lengthAndShard >> 24) }
  }

  /// So many terms before its list is written, the memory of a term is asked for.
  private static let statesAhead = 16
  /// Terms that a range takes at a time, more or less.
  private static let rangeSize = 1 << 14

  /// All terms, each with those of its range, ranges in order, the terms of one in none.
  ///
  /// The ranges' borders are taken from the largest shard: hashing makes it a fair sample.
  private func dealRanges(by workers: Workers) -> [[SortedTerm]] {
    let total = shards.reduce(0) { $0 + $1.terms.termCount }
    guard let largest = shards.max(by: { $0.terms.termCount < $1.terms.termCount }), total > 0
    else { return [] }
    var sample: [UInt64] = []
    largest.terms.visitTerms { prefix, _, _ in sample.append(prefix) }
    sample.sort()
    let count = (total + Self.rangeSize - 1) / Self.rangeSize
    let borders = (1..<count).map { sample[sample.count * $0 / count] }
    let dealt = shards.map { _ in Dealt() }
    workers.run(shards.count) { shard, _ in
      var ranges = [[SortedTerm]](repeating: [], count: count)
      shards[shard].terms.visitTerms { prefix, number, length in
        let range = borders.indices.partitionPoint { borders[$0] <= prefix }
        ranges[range].append(
          SortedTerm(prefix: prefix, number: number, length: length, shard: shard))
      }
      shards[shard].terms.removeTable()
      dealt[shard].ranges = ranges
    }
    return (0..<count).map { range in dealt.flatMap { $0.ranges[range] } }
  }

  /// The terms of one shard by their ranges, behind a reference for the thread that deals them out.
  private final class Dealt {
    var ranges: [[SortedTerm]] = []
  }

  private func encode(
    _ terms: [SortedTerm], into range: TermRange
  ) throws(StorageError) -> TermRange {
    var sorted = terms
    sorted.sort { a, b in
      if a.prefix != b.prefix { return a.prefix < b.prefix }
      // Equal prefixes of which one is all of its term: the padding hides which is longer, no more.
      if min(a.length, b.length) <= 8 { return a.length < b.length }
      return bytes(of: a).lexicographicallyPrecedes(bytes(of: b))
    }
    var room = ChunkPool.StreamRoom()
    for index in sorted.indices {
      let term = sorted[index]
      let shard = shards[term.shard]
      // Each list is somewhere else in memory.
      if index + Self.statesAhead < sorted.count {
        let next = sorted[index + Self.statesAhead]
        shards[next.shard].terms.prefetchState(next.number)
        let soon = sorted[index + Self.statesAhead / 2]
        shards[soon.shard].terms.prefetchStream(soon.number)
      }
      try shard.terms.encode(term.number, into: &range.lists, by: &room)
      shard.terms.append(term.prefix, term.number, term.length, to: &range.bytes)
      try range.endTerm()
    }
    return range
  }

  private func bytes(of term: SortedTerm) -> [UInt8] {
    var bytes: [UInt8] = []
    shards[term.shard].terms.append(
      term.prefix, term.number, term.length, to: &bytes)
    return bytes
  }
}
