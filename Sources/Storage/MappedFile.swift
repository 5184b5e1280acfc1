import Glibc

/// A file mapped into memory for reading, or bytes decoded from one; they go with the object.
///
/// The file must not shrink while it is mapped: reading behind its new end would end the process
/// (SIGBUS). Our files are never written again once they have their name, and removing a name
/// leaves a mapping whole.
// Sendable: nobody writes into the memory after `init`, and only `deinit` gives it back.
@safe
public final class MappedFile: @unchecked Sendable {
  /// The path that the file was opened by.
  public let path: String
  /// The file's bytes; valid as long as this object lives.
  @unsafe public let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Maps the file at `path`.
  ///
  /// - Throws: the system's error; `wrongKind` for what is no plain file.
  public init(path: String) throws(StorageError) {
    self.path = path
    // Not to wait for the writer of a pipe that stands there; for a plain file it means nothing.
    let descriptor = PathCalls.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw StorageError(code: errno, file: path, action: "cannot open")
    }
    defer { _ = close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw StorageError(code: errno, file: path, action: "cannot read")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StorageError(.wrongKind, file: path, what: "cannot read: no plain file")
    }
    let size = Int(status.st_size)
    guard size > 0 else {
      unsafe bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      isMapped = false
      return
    }
    let address = unsafe mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw StorageError(code: errno, file: path, action: "cannot map into memory")
    }
    unsafe bytes = UnsafeRawBufferPointer(start: address, count: size)
    isMapped = true
  }

  /// Memory that is filled once, as a block is decoded, and then read like a file.
  ///
  /// - Parameters:
  ///   - path: the file that the bytes come from, for messages.
  ///   - size: the number of bytes.
  ///   - fill: writes all of them.
  public init(
    decodedFrom path: String, size: Int,
    fill: (UnsafeMutableRawBufferPointer) throws(StorageError) -> Void
  ) throws(StorageError) {
    self.path = path
    isMapped = false
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(size, 1), alignment: 16)
    do throws(StorageError) {
      unsafe try fill(UnsafeMutableRawBufferPointer(rebasing: memory[..<size]))
    } catch {
      unsafe memory.deallocate()
      throw error
    }
    unsafe bytes = UnsafeRawBufferPointer(start: memory.baseAddress, count: size)
  }

  /// A copy of bytes in memory, to be read like a file.
  init(copying source: RawSpan) {
    path = ""
    isMapped = false
    let memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(source.byteCount, 1), alignment: 16)
    unsafe source.withUnsafeBytes { unsafe memory.copyMemory(from: $0) }
    unsafe bytes = UnsafeRawBufferPointer(start: memory.baseAddress, count: source.byteCount)
  }

  deinit {
    if isMapped {
      unsafe _ = munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    } else {
      unsafe bytes.deallocate()
    }
  }

  /// The size in bytes.
  public var count: Int { unsafe bytes.count }
}
