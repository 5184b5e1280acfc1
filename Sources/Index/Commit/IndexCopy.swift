import SuoyinStorage

/// A copy of an index as it was at one commit: a backup, or the way back from one.
///
/// The source may be written into meanwhile: its files are mapped before the first byte is copied, and
/// stay whole when later commits take their names away. Every byte is held against its checksum, so
/// a copy is sound, or none is made.
public struct IndexCopy: Equatable, Sendable {
  /// Articles that are not deleted.
  public let articleCount: Int
  public let segmentCount: Int
  /// The bytes of segments, deletes and options.
  public let bytes: Int

  /// Copies the last commit of the index in `source` into the folder `target`, as one commit there.
  ///
  /// - Parameters:
  ///   - source: the folder of the index.
  ///   - target: the folder of the copy.
  ///   - replacing: whether it takes the place of an index in `target`, readable or not, which readers
  ///     see until the copy is complete; else an index there is an error.
  /// - Throws: `noIndex`, `indexThere`, or `storage` with what is damaged or cannot be written.
  /// - Complexity: O(size of the index).
  public static func make(
    from source: String, to target: String, replacing: Bool = false
  ) throws(IndexError) -> IndexCopy {
    let original = IndexFolder(source)
    let (old, options, segments) = try original.reading { (manifest, _) throws(IndexError) in
      try indexing { () throws(StorageError) in
        (
          manifest, try manifest.readOptions(in: original),
          try manifest.openSegments(in: original)
        )
      }
    }
    let folder = IndexFolder(target)
    let lock = try indexing { () throws(StorageError) in
      try Folder.create(folder.path)
      return try WriterLock(directory: folder.path)
    }
    defer { withExtendedLifetime(lock) {} }
    if !replacing {
      guard !Folder.exists(folder.manifest) else { throw .indexThere(directory: folder.path) }
      try folder.removeLeftovers(keeping: nil)
    }
    let replaced = try ReplacedIndex(in: folder)
    return try indexing { () throws(StorageError) in
      var commit = Commit(
        generation: replaced.generation + 1, folder: folder, replacing: replaced.manifest)
      try commit.copy(options)
      var number = replaced.nextSegment
      for segment in segments {
        try commit.copy(segment, as: number)
        number += 1
      }
      let manifest = Manifest(
        generation: commit.generation, analyzer: old.analyzer, options: commit.options,
        similarity: old.similarity, nextOrdinal: old.nextOrdinal, nextSegment: number,
        segments: commit.records)
      try commit.publish(manifest)
      try commit.settle(manifest, replacingAll: true)
      return IndexCopy(
        articleCount: segments.reduce(0) { $0 + $1.liveCount }, segmentCount: segments.count,
        bytes: segments.reduce(options?.file.size ?? 0) {
          $0 + $1.file.size + ($1.live?.file.size ?? 0)
        })
    }
  }
}
