import SuoyinStorage
import SuoyinText

/// What reading the whole of an index came upon.
///
/// A check changes nothing and needs no lock: it maps the files of the last commit as a reader does,
/// and they stay readable while a writer goes on.
public struct IndexCheck: Equatable, Sendable {
  /// Something that is not as it was written.
  public struct Finding: Codable, Equatable, Sendable {
    public let file: String
    /// The section of the file; nil where the file as a whole is meant.
    public let section: String?
    /// Bytes from the start of the file; nil where no place can be named.
    public let offset: Int?
    public let what: String
    public let expected: String?
    public let found: String?
    /// All of it in one line.
    public let message: String
    /// What a person can do.
    public let remedy: String

    init(_ error: StorageError) {
      file = error.file
      section = error.section
      offset = error.offset
      what = error.what
      expected = error.expected
      found = error.found
      message = error.message
      remedy = IndexError.storage(error).remedy
    }
  }

  /// The commit that was checked; nil where its manifest cannot be read.
  public private(set) var generation: UInt64?
  /// Articles that are not deleted, in the segments that could be opened.
  public private(set) var articleCount = 0
  /// Segments that the manifest names.
  public private(set) var segmentCount = 0
  /// The size of the files that were read.
  public private(set) var bytes = 0
  public private(set) var findings: [Finding] = []

  /// Whether nothing is wrong.
  public var isSound: Bool { findings.isEmpty }

  /// Reads all files of the index in `directory`: their checksums, and what they hold against one
  /// another.
  ///
  /// - Throws: what keeps the index from being checked: `noIndex`, or `storage` with a file that this
  ///   process may not read or that another version wrote. Damage is not thrown but found.
  /// - Complexity: O(size of the index).
  public static func run(at directory: String) throws(IndexError) -> IndexCheck {
    var check = IndexCheck()
    let folder = IndexFolder(directory)
    guard let (manifest, fields, segments) = try check.open(folder) else { return check }
    for segment in segments {
      check.take(segment.verify())
      check.articleCount += segment.liveCount
      check.bytes += segment.file.size + (segment.live?.file.size ?? 0)
    }
    check.compare(manifest, segments, in: folder)
    if let fields { check.compare(fields, segments) }
    return check
  }

  /// Opens what the last commit names, and finds what cannot be opened.
  ///
  /// - Returns: nil where the manifest is damaged.
  private mutating func open(
    _ folder: IndexFolder
  ) throws(IndexError) -> (Manifest, FieldSchema?, [Segment])? {
    var seen: Manifest?
    while true {
      let manifest: Manifest
      do throws(StorageError) {
        (manifest, bytes) = try Manifest.read(in: folder, verifyingPadding: true)
      } catch {
        if error.problem == .missing { try findLostManifest(in: folder) }
        guard error.isDamage || error.problem == .missing else { throw .storage(error) }
        if error.isDamage { take([error]) }
        return nil
      }
      // Nil where they cannot be read.
      var fields: FieldSchema?
      var segments: [Segment] = []
      var errors: [StorageError] = []
      do throws(StorageError) {
        let options = try manifest.readOptions(in: folder)
        try options?.file.verifyPadding()
        bytes += options?.file.size ?? 0
        fields = options?.fields ?? FieldSchema()
      } catch {
        guard error.isDamage || error.problem == .missing else { throw .storage(error) }
        errors.append(error)
      }
      for record in manifest.segments {
        do throws(StorageError) {
          segments.append(try Segment(record, analyzer: manifest.analyzer, in: folder))
        } catch {
          guard error.isDamage || error.problem == .missing else { throw .storage(error) }
          errors.append(error)
        }
      }
      // What cannot be opened may be what a commit since then has taken away.
      if !errors.isEmpty, seen != manifest {
        seen = manifest
        continue
      }
      generation = manifest.generation
      segmentCount = manifest.segments.count
      take(errors)
      return (manifest, fields, segments)
    }
  }

  /// Without a manifest there is no index, or, where segments are left, a damaged one.
  private mutating func findLostManifest(in folder: IndexFolder) throws(IndexError) {
    let names = Folder.isFolder(folder.path) ? try indexing(folder.ownNames) : []
    let segments = names.filter { $0.hasPrefix("segment-") && $0.hasSuffix(".suoyin") }
    guard !segments.isEmpty else { throw .noIndex(directory: folder.path) }
    take([
      StorageError(
        .damaged, file: folder.manifest, what: "missing, but segments of an index are there",
        found: "\(segments.count)")
    ])
  }

  /// What no segment can know by itself: an id has one live article, ordinals and numbers are below
  /// those to come.
  private mutating func compare(
    _ manifest: Manifest, _ segments: [Segment], in folder: IndexFolder
  ) {
    for record in manifest.segments where record.number >= manifest.nextSegment {
      take([
        StorageError(
          .damaged, file: folder.manifest, section: "index", what: "number of a segment",
          expected: "below \(manifest.nextSegment)", found: "\(record.number)")
      ])
    }
    for (index, segment) in segments.enumerated() {
      var ids = segment.identifiers.ids.makeReader()
      for record in 0..<UInt32(segment.documentCount) where segment.isLive(record: record) {
        let ordinal = segment.identifiers.ordinal(of: record)
        if ordinal >= manifest.nextOrdinal {
          take([
            segment.damaged(
              SegmentFormat.ordinals, "ordinal of document \(record)",
              expected: "below \(manifest.nextOrdinal)", found: "\(ordinal)")
          ])
        }
        // An id that cannot be read has been found by the segment itself.
        guard let id = try? ids.id(of: record) else { continue }
        for other in segments[(index + 1)...] {
          if case .some(.some(let twin)) = try? other.liveRecord(id: id) {
            take([
              other.damaged(
                SegmentFormat.ids,
                "id of document \(twin) is that of a live article in \(segment.file.path) too")
            ])
          }
        }
      }
    }
  }

  /// A column belongs to a field of the index, and is of its kind.
  private mutating func compare(_ fields: FieldSchema, _ segments: [Segment]) {
    for segment in segments {
      for column in segment.columns where fields[column.name] != column.kind {
        take([
          segment.damaged(
            SegmentFormat.columns, "kind of the field “\(column.name)”",
            expected: fields[column.name]?.rawValue ?? "no such field", found: column.kind.rawValue)
        ])
      }
    }
  }

  private mutating func take(_ errors: [StorageError]) {
    findings += errors.map(Finding.init)
  }
}

extension StorageError {
  /// Whether it tells of bytes that are not those that were written.
  fileprivate var isDamage: Bool { problem == .damaged || problem == .foreign }
}
