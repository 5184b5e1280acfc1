import SuoyinStorage
import SuoyinTestSupport
import SuoyinText
import Testing

@testable import SuoyinIndex

/// A check finds every byte that is not as it was written, and nothing in a sound index.
@Suite struct CheckTests {
  @Test func aSoundIndexIsSound() throws {
    let folder = try DamageTests.smallIndex()
    let check = try IndexCheck.run(at: folder.path)
    #expect(check.isSound, "\(check.findings.map(\.message))")
    #expect(check.generation == 2 && check.articleCount == 6 && check.segmentCount == 1)
    let size = try folder.names().reduce(0) { try $0 + folder.bytes($1).count }
    #expect(check.bytes == size)
  }

  @Test func everyFlipIsFoundByNameAndPlace() throws {
    let folder = try DamageTests.smallIndex()
    for name in try folder.names() where name != WriterLock.fileName {
      let bytes = try folder.bytes(name)
      for index in bytes.indices {
        var damaged = bytes
        damaged[index] ^= [0xFF, 0x01, 0x80][index % 3]
        try folder.write(damaged, to: name)
        let check = try IndexCheck.run(at: folder.path)
        let finding = try #require(check.findings.first, "byte \(index) of \(name)")
        #expect(finding.file == folder.path(name))
        #expect(finding.message.hasPrefix(finding.file))
        if let section = finding.section {
          #expect(finding.message.contains("section \(section), offset "), "\(finding.message)")
        }
        #expect(finding.offset.map { $0 <= bytes.count } ?? true)
      }
      try folder.write(bytes, to: name)
    }
  }

  @Test func missingFilesAreFound() throws {
    let folder = try DamageTests.smallIndex()
    for name in try folder.names() where name != WriterLock.fileName {
      let bytes = try folder.bytes(name)
      try Folder.remove(folder.path(name))
      let check = try IndexCheck.run(at: folder.path)
      #expect(check.findings.map(\.file) == [folder.path(name)])
      try folder.write(bytes, to: name)
    }
    #expect(try IndexCheck.run(at: folder.path).isSound)
  }

  @Test func noIndexIsNoDamage() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path, folder.path("none")] {
      #expect(throws: IndexError.noIndex(directory: path)) { try IndexCheck.run(at: path) }
    }
  }

  @Test func aNewerFormatIsNoDamage() throws {
    let folder = try TemporaryFolder()
    let file = try FileWriter(
      path: folder.path("manifest"), kind: Manifest.kind, version: Manifest.version + 1)
    try file.finish()
    try file.publish()
    #expect {
      _ = try IndexCheck.run(at: folder.path)
    } throws: { error in
      guard case .storage(let error)? = error as? IndexError else { return false }
      return error.problem == .tooNew
    }
  }

  @Test func twoLiveArticlesOfOneIDAreFound() throws {
    let folder = try TemporaryFolder()
    let writer = try IndexWriter(at: folder.path)
    for version in 1...2 {
      _ = try writer.addPlain(Article(id: "a", text: "version \(version)"))
      _ = try writer.addPlain(Article(id: "b\(version)", text: "other"))
      try writer.commit()
    }
    #expect(try IndexCheck.run(at: folder.path).isSound)
    // The manifest forgets the deletes of the first segment.
    var (manifest, _) = try Manifest.read(in: IndexFolder(folder.path))
    manifest.segments[0].deletes = nil
    manifest.nextOrdinal = 3
    try manifest.write(in: IndexFolder(folder.path)).publish()
    let findings = try IndexCheck.run(at: folder.path).findings
    #expect(findings.map(\.section) == ["ids", "ordinals"], "\(findings.map(\.message))")
    #expect(findings.allSatisfy { $0.file.hasSuffix("segment-2.suoyin") })
  }
}
