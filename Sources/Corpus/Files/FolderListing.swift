#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The names in a folder.
enum FolderListing {
  /// All names in the folder but `.` and `..`, as bytes, in no order: on Linux a name need not be
  /// UTF-8.
  static func names(in path: String) throws(FileError) -> [[UInt8]] {
    guard let folder = unsafe opendir(path) else { throw .latest }
    defer { unsafe closedir(folder) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(folder) else {
        if errno != 0 { throw .latest }
        return names
      }
      // The name ends at its first zero, which readdir(3) guarantees within `d_name`.
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe Array(bytes.prefix { $0 != 0 })
      }
      if name != [0x2E] && name != [0x2E, 0x2E] { names.append(name) }
    }
  }
}
