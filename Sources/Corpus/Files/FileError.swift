#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system says when a file or folder cannot be opened, read or looked at.
struct FileError: Error, Equatable {
  /// As errno has it.
  let code: Int32

  /// The error of the system call that just failed on this thread.
  static var latest: FileError { FileError(code: errno) }

  static let missing = FileError(code: ENOENT)

  var isInterruption: Bool { code == EINTR }

  var problem: String {
    switch code {
    case ENOENT: "does not exist"
    case ENOTDIR: "does not exist: a part of the path is a file"
    case EACCES, EPERM: "may not be read"
    case ELOOP: "is a link that leads back to itself"
    case ENAMETOOLONG: "is too long a path"
    case EISDIR: "is a folder where a file is expected"
    case EMFILE, ENFILE: "cannot be opened: too many files are open"
    case EIO: "cannot be read: the device reports an error"
    default: unsafe "cannot be read: \(String(cString: strerror(code)))"
    }
  }

  var remedy: String {
    switch code {
    case ENOENT, ENOTDIR: "check the spelling of the path"
    case EACCES, EPERM: "give yourself the right to read it, or leave it out"
    case ELOOP: "remove the link, or name what it should lead to"
    case ENAMETOOLONG: "start from a folder further down"
    case EMFILE, ENFILE: "close other programs, or raise the limit (ulimit -n)"
    default: "leave it out, or copy it to another place and try again"
    }
  }

  func failure(at path: String) -> CorpusFailure {
    CorpusFailure(place: Place(path: path), problem: problem, remedy: remedy)
  }
}
