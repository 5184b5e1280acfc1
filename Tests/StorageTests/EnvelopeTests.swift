import SuoyinTestSupport
import Testing

@testable import SuoyinStorage

/// The frame of files: what was written is read, what is wrong is told apart.
@Suite struct EnvelopeTests {
  static let kind = Envelope.Kind("TEST")
  let scratch: TemporaryFolder

  init() throws {
    scratch = try TemporaryFolder()
  }

  func write(
    _ sections: [(String, [UInt8])], version: UInt32 = 3, kind: Envelope.Kind = kind
  ) throws -> (path: String, summary: FileWriter.Summary) {
    let path = scratch.path + "/file"
    let writer = try FileWriter(path: path, kind: kind, version: version)
    for (name, bytes) in sections {
      try writer.begin(name)
      // In two pieces.
      try writer.append(Array(bytes.prefix(bytes.count / 2)))
      try writer.append(Array(bytes.dropFirst(bytes.count / 2)))
      #expect(writer.offset == bytes.count)
    }
    let summary = try writer.finish()
    try writer.publish()
    return (path, summary)
  }

  func open(_ path: String) throws(StorageError) -> SectionedFile {
    try SectionedFile(path: path, kind: Self.kind, versions: 2...4)
  }

  @Test func roundTrip() throws {
    let large = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 / 3) }
    let sections: [(String, [UInt8])] = [("a", [1, 2, 3]), ("", []), ("large", large), ("z", [9])]
    let (path, summary) = try write(sections)
    let file = try open(path)
    #expect(file.size == summary.size && file.checksum == summary.checksum && file.version == 3)
    #expect(file.sections.map(\.name) == sections.map(\.0))
    for (name, bytes) in sections {
      let section = try file.section(name)
      try section.verify()
      #expect(section.range.lowerBound % 8 == 0)
      var reader = section.reader()
      #expect(try reader.readBytes(section.count) == bytes)
    }
    try file.verifyPadding()
    #expect(problem { () throws(StorageError) in _ = try file.section("none") } == .damaged)
    #expect(try scratch.names() == ["file"])
  }

  @Test func kindsOfTrouble() throws {
    var path = try write([("a", [1])], version: 1).path
    #expect(problem { () throws(StorageError) in _ = try open(path) } == .tooOld)
    path = try write([("a", [1])], version: 5).path
    #expect(problem { () throws(StorageError) in _ = try open(path) } == .tooNew)
    path = try write([("a", [1])], kind: Envelope.Kind("ELSE")).path
    #expect(problem { () throws(StorageError) in _ = try open(path) } == .foreign)
    for foreign in ["", "%PDF-1.4", String(repeating: "x", count: 500)] {
      path = try scratch.write(Array(foreign.utf8), to: "file")
      // No bytes at all: cut off, as far as can be told.
      let expected: StorageError.Problem = foreign.isEmpty ? .damaged : .foreign
      #expect(problem { () throws(StorageError) in _ = try open(path) } == expected)
    }
    // A version out of range in a file that is damaged anyway is damage.
    path = try write([("a", [1])]).path
    var bytes = try scratch.bytes("file")
    bytes[12] = 200
    path = try scratch.write(bytes, to: "file")
    #expect(problem { () throws(StorageError) in _ = try open(path) } == .damaged)
  }

  @Test func everyTruncationAndFlip() throws {
    _ = try write([("one", [1, 2, 3, 4, 5]), ("two", Array(0..<40))])
    let bytes = try scratch.bytes("file")
    for count in 0..<bytes.count {
      let path = try scratch.write(Array(bytes[..<count]), to: "file")
      #expect(problem { () throws(StorageError) in _ = try open(path) } == .damaged)
    }
    for index in bytes.indices {
      for bit in 0..<8 {
        var changed = bytes
        changed[index] ^= 1 << UInt8(bit)
        let path = try scratch.write(changed, to: "file")
        let found = problem { () throws(StorageError) in
          let file = try open(path)
          try file.verifyPadding()
          for section in file.sections { try section.verify() }
        }
        #expect(found == (index < 12 ? .foreign : .damaged), "bit \(bit) of byte \(index)")
      }
    }
  }

  @Test func aWriterThatGoesTakesItsFileWithIt() throws {
    do {
      let writer = try FileWriter(path: scratch.path + "/f", kind: Self.kind, version: 3)
      try writer.begin("a")
      #expect(try scratch.names() == ["f.tmp"])
    }
    do {
      let writer = try FileWriter(path: scratch.path + "/f", kind: Self.kind, version: 3)
      try writer.finish()
    }
    #expect(try scratch.names() == [])
    let writer = try FileWriter(path: scratch.path + "/f", kind: Self.kind, version: 3)
    try writer.finish()
    try writer.publish()
    #expect(try scratch.names() == ["f"])
    try writer.withdraw()
    #expect(try scratch.names() == [])
  }

  @Test func anOlderFileStaysUntilTheNewOneIsComplete() throws {
    let path = try write([("a", [1])]).path
    let old = try open(path)
    let writer = try FileWriter(path: path, kind: Self.kind, version: 4)
    try writer.begin("b")
    #expect(try open(path).version == 3)
    try writer.finish()
    #expect(try open(path).version == 3)
    try writer.publish()
    #expect(try open(path).version == 4)
    // Who has it mapped keeps it.
    try old.section("a").verify()
  }

  @Test(arguments: [0, 1, 1 << 20, 1 << 20 + 1, 3_000_000])
  func spools(size: Int) throws {
    let writer = try FileWriter(path: scratch.path + "/f", kind: Self.kind, version: 3)
    let spool = Spool(path: scratch.path + "/spool")
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try writer.begin("first")
    for start in stride(from: 0, to: size, by: 1000) {
      try spool.append(Array(bytes[start..<min(size, start + 1000)]))
      try writer.append([7])
    }
    #expect(spool.count == size)
    // No name, whatever the size.
    #expect(try scratch.names() == ["f.tmp"])
    try writer.begin("second")
    try writer.append(spool)
    try writer.finish()
    try writer.publish()
    let section = try open(scratch.path + "/f").section("second")
    try section.verify()
    var reader = section.reader()
    #expect(try reader.readBytes(section.count) == bytes)
  }
}
