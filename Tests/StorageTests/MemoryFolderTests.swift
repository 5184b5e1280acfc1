import SuoyinStorage
import Testing

@Suite struct MemoryFolderTests {
  private static let kind = Envelope.Kind("TEST")

  private func write(_ bytes: [UInt8], to path: String) throws(StorageError) {
    let file = try FileWriter(path: path, kind: Self.kind, version: 1)
    try file.begin("a")
    try file.append(bytes)
    try file.finish()
    try file.publish()
  }

  private func read(_ path: String) throws(StorageError) -> [UInt8] {
    let section = try SectionedFile(path: path, kind: Self.kind, versions: 1...1).section("a")
    var reader = section.reader()
    return try reader.readBytes(section.count)
  }

  @Test func filesAreWrittenNamedAndMapped() throws {
    let folder = MemoryFolder()
    try write([1, 2, 3], to: folder.path + "/x")
    #expect(try Folder.names(in: folder.path) == ["x"])
    #expect(Folder.exists(folder.path + "/x") && !Folder.exists(folder.path + "/y"))
    #expect(Folder.isFolder(folder.path) && !Folder.isFolder(folder.path + "/x"))
    #expect(try read(folder.path + "/x") == [1, 2, 3])
    try Folder.link(folder.path + "/x", to: folder.path + "/y")
    let old = try SectionedFile(path: folder.path + "/x", kind: Self.kind, versions: 1...1)
    try write([4], to: folder.path + "/x")
    #expect(try read(folder.path + "/x") == [4] && read(folder.path + "/y") == [1, 2, 3])
    try Folder.remove(folder.path + "/y")
    try Folder.remove(folder.path + "/y")
    #expect(try Folder.names(in: folder.path) == ["x"])
    // What is mapped stays.
    #expect(try old.section("a").count == 3)
  }

  @Test func aWriterThatGoesTakesItsTemporaryFileAlong() throws {
    let folder = MemoryFolder()
    _ = try FileWriter(path: folder.path + "/x", kind: Self.kind, version: 1)
    #expect(try Folder.names(in: folder.path).isEmpty)
    #expect(problem { () throws(StorageError) in _ = try read(folder.path + "/x") } == .missing)
  }

  @Test func oneWriterAtATime() throws {
    let folder = MemoryFolder()
    let lock = try WriterLock(directory: folder.path)
    guard
      case .locked = problem({ () throws(StorageError) in _ = try WriterLock(directory: folder.path)
      })
    else {
      Issue.record("a second lock was given")
      return
    }
    withExtendedLifetime(lock) {}
  }

  @Test func aFolderGoesWithItsObject() throws {
    var folder: MemoryFolder? = MemoryFolder()
    let other = MemoryFolder()
    let path = folder?.path ?? ""
    #expect(path != other.path)
    try write([1], to: path + "/x")
    #expect(
      problem { () throws(StorageError) in try Folder.rename(path + "/x", to: other.path + "/x") }
        != nil)
    folder = nil
    #expect(!Folder.exists(path + "/x") && !Folder.isFolder(path))
    #expect(problem { () throws(StorageError) in _ = try read(path + "/x") } == .missing)
  }
}
