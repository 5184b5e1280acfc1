/// The frame that every file of ours has: see FORMAT.md, "Envelope".
///
/// A header says that the file is ours, of which kind and version; sections follow, each aligned
/// to 8 bytes; a table of the sections with their checksums and a footer of fixed size close it.
/// The footer's checksum covers header, table and footer, so through the table it stands for all
/// bytes of the file: it is what a manifest keeps of a segment.
public enum Envelope {
  /// What a file holds: four ASCII letters.
  public struct Kind: Equatable, Sendable, CustomStringConvertible {
    public let code: String

    /// - Precondition: four ASCII characters.
    public init(_ code: StaticString) {
      self.code = "\(code)"
      precondition(self.code.utf8.count == 4)
    }

    init(bytes: [UInt8]) {
      code = String(decoding: bytes, as: UTF8.self)
    }

    public var description: String { code }
  }

  /// The first bytes of a file: not text, and changed by transfers that change line ends.
  static let magic: [UInt8] = [0x89] + Array("SUOYIN\n".utf8)
  /// The last bytes of a file that was written to its end.
  static let endMagic: [UInt8] = magic.reversed()
  /// The bytes before the first section.
  public static let headerSize = 16
  static let footerSize = 40
  /// Sections begin at multiples of it.
  public static let alignment = 8

  static func header(kind: Kind, version: UInt32) -> ByteWriter {
    var header = ByteWriter(capacity: headerSize)
    header.append(magic)
    header.append(kind.code.utf8)
    header.append(fixed: version)
    return header
  }
}

/// A file of ours, mapped, its frame checked: header, footer, table, ranges. Not its sections:
/// whoever reads one checks its own blocks or calls ``Section/verify()``.
public final class SectionedFile: Sendable {
  public let mapping: MappedFile
  public let version: UInt32
  /// The checksum of header, table and footer.
  public let checksum: UInt64
  /// The sections in the order of the file.
  public let sections: [Section]
  private let tableStart: Int

  public var path: String { mapping.path }
  /// The size in bytes.
  public var size: Int { mapping.count }

  /// Maps the file and checks its frame.
  ///
  /// - Parameters:
  ///   - versions: those that the caller can read.
  /// - Throws: `foreign`, `damaged`, `tooOld`, `tooNew`, or the system's error.
  /// - Complexity: O(number of sections).
  public init(
    path: String, kind: Envelope.Kind, versions: ClosedRange<UInt32>
  ) throws(StorageError) {
    let mapping = try MappedFile(path: path)
    self.mapping = mapping
    let whole = Section(all: mapping)
    try Self.checkMagic(whole, kind: kind)
    var reader = ByteReader(section: whole, range: 12..<Envelope.headerSize)
    version = try reader.readFixed(UInt32.self)

    let footerStart = mapping.count - Envelope.footerSize
    var footer = ByteReader(section: whole, range: footerStart..<mapping.count)
    let tableStart = try footer.readFixed(UInt64.self)
    let tableSize = try footer.readFixed(UInt64.self)
    let size = try footer.readFixed(UInt64.self)
    checksum = try footer.readFixed(UInt64.self)
    guard try footer.readBytes(8) == Envelope.endMagic else {
      throw whole.damaged(at: mapping.count - 8, "no end mark: cut off or overwritten")
    }
    guard size == UInt64(mapping.count) else {
      throw whole.damaged(
        at: footerStart + 16, "size of the file", expected: "\(size)", found: "\(mapping.count)")
    }
    guard tableStart >= UInt64(Envelope.headerSize), tableStart <= UInt64(footerStart),
      tableSize == UInt64(footerStart) - tableStart
    else {
      throw whole.damaged(at: footerStart, "place of the section table out of range")
    }
    let stream = Checksum.Stream()
    let bytes = unsafe mapping.bytes.bytes
    stream.update(bytes.extracting(first: Envelope.headerSize))
    stream.update(bytes.extracting(Int(tableStart)..<(footerStart + 24)))
    guard stream.value == checksum else {
      throw whole.damaged(
        at: footerStart + 24, "checksum of header and section table", expected: hex(checksum),
        found: hex(stream.value))
    }
    // Only now: a version out of range in a damaged file is damage.
    guard versions.contains(version) else {
      throw StorageError(
        version < versions.lowerBound ? .tooOld : .tooNew, file: path, offset: 12,
        what: "format version",
        expected: "\(versions.lowerBound) to \(versions.upperBound)", found: "\(version)")
    }
    self.tableStart = Int(tableStart)
    sections = try Self.readTable(
      ByteReader(section: whole, range: Int(tableStart)..<footerStart), of: mapping)
  }

  public func has(_ section: String) -> Bool {
    sections.contains { $0.name == section }
  }

  /// The section of that name.
  ///
  /// - Throws: `damaged` where there is none.
  public func section(_ name: String) throws(StorageError) -> Section {
    guard let section = sections.first(where: { $0.name == name }) else {
      throw StorageError(.damaged, file: path, section: name, what: "section is missing")
    }
    return section
  }

  /// Throws unless the bytes between the sections, which no checksum covers, are 0.
  public func verifyPadding() throws(StorageError) {
    var end = Envelope.headerSize
    let whole = Section(all: mapping)
    for next in sections.map(\.range) + [tableStart..<tableStart] {
      for offset in end..<next.lowerBound where unsafe mapping.bytes[offset] != 0 {
        throw whole.damaged(at: offset, "byte between sections is not 0")
      }
      end = next.upperBound
    }
  }

  private static func checkMagic(
    _ whole: Section, kind: Envelope.Kind
  ) throws(StorageError) {
    let path = whole.file.path
    let start = unsafe [UInt8](whole.file.bytes.prefix(8))
    guard start == Array(Envelope.magic.prefix(start.count)) else {
      throw StorageError(.foreign, file: path, offset: 0, what: "no file of Suoyin")
    }
    guard whole.count >= Envelope.headerSize + Envelope.footerSize else {
      throw whole.damaged(
        at: whole.count, "cut off",
        expected: "at least \(Envelope.headerSize + Envelope.footerSize) bytes",
        found: "\(whole.count)")
    }
    var reader = ByteReader(section: whole, range: 8..<12)
    let found = Envelope.Kind(bytes: try reader.readBytes(4))
    guard found == kind else {
      throw StorageError(
        .foreign, file: path, offset: 8, what: "a file of another kind", expected: "\(kind)",
        found: "\(found)")
    }
  }

  private static func readTable(
    _ table: ByteReader, of mapping: MappedFile
  ) throws(StorageError) -> [Section] {
    var table = table
    let limit = table.offset
    var sections: [Section] = []
    var end = Envelope.headerSize
    while table.remaining > 0 {
      let place = table.offset
      let name = try table.readString()
      let offset = try table.readFixed(UInt64.self)
      let length = try table.readFixed(UInt64.self)
      let checksum = try table.readFixed(UInt64.self)
      guard offset >= UInt64(end), offset % UInt64(Envelope.alignment) == 0,
        offset <= UInt64(limit), length <= UInt64(limit) - offset
      else {
        throw table.section.damaged(at: place, "range of section \(name) outside the file")
      }
      end = Int(offset + length)
      sections.append(
        Section(file: mapping, name: name, range: Int(offset)..<end, checksum: checksum))
    }
    return sections
  }
}

/// A number as messages about checksums show it.
func hex(_ value: UInt64) -> String {
  "0x" + String(value, radix: 16)
}
