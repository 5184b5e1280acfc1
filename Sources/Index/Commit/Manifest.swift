import SuoyinStorage
import SuoyinText

/// What an index consists of; replacing this one file is a commit: FORMAT.md, "Manifest".
struct Manifest: Equatable {
  static let kind = Envelope.Kind("MANI")
  static let version: UInt32 = 2
  static let readableVersions: ClosedRange<UInt32> = 1...2

  /// A file that the manifest names.
  struct File: Equatable {
    var size: Int
    /// The file's footer checksum.
    var checksum: UInt64
  }

  /// The deletes of a segment.
  struct Deletes: Equatable {
    /// The generation that wrote the file, part of its name.
    var generation: UInt64
    var file: File
  }

  /// The options of the analyzer.
  struct Options: Equatable {
    /// The generation that wrote the file, part of its name.
    var generation: UInt64
    var file: File
  }

  struct SegmentRecord: Equatable {
    /// Part of the file's name; never given twice in an index.
    var number: UInt64
    var file: File
    /// Nil as long as all documents are live.
    var deletes: Deletes?
  }

  /// Grows by one with each commit.
  var generation: UInt64
  var analyzer: AnalyzerDescription
  /// Nil where the analyzer has none.
  var options: Options?
  var similarity: Similarity
  /// The ordinal that the next article gets.
  var nextOrdinal: UInt64
  /// The number that the next segment gets.
  var nextSegment: UInt64
  var segments: [SegmentRecord]

  /// The paths of the files that it names.
  func fileNames(in folder: IndexFolder) -> Set<String> {
    var names: Set<String> = []
    if let options { names.insert(folder.analyzer(generation: options.generation)) }
    for segment in segments {
      names.insert(folder.segment(segment.number))
      if let deletes = segment.deletes {
        names.insert(folder.live(segment.number, generation: deletes.generation))
      }
    }
    return names
  }

  /// Writes it beside the one in force and syncs it.
  func write(in folder: IndexFolder) throws(StorageError) -> FileWriter {
    let file = try FileWriter(path: folder.manifest, kind: Self.kind, version: Self.version)
    try file.begin("index")
    var bytes = ByteWriter()
    bytes.append(varint: generation)
    bytes.append(analyzer)
    bytes.append(options == nil ? 0 : 1)
    if let options {
      bytes.append(varint: options.generation)
      bytes.append(options.file)
    }
    bytes.append(similarity)
    bytes.append(varint: nextOrdinal)
    bytes.append(varint: nextSegment)
    bytes.append(varint: segments.count)
    for segment in segments {
      bytes.append(varint: segment.number)
      bytes.append(segment.file)
      bytes.append(segment.deletes == nil ? 0 : 1)
      if let deletes = segment.deletes {
        bytes.append(varint: deletes.generation)
        bytes.append(deletes.file)
      }
    }
    try file.append(bytes.bytes)
    try file.finish()
    return file
  }

  /// Reads the manifest in force; everything in it is verified.
  ///
  /// - Parameter verifyingPadding: also the bytes that mean nothing.
  /// - Throws: `missing` where there is none.
  static func read(
    in folder: IndexFolder, verifyingPadding: Bool = false
  ) throws(StorageError) -> (Manifest, size: Int) {
    try read(at: folder.manifest, verifyingPadding: verifyingPadding)
  }

  /// Reads a manifest, also one that is not in force.
  static func read(
    at path: String, verifyingPadding: Bool = false
  ) throws(StorageError) -> (Manifest, size: Int) {
    let file = try SectionedFile(path: path, kind: kind, versions: readableVersions)
    if verifyingPadding { try file.verifyPadding() }
    let section = try file.section("index")
    try section.verify()
    var reader = section.reader()
    return (try Manifest(&reader, version: file.version), file.size)
  }

  private init(_ reader: inout ByteReader, version: UInt32) throws(StorageError) {
    // A writer counts on from these numbers, so the highest ones are damage.
    generation = UInt64(try reader.readCount(upTo: .max))
    analyzer = try reader.readAnalyzer()
    // Version 1 knows no options.
    if version > 1, try reader.readMark() {
      options = Options(
        generation: UInt64(try reader.readCount(upTo: Int(generation))),
        file: try reader.readFile())
    }
    similarity = try reader.readSimilarity()
    nextOrdinal = UInt64(try reader.readCount(upTo: .max))
    nextSegment = UInt64(try reader.readCount(upTo: .max))
    // A record has 4 bytes at least, so no damaged count allocates more than the file has.
    let count = try reader.readCount(upTo: reader.remaining / 4)
    segments = []
    var numbers: Set<UInt64> = []
    for _ in 0..<count {
      let place = reader.offset
      let number = try reader.readVarint()
      guard number < nextSegment, numbers.insert(number).inserted else {
        throw reader.section.damaged(
          at: place, "number of a segment", expected: "one below \(nextSegment), each once",
          found: "\(number)")
      }
      let file = try reader.readFile()
      let deletes: Deletes? =
        try reader.readMark()
        ? Deletes(
          generation: UInt64(try reader.readCount(upTo: Int(generation))),
          file: try reader.readFile())
        : nil
      segments.append(SegmentRecord(number: number, file: file, deletes: deletes))
    }
    try reader.finish()
  }

  init(
    generation: UInt64, analyzer: AnalyzerDescription, options: Options? = nil,
    similarity: Similarity, nextOrdinal: UInt64, nextSegment: UInt64, segments: [SegmentRecord]
  ) {
    self.generation = generation
    self.analyzer = analyzer
    self.options = options
    self.similarity = similarity
    self.nextOrdinal = nextOrdinal
    self.nextSegment = nextSegment
    self.segments = segments
  }
}

extension ByteWriter {
  fileprivate mutating func append(_ file: Manifest.File) {
    append(varint: file.size)
    append(fixed: file.checksum)
  }
}

extension ByteReader {
  fileprivate mutating func readFile() throws(StorageError) -> Manifest.File {
    Manifest.File(
      size: try readCount(upTo: .max), checksum: try readFixed(UInt64.self))
  }
}

extension SectionedFile {
  /// Throws unless this is the very file that the manifest means.
  func check(_ record: Manifest.File) throws(StorageError) {
    guard size == record.size else {
      throw StorageError(
        .damaged, file: path, what: "size is not the one in the manifest",
        expected: "\(record.size)", found: "\(size)")
    }
    guard checksum == record.checksum else {
      throw StorageError(
        .damaged, file: path, what: "checksum is not the one in the manifest",
        expected: "\(record.checksum)", found: "\(checksum)")
    }
  }
}

extension Manifest {
  /// Reads the options of the analyzer; nil where it has none.
  func readOptions(in folder: IndexFolder) throws(StorageError) -> AnalyzerFile? {
    guard let options else { return nil }
    let file = try AnalyzerFile(path: folder.analyzer(generation: options.generation))
    try file.file.check(options.file)
    return file
  }

  /// The analyzer that made the index, as this program has it.
  ///
  /// - Throws: `otherAnalyzer` where its rules here are not those that made the index, or `analyzer`.
  func analyzer(
    with options: AnalyzerOptions?, directory: String
  ) throws(IndexError) -> Analyzer {
    let made = try remade(with: options, directory: directory)
    guard made.description == analyzer else {
      throw .otherAnalyzer(directory: directory, index: analyzer, here: made.description)
    }
    return made
  }

  /// The analyzer of that name and options by the rules of this program, which may be others than those
  /// that made the index.
  func remade(
    with options: AnalyzerOptions?, directory: String
  ) throws(IndexError) -> Analyzer {
    do throws(AnalyzerError) {
      return try Analyzer(named: analyzer.name, options: options ?? AnalyzerOptions())
    } catch {
      throw .analyzer(directory: directory, error)
    }
  }
}
