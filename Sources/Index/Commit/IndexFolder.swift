import SuoyinStorage

/// The names that an index has in its folder; everything else there is not ours and left alone.
struct IndexFolder {
  static let manifestName = "manifest"

  let path: String

  init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  var manifest: String { path + "/" + Self.manifestName }
  var temporaryManifest: String { manifest + FileWriter.temporarySuffix }

  func segment(_ number: UInt64) -> String {
    "\(path)/segment-\(number).suoyin"
  }

  func live(_ number: UInt64, generation: UInt64) -> String {
    "\(path)/live-\(number)-\(generation).suoyin"
  }

  func analyzer(generation: UInt64) -> String {
    "\(path)/analyzer-\(generation).suoyin"
  }

  /// The files of ours in the folder, by name; the lock is not among them.
  func ownNames() throws(StorageError) -> [String] {
    try Folder.names(in: path).filter(Self.isOwn)
  }

  /// Whether a name is one that a writer gives: `segment-N.suoyin`, `live-N-G.suoyin`,
  /// `analyzer-G.suoyin`, `manifest`, and the temporary names of these.
  static func isOwn(_ name: String) -> Bool {
    let stem = permanentName(of: name)
    return stem == manifestName || numbers(in: String(stem)) != nil
  }

  /// The numbers that a name of ours holds, a temporary one too; nil for any other name.
  static func numbers(in name: String) -> (segment: UInt64?, generation: UInt64?)? {
    let stem = permanentName(of: name)
    guard stem.hasSuffix(".suoyin") else { return nil }
    let parts = stem.dropLast(7).split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.dropFirst().compactMap { part in
      // The very digits that a number is written with, so that no other file's name is taken.
      UInt64(part).flatMap { String($0) == part ? $0 : nil }
    }
    guard numbers.count == parts.count - 1 else { return nil }
    switch (parts.first, numbers.count) {
    case ("segment", 1): return (numbers[0], nil)
    case ("analyzer", 1): return (nil, numbers[0])
    case ("live", 2): return (numbers[0], numbers[1])
    default: return nil
    }
  }

  /// The name that a file with a temporary one is to have.
  private static func permanentName(of name: String) -> Substring {
    // A spool is named after the temporary file that takes its bytes later.
    for suffix in [FileWriter.temporarySuffix + spoolSuffix, FileWriter.temporarySuffix]
    where name.hasSuffix(suffix) {
      return name.dropLast(suffix.count)
    }
    return name[...]
  }

  /// What the names of spools end in; they have them for a moment only.
  static let spoolSuffix = ".spl"

  /// Whether the temporary manifest is that of a first commit. One of a later commit tells nothing:
  /// the manifest that it was to replace has been lost since.
  private var holdsFirstCommit: Bool {
    do throws(StorageError) {
      return try Manifest.read(at: temporaryManifest).0.generation == 1
    } catch {
      // It is synced before any segment gets its name: one that cannot be read is none.
      return false
    }
  }

  /// Removes all files of ours that the manifest, which is on the disk, does not name, as far as that
  /// is possible: the next writer removes the rest.
  func removeAll(keeping manifest: Manifest) {
    let named = manifest.fileNames(in: self).union([self.manifest])
    for name in (try? ownNames()) ?? [] where !named.contains("\(path)/\(name)") {
      try? Folder.remove("\(path)/\(name)")
    }
  }

  /// Removes temporary files alone, where no manifest tells which others are in force.
  func removeTemporaryFiles() throws(StorageError) {
    for name in try ownNames() where Self.permanentName(of: name).utf8.count < name.utf8.count {
      try Folder.remove("\(path)/\(name)")
    }
  }

  /// Removes what a writer that died left: files of ours that the manifest does not name.
  ///
  /// Only under the writer's lock: nobody else gives such names then. A reader that has them open
  /// keeps them; one that is about to open what an older manifest names reads the newer one.
  /// The folder is synced first: the manifest in force may be that of a writer that died before it was
  /// sure to stay, and after a loss of power the one before it would miss its files.
  func removeLeftovers(keeping manifest: Manifest?) throws(IndexError) {
    let names = try indexing { () throws(StorageError) in try ownNames() }
    if manifest == nil {
      // A first commit dies with its own manifest still beside it, complete; without that one, these
      // are the segments of an index whose manifest was lost, and nothing to throw away.
      let hasSegments = names.contains {
        $0.hasPrefix("segment-") && $0.hasSuffix(".suoyin")
      }
      if hasSegments, !holdsFirstCommit { throw .manifestLost(directory: path) }
    }
    let named = manifest?.fileNames(in: self) ?? []
    // The temporary manifest last: it is what tells the leftovers of a first commit.
    let leftovers = names.filter { $0 != Self.manifestName && !named.contains("\(path)/\($0)") }
    guard !leftovers.isEmpty else { return }
    try indexing { () throws(StorageError) in try Folder.sync(path) }
    for name in leftovers.sorted(by: >) where name != Self.manifestName + FileWriter.temporarySuffix
    {
      try indexing { () throws(StorageError) in try Folder.remove("\(path)/\(name)") }
    }
    try indexing { () throws(StorageError) in try Folder.remove(temporaryManifest) }
  }
}
