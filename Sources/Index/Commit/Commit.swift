import SuoyinStorage
import SuoyinText

/// A commit: how the disk goes from one state of the index to the next in one step, so that a loss of
/// power at any moment leaves one of the two.
///
/// 1. All new files are written under temporary names and synced: segments, deletes, options.
/// 2. So is the new manifest, which names them. Nothing has happened yet to what is in force.
/// 3. The new files get their names, and the folder is synced, so that the names are on the disk.
/// 4. One rename puts the new manifest in the old one's place. **This is the commit**; a reader sees
///    the index before or after it, and nothing in between.
/// 5. The folder is synced once more: from here on the commit stays, whatever happens.
/// 6. Files that only the old manifest names lose their names. Not earlier: until 5 is done, the old
///    manifest may come back. Readers that have them mapped keep them.
///
/// A writer that dies between two steps leaves names that no manifest has; the next one removes them
/// (``IndexFolder/removeLeftovers(keeping:)``).
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

  /// Takes a copy of another index's segment in, under a number of this one, with its deletes.
  mutating func copy(_ segment: Segment, as number: UInt64) throws(StorageError) {
    var record = Manifest.SegmentRecord(
      number: number,
      file: try copy(segment.file, SegmentFormat.kind, to: folder.segment(number)))
    if let live = segment.live {
      let path = folder.live(number, generation: generation)
      record.deletes = Manifest.Deletes(
        generation: generation, file: try copy(live.file, LiveDocuments.kind, to: path))
    }
    records.append(record)
  }

  /// Gives the analyzer the options of another index.
  mutating func copy(_ options: AnalyzerFile?) throws(StorageError) {
    self.options = try options.map { (options) throws(StorageError) in
      let path = folder.analyzer(generation: generation)
      return Manifest.Options(
        generation: generation, file: try copy(options.file, AnalyzerFile.kind, to: path))
    }
  }

  /// Puts the segments taken so far in another order.
  mutating func sort(
    by precedes: (Manifest.SegmentRecord, Manifest.SegmentRecord) -> Bool
  ) {
    records.sort(by: precedes)
  }

  private mutating func copy(
    _ source: SectionedFile, _ kind: Envelope.Kind, to path: String
  ) throws(StorageError) -> Manifest.File {
    let (file, summary) = try source.copy(kind, to: path)
    files.append(file)
    return Manifest.File(size: summary.size, checksum: summary.checksum)
  }

  private mutating func write(
    _ live: LiveDocuments, of number: UInt64
  ) throws(StorageError) -> Manifest.Deletes {
    let (file, summary) = try live.write(to: folder.live(number, generation: generation))
    files.append(file)
    return Manifest.Deletes(
      generation: generation, file: .init(size: summary.size, checksum: summary.checksum))
  }

  /// Steps 2 to 4: makes the manifest the one in force, or leaves everything as it was.
  func publish(_ manifest: Manifest) throws(StorageError) {
    let file = try manifest.write(in: folder)
    do throws(StorageError) {
      // The temporary manifest is what tells the leftovers of a first commit from the segments of an
      // index whose manifest was lost, so its name has to be there before the first segment's.
      if old == nil { try Folder.sync(folder.path) }
      for file in files { try file.publish() }
      try Folder.sync(folder.path)
      try file.publish()
    } catch {
      // The next writer takes away what cannot be withdrawn now: no manifest names it.
      for file in files { try? file.withdraw() }
      throw error
    }
  }

  /// Steps 5 and 6, after ``publish(_:)``: waits until the commit is on the disk, and removes the files
  /// that only the old manifest names.
  ///
  /// - Parameter replacingAll: whether everything of ours goes that the new manifest does not name: the
  ///   old one may have been unreadable.
  /// - Throws: where it is not known to be on the disk. It is in force all the same.
  func settle(_ manifest: Manifest, replacingAll: Bool = false) throws(StorageError) {
    try Folder.sync(folder.path)
    guard !replacingAll else { return folder.removeAll(keeping: manifest) }
    let kept = manifest.fileNames(in: folder)
    for path in old?.fileNames(in: folder).subtracting(kept) ?? [] {
      // What cannot be removed now, the next writer removes.
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
