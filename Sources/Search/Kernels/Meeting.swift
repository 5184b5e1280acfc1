internal import CKernels
internal import SuoyinIndex

/// Finds documents in a list.
@safe
final class Meeting {
  private let places: UnsafeMutablePointer<UInt32>
  private let postings: UnsafeMutablePointer<UInt32>
  private let capacity: Int

  /// - Parameter capacity: the most documents at a time.
  init(capacity: Int) {
    self.capacity = capacity
    unsafe places = .allocate(capacity: (capacity + 16) * 2)
    unsafe places.initialize(repeating: 0, count: (capacity + 16) * 2)
    unsafe postings = places + capacity + 16
  }

  deinit {
    unsafe places.deallocate()
  }

  /// Calls `body` with the places of those documents that a list holds, and theirs in the list.
  ///
  /// - Parameters:
  ///   - list: ascending, of `size` documents, with 16 more elements that can be read.
  ///   - documents: ascending.
  @unsafe @inline(__always)
  func meet(
    _ list: UnsafePointer<UInt32>, _ size: Int, with documents: UnsafePointer<UInt32>,
    _ count: Int, _ body: (_ place: Int, _ posting: Int) -> Void
  ) {
    precondition(count <= capacity)
    let found = unsafe Kernels.lists.intersect(documents, count, list, size, places, postings)
    for index in 0..<found { unsafe body(Int(places[index]), Int(postings[index])) }
  }

  /// Documents that one block of a list holds.
  @unsafe
  struct Batch {
    /// How many they are.
    let count: Int
    /// Of each its place among those that were looked for, less ``firstPlace``.
    let places: UnsafePointer<UInt32>
    let firstPlace: Int
    /// Of each its place in the reader's block, less ``firstPosting``.
    let postings: UnsafePointer<UInt32>
    let firstPosting: Int

    @inline(__always)
    func place(_ index: Int) -> Int { unsafe firstPlace + Int(places[index]) }

    @inline(__always)
    func posting(_ index: Int) -> Int { unsafe firstPosting + Int(postings[index]) }
  }

  /// Calls `body` with those of some documents that the list holds, a block of the list at a time.
  ///
  /// - Parameters:
  ///   - documents: ascending; `body` may overwrite those up to the last of the batch.
  ///   - counting: whether the frequencies of the blocks are to be read.
  @unsafe @inline(__always)
  func meet(
    _ reader: BlockReader, with documents: UnsafePointer<UInt32>, _ count: Int, counting: Bool,
    _ body: (Batch) -> Void
  ) {
    precondition(count <= capacity)
    var from = 0
    while from < count {
      let number = reader.block(reaching: unsafe documents[from])
      guard number < reader.blocks.blockCount else { return }
      reader.read(number)
      let last = reader.blocks.lastDocument(of: number)
      // Most often all that are left are in this block.
      let to =
        unsafe documents[count - 1] <= last
        ? count
        : from + (unsafe Kernels.lists.count_below(documents + from, count - from, last &+ 1))
      let start = reader.place(of: unsafe documents[from])
      let found = unsafe Kernels.lists.intersect(
        documents + from, to - from, reader.block.documents + start, reader.block.count - start,
        places, postings)
      if found > 0 {
        if counting { reader.readFrequencies() }
        unsafe body(
          Batch(
            count: found, places: UnsafePointer(places), firstPlace: from,
            postings: UnsafePointer(postings), firstPosting: start))
      }
      // A damaged header must not hold the walk up.
      from = max(to, from + 1)
    }
  }
}
