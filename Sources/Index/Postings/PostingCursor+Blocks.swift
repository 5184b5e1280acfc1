// What a cursor does once per block or per document asked for: loading, seeking over blocks,
// frequencies, positions. None of it is on the path of `advance`.
extension PostingCursor {
  /// Moves to the first document of the next block, or past the last.
  @usableFromInline
  mutating func loadNextBlock() {
    // At the end `count` is 0, and the list stays there.
    guard count > 0, let list, block + 1 < list.blockCount else { return finish() }
    load(block + 1)
  }

  /// Moves to the first document that is not before `target`, in a block after this one.
  ///
  /// Only the headers' array of last documents is read before the block that holds it.
  @usableFromInline
  mutating func seekBlock(to target: UInt32) {
    guard let list, block + 1 < list.blockCount else { return finish() }
    var low = block + 1
    var step = 1
    while low + step < list.blockCount, list.lastDocument(of: low + step) < target {
      low += step + 1
      step *= 2
    }
    var high = min(low + step, list.blockCount)
    while low < high {
      let middle = (low + high) / 2
      if list.lastDocument(of: middle) < target { low = middle + 1 } else { high = middle }
    }
    guard low < list.blockCount else { return finish() }
    load(low)
    if current < target {
      // The block's last document is its header's, which is not before the target.
      seekInBlock(to: target)
    }
  }

  mutating func finish(damaged: Bool = false) {
    current = Self.end
    index = 0
    count = 0
    if damaged { isDamaged = true }
  }

  /// Decodes a block and stands on its first document.
  ///
  /// - Precondition: the list is there and has that block; it comes after the current one.
  mutating func load(_ number: Int) {
    guard let list else { return finish() }
    if !isKnownUniquelyReferenced(&decoded) {
      decoded = DecodedBlock(capacity: decoded.capacity)
      unsafe documents = decoded.documents
      unsafe frequencies = decoded.frequencies
    }
    block = number
    index = 0
    positionsIndex = 0
    unsafe positionsPlace = nil
    if list.documentFrequency == 1 {
      count = 1
      unsafe documents[0] = list.onlyDocument
      unsafe frequencies[0] = max(list.onlyFrequency, 1)
      current = list.onlyDocument
      return
    }
    let isLast = number + 1 == list.blockCount
    let size =
      isLast ? list.documentFrequency - number * BlockCodec.size : BlockCodec.size
    let first = number == 0 ? 0 : list.lastDocument(of: number - 1) &+ 1
    // A first document that does not come after the current one would be a step backwards.
    guard number == 0 || (first > current && first < list.documentLimit),
      let bytes = unsafe list.bytes(of: number),
      let rest = unsafe BlockCodec.decodeDocuments(
        bytes, count: size, first: first, limit: list.documentLimit, into: documents),
      unsafe list.blockCount == 1 || documents[size - 1] == list.lastDocument(of: number),
      let base = bytes.baseAddress
    else { return finish(damaged: true) }
    unsafe frequencyBytes = UnsafeRawBufferPointer(start: rest, count: base + bytes.count - rest)
    unsafe frequencies[0] = 0
    count = size
    current = unsafe documents[0]
  }

  /// Decodes a block's frequencies; damaged ones are 1.
  ///
  /// Static: a method would have the whole cursor copied for it wherever it may be called.
  ///
  /// - Returns: whether they are as written.
  @unsafe @usableFromInline
  @discardableResult
  static func decode(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, into frequencies: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    unsafe BlockCodec.decodeFrequencies(bytes, count: count, into: frequencies)
  }

  /// Puts the positions of the term in the current document into `positions`, in place of what is
  /// there; ascending, as many as ``frequency``, fewer where the bytes are damaged.
  ///
  /// Only for fields with positions; in others, and at the end, there are none.
  ///
  /// - Complexity: O(number of positions in the block up to this document).
  public mutating func positions(into positions: inout [UInt32]) {
    positions.removeAll(keepingCapacity: true)
    guard index < count else { return }
    let frequency = Int(frequency)
    if unsafe positionsPlace == nil || positionsIndex > index {
      // The list is touched once a block: copying it counts references.
      guard let list, unsafe list.positions != nil else { return }
      guard let bytes = unsafe list.positions(of: block), let start = bytes.baseAddress else {
        isDamaged = true
        return
      }
      unsafe positionsPlace = start
      unsafe positionsEnd = start + bytes.count
      positionsIndex = 0
    }
    guard var place = unsafe positionsPlace, let end = unsafe positionsEnd else { return }
    if positionsIndex < index {
      var skipped = 0
      for before in positionsIndex..<index { unsafe skipped += Int(frequencies[before]) }
      guard unsafe Varint.skip(skipped, from: &place, end: end) else {
        isDamaged = true
        return
      }
      unsafe positionsPlace = place
      positionsIndex = index
    }
    var position: UInt64 = 0
    for _ in 0..<frequency {
      guard let step = unsafe Varint.decode(&place, end: end), position + step <= UInt32.max else {
        isDamaged = true
        return
      }
      position += step
      positions.append(UInt32(position))
    }
  }
}
