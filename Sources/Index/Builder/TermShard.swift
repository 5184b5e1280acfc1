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
  private static let statesStart = 48
  private static let unit = 8
  /// How many occurrences go together.
  private static let group = 24

  private let hasPositions: Bool
  private var table = TermTable()
  /// The first begins where a line of the cache does, or none would lie in one: the system gives large
  /// areas 16 bytes behind a page's start.
  private var states = ByteArena(reserved: statesStart)
  private var longTerms = ByteArena()
  private var pool = ChunkPool()
  /// The terms' hashes of a group, and their numbers.
  private let hashes = UnsafeMutablePointer<Int>.allocate(capacity: group)
  private let numbers = UnsafeMutablePointer<UInt32>.allocate(capacity: group)

  init(hasPositions: Bool) {
    self.hasPositions = hasPositions
  }

  deinit {
    unsafe hashes.deallocate()
    unsafe numbers.deallocate()
  }

  /// Bytes of memory held, the next growth of an area left out.
  var memory: Int { table.memory + states.count + longTerms.count + pool.memory }

  var termCount: Int { table.count }

  /// Adds what has been dealt out to this shard.
  ///
  /// - Parameters:
  ///   - long: what the tokens of longer terms stand for.
  ///   - bytes: of longer terms.
  /// - Precondition: documents do not fall, nor positions within one.
  @unsafe
  mutating func add(
    _ tokens: UnsafeBufferPointer<ShardedTokens.Token>, long: Span<ShardedTokens.LongTerm>,
    bytes: Span<UInt8>
  ) {
    var start = 0
    while start < tokens.count {
      let count = min(Self.group, tokens.count &- start)
      let group = unsafe UnsafeBufferPointer(rebasing: tokens[start..<start &+ count])
      for index in 0..<count {
        unsafe hashes[index] = table.prefetch(Self.key(of: group[index], long))
      }
      for index in 0..<count {
        let number = unsafe number(of: group[index], hash: hashes[index], long, bytes)
        unsafe numbers[index] = number
        unsafe ck_prefetch(state(number))
      }
      for index in 0..<count {
        let tail = unsafe state(numbers[index]).pointee.tail
        pool.prefetch(tail)
      }
      for index in 0..<count {
        unsafe record(
          document: group[index].document, position: group[index].position,
          &state(numbers[index]).pointee)
      }
      start &+= count
    }
  }

  @inline(__always)
  private static func key(
    of token: ShardedTokens.Token, _ long: Span<ShardedTokens.LongTerm>
  ) -> TermKey {
    if let length = token.length { return TermKey(bits: token.bits, length: length) }
    return long[Int(token.bits)].key
  }

  @inline(__always)
  private mutating func number(
    of token: ShardedTokens.Token, hash: Int, _ long: Span<ShardedTokens.LongTerm>,
    _ bytes: Span<UInt8>
  ) -> UInt32 {
    let key = Self.key(of: token, long)
    let start = token.length == nil ? long[Int(token.bits)].start : 0
    return table.number(of: key, hash: hash) { isEqual($0, bytes, start, Int(key.length)) }
      ?? insert(key, start, bytes)
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
  private mutating func insert(_ key: TermKey, _ start: Int, _ bytes: Span<UInt8>) -> UInt32 {
    var place = 0
    if !key.isWhole {
      let count = Int(key.length)
      place = longTerms.take((count + Self.unit - 1) / Self.unit * Self.unit)
      let target = unsafe longTerms.pointer(at: place, size: count)
      unsafe bytes.extracting(start..<(start + count)).withUnsafeBytes { term in
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
  private mutating func record(document: UInt32, position: UInt32, _ state: inout TermState) {
    if state.stream == 0 {
      if state.totalFrequency > 0 { beginStream(&state) }
    }
    if state.stream != 0 {
      if state.lastDocument == document {
        pool.append(varint: UInt64(position &- state.lastPosition) &<< 1, to: &state.tail)
      } else {
        append(document: document &- state.lastDocument, position: position, to: &state.tail)
      }
    }
    state.lastDocument = document
    state.lastPosition = position
    state.totalFrequency &+= 1
  }

  @inline(never)
  private mutating func beginStream(_ state: inout TermState) {
    state.stream = pool.begin(&state.tail)
    append(document: state.lastDocument, position: state.lastPosition, to: &state.tail)
  }

  /// Writes the first occurrence in a document.
  @inline(__always)
  private mutating func append(
    document step: UInt32, position: UInt32, to tail: inout ChunkPool.Tail
  ) {
    let head = UInt64(step) &<< 1 | 1
    if hasPositions {
      pool.append(varints: head, UInt64(position), to: &tail)
    } else {
      pool.append(varint: head, to: &tail)
    }
  }

  @unsafe @inline(__always)
  private func state(_ number: UInt32) -> UnsafeMutablePointer<TermState> {
    unsafe states.pointer(
      at: Self.statesStart &+ Int(number) &* Self.stateSize, size: Self.stateSize
    )
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

  /// Asks for what writing the list of a term begins with: first for its state, then, in a second
  /// call, for its stream.
  @inline(__always)
  func prefetchState(_ number: UInt32) {
    unsafe ck_prefetch(state(number))
  }

  @inline(__always)
  func prefetchStream(_ number: UInt32) {
    unsafe pool.prefetch(state(number).pointee.stream)
  }

  /// Writes the list of a term.
  func encode(
    _ number: UInt32, into list: inout PostingListWriter, by room: inout ChunkPool.StreamRoom
  ) throws(StorageError) {
    let state = unsafe state(number).pointee
    guard state.stream != 0 else {
      try list.beginDocument(state.lastDocument)
      list.addOccurrence(position: state.lastPosition)
      return
    }
    unsafe try pool.read(state.stream, to: state.tail, in: &room) { (bytes) throws(StorageError) in
      unsafe try list.addOccurrences(of: bytes)
    }
  }
}
