import Glibc
import SuoyinStorage
import SuoyinText

/// The postings of one field while documents come in: a table of terms and a stream for each.
///
/// A stream holds, for each occurrence, a varint whose lowest bit says whether a new document
/// begins: then the rest is the difference to the document before, and a position follows. In the
/// same document the rest is the difference to the position before. In a channel without positions
/// both are left out. A term met once has no stream yet: its state says everything, and half of the
/// grams stay that way.
///
/// A struct that is never copied, so that one check of access serves a whole document.
@safe
struct FieldBuilder: ~Copyable {
  private struct TermState {
    var lastDocument: UInt32
    var lastPosition: UInt32
    /// Where the stream begins; 0 before the second occurrence.
    var stream: UInt32
    var totalFrequency: UInt64
    /// Where the term's bytes are.
    var bytes: Int
    var tail: ChunkPool.Tail
  }

  let id: FieldID
  private var table = TermTable()
  private var states = ByteArena()
  private var bytes = ByteArena()
  private var pool = ChunkPool()
  private(set) var lengths: [UInt32] = []

  init(_ id: FieldID) {
    self.id = id
  }

  /// Bytes of memory held, the table's next growth left out.
  var memory: Int {
    table.memory + states.count + bytes.count + pool.memory + lengths.capacity * 4
  }

  /// Adds the next document.
  ///
  /// - Precondition: the batch has positions where the field has, and they do not fall.
  mutating func add(_ batch: borrowing TokenBatch) {
    let document = UInt32(lengths.count)
    lengths.append(batch.fieldLength)
    let hasPositions = id.hasPositions
    precondition(batch.positions.count == (hasPositions ? batch.count : 0))
    let terms = unsafe batch.bytes.span.bytes
    let ends = batch.ends.span
    let positions = batch.positions.span
    var start = 0
    for index in ends.indices {
      let end = ends[index]
      let position = hasPositions ? positions[index] : 0
      unsafe terms.extracting(start..<end).withUnsafeBytes { term in
        unsafe add(term, document: document, position: position)
      }
      start = end
    }
  }

  @unsafe @inline(__always)
  private mutating func add(
    _ term: UnsafeRawBufferPointer, document: UInt32, position: UInt32
  ) {
    var probe = unsafe table.probe(term)
    while let number = table.next(&probe) {
      if unsafe term.count <= 8 || isEqual(term, number) {
        return unsafe extend(&state(number).pointee, document: document, position: position)
      }
    }
    let number = table.insert(probe)
    let place = bytes.take(term.count)
    if let source = term.baseAddress {
      unsafe bytes.pointer(at: place, size: term.count)
        .copyMemory(from: source, byteCount: term.count)
    }
    _ = states.take(MemoryLayout<TermState>.stride)
    unsafe state(number).initialize(
      to: TermState(
        lastDocument: document, lastPosition: position, stream: 0, totalFrequency: 1,
        bytes: place, tail: .none))
  }

  /// Whether the term of that number, which has the same length, has the very bytes.
  @unsafe
  private func isEqual(_ term: UnsafeRawBufferPointer, _ number: UInt32) -> Bool {
    let known = unsafe bytes.pointer(at: state(number).pointee.bytes, size: term.count)
    // Only terms of more than eight bytes are compared, so there is a first byte.
    return unsafe memcmp(known, term.baseAddress.unsafelyUnwrapped, term.count) == 0
  }

  /// Adds a further occurrence of a term.
  @inline(__always)
  private mutating func extend(_ state: inout TermState, document: UInt32, position: UInt32) {
    if state.stream == 0 {
      state.stream = pool.begin(&state.tail)
      append(document: state.lastDocument, position: state.lastPosition, to: &state.tail)
    }
    state.totalFrequency += 1
    if state.lastDocument == document {
      let step = position - state.lastPosition
      pool.append(varint: UInt64(step) << 1, to: &state.tail)
    } else {
      append(document: document - state.lastDocument, position: position, to: &state.tail)
      state.lastDocument = document
    }
    state.lastPosition = position
  }

  /// Writes the first occurrence in a document.
  @inline(__always)
  private mutating func append(
    document step: UInt32, position: UInt32, to tail: inout ChunkPool.Tail
  ) {
    pool.append(varint: UInt64(step) << 1 | 1, to: &tail)
    if id.hasPositions { pool.append(varint: UInt64(position), to: &tail) }
  }

  @unsafe @inline(__always)
  private func state(_ number: UInt32) -> UnsafeMutablePointer<TermState> {
    let size = MemoryLayout<TermState>.stride
    return unsafe states.pointer(at: Int(number) * size, size: size)
      .assumingMemoryBound(to: TermState.self)
  }

  /// Writes the field's sections and gives back the terms' memory; nothing can be added after it.
  ///
  /// - Parameter file: its open section is ended.
  mutating func write(to file: FileWriter) throws(StorageError) -> SegmentInfo.Field {
    var writer = try FieldWriter(id, lengths: lengths, to: file)
    var sorted = TermTable()
    swap(&sorted, &table)
    unsafe try sorted.forEachSorted(
      bytes: { number, length in
        let place = unsafe state(number).pointee.bytes
        return unsafe UnsafeRawPointer(bytes.pointer(at: place, size: Int(length)))
      },
      { (number, length) throws(StorageError) in
        let state = unsafe self.state(number).pointee
        try encode(state, into: &writer.lists)
        let term = unsafe UnsafeRawBufferPointer(
          start: bytes.pointer(at: state.bytes, size: Int(length)), count: Int(length))
        try writer.endTerm(unsafe Array(term))
      })
    let info = try writer.finish(to: file)
    states = ByteArena()
    bytes = ByteArena()
    pool = ChunkPool()
    return info
  }

  private func encode(
    _ state: TermState, into list: inout PostingListWriter
  ) throws(StorageError) {
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
        position = id.hasPositions ? UInt32(stream.next(in: pool)) : 0
        try list.beginDocument(document)
      }
      list.addOccurrence(position: position)
    }
  }
}
