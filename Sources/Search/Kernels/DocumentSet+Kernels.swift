internal import CKernels
internal import SuoyinIndex

extension DocumentSet {
  var count: Int {
    unsafe words.withUnsafeBufferPointer { words in
      unsafe Kernels.lists.count_bits(words.baseAddress, words.count)
    }
  }

  mutating func formUnion(_ other: DocumentSet) { combine(other) { $0 | $1 } }

  mutating func formIntersection(_ other: DocumentSet) { combine(other) { $0 & $1 } }

  mutating func subtract(_ other: DocumentSet) { combine(other) { $0 & ~$1 } }

  /// Combines the words of two sets of one segment, in a loop without checks that vectors can take.
  @inline(__always)
  private mutating func combine(_ other: DocumentSet, _ word: (UInt64, UInt64) -> UInt64) {
    precondition(words.count == other.words.count)
    unsafe words.withUnsafeMutableBufferPointer { own in
      unsafe other.words.withUnsafeBufferPointer { other in
        for index in own.indices { unsafe own[index] = word(own[index], other[index]) }
      }
    }
  }

  /// Adds all documents of a block.
  mutating func insert(documentsOf block: PostingBlock) {
    unsafe insert(block.documents, block.count)
  }

  /// Adds all documents of an ascending list.
  @unsafe
  mutating func insert(_ documents: UnsafePointer<UInt32>, _ count: Int) {
    guard count > 0 else { return }
    unsafe precondition(Int(documents[count - 1]) / 64 < words.count)
    unsafe words.withUnsafeMutableBufferPointer { words in
      unsafe Kernels.lists.insert(documents, count, words.baseAddress)
    }
  }
}
