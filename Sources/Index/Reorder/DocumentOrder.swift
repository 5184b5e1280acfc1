import SuoyinStorage

/// In which order a segment has its documents, where that is not the order of ingestion: FORMAT.md,
/// "Order".
///
/// Lists, lengths and columns go by documents. What is stored of articles goes by *records*, one for each
/// document, in the order of ingestion always.
struct DocumentOrder: Sendable {
  private let words: MappedArray<UInt64>
  private let width: Int
  private let mask: UInt64
  let documentCount: Int

  /// - Returns: nil where documents are in the order of ingestion.
  /// - Throws: damage: what is no order of all documents.
  /// - Complexity: O(documents).
  init?(_ file: SectionedFile, documentCount: Int) throws(StorageError) {
    guard file.has(SegmentFormat.order) else { return nil }
    let section = try file.section(SegmentFormat.order)
    let width = Self.width(documentCount)
    let count = Self.wordCount(documentCount)
    guard section.count == count * 8 else {
      throw section.damaged(
        at: 0, "size of the section", expected: "\(count * 8)", found: "\(section.count)")
    }
    try section.verify()
    words = try section.array(of: UInt64.self, count: count)
    self.width = width
    mask = 1 << UInt64(width) - 1
    self.documentCount = documentCount
    var isTaken = [Bool](repeating: false, count: documentCount)
    for document in 0..<UInt32(documentCount) {
      let record = Int(record(of: document))
      guard record < documentCount, !isTaken[record] else {
        throw section.damaged(
          at: Int(document) * width / 8, "record of document \(document)",
          expected: "one below \(documentCount), and each once", found: "\(record)")
      }
      isTaken[record] = true
    }
    let used = documentCount * width % 64
    guard used == 0 || words[count - 1] >> UInt64(used) == 0 else {
      throw section.damaged(at: count * 8 - 8, "bits behind the last record")
    }
  }

  /// The record of a document.
  ///
  /// - Precondition: `document` is below the number of documents.
  /// - Complexity: O(1).
  @inline(__always)
  func record(of document: UInt32) -> UInt32 {
    let bit = Int(document) &* width
    let shift = UInt64(bit & 63)
    var value = words[bit >> 6] >> shift
    if Int(shift) &+ width > 64 { value |= words[bit >> 6 &+ 1] << (64 &- shift) }
    return UInt32(truncatingIfNeeded: value & mask)
  }

  /// The document of a record.
  ///
  /// - Complexity: O(documents), about a nanosecond each: who asks for many goes through all documents.
  func document(ofRecord record: UInt32) -> UInt32? {
    (0..<UInt32(documentCount)).first { self.record(of: $0) == record }
  }

  /// Bits of a record.
  private static func width(_ documentCount: Int) -> Int {
    max(1, Int.bitWidth - max(0, documentCount - 1).leadingZeroBitCount)
  }

  private static func wordCount(_ documentCount: Int) -> Int {
    (documentCount * width(documentCount) + 63) / 64
  }

  /// Writes the section.
  ///
  /// - Parameter records: of each document.
  static func write(_ records: [UInt32], to file: FileWriter) throws(StorageError) {
    let width = width(records.count)
    var words = [UInt64](repeating: 0, count: wordCount(records.count))
    for (document, record) in records.enumerated() {
      let bit = document * width
      words[bit / 64] |= UInt64(record) << UInt64(bit % 64)
      if bit % 64 + width > 64 { words[bit / 64 + 1] |= UInt64(record) >> UInt64(64 - bit % 64) }
    }
    try file.begin(SegmentFormat.order)
    try file.append(numbers: words)
  }
}

extension Segment {
  /// Whether documents are in another order than that in which they were added.
  public var isReordered: Bool { order != nil }

  /// Where what is stored of a document is, in the order of ingestion.
  ///
  /// - Precondition: `document` is below ``documentCount``.
  /// - Complexity: O(1).
  @inline(__always)
  package func record(of document: UInt32) -> UInt32 {
    guard let order else { return document }
    return order.record(of: document)
  }

  /// The document of a record.
  ///
  /// - Precondition: `record` is below ``documentCount``.
  /// - Complexity: O(1); in a reordered segment O(documents).
  func document(ofRecord record: UInt32) -> UInt32 {
    guard let order else { return record }
    guard let document = order.document(ofRecord: record) else {
      preconditionFailure("an order has every record")
    }
    return document
  }

  /// Whether the document of a record has not been deleted.
  ///
  /// - Precondition: `record` is below ``documentCount``.
  package func isLive(record: UInt32) -> Bool {
    live?.contains(record) ?? true
  }

  /// Which documents are live, a bit each; nil where all are.
  static func liveWords(
    _ live: MappedLiveDocuments?, in order: DocumentOrder?
  ) -> MappedArray<UInt64>? {
    guard let live, let order else { return live?.words }
    var words = [UInt64](repeating: 0, count: live.words.count)
    for document in 0..<UInt32(live.documentCount) where live.contains(order.record(of: document)) {
      words[Int(document) / 64] |= 1 << UInt64(document % 64)
    }
    return MappedArray(copying: words)
  }
}
