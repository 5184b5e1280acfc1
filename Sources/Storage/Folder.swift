import Glibc

/// The few things that are done to folders and names.
public enum Folder {
  /// Makes the folder and those above it, where they are missing, and puts their names on the disk.
  public static func create(_ path: String) throws(StorageError) {
    try DiskCall.announce(path, .makeFolder(path))
    if PathCalls.makeFolder(path) != 0 {
      switch errno {
      case EEXIST:
        guard isFolder(path) else {
          throw StorageError(.wrongKind, file: path, what: "no folder")
        }
        return
      case ENOENT:
        guard let above = parent(of: path) else {
          throw StorageError(code: ENOENT, file: path, action: "cannot make the folder")
        }
        try create(above)
        guard PathCalls.makeFolder(path) == 0 || errno == EEXIST else {
          throw StorageError(code: errno, file: path, action: "cannot make the folder")
        }
      case let code:
        throw StorageError(code: code, file: path, action: "cannot make the folder")
      }
    }
    do throws(StorageError) { try sync(parent(of: path) ?? ".") } catch {
      // One may be allowed to make a folder where one may not read.
      guard error.problem == .permissionDenied else { throw error }
    }
  }

  /// The folder that a path is in; nil for a name alone, and for `/`.
  private static func parent(of path: String) -> String? {
    let name =
      path.utf8.count > 1 && path.utf8.last == UInt8(ascii: "/") ? path.dropLast() : path[...]
    guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")), name.utf8.count > 1 else {
      return nil
    }
    return slash == name.startIndex ? "/" : String(name[..<slash])
  }

  /// The folder of what can be made again: `$XDG_CACHE_HOME`, else `~/.cache`; nil where neither is an
  /// absolute path. See the XDG Base Directory Specification.
  public static var caches: String? {
    func variable(_ name: String) -> String? {
      guard let value = unsafe getenv(name) else { return nil }
      let text = unsafe String(cString: value)
      return text.hasPrefix("/") ? text : nil
    }
    return variable("XDG_CACHE_HOME") ?? variable("HOME").map { "\($0)/.cache" }
  }

  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return PathCalls.status(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether anything has that name.
  public static func exists(_ path: String) -> Bool {
    var status = stat()
    return PathCalls.status(ofName: path, &status) == 0
  }

  /// The names in the folder that are UTF-8, without `.` and `..`, in no order.
  ///
  /// Names that are no UTF-8 are left out: none of ours is such.
  public static func names(in path: String) throws(StorageError) -> [String] {
    if let place = MemoryFolder.Place(path) { return place.names }
    guard let folder = unsafe opendir(path) else {
      throw StorageError(code: errno, file: path, action: "cannot list the folder")
    }
    defer { _ = unsafe closedir(folder) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(folder) else {
        if errno != 0 {
          throw StorageError(code: errno, file: path, action: "cannot list the folder")
        }
        return names
      }
      // In its place: an entry has fewer bytes than the type, and may be the last in its memory.
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(validating: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let name, name != ".", name != ".." { names.append(name) }
    }
  }

  /// Removes a file's name; that there is none is no error.
  public static func remove(_ path: String) throws(StorageError) {
    try DiskCall.announce(path, .remove(path))
    guard PathCalls.remove(path) == 0 || errno == ENOENT else {
      throw StorageError(code: errno, file: path, action: "cannot remove")
    }
  }

  /// Gives a file a new name, in place of what has that name.
  public static func rename(_ path: String, to new: String) throws(StorageError) {
    try DiskCall.announce(new, .rename(path, to: new))
    guard PathCalls.rename(path, to: new) == 0 else {
      throw StorageError(code: errno, file: new, action: "cannot rename \(path) to it")
    }
  }

  /// Gives a file another name beside the one it has; that it has it already is no error.
  public static func link(_ path: String, to new: String) throws(StorageError) {
    try DiskCall.announce(new, .link(path, to: new))
    guard PathCalls.link(path, to: new) == 0 || errno == EEXIST else {
      throw StorageError(code: errno, file: new, action: "cannot link \(path) to it")
    }
  }

  /// Waits until the names in the folder are on the disk.
  public static func sync(_ path: String) throws(StorageError) {
    try DiskCall.announce(path, .syncFolder(path))
    if MemoryFolder.Place(path) != nil { return }
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw StorageError(code: errno, file: path, action: "cannot open the folder")
    }
    defer { _ = close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw StorageError(code: errno, file: path, action: "cannot sync the folder")
    }
  }
}
