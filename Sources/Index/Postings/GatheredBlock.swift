import CKernels

/// The documents of a block that is being made, with frequencies and positions.
@safe
struct GatheredBlock: ~Copyable {
  private var block: ck_gathering
  let hasPositions: Bool

  init(hasPositions: Bool) {
    self.hasPositions = hasPositions
    let limit = PostingBlock.capacity
    let documents = UnsafeMutablePointer<UInt32>.allocate(capacity: limit * 2)
    unsafe documents.initialize(repeating: 0, count: limit * 2)
    let positions = UnsafeMutablePointer<UInt32>.allocate(capacity: limit)
    unsafe positions.initialize(repeating: 0, count: limit)
    unsafe block = ck_gathering(
      documents: documents, frequencies: documents + limit,
      positions: hasPositions ? positions : nil, limit: limit, position_limit: limit, count: 0,
      position_count: 0, document: 0, position: 0)
    if !hasPositions { unsafe positions.deallocate() }
  }

  deinit {
    unsafe block.documents.deallocate()
    unsafe block.positions?.deallocate()
  }

  /// How many documents there are.
  var count: Int { unsafe block.count }
  var isFull: Bool { unsafe block.count == block.limit }

  /// The documents; valid until the next change.
  @unsafe var documents: UnsafeBufferPointer<UInt32> {
    unsafe UnsafeBufferPointer(start: block.documents, count: block.count)
  }

  /// How often each of them holds the term; valid until the next change.
  @unsafe var frequencies: UnsafeBufferPointer<UInt32> {
    unsafe UnsafeBufferPointer(start: block.frequencies, count: block.count)
  }

  /// The positions of all of them; valid until the next change.
  @unsafe var positions: UnsafeBufferPointer<UInt32> {
    unsafe UnsafeBufferPointer(start: block.positions, count: block.position_count)
  }

  /// The last document.
  ///
  /// - Precondition: there is one.
  var last: UInt32 {
    precondition(count > 0)
    return unsafe block.documents[block.count - 1]
  }

  /// The documents' frequencies together.
  var totalFrequency: Int {
    if hasPositions { return unsafe block.position_count }
    return unsafe frequencies.reduce(0) { $0 + Int($1) }
  }

  /// Takes all documents out.
  mutating func removeAll() {
    unsafe block.count = 0
    unsafe block.position_count = 0
  }

  /// Makes ready for another list.
  mutating func beginList() {
    removeAll()
    unsafe block.document = 0
    unsafe block.position = 0
  }

  // MARK: - One after the other

  /// - Precondition: it is not full, and `document` is greater than the one before.
  @inline(__always)
  mutating func begin(_ document: UInt32) {
    precondition(unsafe block.count < block.limit && (block.count == 0 || document > last))
    unsafe block.documents[block.count] = document
    unsafe block.frequencies[block.count] = 0
    unsafe block.count &+= 1
  }

  /// Adds an occurrence to the last document. One at the position of the one before is none.
  @inline(__always)
  mutating func add(position: UInt32) {
    let document = count - 1
    precondition(document >= 0)
    if hasPositions {
      let end = unsafe block.position_count
      if unsafe block.frequencies[document] > 0, unsafe positions[end - 1] == position { return }
      if unsafe end == block.position_limit { makeRoom() }
      unsafe block.positions?[end] = position
      unsafe block.position_count = end + 1
    }
    unsafe block.frequencies[document] += 1
  }

  /// Adds occurrences to the last document.
  ///
  /// - Precondition: the channel has no positions.
  mutating func add(occurrences: UInt32) {
    precondition(!hasPositions && count > 0)
    unsafe block.frequencies[count - 1] += occurrences
  }

  @inline(never)
  private mutating func makeRoom() {
    let limit = unsafe block.position_limit
    let more = UnsafeMutablePointer<UInt32>.allocate(capacity: limit * 2)
    unsafe more.initialize(repeating: 0, count: limit * 2)
    unsafe more.update(from: positions.baseAddress ?? UnsafePointer(more), count: limit)
    unsafe block.positions?.deallocate()
    unsafe block.positions = more
    unsafe block.position_limit = limit * 2
  }

  // MARK: - Of a stream

  /// Takes occurrences as a ``TermShard`` has them in its streams, until the bytes end, perhaps within
  /// an occurrence, or the block is full and another document follows.
  ///
  /// - Parameter bytes: with `CK_GATHER_AHEAD` more behind them that can be read.
  /// - Returns: how many bytes were taken.
  @unsafe
  mutating func take(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let start = unsafe bytes.assumingMemoryBound(to: UInt8.self).baseAddress else { return 0 }
    var taken = 0
    while true {
      taken += unsafe Kernels.writing.gather(&block, start + taken, bytes.count - taken)
      guard hasPositions, taken < bytes.count,
        unsafe block.position_count == block.position_limit
      else { return taken }
      makeRoom()
    }
  }
}
