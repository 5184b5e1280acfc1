import SuoyinStorage
import SuoyinText

/// A segment of the last commit, as the writer has it: with the deletes since.
struct CommittedSegment {
  let record: Manifest.SegmentRecord
  let segment: Segment
  /// The live documents with the deletes since the last commit; nil where there are none.
  private(set) var changed: LiveDocuments?

  init(_ record: Manifest.SegmentRecord, segment: Segment) {
    self.record = record
    self.segment = segment
  }

  var hasNewDeletes: Bool { changed != nil }
  var liveCount: Int { changed?.liveCount ?? segment.liveCount }

  /// What a merge policy looks at.
  var mergeCandidate: MergePolicy.Candidate {
    .init(bytes: record.file.size, documentCount: segment.documentCount, liveCount: liveCount)
  }

  func isLive(record: UInt32) -> Bool {
    changed?.contains(record) ?? segment.isLive(record: record)
  }

  mutating func remove(record: UInt32) {
    if changed == nil { changed = LiveDocuments(of: segment) }
    changed?.remove(record)
  }
}

/// A set of ingest ordinals: a bit for each up to the greatest.
struct OrdinalSet {
  private var words: [UInt64] = []

  func contains(_ ordinal: UInt64) -> Bool {
    let word = Int(ordinal / 64)
    return word < words.count && words[word] >> (ordinal % 64) & 1 != 0
  }

  mutating func insert(_ ordinal: UInt64) {
    let word = Int(ordinal / 64)
    if word >= words.count {
      words += [UInt64](repeating: 0, count: word + 1 - words.count)
    }
    words[word] |= 1 << (ordinal % 64)
  }
}

/// A segment that is written and synced, but that no manifest names yet.
struct PendingSegment {
  let number: UInt64
  let file: FileWriter
  let summary: FileWriter.Summary
  let segment: Segment
  /// Not all, where articles were deleted again before the commit.
  var live: LiveDocuments
}
