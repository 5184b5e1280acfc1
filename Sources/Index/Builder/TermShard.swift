import CKernels
import Glibc
import SuoyinStorage

/// A share of the terms of one field while documents come in: a table and a stream for each term.
///
/// A stream holds, for each occurrence, a varint whose lowest bit says whether a new document
/// begins: then the rest is the difference to the document before, and a position follows. In the
/// same document the rest is the difference to the position before. In a channel without positions
/// both are left out. A term met once has no stream yet: its state says everything, and half of the
/// grams stay that way.
///
/// Nearly every occurrence leads to three places of memory that no cache holds: slot, state and end
/// of the stream. So occurrences go in groups, and each place of a group is asked for before the
/// first is needed.
///
/// A struct that is never copied, so that one check of access serves a whole batch.
@safe
struct TermShard: ~Copyable {
  private struct TermState: BitwiseCopyable {
    var lastDocument: UInt32
    var lastPosition: UInt32
    /// Where the stream begins; 0 before the second occurrence.
    var stream: UInt32
    /// Where the bytes of a longer term are, in units of ``unit``.
    var bytes: UInt32
    var totalFrequency: UInt64
    var tail: ChunkPool.Tail
  }

  private static let stateSize = MemoryLayout<TermState>.stride
  private static let unit = 8
  /// How many occurrences go together.
  private static let group = 24

  private let hasPositions: Bool
  private var table = TermTable()
  private var states = ByteArena()
  private var longTerms = ByteArena()
  private var pool = ChunkPool()
  /// The terms' numbers of a group.
  private let numbers = UnsafeMutablePointer<UInt32>.allocate(capacity: group)

  init(hasPositions: Bool) {
    self.hasPositions = hasPositions
  }

  deinit {
    unsafe numbers.deallocate()
  }

  /// Bytes of memory held, the next growth of an area left out.
  var memory: Int { table.memory + states.count + longTerms.count + pool.memory }

  var termCount: Int { table.count }

  /// Adds what has been dealt out to this shard.
  ///
  /// - Precondition: documents do not fall, nor positions within one.
  mutating func add(_ tokens: Span<ShardedTokens.Token>, longTerms bytes: Span<UInt8>) {
    var start = 0
    while start < tokens.count {
      let count = min(Self.group, tokens.count &- start)
      for index in 0..<count { table.prefetch(tokens[start &+ index].key) }
      for index in 0..<count {
        let number = number(of: tokens[start &+ index], bytes)
        unsafe numbers[index] = number
        unsafe ck_prefetch(state(number))
      }
      for index in 0..<count {
        let tail = unsafe state(numbers[index]).pointee.tail
        pool.prefetch(tail)
      }
      for index in 0..<count {
        unsafe record(tokens[start &+ index], &state(numbers[index]).pointee)
      }
      start &+= count
    }
  }

  @inline(__always)
  private mutating func number(
    of token: ShardedTokens.Token, _ bytes: Span<UInt8>
  ) -> UInt32 {
    let key = token.key
    return table.number(of: key) { isEqual($0, bytes, token.start, Int(key.length)) }
      ?? insert(token, bytes)
  }

  /// Whether the longer term of that number has the very bytes.
  private func isEqual(_ number: UInt32, _ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> Bool {
    let known = unsafe self.bytes(of: number, count)
    return unsafe bytes.extracting(start..<(start + count)).withUnsafeBytes { term in
      unsafe memcmp(known, term.baseAddress.unsafelyUnwrapped, count) == 0
    }
  }

  @unsafe
  private func bytes(of number: UInt32, _ count: Int) -> UnsafeMutableRawPointer {
    unsafe longTerms.pointer(at: Int(state(number).pointee.bytes) * Self.unit, size: count)
  }

  @inline(never)
  private mutating func insert(
    _ token: ShardedTokens.Token, _ bytes: Span<UInt8>
  ) -> UInt32 {
    var place = 0
    let key = token.key
    if !key.isWhole {
      let count = Int(key.length)
      place = longTerms.take((count + Self.unit - 1) / Self.unit * Self.unit)
      let target = unsafe longTerms.pointer(at: place, size: count)
      unsafe bytes.extracting(token.start..<(token.start + count)).withUnsafeBytes { term in
        unsafe target.copyMemory(from: term.baseAddress.unsafelyUnwrapped, byteCount: count)
      }
    }
    let number = table.insert(key)
    _ = states.take(Self.stateSize)
    unsafe state(number).initialize(
      to: TermState(
        lastDocument: 0, lastPosition: 0, stream: 0, bytes: UInt32(place / Self.unit),
        totalFrequency: 0, tail: .none))
    return number
  }

  /// Adds an occurrence of a term.
  @inline(__always)
  private mutating func record(_ token: ShardedTokens.Token, _ state: inout TermState) {
    defer {
      state.lastDocument = token.document
      state.lastPosition = token.position
      state.totalFrequency &+= 1
    }
    if state.stream == 0 {
      if state.totalFrequency == 0 { return }
      state.stream = pool.begin(&state.tail)
      append(document: state.lastDocument, position: state.lastPosition, to: &state.tail)
    }
    if state.lastDocument == token.document {
      pool.append(varint: UInt64(token.position - state.lastPosition) << 1, to: &state.tail)
    } else {
      append(
        document: token.document - state.lastDocument, position: token.position, to: &state.tail)
    }
  }

  /// Writes the first occurrence in a document.
  @inline(__always)
  private mutating func append(
    document step: UInt32, position: UInt32, to tail: inout ChunkPool.Tail
  ) {
    pool.append(varint: UInt64(step) << 1 | 1, to: &tail)
    if hasPositions { pool.append(varint: UInt64(position), to: &tail) }
  }

  @unsafe @inline(__always)
  private func state(_ number: UInt32) -> UnsafeMutablePointer<TermState> {
    unsafe states.pointer(at: Int(number) &* Self.stateSize, size: Self.stateSize)
      .assumingMemoryBound(to: TermState.self)
  }

  /// All terms in no order: the first eight bytes as a number that orders like them, number, length.
  func visitTerms(_ body: (_ prefix: UInt64, _ number: UInt32, _ length: UInt32) -> Void) {
    table.visit { number, key in
      let prefix =
        unsafe key.isWhole
        ? key.bits
        : TermKey.packed(
          UnsafeRawBufferPointer(start: bytes(of: number, 8), count: 8))
      body(prefix, number, key.length)
    }
  }

  /// Gives the table back; the terms are known by their numbers from now on.
  mutating func removeTable() {
    table = TermTable()
  }

  /// Appends the bytes of a term.
  func append(_ prefix: UInt64, _ number: UInt32, _ length: UInt32, to bytes: inout [UInt8]) {
    if length <= 8 {
      var rest = prefix
      for _ in 0..<length {
        bytes.append(UInt8(truncatingIfNeeded: rest &>> 56))
        rest = rest &<< 8
      }
    } else {
      unsafe bytes.append(
        contentsOf: UnsafeRawBufferPointer(
          start: self.bytes(of: number, Int(length)), count: Int(length)))
    }
  }

  /// Writes the list of a term.
  func encode(_ number: UInt32, into list: inout PostingListWriter) throws(StorageError) {
    let state = unsafe state(number).pointee
    guard state.stream != 0 else {
      try list.beginDocument(state.lastDocument)
      list.addOccurrence(position: state.lastPosition)
      return
    }
    var stream = ChunkPool.Reader(state.stream)
    var document: UInt32 = 0
    var position: UInt32 = 0
    for _ in 0..<state.totalFrequency {
      let head = stream.next(in: pool)
      if head & 1 == 0 {
        position += UInt32(head >> 1)
      } else {
        document += UInt32(head >> 1)
        position = hasPositions ? UInt32(stream.next(in: pool)) : 0
        try list.beginDocument(document)
      }
      list.addOccurrence(position: position)
    }
  }
}
