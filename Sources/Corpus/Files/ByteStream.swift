#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is read from start to end; closed when it goes.
struct ByteStream: ~Copyable {
  private let descriptor: Int32
  /// Bytes read so far.
  private(set) var position = 0

  init(path: String) throws(FileError) {
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .latest }
  }

  deinit {
    // Nothing was written, so that an error of close loses nothing.
    _ = close(descriptor)
  }

  /// Appends the next bytes, at most `count`; how many, 0 at the end of the file.
  mutating func read(_ count: Int, into buffer: inout [UInt8]) throws(FileError) -> Int {
    while true {
      var outcome = 0
      let chunk = unsafe [UInt8](unsafeUninitializedCapacity: count) { memory, filled in
        // The call writes at most `count` bytes, the capacity of `memory`.
        unsafe outcome = systemRead(descriptor, memory.baseAddress, count)
        filled = max(0, outcome)
      }
      guard outcome >= 0 else {
        let error = FileError.latest
        if error.isInterruption { continue }
        throw error
      }
      buffer += chunk
      position += outcome
      return outcome
    }
  }
}

/// read(2), whose name the method above takes.
@unsafe private func systemRead(
  _ descriptor: Int32, _ memory: UnsafeMutablePointer<UInt8>?, _ count: Int
) -> Int {
  #if canImport(Glibc)
    unsafe Glibc.read(descriptor, memory, count)
  #elseif canImport(Musl)
    unsafe Musl.read(descriptor, memory, count)
  #else
    unsafe Darwin.read(descriptor, memory, count)
  #endif
}
