internal import SuoyinIndex

/// Documents of a segment's field that hold something, ascending, and how often each does.
struct FoundDocuments: Equatable {
  private(set) var documents: [UInt32] = []
  /// At least 1 each.
  private(set) var frequencies: [UInt32] = []

  init() {}

  /// Those of a list.
  init(_ blocks: PostingBlocks) {
    documents.reserveCapacity(blocks.documentFrequency)
    frequencies.reserveCapacity(blocks.documentFrequency)
    let reader = BlockReader(blocks)
    for number in 0..<blocks.blockCount {
      reader.read(number)
      reader.readFrequencies()
      for place in 0..<reader.block.count {
        append(reader.document(place), reader.frequency(place))
      }
    }
  }

  /// - Precondition: `document` is greater than those before.
  mutating func append(_ document: UInt32, _ frequency: UInt32) {
    documents.append(document)
    frequencies.append(frequency)
  }

  /// What several hold together: a document of more than one holds the sum.
  ///
  /// - Complexity: O(n · log k) for n documents of k.
  init(union several: [FoundDocuments]) {
    var rest = several
    while rest.count > 1 {
      rest = stride(from: 0, to: rest.count, by: 2).map { index in
        var joined = rest[index]
        if index + 1 < rest.count { joined.formUnion(rest[index + 1]) }
        return joined
      }
    }
    self = rest.first ?? FoundDocuments()
  }

  /// Adds what others hold as well: a document of both holds the sum.
  private mutating func formUnion(_ other: FoundDocuments) {
    guard !other.documents.isEmpty else { return }
    let own = self
    self = FoundDocuments()
    var (a, b) = (0, 0)
    while a < own.documents.count || b < other.documents.count {
      let first = a < own.documents.count ? own.documents[a] : .max
      let second = b < other.documents.count ? other.documents[b] : .max
      var frequency: UInt32 = 0
      if first <= second {
        frequency += own.frequencies[a]
        a += 1
      }
      if second <= first {
        frequency += other.frequencies[b]
        b += 1
      }
      append(min(first, second), frequency)
    }
  }

  /// How often a document holds it, 0 where it does not.
  ///
  /// - Complexity: linear in the number of documents.
  func frequency(in document: UInt32) -> UInt32 {
    documents.firstIndex(of: document).map { frequencies[$0] } ?? 0
  }
}
