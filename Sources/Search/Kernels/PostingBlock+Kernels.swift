internal import CKernels
internal import SuoyinIndex

extension PostingBlock {
  /// Appends the documents of the block and what each gets.
  func append(
    to documents: inout [UInt32], _ units: inout [UInt32], from field: SegmentField,
    by weighting: LeafWeighting
  ) {
    let count = count
    let start = units.count
    unsafe documents.append(contentsOf: UnsafeBufferPointer(start: self.documents, count: count))
    units.append(contentsOf: repeatElement(0, count: count))
    unsafe units.withUnsafeMutableBufferPointer { units in
      guard let base = units.baseAddress, count > 0 else { return }
      unsafe weighting.score(self.documents, frequencies, count, in: field, into: base + start)
    }
  }
}

extension DocumentSet {
  /// Adds all documents of a block.
  mutating func insert(documentsOf block: PostingBlock) {
    guard block.count > 0 else { return }
    unsafe precondition(Int(block.documents[block.count - 1]) / 64 < words.count)
    unsafe words.withUnsafeMutableBufferPointer { words in
      unsafe Kernels.lists.insert(block.documents, block.count, words.baseAddress)
    }
  }
}
