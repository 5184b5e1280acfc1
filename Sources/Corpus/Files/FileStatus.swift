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
  }
}
