// What a cursor does once per block or per document asked for: loading, seeking over blocks,
// frequencies, positions. None of it is on the path of `advance`.
extension PostingCursor {
  /// Moves to the first document of the next block, or past the last.
  @usableFromInline
  mutating func loadNextBlock() {
    // At the end `count` is 0, and the list stays there.
    guard count > 0, block + 1 < list.blockCount else { return finish() }
    load(block + 1)
  }

  /// Moves to the first document that is not before `target`, in a block after this one.
  ///
  /// Only the headers' array of last documents is read before the block that holds it.
  @usableFromInline
  mutating func seekBlock(to target: UInt32) {
    let next = list.block(reaching: target, from: block + 1)
    guard next < list.blockCount else { return finish() }
    load(next)
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
  /// - Precondition: the list has that block; it comes after the current one.
  mutating func load(_ number: Int) {
    if !isKnownUniquelyReferenced(&decoded) {
      decoded = PostingBlock()
      unsafe documents = decoded.documents
      unsafe frequencies = decoded.frequencies
    }
    // A first document that does not come after the current one would be a step backwards.
    guard list.decodeDocuments(of: number, into: decoded),
      unsafe number == 0 || documents[0] > current
    else { return finish(damaged: true) }
    block = number
    index = 0
    unsafe frequencies[0] = 0
    count = decoded.count
    current = unsafe documents[0]
  }

  /// Static: a method would have the whole cursor copied for it wherever it may be called.
  @usableFromInline
  static func decodeFrequencies(of block: Int, _ list: PostingBlocks, _ decoded: PostingBlock) {
    list.decodeFrequencies(of: block, into: decoded)
  }

  /// Puts the positions of the term in the current document into `positions`, in place of what is
  /// there; ascending, as many as ``frequency``, fewer where the bytes are damaged.
  ///
  /// Only for fields with positions; in others, and at the end, there are none.
  public mutating func positions(into positions: inout [UInt32]) {
    // Decodes the frequencies.
    guard frequency > 0 else { return positions.removeAll(keepingCapacity: true) }
    if !positionReader.positions(of: index, in: decoded, number: block, into: &positions) {
      isDamaged = true
    }
  }
}
