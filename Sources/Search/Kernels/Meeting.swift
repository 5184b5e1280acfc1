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

  /// Calls `body` for each of some documents that the list holds, with its place among them and in
  /// the reader's block.
  ///
  /// - Parameters:
  ///   - documents: ascending; `body` may overwrite those before its own and its own.
  ///   - counting: whether the frequencies of the blocks are to be read.
  @unsafe @inline(__always)
  func meet(
    _ reader: BlockReader, with documents: UnsafePointer<UInt32>, _ count: Int, counting: Bool,
    _ body: (_ place: Int, _ posting: Int) -> Void
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
      if counting, found > 0 { reader.readFrequencies() }
      for index in 0..<found {
        unsafe body(from + Int(places[index]), start + Int(postings[index]))
      }
      // A damaged header must not hold the walk up.
      from = max(to, from + 1)
    }
  }
}
