internal import Glibc

/// A file of results, or standard output.
///
/// A file is written aside and gets its name by ``publish()``, so that a run that fails leaves no
/// part of one, and an earlier file stays as it was.
final class ResultFile {
  private let stream: OutputStream
  private let path: String?
  private let descriptor: FileDescriptor?
  /// The name that the file has until it is published; nil once it is, or where it has none of its
  /// own.
  private var temporary: String?

  init(_ path: String?, or standard: OutputStream) throws(Failure) {
    self.path = path
    guard let path else {
      (stream, descriptor) = (standard, nil)
      return
    }
    do throws(StreamError) {
      if let special = try FileDescriptor.openSpecial(path) {
        (stream, descriptor) = (OutputStream(special), special)
        return
      }
      let temporary = "\(path).\(getpid()).part"
      let file = try FileDescriptor.create(temporary)
      (stream, descriptor) = (OutputStream(file), file)
      self.temporary = temporary
    } catch {
      throw Self.failure(path, error)
    }
  }

  deinit {
    if let temporary { FileDescriptor.remove(temporary) }
  }

  func write(_ text: String) throws {
    try guarded { () throws(StreamError) in try stream.write(text) }
  }

  /// Writes what is pending and gives the file its name; must be called at the end.
  func publish() throws {
    try guarded { () throws(StreamError) in
      try stream.flush()
      try descriptor?.close()
      if let temporary, let path { try FileDescriptor.rename(temporary, to: path) }
      temporary = nil
    }
  }

  private func guarded(_ body: () throws(StreamError) -> Void) throws {
    do throws(StreamError) { try body() } catch {
      guard let path else { throw error }
      throw Self.failure(path, error)
    }
  }

  private static func failure(_ path: String, _ error: StreamError) -> Failure {
    Failure(
      "\(path): cannot be written: \(error.reason)", remedy: "check the path and the room there")
  }
}
