internal import CMemory
internal import Glibc
internal import Synchronization

/// A folder in memory, for files that are never to be on a disk.
///
/// What it is called by, ``path``, works like the path of a folder in all calls of this module, as long
/// as the object lives, and in this process only. Its files have no name for the system
/// (memfd_create(2)): they are written, mapped, read back and locked by the calls that files on a disk
/// are, and only their names are kept here. A mapping outlives the folder.
public final class MemoryFolder: Sendable {
  /// No folder of a disk is opened by it while the object lives.
  public let path: String

  private static let scheme = "memory:"
  private static let numbers = Atomic(0)
  /// For each folder its files' descriptors by name.
  private static let folders = Mutex<[String: [String: Int32]]>([:])

  public init() {
    let path = Self.scheme + "\(Self.numbers.add(1, ordering: .relaxed).newValue)"
    self.path = path
    Self.folders.withLock { $0[path] = [:] }
  }

  deinit {
    let files = Self.folders.withLock { $0.removeValue(forKey: path) }
    for descriptor in (files ?? [:]).values { _ = close(descriptor) }
  }

  /// A name in one of these folders.
  struct Place {
    let folder: String
    /// Empty for the folder itself.
    let name: String

    /// - Returns: nil for a path of a disk.
    init?(_ path: String) {
      guard path.hasPrefix(MemoryFolder.scheme) else { return nil }
      let slash = path.utf8.firstIndex(of: UInt8(ascii: "/")) ?? path.endIndex
      folder = String(path[..<slash])
      name = String(path[slash...].dropFirst())
      let folder = folder
      guard MemoryFolder.folders.withLock({ $0[folder] != nil }) else { return nil }
    }

    /// The names in the folder, in no order.
    var names: [String] { change { Array($0.keys) } }

    /// Opens the file anew: a lock belongs to what was opened and not to the file.
    ///
    /// - Returns: a descriptor, or the negative number of the error.
    func open(_ flags: Int32) -> Int32 {
      change { files in
        if name.isEmpty { return -EISDIR }
        if files[name] != nil, flags & O_EXCL != 0 { return -EEXIST }
        if files[name] == nil {
          guard flags & O_CREAT != 0 else { return -ENOENT }
          let made = unsafe memfd_create(name, UInt32(CMEMORY_CLOEXEC))
          guard made >= 0 else { return -errno }
          files[name] = made
        }
        let descriptor = unsafe Glibc.open(
          "/proc/self/fd/\(files[name] ?? -1)", flags & O_ACCMODE | O_CLOEXEC)
        return descriptor < 0 ? -errno : descriptor
      }
    }

    /// - Returns: 0, or the negative number of the error.
    func status(_ status: inout stat) -> Int32 {
      let (code, found) = change { files in
        var found = stat()
        if name.isEmpty {
          found.st_mode = S_IFDIR
          return (Int32(0), found)
        }
        guard let descriptor = files[name] else { return (-ENOENT, found) }
        return unsafe (fstat(descriptor, &found) == 0 ? 0 : -errno, found)
      }
      status = found
      return code
    }

    /// - Returns: 0, or the negative number of the error.
    func remove() -> Int32 {
      change { files in
        guard let descriptor = files.removeValue(forKey: name) else { return -ENOENT }
        _ = close(descriptor)
        return 0
      }
    }

    /// Gives the file another name in the same folder, in place of what has it.
    ///
    /// - Parameter keeping: whether it keeps the old one; then nothing may have the new one.
    /// - Returns: 0, or the negative number of the error.
    func rename(to new: Place, keeping: Bool) -> Int32 {
      guard folder == new.folder else { return -EXDEV }
      return change { files in
        guard let descriptor = files[name] else { return -ENOENT }
        if keeping {
          guard files[new.name] == nil else { return -EEXIST }
          let copy = dup(descriptor)
          guard copy >= 0 else { return -errno }
          files[new.name] = copy
        } else if name != new.name {
          files[name] = nil
          if let replaced = files.updateValue(descriptor, forKey: new.name) { _ = close(replaced) }
        }
        return 0
      }
    }

    private func change<Result: Sendable>(
      _ body: (inout [String: Int32]) -> Result
    ) -> Result {
      MemoryFolder.folders.withLock { body(&$0[folder, default: [:]]) }
    }
  }
}

/// The system's calls that take a path, for paths on a disk and in memory alike. They give -1 and set
/// `errno` where they fail.
enum PathCalls {
  static func open(_ path: String, _ flags: Int32) -> Int32 {
    guard let place = MemoryFolder.Place(path) else { return unsafe Glibc.open(path, flags, 0o666) }
    return result(place.open(flags))
  }

  /// That of the name itself, where it is a link.
  static func status(ofName path: String, _ status: inout stat) -> Int32 {
    guard let place = MemoryFolder.Place(path) else { return unsafe lstat(path, &status) }
    return result(place.status(&status))
  }

  static func status(_ path: String, _ status: inout stat) -> Int32 {
    guard let place = MemoryFolder.Place(path) else { return unsafe stat(path, &status) }
    return result(place.status(&status))
  }

  static func makeFolder(_ path: String) -> Int32 {
    MemoryFolder.Place(path) == nil ? unsafe mkdir(path, 0o777) : result(-EEXIST)
  }

  static func remove(_ path: String) -> Int32 {
    guard let place = MemoryFolder.Place(path) else { return unsafe unlink(path) }
    return result(place.remove())
  }

  static func rename(_ path: String, to new: String) -> Int32 {
    switch (MemoryFolder.Place(path), MemoryFolder.Place(new)) {
    case (let place?, let new?): result(place.rename(to: new, keeping: false))
    case (nil, nil): unsafe Glibc.rename(path, new)
    default: result(-EXDEV)
    }
  }

  static func link(_ path: String, to new: String) -> Int32 {
    switch (MemoryFolder.Place(path), MemoryFolder.Place(new)) {
    case (let place?, let new?): result(place.rename(to: new, keeping: true))
    case (nil, nil): unsafe Glibc.link(path, new)
    default: result(-EXDEV)
    }
  }

  private static func result(_ code: Int32) -> Int32 {
    if code >= 0 { return code }
    errno = -code
    return -1
  }
}
