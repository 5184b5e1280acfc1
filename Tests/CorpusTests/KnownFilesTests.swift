import Foundation
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinCorpus

/// Files that the caller knows are passed over unread, and are told apart by all that matters.
@Suite struct KnownFilesTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try write("氨燃料。", to: "a.md", changed: 1_000.5)
    try write("氢燃料。", to: "b.txt", changed: 2_000.25)
    try folder.write(#"{"_id":"j","text":"x"}"#, to: "c.jsonl")
  }

  func write(_ text: String, to name: String, changed: Double) throws {
    let path = try folder.write(text, to: name)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: changed)], ofItemAtPath: path)
  }

  func files(encoding: TextEncoding? = nil, repairsLines: Bool = true) -> [CorpusFile?] {
    var reader = CorpusReader(
      paths: [folder.path], encoding: encoding, repairsLines: repairsLines)
    var files: [CorpusFile?] = []
    while reader.next() != nil { files.append(reader.file) }
    return files
  }

  @Test func filesAreDescribed() throws {
    let files = files()
    #expect(files.count == 3 && files[2] == nil)
    let first = try #require(files[0])
    #expect(first.id == "a" && first.path == folder.path("a.md") && first.size == 12)
    #expect(first.modified == 1_000_500_000_000)
    #expect(self.files(repairsLines: false)[0] != first)
    #expect(self.files(encoding: .utf8)[0] != first)
    #expect(self.files() == files)
  }

  @Test func knownFilesArePassedOver() throws {
    let known = try #require(files()[0])
    // It cannot be read, and is not asked to be.
    try FileManager.default.setAttributes(
      [.posixPermissions: 0], ofItemAtPath: folder.path("a.md"))
    var reader = CorpusReader(paths: [folder.path])
    var asked: [String] = []
    var ids: [String] = []
    while let item = reader.next(skipping: { file in
      asked.append(file.id)
      return file == known
    }) {
      if case .article(let article, _, _) = item { ids.append(article.id) }
    }
    #expect(asked == ["a", "b"])
    #expect(ids == ["b", "j"])
    #expect(reader.bytesRead == reader.bytesTotal)
  }

  @Test func aFileChangedJustNowIsNotDescribed() throws {
    try write("氨燃料。", to: "a.md", changed: Date().timeIntervalSince1970 + 60)
    #expect(files()[0] == nil)
  }

  @Test func goneFilesAreGone() throws {
    #expect(!CorpusReader.isGone(folder.path("a.md")) && !CorpusReader.isGone(folder.path))
    #expect(CorpusReader.isGone(folder.path("none")))
    #expect(CorpusReader.isGone(folder.path("a.md/none")))
  }
}
