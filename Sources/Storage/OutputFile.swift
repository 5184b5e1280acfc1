import Glibc
import Synchronization

/// A file open for writing, with a buffer; closed with the object.
///
/// It knows nothing of what is written: ``FileWriter`` and ``Spool`` stand on it.
@safe
final class OutputFile {
  let path: String
  /// The bytes appended so far, on the disk or in the buffer.
  private(set) var count = 0
  private let descriptor: Int32
  /// What a ``DiskCall`` calls it by.
  private let number = OutputFile.numbers.add(1, ordering: .relaxed).newValue
  private static let numbers = Atomic(0)
  private let buffer: UnsafeMutableRawBufferPointer
  private var buffered = 0

  /// Makes the file at `path`, in place of one that an earlier run left there.
  ///
  /// - Parameter bufferSize: bytes that are gathered before they go to the system.
  init(creating path: String, bufferSize: Int = 1 << 18) throws(StorageError) {
    self.path = path
    try DiskCall.announce(path, .create(path, file: number))
    var descriptor = Self.create(path)
    if descriptor < 0, errno == EEXIST {
      try Folder.remove(path)
      descriptor = Self.create(path)
    }
    guard descriptor >= 0 else {
      throw StorageError(code: errno, file: path, action: "cannot make the file")
    }
    self.descriptor = descriptor
    unsafe buffer = .allocate(byteCount: bufferSize, alignment: 16)
  }

  deinit {
    _ = close(descriptor)
    unsafe buffer.deallocate()
  }

  // O_EXCL: never write through a link that someone put there.
  private static func create(_ path: String) -> Int32 {
    PathCalls.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC)
  }

  func append(_ bytes: RawSpan) throws(StorageError) {
    let size = bytes.byteCount
    if unsafe size > buffer.count - buffered {
      try flush()
      if unsafe size >= buffer.count {
        try write(bytes)
        count += size
        return
      }
    }
    unsafe bytes.withUnsafeBytes { source in
      unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[buffered...]).copyMemory(from: source)
    }
    buffered += size
    count += size
  }

  /// Hands everything to the system.
  func flush() throws(StorageError) {
    if buffered == 0 { return }
    try write(unsafe buffer.bytes.extracting(first: buffered))
    buffered = 0
  }

  /// Hands everything to the system and waits until it is on the disk.
  func sync() throws(StorageError) {
    try flush()
    try DiskCall.announce(path, .sync(file: number))
    guard fsync(descriptor) == 0 else {
      throw StorageError(code: errno, file: path, action: "cannot sync")
    }
  }

  /// Reads back what was written, in pieces.
  func readBack(
    _ body: (RawSpan) throws(StorageError) -> Void
  ) throws(StorageError) {
    try flush()
    var offset = 0
    while offset < count {
      let read = unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if read < 0, errno == EINTR { continue }
      guard read > 0 else {
        throw StorageError(
          code: read < 0 ? errno : EIO, file: path, action: "cannot read back")
      }
      try body(unsafe buffer.bytes.extracting(first: read))
      offset += read
    }
  }

  private func write(_ bytes: RawSpan) throws(StorageError) {
    try DiskCall.announce(
      path, .write(unsafe bytes.withUnsafeBytes { unsafe Array($0) }, file: number))
    var done = 0
    while done < bytes.byteCount {
      let written = unsafe bytes.extracting(droppingFirst: done).withUnsafeBytes { rest in
        unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if written < 0 {
        if errno == EINTR { continue }
        throw StorageError(code: errno, file: path, action: "cannot write")
      }
      done += written
    }
  }
}
