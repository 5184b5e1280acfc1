public import SuoyinText

/// Reads articles out of files and folders, one at a time.
///
/// ```swift
/// var reader = CorpusReader(paths: ["articles"])
/// while let item = reader.next() {
///   if case .article(let article, _, _) = item { print(article.id) }
/// }
/// ```
///
/// Files `.txt` and `.md` are one article each: its id is the path below the folder given, without
/// the extension, with `/` between the parts (of a file that was named itself, its name); its title
/// is what a headline says. Files `.jsonl` and `.ndjson` hold a JSON object on each
/// line with `_id` and `text`, and perhaps `title` and `date`; all other members are kept in
/// `Article.extra` as they are written. Other files in folders are passed over and reported as
/// ``CorpusItem/skipped(_:)``.
///
/// The order does not depend on the system: paths as given, below them by the bytes of the path.
/// Never more than one article is held, and of a file of lines one line; of the files the paths.
public struct CorpusReader: ~Copyable {
  private let paths: [String]
  private let encoding: TextEncoding?
  private let repairsLines: Bool
  private var sources: [Source] = []
  private var position = 0
  private var isScanned = false
  private var lines: JSONLines?
  /// Bytes of the files that are done with.
  private var bytesDone = 0

  /// Bytes of the files to read; 0 before the first ``next()``, which looks through the folders.
  public private(set) var bytesTotal = 0

  /// Bytes of the files read so far, those passed over as known included.
  public private(set) var bytesRead = 0

  /// The file whose article ``next()`` gave last. Nil for a line of a file of lines, for an article
  /// with warnings, which should be given each time, and for a file that was changed a moment ago,
  /// since one more change might not show.
  public private(set) var file: CorpusFile?

  /// - Parameters:
  ///   - paths: Files and folders, however spelled: `Article.path` of `./a//b.txt` is `a/b.txt`.
  ///     What two of them lead to is read once, by the first.
  ///   - encoding: The charset of all files; nil to find it out for each.
  ///   - repairsLines: What `Article.repairsLines` of every article is set to.
  public init(paths: [String], encoding: TextEncoding? = nil, repairsLines: Bool = true) {
    self.paths = paths
    self.encoding = encoding
    self.repairsLines = repairsLines
  }

  /// The next article, failure or file passed over; nil at the end.
  public mutating func next() -> CorpusItem? {
    next { (_: CorpusFile) throws(Never) in false }
  }

  /// The next article, failure or file passed over, without those files that are known already.
  ///
  /// - Parameter isKnown: is asked before a file is read, and says whether to go on to the next.
  public mutating func next<Failure: Error>(
    skipping isKnown: (CorpusFile) throws(Failure) -> Bool
  ) throws(Failure) -> CorpusItem? {
    file = nil
    if !isScanned {
      let scan = SourceScan(paths: paths)
      sources = scan.sources
      bytesTotal = scan.bytes
      isScanned = true
    }
    while true {
      if lines != nil {
        let item = lines?.next()
        bytesRead = bytesDone + (lines?.bytesRead ?? 0)
        if let item { return item }
        bytesDone = bytesRead
        lines = nil
      }
      guard position < sources.count else { return nil }
      let source = sources[position]
      position += 1
      switch source {
      case .skipped(let path): return .skipped(Place(path: path))
      case .failure(let failure): return .failure(failure)
      case .file(let path, _, _, _, .jsonLines):
        do throws(FileError) {
          lines = try JSONLines(path: path, encoding: encoding, repairsLines: repairsLines)
        } catch {
          return .failure(error.failure(at: path))
        }
      case .file(let path, _, let size, let modified, .text):
        bytesDone += size
        bytesRead = bytesDone
        let id = source.id ?? path
        let known = modified.map {
          CorpusFile(id: id, path: path, size: size, modified: $0, reading: reading)
        }
        if let known, try isKnown(known) { continue }
        let item = article(path, size: size, id: id)
        if case .article(_, _, let warnings) = item, warnings.isEmpty { file = known }
        return item
      }
    }
  }

  private var reading: String {
    "\(CorpusFile.readerVersion) \(encoding?.name ?? "") \(repairsLines)"
  }

  /// Whether nothing is at a path any more; false where the system does not let us look.
  public static func isGone(_ path: String) -> Bool {
    FileStatus.isGone(path)
  }

  private mutating func article(_ path: String, size: Int, id: String) -> CorpusItem {
    do throws(CorpusFailure) {
      let (article, warnings) = try TextFile.read(
        path, size: size, id: id, encoding: encoding, repairsLines: repairsLines)
      return .article(article, place: Place(path: path), warnings: warnings)
    } catch {
      return .failure(error)
    }
  }
}
