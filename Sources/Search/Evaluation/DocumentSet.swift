internal import SuoyinIndex

/// A set of a segment's documents, a bit each.
struct DocumentSet: Equatable {
  /// The lowest bit of the first word stands for document 0; bits behind the last document are 0.
  var words: [UInt64]

  /// The empty set.
  init(documentCount: Int) {
    words = Array(repeating: 0, count: (documentCount + 63) / 64)
  }

  /// All documents of the segment that are not deleted.
  init(live segment: Segment) {
    let count = segment.documentCount
    self.init(documentCount: count)
    guard segment.hasDeletes else {
      words = Array(repeating: .max, count: words.count)
      if count % 64 != 0 { words[words.count - 1] = 1 << UInt64(count % 64) - 1 }
      return
    }
    for index in words.indices { words[index] = segment.liveDocuments(ofRange: index) }
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  func contains(_ document: UInt32) -> Bool {
    words[Int(document / 64)] >> UInt64(document % 64) & 1 != 0
  }

  mutating func insert(_ document: UInt32) {
    words[Int(document / 64)] |= 1 << UInt64(document % 64)
  }

  /// Adds all documents of a list.
  mutating func insert(_ blocks: PostingBlocks) {
    let reader = BlockReader(blocks)
    for number in 0..<blocks.blockCount {
      reader.read(number)
      insert(documentsOf: reader.block)
    }
  }

  mutating func insert(_ documents: [UInt32]) {
    for document in documents { insert(document) }
  }

  /// Calls `body` with each document, ascending.
  func visit(_ body: (UInt32) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(UInt32(index * 64 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
  }

  /// Keeps the documents for which a condition holds; it is asked in ascending order.
  mutating func keep(where isKept: (UInt32) -> Bool) {
    for index in words.indices {
      var rest = words[index]
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        if !isKept(UInt32(index * 64 + bit)) { words[index] &= ~(1 << UInt64(bit)) }
        rest &= rest - 1
      }
    }
  }

  /// Takes out the documents of a segment that have an ingest ordinal or a greater one.
  mutating func remove(from ordinal: UInt64, of segment: Segment) {
    let first = segment.firstRecord(from: ordinal)
    guard first < segment.documentCount else { return }
    if segment.isReordered { return keep { segment.record(of: $0) < first } }
    words[first / 64] &= (1 << UInt64(first % 64)) - 1
    for index in words.indices where index > first / 64 { words[index] = 0 }
  }

  /// The documents, ascending.
  var members: [UInt32] {
    var members: [UInt32] = []
    visit { members.append($0) }
    return members
  }
}
