import Glibc
import SuoyinTestSupport
import Testing

@testable import SuoyinStorage

/// What a writer of bytes puts down, a reader takes up, and never more.
@Suite struct ByteTests {
  let scratch: TemporaryFolder

  init() throws {
    scratch = try TemporaryFolder()
  }

  func section(_ bytes: [UInt8]) throws -> Section {
    let file = try MappedFile(path: scratch.write(bytes, to: "file"))
    return Section(file: file, name: "test", range: 0..<file.count, checksum: 0)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var writer = ByteWriter()
    var numbers: [UInt64] = []
    for _ in 0..<200 {
      let number =
        UInt64.random(in: 0 ... .max, using: &random)
        >> UInt64.random(in: 0...63, using: &random)
      numbers.append(number)
      writer.append(varint: number)
      writer.append(fixed: number)
      writer.append(fixed: UInt16(truncatingIfNeeded: number))
      writer.append(string: "字\(number)")
      writer.append(optional: number % 2 == 0 ? nil : "")
    }
    let section = try section(writer.bytes)
    var reader = section.reader()
    for number in numbers {
      #expect(try reader.readVarint() == number, "seed \(seed)")
      #expect(try reader.readFixed(UInt64.self) == number)
      #expect(try reader.readFixed(UInt16.self) == UInt16(truncatingIfNeeded: number))
      #expect(try reader.readString() == "字\(number)")
      #expect(try reader.readOptionalString() == (number % 2 == 0 ? nil : ""))
    }
    try reader.finish()
    #expect(problem { () throws(StorageError) in _ = try reader.readByte() } == .damaged)
  }

  @Test(arguments: [0, 1, 127, 128, 16_383, 16_384, 1 << 35, .max >> 1, .max] as [UInt64])
  func varintsEndEarly(value: UInt64) throws {
    var writer = ByteWriter()
    writer.append(varint: value)
    for count in 0..<writer.count {
      var reader = try section(Array(writer.bytes[..<count])).reader()
      #expect(problem { () throws(StorageError) in _ = try reader.readVarint() } == .damaged)
    }
  }

  @Test func varintsOfMoreThan64Bits() throws {
    for last in [2, 0x7F, 0x80, 0xFF] as [UInt8] {
      var reader = try section([UInt8](repeating: 0xFF, count: 9) + [last, 0]).reader()
      #expect(problem { () throws(StorageError) in _ = try reader.readVarint() } == .damaged)
    }
  }

  @Test func errorsNameTheirPlace() throws {
    let section = try section([1, 2, 3, 0x80])
    var reader = try section.reader(in: 3..<4)
    let error = #expect(throws: StorageError.self) { try reader.readVarint() }
    #expect(error?.offset == 4 && error?.section == "test")
    #expect(error?.description.contains("/file, section test, offset 4: ends too early") == true)
    #expect(problem { () throws(StorageError) in _ = try section.reader(in: 2..<5) } == .damaged)
    #expect(problem { () throws(StorageError) in _ = try reader.skip(-1) } == .damaged)
  }

  @Test func stringsAreUTF8() throws {
    var reader = try section([2, 0xC3, 0x28]).reader()
    #expect(problem { () throws(StorageError) in _ = try reader.readString() } == .damaged)
    var long = try section([200, 1, 65]).reader()
    #expect(problem { () throws(StorageError) in _ = try long.readString() } == .damaged)
    var mark = try section([2]).reader()
    #expect(problem { () throws(StorageError) in _ = try mark.readOptionalString() } == .damaged)
  }

  @Test func countsHaveLimits() throws {
    var reader = try section([0xFF, 0xFF, 0xFF, 0xFF, 0x1F]).reader()
    #expect(
      problem { () throws(StorageError) in _ = try reader.readUInt32() } == .damaged)
  }

  @Test func arraysStayInTheirSection() throws {
    let section = try section(Array(0..<16))
    let array = try section.array(of: UInt32.self, at: 1, count: 3)
    #expect(array[0] == 0x0403_0201 && array[2] == 0x0C0B_0A09 && array.count == 3)
    for (offset, count) in [(1, 4), (17, 0), (-1, 1), (0, -1), (0, .max), (16, 1)] {
      #expect(
        problem { () throws(StorageError) in
          _ = try section.array(of: UInt32.self, at: offset, count: count)
        } == .damaged)
    }
    let numbers = try section.array(of: UInt8.self, count: 16)
    for limit in 0...20 { #expect(numbers.partitionPoint { $0 < limit } == min(limit, 16)) }
  }

  @Test func checksumsOfPiecesAreThoseOfTheWhole() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let stream = Checksum.Stream()
    for piece in [0..<1, 1..<300, 300..<1000] {
      let part = Array(bytes[piece])
      stream.update(unsafe part.span.bytes)
    }
    #expect(stream.value == Checksum.of(bytes))
    #expect(Checksum.of(bytes, seed: 1) != Checksum.of(bytes))
    // The published value for no bytes.
    #expect(Checksum.of([UInt8]()) == 0x2D06_8005_38D3_94C2)
  }

  @Test func filesThatCannotBeMapped() throws {
    #expect(
      problem { () throws(StorageError) in _ = try MappedFile(path: "/no/such") } == .missing)
    let path = scratch.path
    #expect(problem { () throws(StorageError) in _ = try MappedFile(path: path) } == .wrongKind)
    // Opening a pipe without a writer would wait for one.
    let pipe = scratch.path("pipe")
    try #require(unsafe mkfifo(pipe, 0o600) == 0)
    #expect(problem { () throws(StorageError) in _ = try MappedFile(path: pipe) } == .wrongKind)
    #expect(try MappedFile(path: scratch.write([], to: "file")).count == 0)
  }
}
