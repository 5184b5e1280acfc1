import SuoyinStorage

/// The fingerprints of a segment's documents: FORMAT.md, "Fingerprints".
struct Fingerprints: Sendable {
  private let words: MappedArray<UInt64>

  /// Those of a segment, which has no section of them where no document has one.
  init(_ file: SectionedFile, documentCount: Int) throws(StorageError) {
    guard file.has(SegmentFormat.fingerprints) else {
      words = MappedArray(copying: [])
      return
    }
    let section = try file.section(SegmentFormat.fingerprints)
    guard section.count == documentCount * 16 else {
      throw section.damaged(
        at: 0, "size of the section", expected: "\(documentCount * 16)", found: "\(section.count)")
    }
    words = try section.array(of: UInt64.self, count: documentCount * 2)
  }

  subscript(document: UInt32) -> Fingerprint {
    words.count == 0
      ? .none : Fingerprint(low: words[Int(document) * 2], high: words[Int(document) * 2 + 1])
  }

  /// Writes those of all documents; nothing where none has one.
  static func write(_ fingerprints: [Fingerprint], to file: FileWriter) throws(StorageError) {
    guard fingerprints.contains(where: { !$0.isNone }) else { return }
    try file.begin(SegmentFormat.fingerprints)
    try file.append(numbers: fingerprints.flatMap { [$0.low, $0.high] })
  }
}

extension Segment {
  /// What the document's text has in common with near-duplicates of it.
  ///
  /// - Precondition: `document` is below ``documentCount``.
  /// - Complexity: O(1).
  public func fingerprint(of document: UInt32) -> Fingerprint {
    precondition(document < documentCount)
    return fingerprints[record(of: document)]
  }
}
