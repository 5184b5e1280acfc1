#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What there is at a path.
struct FileStatus: Sendable {
  enum Kind: Equatable, Sendable {
    case file
    case folder
    /// Anything else, as `a pipe`.
    case other(String)
  }

  /// What makes two paths lead to the same folder.
  struct Identity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
  }

  let kind: Kind
  let identity: Identity
  /// Bytes; 0 for what is no file.
  let size: Int
  /// When a file was last written, in nanoseconds since 1970; nil where that was so short a time ago
  /// that a change after this could have the same time.
  let modified: Int64?

  /// - Parameter followingLinks: whether a link stands for what it leads to, or for itself.
  init(ofPath path: String, followingLinks: Bool = true) throws(FileError) {
    var status = stat()
    let outcome = unsafe followingLinks ? stat(path, &status) : lstat(path, &status)
    guard outcome == 0 else { throw .latest }
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    case S_IFIFO: kind = .other("a pipe")
    case S_IFSOCK: kind = .other("a socket")
    case S_IFCHR, S_IFBLK: kind = .other("a device")
    default: kind = .other("neither a file nor a folder")
    }
    identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      inode: UInt64(truncatingIfNeeded: status.st_ino))
    size = kind == .file ? Int(status.st_size) : 0
    modified = kind == .file ? Self.settled(Self.nanoseconds(of: status)) : nil
  }

  private static func nanoseconds(of status: stat) -> Int64 {
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// Systems count such times in ticks, of 10 ms at most; some keep only seconds, even ones (FAT).
  private static func settled(_ modified: Int64) -> Int64? {
    var now = timespec()
    guard unsafe clock_gettime(CLOCK_REALTIME, &now) == 0 else { return nil }
    let age = Int64(now.tv_sec) &* 1_000_000_000 &+ Int64(now.tv_nsec) &- modified
    let tick: Int64 = modified % 1_000_000_000 == 0 ? 2_000_000_000 : 50_000_000
    return age > tick ? modified : nil
  }

  /// Whether nothing is at the path any more; false where the system does not let us look.
  static func isGone(_ path: String) -> Bool {
    do throws(FileError) {
      _ = try FileStatus(ofPath: path)
      return false
    } catch {
      return error.code == ENOENT || error.code == ENOTDIR
    }
  }
}
