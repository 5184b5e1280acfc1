import Glibc

/// The right to write into an index folder: one writer has it at a time, in this process or another.
///
/// It is a `flock` on an empty file named `lock`. The system takes it back when the process ends,
/// however it ends, so there is no stale lock; the file itself stays. `flock` belongs to the open
/// file and not to the process, so it keeps two writers of one process apart as well.
public final class WriterLock: Sendable {
  /// The name of the file in the index folder.
  public static let fileName = "lock"

  private let descriptor: Int32

  /// Takes the lock, without waiting.
  ///
  /// - Throws: `locked` with the process that holds it, or the system's error.
  public init(directory: String) throws(StorageError) {
    let path = directory + "/" + Self.fileName
    while true {
      let descriptor = PathCalls.open(path, O_RDWR | O_CREAT | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw StorageError(code: errno, file: path, action: "cannot open the lock")
      }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let code = errno
        defer { _ = close(descriptor) }
        if code == EINTR { continue }
        guard code == EWOULDBLOCK else {
          throw StorageError(code: code, file: path, action: "cannot lock")
        }
        let holder = Self.holder(of: descriptor)
        throw StorageError(
          .locked(process: holder), file: path,
          what: holder.map { "process \($0) is writing into this index" }
            ?? "another writer is at work in this index")
      }
      if Self.isStill(descriptor, at: path) {
        self.descriptor = descriptor
        return
      }
      // Someone removed the file between opening and locking: another writer may have a new one.
      _ = close(descriptor)
    }
  }

  deinit {
    // Closing alone gives it back only when a child that is about to run another program has closed it too.
    _ = flock(descriptor, LOCK_UN)
    _ = close(descriptor)
  }

  private static func isStill(_ descriptor: Int32, at path: String) -> Bool {
    var held = stat()
    var named = stat()
    return unsafe fstat(descriptor, &held) == 0 && PathCalls.status(path, &named) == 0
      && held.st_ino == named.st_ino && held.st_dev == named.st_dev
  }

  /// The process that holds the lock, as `/proc/locks` tells it; see proc_locks(5).
  private static func holder(of descriptor: Int32) -> Int32? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0,
      let locks = try? readAll("/proc/locks")
    else { return nil }
    // 1: FLOCK  ADVISORY  WRITE 4711 fe:00:1234 0 EOF
    for line in locks.split(separator: "\n") {
      let parts = line.split(separator: " ", omittingEmptySubsequences: true)
      guard parts.count >= 6, parts[1] == "FLOCK", let process = Int32(parts[4]), process > 0
      else { continue }
      let file = parts[5].split(separator: ":")
      // The device is not compared: on layered file systems the two calls name different ones.
      if file.count == 3, UInt64(file[2]) == UInt64(status.st_ino) { return process }
    }
    return nil
  }

  /// The text of a small file of the system, whose size is not known before.
  private static func readAll(_ path: String) throws(StorageError) -> String {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw StorageError(code: errno, file: path, action: "cannot open")
    }
    defer { _ = close(descriptor) }
    var text: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe read(descriptor, &buffer, buffer.count)
      guard count >= 0 else {
        throw StorageError(code: errno, file: path, action: "cannot read")
      }
      if count == 0 { return String(decoding: text, as: UTF8.self) }
      text += buffer[..<count]
    }
  }
}
