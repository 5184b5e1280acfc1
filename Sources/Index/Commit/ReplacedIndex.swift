import SuoyinStorage
import SuoyinText

/// What is in a folder whose index is to be replaced as a whole, by a rebuild, a restore or a repair.
///
/// The new segments lie beside the old ones under numbers that none has had, so the index that is in
/// force stays whole until one rename ends it. It need not be readable: damaged, lost or of another
/// format, it is replaced all the same, and then the names of the files say which numbers are taken.
struct ReplacedIndex {
  /// Nil where there is none that can be read.
  let manifest: Manifest?
  /// What the next commit's generation must be greater than.
  let generation: UInt64
  /// A number that no segment has.
  let nextSegment: UInt64

  /// Also removes what writers that died left under temporary names; only under the writer's lock.
  ///
  /// - Parameter evenForeign: whether a manifest that does not look like one of ours is one that was
  ///   damaged, since everything else says so.
  /// - Throws: `storage` with `foreign` where the manifest is no file of ours, or what keeps the folder
  ///   from being read.
  init(in folder: IndexFolder, evenForeign: Bool = false) throws(IndexError) {
    do {
      manifest = try folder.readManifest().0
    } catch {
      guard error.leavesNoManifest(evenForeign) else { throw error }
      manifest = nil
    }
    let names = try indexing { () throws(StorageError) in
      try folder.removeTemporaryFiles()
      return try folder.ownNames()
    }
    let segments = names.compactMap { IndexFolder.numbers(in: $0)?.segment }
    let generations = names.compactMap { IndexFolder.numbers(in: $0)?.generation }
    // Where segments are, the first generation has been; its number would make a later writer take
    // them for leftovers of a commit that never came to be.
    let least: UInt64 = segments.isEmpty ? 0 : 1
    generation = max(manifest?.generation ?? least, generations.max() ?? 0)
    nextSegment = max(manifest?.nextSegment ?? 1, (segments.max() ?? 0) + 1)
  }
}

extension IndexError {
  /// Whether there is no manifest that could be read, while nothing speaks against making another.
  fileprivate func leavesNoManifest(_ evenForeign: Bool) -> Bool {
    switch self {
    case .noIndex: true
    case .storage(let error):
      [.damaged, .tooOld, .tooNew].contains(error.problem)
        || evenForeign && error.problem == .foreign
    default: false
    }
  }
}
