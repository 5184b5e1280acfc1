import Glibc
import SuoyinTestSupport
import Testing

@testable import SuoyinStorage

/// Folders, the lock, and the errors of the system.
@Suite struct FolderTests {
  let scratch: TemporaryFolder

  init() throws {
    scratch = try TemporaryFolder()
  }

  @Test func createsFoldersAboveAsWell() throws {
    let path = scratch.path + "/a/b/c"
    try Folder.create(path)
    try Folder.create(path)
    #expect(Folder.isFolder(path))
    let file = try scratch.write([], to: "f")
    #expect(problem { () throws(StorageError) in try Folder.create(file) } == .wrongKind)
    #expect(problem { () throws(StorageError) in try Folder.create(file + "/x") } == .wrongKind)
  }

  @Test func removesAndLists() throws {
    _ = try scratch.write([], to: "名")
    #expect(try Folder.names(in: scratch.path) == ["名"])
    try Folder.remove(scratch.path + "/名")
    try Folder.remove(scratch.path + "/名")
    #expect(try Folder.names(in: scratch.path) == [])
    try Folder.sync(scratch.path)
    let path = scratch.path + "/none"
    #expect(problem { () throws(StorageError) in _ = try Folder.names(in: path) } == .missing)
  }

  @Test func listsNamesOfAnyLength() throws {
    let names = (1...255).map { String(repeating: "n", count: $0) }
    for name in names { try scratch.write([], to: name) }
    #expect(try Folder.names(in: scratch.path).sorted() == names)
  }

  @Test func oneLockAtATime() throws {
    do {
      let lock = try WriterLock(directory: scratch.path)
      let error = #expect(throws: StorageError.self) { try WriterLock(directory: scratch.path) }
      #expect(error?.problem == .locked(process: getpid()))
      #expect(error?.description.contains("process \(getpid())") == true)
      withExtendedLifetime(lock) {}
    }
    _ = try WriterLock(directory: scratch.path)
    #expect(try scratch.bytes("lock") == [])
  }

  @Test func aDeadProcessHoldsNoLock() async throws {
    let path = scratch.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let lock = try WriterLock(directory: path)
      kill(getpid(), SIGKILL)
      withExtendedLifetime(lock) {}
    }
    _ = try WriterLock(directory: path)
  }

  @Test func systemErrorsSayWhatToDo() {
    let problems: [(Int32, StorageError.Problem, String)] = [
      (ENOENT, .missing, "check the path"), (EACCES, .permissionDenied, "right"),
      (EROFS, .permissionDenied, "another folder"), (ENOSPC, .noSpace, "free space"),
      (EDQUOT, .noSpace, "free space"), (EFBIG, .fileTooLarge, "ulimit -f"),
      (EMFILE, .tooManyFiles, "ulimit -n"), (EISDIR, .wrongKind, "another path"),
      (EIO, .system(code: EIO), "cause"),
    ]
    for (code, problem, remedy) in problems {
      let error = StorageError(code: code, file: "/x", action: "cannot write")
      #expect(error.problem == problem)
      #expect(error.description.hasPrefix("/x: cannot write: "))
      #expect(error.remedy.contains(remedy))
    }
  }
}
