/// Goes through the documents that hold a term, in ascending order, one segment and field at a time.
///
/// It stands on its first document from the start. ``advance()`` and ``seek(to:)`` move it forwards;
/// past the last document, ``document`` is ``end`` and stays so, and moving on is legal. A cursor
/// keeps its segment mapped. A copy is a cursor of its own that stands where the original stood.
///
/// Deleted documents are among them: ask ``Segment/isLive(_:)``.
///
/// Damaged bytes end the list, or the positions of a document, early and set ``isDamaged``; only
/// damaged frequencies read as 1 and set nothing. They never lead to a document that is not
/// below the segment's `documentCount`, to a step backwards or to a read outside the list: each
/// block's range and documents are checked when it is loaded.
@safe
public struct PostingCursor {
  /// What ``document`` is past the last one; greater than any document.
  public static var end: UInt32 { @inlinable get { .max } }

  /// The current document, or ``end``.
  @inlinable
  public var document: UInt32 { current }

  @usableFromInline var current: UInt32
  /// The place of ``document`` in the block, and the number of documents in the block; both 0 at
  /// the end.
  @usableFromInline var index = 0
  @usableFromInline var count = 0
  /// The documents and frequencies of `decoded`, which lives as long as the cursor holds it. The first
  /// frequency is 0 as long as none is decoded.
  ///
  /// Copies of a cursor share it until one of them loads another block, so its documents never change
  /// while two cursors hold it; its frequencies are filled in at most once per block, by whoever asks
  /// first. It is not Sendable, and so neither is a cursor.
  @usableFromInline var documents: UnsafeMutablePointer<UInt32>
  @usableFromInline var frequencies: UnsafeMutablePointer<UInt32>
  @usableFromInline var decoded: PostingBlock
  @usableFromInline let list: PostingBlocks
  /// The number of the loaded block.
  @usableFromInline var block = -1
  let positionReader: PositionReader
  /// Whether the list or a document's positions ended early because their bytes are not those that were written.
  public internal(set) var isDamaged = false

  init(_ entry: TermEntry, of field: FieldReader) {
    list = PostingBlocks(entry, of: field)
    positionReader = PositionReader(list)
    decoded = PostingBlock()
    unsafe documents = decoded.documents
    unsafe frequencies = decoded.frequencies
    current = Self.end
    if list.blockCount == 0 {
      isDamaged = true
    } else {
      load(0)
    }
  }

  /// The number of documents in the list, as the dictionary gives it.
  public var documentFrequency: Int { list.documentFrequency }

  /// Moves to the next document, or past the last.
  ///
  /// - Complexity: O(1), a block of 256 documents at a time.
  @inlinable
  public mutating func advance() {
    index &+= 1
    if index < count {
      current = unsafe documents[index]
    } else {
      loadNextBlock()
    }
  }

  /// Moves to the first document that is not before `target`; stays where it stands on one already.
  ///
  /// - Complexity: O(log d) for d documents or blocks stepped over; blocks in between are not read.
  @inlinable
  public mutating func seek(to target: UInt32) {
    if current >= target { return }
    // Here count > 0: at the end, `current` is not before any target.
    if unsafe documents[count &- 1] >= target {
      seekInBlock(to: target)
    } else {
      seekBlock(to: target)
    }
  }

  /// How often the document holds the term: 1 or more; 0 at the end.
  @inlinable
  public var frequency: UInt32 {
    if index >= count { return 0 }
    if unsafe frequencies[0] == 0 {
      Self.decodeFrequencies(of: block, list, decoded)
    }
    return unsafe frequencies[index]
  }

  /// Galloping, then halving: most targets are near.
  ///
  /// - Precondition: the block's last document is not before `target`.
  @inlinable
  mutating func seekInBlock(to target: UInt32) {
    var low = index &+ 1
    var step = 1
    while low &+ step < count, unsafe documents[low &+ step] < target {
      low = low &+ step &+ 1
      step &*= 2
    }
    var high = min(low &+ step, count &- 1)
    while low < high {
      let middle = (low &+ high) / 2
      if unsafe documents[middle] < target { low = middle &+ 1 } else { high = middle }
    }
    index = low
    current = unsafe documents[low]
  }
}
