import Foundation
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinCorpus

@Suite struct CorpusFilesTests {
  @Test func seeds() {
    let corpus = ReadCorpus([Seeds.folder])
    #expect(corpus.ids == Seeds.ids)
    #expect(corpus.failures == [] && corpus.warnings == [] && corpus.skipped == [])
    #expect(corpus.articles.map(\.path) == Seeds.ids.map { "\(Seeds.folder)/\($0).txt" })
    #expect(corpus.articles[2].title == "集群发展壮大智造优势")
    #expect(corpus.articles.allSatisfy { $0.repairsLines && $0.extra == nil && $0.date == nil })
    #expect(corpus.bytesRead == corpus.bytesTotal && corpus.bytesTotal == 54_088)
  }

  @Test func idsAndOrderBelowAFolder() throws {
    let folder = try TemporaryFolder()
    for name in ["b.txt", "a/x.md", "a.md", "a-b.TXT", "a/é.txt", "C.txt", "a/b/c.d.txt"] {
      try folder.write("正文。", to: name)
    }
    for name in ["notes.html", "noext", ".hidden.txt", ".git/x.txt"] {
      try folder.write("x", to: name)
    }
    let corpus = ReadCorpus([folder.path])
    #expect(corpus.ids == ["C", "a-b", "a", "a/b/c.d", "a/x", "a/é", "b"])
    #expect(
      corpus.skipped.map { $0.dropFirst(folder.path.count + 1) } == [
        ".git", ".hidden.txt", "noext", "notes.html",
      ])
    #expect(corpus.failures == [])
    #expect(ReadCorpus([folder.path + "/"]).ids == corpus.ids)
  }

  @Test func fileNamedItself() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("正文。", to: "deep/down/a.b.txt")
    let plain = try folder.write("正文。", to: "README")
    #expect(ReadCorpus([file, plain], repairsLines: false).ids == ["a.b", "README"])
    #expect(!ReadCorpus([file], repairsLines: false).articles[0].repairsLines)
    let other = try folder.write("x", to: "page.html")
    let failures = ReadCorpus([other]).failures
    #expect(failures.map(\.problem) == ["is of a kind that is not read"])
    #expect(failures[0].description.contains(".txt") && failures[0].description.hasPrefix(other))
  }

  @Test func pathsThatMeetAreReadOnce() throws {
    let folder = try TemporaryFolder()
    try folder.write("一。", to: "a/1.txt")
    try folder.write("二。", to: "a/b/2.txt")
    let a = folder.path("a")
    #expect(ReadCorpus([a, a, a + "/", a + "/../a"]).ids == ["1", "b/2"])
    #expect(ReadCorpus([a, a + "/b", a + "/1.txt"]).ids == ["1", "b/2"])
    #expect(ReadCorpus([a + "/b", a]).ids == ["2", "1"])
    #expect(ReadCorpus([a + "/b/2.txt", a, a + "/b/2.txt"]).ids == ["2", "1"])
    #expect(ReadCorpus([a, a + "/b"]).failures == [])
  }

  /// However a path is spelled, its articles are stored under one, and so are the same ones.
  @Test func spellingsOfAPathAreOne() throws {
    let folder = try TemporaryFolder()
    try folder.write("一。", to: "r/a.txt")
    try folder.write("二。", to: "r/b/c.txt")
    for name in ["r", "/r", "r/", "r//", "./r", "r/.", "r/b/..", "r/../r", "r/b/../../r/./"] {
      let corpus = ReadCorpus([folder.path(name)])
      #expect(corpus.ids == ["a", "b/c"])
      #expect(corpus.articles.map(\.path) == ["r/a.txt", "r/b/c.txt"].map(folder.path), "\(name)")
    }
    #expect(ReadCorpus([folder.path("r/./b//../a.txt")]).articles[0].path == folder.path("r/a.txt"))
    #expect(
      ReadCorpus([folder.path("r/a.txt/")]).failures.map(\.problem) == [
        "does not exist: a part of the path is a file"
      ])
    // The folder above what a link leads to is not the one that the link is in.
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: "r/b")
    let behind = folder.path("link/../a.txt")
    #expect(ReadCorpus([behind]).articles.map(\.path) == [behind])
  }

  @Test(arguments: [
    (".", "."), ("./", "."), ("./.", "."), ("..", ".."), ("../.", ".."), ("../..", "../.."),
    ("/", "/"), ("//", "/"), ("/..", "/"), ("/../.", "/"), ("./a", "a"), ("a//b", "a/b"),
    ("nowhere/../a", "nowhere/../a"), ("nowhere/./..", "nowhere/.."), ("/dev/..", "/"),
    ("...", "..."), ("/dev/../..", "/"), ("", ""),
  ])
  func pathsAreNormalized(path: String, normal: String) {
    #expect(LexicalPath.normalized(path) == normal)
  }

  @Test func linksAreFollowedAndLoopsEnd() throws {
    let folder = try TemporaryFolder()
    try folder.write("一。", to: "a/1.txt")
    let files = FileManager.default
    try files.createSymbolicLink(atPath: folder.path("a/again"), withDestinationPath: folder.path)
    try files.createSymbolicLink(atPath: folder.path("a/copy.txt"), withDestinationPath: "1.txt")
    try files.createSymbolicLink(atPath: folder.path("a/self.txt"), withDestinationPath: "self.txt")
    try files.createSymbolicLink(atPath: folder.path("a/gone.txt"), withDestinationPath: "nowhere")
    try files.createSymbolicLink(atPath: folder.path("a/gone.pdf"), withDestinationPath: "nowhere")
    let corpus = ReadCorpus([folder.path])
    #expect(corpus.ids == ["a/1", "a/copy"])
    #expect(corpus.failures.map(\.place.path) == ["a/gone.txt", "a/self.txt"].map(folder.path))
    #expect(
      corpus.failures.map(\.problem) == [
        "does not exist", "is a link that leads back to itself",
      ])
    #expect(corpus.skipped == [folder.path("a/gone.pdf")])
  }

  @Test func filesThatShareAnIDBothFail() throws {
    let folder = try TemporaryFolder()
    try folder.write("一。", to: "x/a.txt")
    try folder.write("二。", to: "x/a.md")
    try folder.write("三。", to: "x/b.txt")
    try folder.write("四。", to: "y/b.txt")
    let corpus = ReadCorpus([folder.path("x"), folder.path("y")])
    #expect(corpus.ids == [])
    #expect(
      corpus.failures.map(\.place.path)
        == ["x/a.md", "x/a.txt", "x/b.txt", "y/b.txt"].map(folder.path))
    #expect(corpus.failures[0].problem.contains("“a”"))
    #expect(corpus.failures[0].problem.contains(folder.path("x/a.txt")))
    #expect(corpus.failures[1].problem.contains(folder.path("x/a.md")))
    #expect(corpus.failures[3].problem.contains(folder.path("x/b.txt")))
    #expect(ReadCorpus([folder.path]).failures.count == 2, "below one folder b is x/b and y/b")
  }

  /// 金 has two scalars, and é is one or two; as strings they are equal, as names and ids they are
  /// not.
  @Test func namesAreBytes() throws {
    let names = ["\u{91D1}", "\u{F90A}", "caf\u{E9}", "cafe\u{301}"]
    let folder = try TemporaryFolder()
    for name in names { try folder.write("正文。", to: name + ".txt") }
    let files = names.map { folder.path($0 + ".txt") }
    for paths in [[folder.path], files, [files[0], folder.path]] {
      let corpus = ReadCorpus(paths)
      #expect(corpus.failures == [])
      #expect(Set(corpus.ids.map { Array($0.utf8) }) == Set(names.map { Array($0.utf8) }))
    }
  }

  @Test func missingPaths() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("一。", to: "a.txt")
    let corpus = ReadCorpus([folder.path("no"), file + "/x.txt", file, ""])
    #expect(corpus.ids == ["a"])
    #expect(
      corpus.failures.map(\.problem) == [
        "does not exist", "does not exist: a part of the path is a file", "is an empty path",
      ])
    #expect(corpus.failures.allSatisfy { !$0.remedy.isEmpty })
  }

  /// Opening a pipe that nobody writes to would wait without end, and without a word; the scan,
  /// which opens no file, refuses it.
  @Test func pipesAndDevices() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.path("x.txt")
    try #require(unsafe mkfifo(pipe, 0o600) == 0)
    let failures = SourceScan(paths: [pipe, "/dev/null"]).sources.map { source in
      if case .failure(let failure) = source { failure.description } else { "\(source)" }
    }
    let rest =
      ", and only files and folders are read; write what comes out of it to a file, and name that"
    #expect(failures == ["\(pipe): is a pipe\(rest)", "/dev/null: is a device\(rest)"])
    #expect(ReadCorpus([folder.path]).skipped == [pipe])
  }

  /// A folder whose name looks like a file's is a folder.
  @Test func folderNamedLikeAFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("一。", to: "set.txt/a.txt")
    #expect(ReadCorpus([folder.path]).ids == ["set.txt/a"])
    #expect(ReadCorpus([folder.path("set.txt")]).ids == ["a"])
  }

  @Test(.enabled(if: NSUserName() != "root", "root may read everything"))
  func unreadable() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("一。", to: "a.txt")
    try folder.write("二。", to: "b/c.txt")
    let files = FileManager.default
    try files.setAttributes([.posixPermissions: 0], ofItemAtPath: file)
    try files.setAttributes([.posixPermissions: 0], ofItemAtPath: folder.path("b"))
    let corpus = ReadCorpus([folder.path])
    try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path("b"))
    #expect(corpus.failures.map(\.problem) == ["may not be read", "may not be read"])
  }

  @Test func nameThatIsNotUTF8() throws {
    let folder = try TemporaryFolder()
    try folder.write("一。", to: "a.txt")
    let moved = try #require(
      unsafe folder.path("b").withCString { path -> Int32? in
        let bytes = unsafe [UInt8](
          UnsafeBufferPointer(
            start: UnsafeRawPointer(path).assumingMemoryBound(to: UInt8.self),
            count: folder.path("b").utf8.count))
        let name = (bytes + [0xFF] + Array(".txt".utf8) + [0]).map { CChar(bitPattern: $0) }
        return unsafe rename(folder.path("a.txt"), name)
      })
    try #require(moved == 0)
    let corpus = ReadCorpus([folder.path])
    #expect(corpus.failures.map(\.place.path) == [folder.path("b\\xFF.txt")])
    #expect(corpus.failures[0].problem == "has a name that is not UTF-8")
  }

  // MARK: Contents

  @Test func whatIsNoText() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "a.txt")
    try folder.write("\n \u{3000}\n", to: "b.txt")
    try folder.write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13], to: "c.txt")
    var random = SeededGenerator(seed: 4)
    try folder.write((0..<5_000).map { _ in UInt8.random(in: 1...31, using: &random) }, to: "d.txt")
    let corpus = ReadCorpus([folder.path])
    #expect(corpus.articles == [])
    #expect(corpus.failures.count == 4)
    #expect(corpus.failures[0].problem == "is empty")
    #expect(corpus.failures[1].problem == "holds nothing but blanks")
    #expect(corpus.failures[2].problem.hasPrefix("is no text: character 9 is a zero"))
    #expect(corpus.failures[3].problem.hasPrefix("is no text: of"))
  }

  @Test func bytesThatDoNotDecode() throws {
    let folder = try TemporaryFolder()
    var bytes = Array("重庆制造".utf8)
    for _ in 0..<7 { bytes += [0xFF] + Array("新能源汽车产业集群加快发展，".utf8) }
    let file = try folder.write(bytes, to: "a.txt")
    let corpus = ReadCorpus([file], encoding: .utf8)
    #expect(corpus.articles[0].text.count { $0 == "\u{FFFD}" } == 7)
    let warning = try #require(corpus.warnings.first)
    #expect(warning.place == Place(path: file, offset: 12))
    #expect(warning.problem.hasPrefix("7 sequences of bytes are not UTF-8"))
    #expect(warning.problem.contains("12: FF, 55: FF,") && warning.problem.contains("…"))
  }

  @Test func moreFaultsThanAreKept() throws {
    let folder = try TemporaryFolder()
    let sentence = Array("新能源汽车产业集群加快发展，".utf8)
    let count = DecodedText.faultsKept + 500
    let text = try folder.write((0..<count).flatMap { _ in sentence + [0xFF] }, to: "a.txt")
    let warning = try #require(ReadCorpus([text], encoding: .utf8).warnings.first)
    #expect(warning.problem.hasPrefix("1500 sequences of bytes are not UTF-8"))
    // Half of it is no text, but far less than a tenth is among the faults that are kept.
    let noise = try folder.write(
      (0..<20_000).flatMap { _ in [0x61, 0xFF] as [UInt8] }, to: "b.txt")
    let failure = try #require(ReadCorpus([noise], encoding: .utf8).failures.first)
    #expect(failure.problem == "is no text: of 40000 characters 20000 make no sense in UTF-8")
  }

  @Test func declaredEncoding() throws {
    let folder = try TemporaryFolder()
    // 重庆 in GB18030 and Big5, 日本 in Shift_JIS.
    let gb = try folder.write([0xD6, 0xD8, 0xC7, 0xEC], to: "gb.txt")
    let sjis = try folder.write([0x93, 0xFA, 0x96, 0x7B], to: "sjis.txt")
    #expect(ReadCorpus([gb], encoding: try TextEncoding(named: "gbk")).articles[0].text == "重庆")
    #expect(
      ReadCorpus([sjis], encoding: try TextEncoding(named: "sjis")).articles[0].text == "日本")
  }
}
