import SuoyinStorage

/// Finds the order of a segment's documents in which its lists are short.
///
/// Memory: ``bytesPerDocument`` for each document, and the ``ForwardIndex`` of what fits into the rest: the
/// longest lists are left out first, since they say least of which documents are alike.
struct Reordering {
  private let segment: Segment
  private let memory: Int
  private let workers: Workers

  /// A term that fewer documents have says too little for what it costs.
  private static let leastDocuments = 16
  /// Order, gains, keys and where the terms of each document begin.
  private static let bytesPerDocument = 64

  /// - Parameter memory: bytes that it may take.
  init(_ segment: Segment, memory: Int, by workers: Workers) {
    self.segment = segment
    self.memory = memory
    self.workers = workers
  }

  /// Bytes without which so many documents cannot be reordered: two postings of each.
  static func leastMemory(documentCount: Int) -> Int {
    documentCount * (bytesPerDocument + 2 * ForwardIndex.bytesPerPosting)
  }

  /// Of each document to come the number that it has now; nil where they are in that order already.
  ///
  /// It depends on the articles and the order of their ingestion, not on the order in which they are.
  ///
  /// - Parameter progress: is told how much is done, from 0 to 1.
  func order(_ progress: (Double) -> Void) throws(StorageError) -> [UInt32]? {
    let room = max(0, memory - segment.documentCount * Self.bytesPerDocument)
    let index = try ForwardIndex(
      segment, field: field, least: Self.leastDocuments, memory: room)
    var documents = [UInt32](repeating: 0, count: segment.documentCount)
    for document in 0..<UInt32(segment.documentCount) {
      documents[Int(segment.record(of: document))] = document
    }
    let order = GraphBisection(index, by: workers).order(progress).map { documents[Int($0)] }
    return order.indices.allSatisfy { order[$0] == $0 } ? nil : order
  }

  /// The field whose terms tell which articles are alike: the text's grams. The words beside them made no
  /// list shorter, and stand in where there are none.
  private var field: FieldID {
    let grams = FieldID(.text, .grams)
    return segment.field(grams).termCount > 0 ? grams : FieldID(.text, .words)
  }
}
