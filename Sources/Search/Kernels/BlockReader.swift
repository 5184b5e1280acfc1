internal import CKernels
internal import SuoyinIndex

/// A list and the block of it that was read last.
///
/// A damaged block reads as one without documents.
@safe
final class BlockReader {
  let blocks: PostingBlocks
  let block = PostingBlock()
  /// The number of the block; -1 before the first.
  private(set) var number = -1
  private var hasFrequencies = false

  init(_ blocks: PostingBlocks) {
    self.blocks = blocks
  }

  /// Reads a block's documents, where they are not read already.
  func read(_ number: Int) {
    guard self.number != number else { return }
    self.number = number
    hasFrequencies = false
    // A damaged block has no documents.
    _ = blocks.decodeDocuments(of: number, into: block)
  }

  /// Reads the frequencies of the block.
  func readFrequencies() {
    guard !hasFrequencies else { return }
    hasFrequencies = true
    // Damaged ones are 1.
    if block.count > 0 { blocks.decodeFrequencies(of: number, into: block) }
  }

  /// The number of the block that holds the first document from `target` on; the number of blocks
  /// where there is none.
  func block(reaching target: UInt32) -> Int {
    guard number >= 0, number < blocks.blockCount else {
      return blocks.block(reaching: target, from: 0)
    }
    if target > blocks.lastDocument(of: number) {
      return blocks.block(reaching: target, from: number + 1)
    }
    if number == 0 || target > blocks.lastDocument(of: number - 1) { return number }
    return blocks.block(reaching: target, from: 0)
  }

  /// The place in the block of the first document from `target` on.
  func place(of target: UInt32) -> Int {
    unsafe Kernels.lists.count_below(block.documents, block.count, target)
  }

  /// The document at a place of the block.
  func document(_ place: Int) -> UInt32 {
    precondition(place >= 0 && place < block.count)
    return unsafe block.documents[place]
  }

  /// The frequency at a place of the block.
  ///
  /// - Precondition: frequencies are read.
  func frequency(_ place: Int) -> UInt32 {
    precondition(place >= 0 && place < block.count)
    return unsafe block.frequencies[place]
  }
}
