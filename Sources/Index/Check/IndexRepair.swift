import SuoyinStorage
import SuoyinText

/// Makes a sound index of what can still be read of a damaged one, as one commit.
///
/// Segments without damage stay as they are. Of the others the articles are read one by one and
/// indexed anew: the lists of words are made again, so only damage to the stored articles themselves
/// loses any, and those of a file that cannot be opened are looked for. Nothing that
/// cannot be read is thrown away: the damaged file stays beside the index under a name of its own, with
/// ``asideSuffix``.
public struct IndexRepair: Equatable, Sendable {
  /// What the name of a damaged file that was put aside ends in.
  public static let asideSuffix = ".damaged"

  /// What was found before anything was done.
  public let check: IndexCheck
  /// Articles of the index as it is now.
  public private(set) var articleCount: Int
  /// Articles that were read out of damaged segments and indexed anew.
  public private(set) var rescuedCount = 0
  /// Articles that could not be read, as far as it is known how many there were.
  public private(set) var lostCount = 0
  /// The ids of these, as far as they can be read.
  public private(set) var lostIDs: [String] = []
  /// Files of which nothing could be read.
  public private(set) var lostFiles: [String] = []
  /// What else is not as it was.
  public private(set) var notes: [String] = []

  /// Checks the index in `directory` and repairs it where it is damaged.
  ///
  /// - Throws: `noIndex`; `storage` with `locked` where a writer is at work; `otherAnalyzer` where
  ///   this version cannot index what it reads as the index has it; what cannot be read or written for
  ///   another reason than damage.
  /// - Complexity: O(size of the index).
  public static func run(
    at directory: String, options: IndexOptions = .init()
  ) throws(IndexError) -> IndexRepair {
    let folder = IndexFolder(directory)
    guard Folder.isFolder(folder.path) else { throw .noIndex(directory: folder.path) }
    // Looked at first: a folder that is none of ours must not get a lock.
    _ = try IndexCheck.run(at: directory)
    let lock = try indexing { () throws(StorageError) in try WriterLock(directory: folder.path) }
    defer { withExtendedLifetime(lock) {} }
    let check = try IndexCheck.run(at: directory)
    var repair = IndexRepair(check: check, articleCount: check.articleCount)
    if !check.isSound { try repair.makeSound(folder, options) }
    return repair
  }

  private init(check: IndexCheck, articleCount: Int) {
    self.check = check
    self.articleCount = articleCount
  }

  private mutating func makeSound(
    _ folder: IndexFolder, _ options: IndexOptions
  ) throws(IndexError) {
    let remains = try IndexRemains(in: folder)
    notes += remains.notes
    lostFiles += remains.lostFiles
    guard let description = remains.analyzer else {
      throw .manifestLost(directory: folder.path)
    }
    let analyzer = try Self.analyzer(description, remains.options, directory: folder.path)
    let replaced = try ReplacedIndex(in: folder, evenForeign: true)
    var salvage = Salvage(
      folder: folder, analyzer: analyzer, fields: remains.fields, similarity: remains.similarity,
      options: options, nextSegment: replaced.nextSegment, nextOrdinal: remains.nextOrdinal)
    try indexing { () throws(StorageError) in
      var commit = Commit(
        generation: replaced.generation + 1, folder: folder, replacing: replaced.manifest)
      for part in remains.segments {
        if let segment = part.committed, part.isSound, !remains.lostOptions {
          try commit.keep(segment)
          continue
        }
        try salvage.take(part)
        // Another file system may know no links; then the damaged file goes.
        if !part.isSound { try? putAside(part.path) }
      }
      for path in remains.lostFiles { try? putAside(path) }
      let made = try salvage.finish()
      try commit.set(analyzer.options, salvage.fields)
      for part in made {
        try commit.add(
          part.number, part.file, part.summary,
          live: LiveDocuments(documentCount: part.documentCount))
      }
      commit.sort(byFirstOrdinalOf: remains.segments, made)
      let manifest = Manifest(
        generation: commit.generation, analyzer: analyzer.description, options: commit.options,
        similarity: remains.similarity, nextOrdinal: salvage.nextOrdinal,
        nextSegment: salvage.nextSegment, segments: commit.records)
      try commit.publish(manifest)
      try commit.settle(manifest, replacingAll: true)
      articleCount = try commit.reopened(analyzer: analyzer.description)
        .reduce(0) { $0 + $1.liveCount }
    }
    rescuedCount = salvage.rescuedCount
    lostCount = salvage.lostCount
    lostIDs = salvage.lostIDs
  }

  private static func analyzer(
    _ description: AnalyzerDescription, _ options: AnalyzerOptions?, directory: String
  ) throws(IndexError) -> Analyzer {
    let analyzer: Analyzer
    do throws(AnalyzerError) {
      analyzer = try Analyzer(named: description.name, options: options ?? AnalyzerOptions())
    } catch {
      throw .analyzer(directory: directory, error)
    }
    guard analyzer.description == description else {
      throw .otherAnalyzer(
        directory: directory, index: description, here: analyzer.description)
    }
    return analyzer
  }

  private func putAside(_ path: String) throws(StorageError) {
    if Folder.exists(path) { try Folder.link(path, to: path + Self.asideSuffix) }
  }
}
