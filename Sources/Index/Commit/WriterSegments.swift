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

  func isLive(_ document: UInt32) -> Bool {
    changed?.contains(document) ?? segment.isLive(document)
  }

  mutating func remove(_ document: UInt32) {
    if changed == nil { changed = LiveDocuments(of: segment) }
    changed?.remove(document)
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

/// The steps of a commit: files first, then their names, then the manifest's.
struct Commit {
  let generation: UInt64
  private let folder: IndexFolder
  private let old: Manifest?
  private(set) var records: [Manifest.SegmentRecord] = []
  /// The options of the analyzer, at first those of the last commit.
  private(set) var options: Manifest.Options?
  /// Files that get their names with this commit.
  private var files: [FileWriter] = []

  init(generation: UInt64, folder: IndexFolder, replacing old: Manifest?) {
    self.generation = generation
    self.folder = folder
    self.old = old
    options = old?.options
  }

  /// Gives the analyzer other options, or the index other fields.
  mutating func set(
    _ options: AnalyzerOptions, _ fields: FieldSchema
  ) throws(StorageError) {
    guard options != AnalyzerOptions() || !fields.fields.isEmpty else {
      self.options = nil
      return
    }
    let (file, summary) = try AnalyzerFile.write(
      options, fields, to: folder.analyzer(generation: generation))
    files.append(file)
    self.options = Manifest.Options(
      generation: generation, file: .init(size: summary.size, checksum: summary.checksum))
  }

  /// Takes a segment of the last commit over; one without a live document is left out.
  mutating func keep(_ segment: CommittedSegment) throws(StorageError) {
    guard segment.liveCount > 0 else { return }
    var record = segment.record
    if let live = segment.changed { record.deletes = try write(live, of: record.number) }
    records.append(record)
  }

  /// Takes a new segment in; one without a live document is left out.
  mutating func add(
    _ number: UInt64, _ file: FileWriter, _ summary: FileWriter.Summary, live: LiveDocuments
  ) throws(StorageError) {
    guard live.liveCount > 0 else { return }
    files.append(file)
    var record = Manifest.SegmentRecord(
      number: number, file: .init(size: summary.size, checksum: summary.checksum))
    if live.liveCount < live.documentCount { record.deletes = try write(live, of: number) }
    records.append(record)
  }

  private mutating func write(
    _ live: LiveDocuments, of number: UInt64
  ) throws(StorageError) -> Manifest.Deletes {
    let (file, summary) = try live.write(to: folder.live(number, generation: generation))
    files.append(file)
    return Manifest.Deletes(
      generation: generation, file: .init(size: summary.size, checksum: summary.checksum))
  }

  /// Makes the manifest the one in force, and removes the files that only the old one names.
  func publish(_ manifest: Manifest) throws(StorageError) {
    let file = try manifest.write(in: folder)
    do throws(StorageError) {
      for file in files { try file.publish() }
      try Folder.sync(folder.path)
      try file.publish()
    } catch {
      // The next writer takes away what cannot be withdrawn now: no manifest names it.
      for file in files { try? file.withdraw() }
      throw error
    }
    // The commit is done. That its name is on the disk has still to be awaited.
    try Folder.sync(folder.path)
    let kept = manifest.fileNames(in: folder)
    for path in old?.fileNames(in: folder).subtracting(kept) ?? [] {
      // A reader that has it open keeps it; what cannot be removed now, the next writer removes.
      try? Folder.remove(path)
    }
  }

  /// The committed segments, opened under their names.
  func reopened(
    analyzer: AnalyzerDescription
  ) throws(StorageError) -> [CommittedSegment] {
    var segments: [CommittedSegment] = []
    for record in records {
      segments.append(
        CommittedSegment(
          record, segment: try Segment(record, analyzer: analyzer, in: folder)))
    }
    return segments
  }
}
