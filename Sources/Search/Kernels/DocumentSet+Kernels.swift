internal import CKernels
internal import SuoyinIndex

extension DocumentSet {
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
