import Glibc

/// An open file as the system numbers it: the standard streams, read and written without buffers
/// of the C library, so that a closed pipe is an error that can be told from others.
struct FileDescriptor: Sendable {
  static let standardInput = FileDescriptor(number: 0)
  static let standardOutput = FileDescriptor(number: 1)
  static let standardError = FileDescriptor(number: 2)

  let number: Int32

  var isTerminal: Bool { isatty(number) == 1 }

  /// The columns of the terminal behind it; nil where there is none, or it does not say.
  var columns: Int? {
    var size = winsize()
    guard unsafe ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes all bytes, however many calls that takes.
  func write(_ bytes: [UInt8]) throws(StreamError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: $0[written...])
        return unsafe Glibc.write(number, rest.baseAddress, rest.count)
      }
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw StreamError(code: errno)
      }
    }
  }

  /// Reads up to the end, or until there are more bytes than `limit`.
  func readAll(upTo limit: Int = .max) throws(StreamError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes {
        unsafe read(number, $0.baseAddress, $0.count)
      }
      if count > 0 {
        bytes += chunk[..<count]
        if bytes.count > limit { return bytes }
      } else if count == 0 {
        return bytes
      } else if errno != EINTR {
        throw StreamError(code: errno)
      }
    }
  }

  /// A file to write, which must not be there yet; to be closed by ``close()``.
  static func create(_ path: String) throws(StreamError) -> FileDescriptor {
    let number = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard number >= 0 else { throw StreamError(code: errno) }
    return FileDescriptor(number: number)
  }

  /// A device, pipe or the like to write to, which cannot be put in the place of another file; nil
  /// where there is none, but a file or nothing.
  static func openSpecial(_ path: String) throws(StreamError) -> FileDescriptor? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return nil }
    let number = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard number >= 0 else { throw StreamError(code: errno) }
    return FileDescriptor(number: number)
  }

  /// Gives a file the name of another, whose place it takes at once.
  static func rename(_ path: String, to name: String) throws(StreamError) {
    guard unsafe Glibc.rename(path, name) == 0 else { throw StreamError(code: errno) }
  }

  /// Takes a file away where it is there.
  static func remove(_ path: String) {
    _ = unsafe unlink(path)
  }

  /// Closes it, which may be where a failed write comes to light.
  func close() throws(StreamError) {
    guard Glibc.close(number) == 0 else { throw StreamError(code: errno) }
  }

  /// Reads a file up to its end.
  static func readFile(_ path: String) throws(StreamError) -> [UInt8] {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { throw StreamError(code: errno) }
    defer { _ = Glibc.close(number) }
    return try FileDescriptor(number: number).readAll()
  }

  /// Reads a regular file of at most `limit` bytes up to its end; never waits for a writer, and never
  /// reads a device.
  ///
  /// - Returns: nil for a file that is not regular, or larger.
  static func readRegularFile(
    _ path: String, upTo limit: Int
  ) throws(StreamError) -> [UInt8]? {
    let number = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard number >= 0 else { throw StreamError(code: errno) }
    defer { Glibc.close(number) }
    var status = stat()
    guard unsafe fstat(number, &status) == 0 else { throw StreamError(code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else { return nil }
    // A file may grow while it is read.
    let bytes = try FileDescriptor(number: number).readAll(upTo: limit)
    return bytes.count <= limit ? bytes : nil
  }
}

/// A failed system call on a stream.
struct StreamError: Error, Equatable {
  /// As `errno` had it.
  let code: Int32

  /// Whether the reader at the other end of a pipe has left, as `head` does.
  var isClosedPipe: Bool { code == EPIPE }

  /// What the system calls it.
  var reason: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }
}

/// Lets a write to a closed pipe, or beyond the limit on the size of files, fail instead of ending the
/// process.
func letWritesFail() {
  _ = signal(SIGPIPE, SIG_IGN)
  _ = signal(SIGXFSZ, SIG_IGN)
}
