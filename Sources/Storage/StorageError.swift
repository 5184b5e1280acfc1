import Glibc

/// What went wrong with a file or a folder: where, what was expected, what was found, what to do.
public struct StorageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kinds of trouble that a caller may want to tell apart.
  public enum Problem: Equatable, Sendable {
    /// The file or folder does not exist.
    case missing
    /// A folder stands where a file is needed, or the other way round.
    case wrongKind
    /// The system refuses access.
    case permissionDenied
    /// The file system is full, or the quota used up.
    case noSpace
    /// A limit on the size of files, of the process or of the file system.
    case fileTooLarge
    /// The process or the system has too many files open or mapped.
    case tooManyFiles
    /// Another writer holds the lock; the process, where the system tells it.
    case locked(process: Int32?)
    /// The file is none of ours, or one of ours of another kind.
    case foreign
    /// The file is ours, but its bytes are not those that were written.
    case damaged
    /// The file's format is older than this version reads.
    case tooOld
    /// The file's format is newer than this version knows.
    case tooNew
    /// Any other error of the system, with its `errno`.
    case system(code: Int32)
  }

  public var problem: Problem
  /// The path of the file or folder.
  public var file: String
  /// The section of the file, as its table names it.
  public var section: String?
  /// The place in bytes from the start of the file.
  public var offset: Int?
  /// What was being done or found wrong, in a few words.
  public var what: String
  public var expected: String?
  public var found: String?

  public init(
    _ problem: Problem, file: String, section: String? = nil, offset: Int? = nil, what: String,
    expected: String? = nil, found: String? = nil
  ) {
    self.problem = problem
    self.file = file
    self.section = section
    self.offset = offset
    self.what = what
    self.expected = expected
    self.found = found
  }

  /// The error of a failed system call.
  ///
  /// - Parameters:
  ///   - code: the call's `errno`.
  ///   - action: what the call was to do, as `cannot open`.
  public init(code: Int32, file: String, action: String) {
    let problem: Problem =
      switch code {
      case ENOENT: .missing
      case ENOTDIR, EISDIR: .wrongKind
      case EACCES, EPERM, EROFS: .permissionDenied
      case ENOSPC, EDQUOT: .noSpace
      case EFBIG: .fileTooLarge
      case EMFILE, ENFILE: .tooManyFiles
      default: .system(code: code)
      }
    self.init(problem, file: file, what: "\(action): \(Self.message(of: code))")
  }

  /// The folder that the file is in.
  public var folder: String {
    guard let slash = file.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }

  /// What a person can do about it.
  public var remedy: String {
    switch problem {
    case .missing: "check the path"
    case .wrongKind: "name another path, or move what stands there away"
    case .permissionDenied: "give this user the right to it, or choose another folder"
    case .noSpace: "free space on that file system and run again; nothing was changed"
    case .fileTooLarge: "raise the limit on file sizes (ulimit -f) and run again"
    case .tooManyFiles: "raise the limit on open files (ulimit -n) and run again"
    case .locked(let process?): "wait until process \(process) has finished, or end it"
    case .locked(nil): "wait until the other writer has finished, or end it"
    case .foreign: "choose another folder, or move the file away"
    case .damaged: "restore the file from a copy, or build the index anew"
    case .tooOld: "build the index anew with this version"
    case .tooNew: "use a newer version of Suoyin, or build the index anew"
    case .system: "see to the cause and run again"
    }
  }

  /// What is wrong, and where.
  public var message: String {
    var text = file
    if let section { text += ", section \(section)" }
    if let offset { text += ", offset \(offset)" }
    text += ": \(what)"
    switch (expected, found) {
    case (let expected?, let found?): text += " (expected \(expected), found \(found))"
    case (let expected?, nil): text += " (expected \(expected))"
    case (nil, let found?): text += " (found \(found))"
    case (nil, nil): break
    }
    return text
  }

  public var description: String { "\(message); \(remedy)" }

  private static func message(of code: Int32) -> String {
    unsafe String(cString: strerror(code))
  }
}
