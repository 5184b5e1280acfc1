public import SuoyinStorage
public import SuoyinText

/// What can go wrong with an index: each says what to do.
public enum IndexError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder holds no index.
  case noIndex(directory: String)
  /// The folder holds segments, but the manifest that names them is gone.
  case manifestLost(directory: String)
  /// The index was made by another analyzer, another version of it, or with another ICU.
  case otherAnalyzer(directory: String, index: AnalyzerDescription, here: AnalyzerDescription)
  /// The index was made by another analyzer, or by other options of it, than those asked for.
  case analyzerDiffers(directory: String, [AnalyzerDifference])
  /// The analyzer that made the index cannot be had.
  case analyzer(directory: String, AnalyzerError)
  /// The index was made for other values of k1 and b than those asked for.
  case otherSimilarity(directory: String, index: Similarity, asked: Similarity)
  /// A field of the index is of another kind than was declared.
  case otherField(directory: String, name: String, index: FieldKind, asked: FieldKind)
  /// Values of k1 and b that BM25 cannot work with.
  case invalidSimilarity(Similarity)
  /// An article too large to be indexed.
  case articleTooLarge(id: String, bytes: Int, limit: Int)
  /// The writer failed before, and its uncommitted articles are gone.
  case writerFailed(directory: String)
  /// The commit is in force, but may not be on the disk yet.
  case commitUnsynced(directory: String, StorageError)
  /// All that was to be committed is, but segments could not be merged.
  case mergeFailed(directory: String, StorageError)
  /// Documents cannot be reordered within the memory that the writer may use, in bytes.
  case reorderingNeedsMemory(directory: String, bytes: Int, budget: Int)
  /// There is an index already where a new one was to be made.
  case indexThere(directory: String)
  /// A file of the index cannot be read or written.
  case storage(StorageError)

  /// What is wrong, and with what.
  public var message: String {
    switch self {
    case .noIndex(let directory):
      "\(directory): no index here"
    case .manifestLost(let directory):
      "\(directory): the manifest is missing, but segments of an index are there"
    case .otherAnalyzer(let directory, let index, let here):
      "\(directory): the index was made by another analyzer: "
        + Self.list(index.differences(from: here), "index", "here")
    case .analyzerDiffers(let directory, let differences):
      "\(directory): the index's analyzer is not the one asked for: "
        + Self.list(differences, "index", "asked for")
    case .analyzer(let directory, let error):
      "\(directory): the analyzer that made the index cannot be had: \(error.message)"
    case .otherSimilarity(let directory, let index, let asked):
      "\(directory): the index was made for k1 \(index.k1) and b \(index.b), not for k1 \(asked.k1) "
        + "and b \(asked.b)"
    case .otherField(let directory, let name, let index, let asked):
      "\(directory): the field “\(name)” of the index is a \(index.rawValue), not a \(asked.rawValue)"
    case .invalidSimilarity(let similarity):
      "k1 \(similarity.k1) and b \(similarity.b) are out of range"
    case .articleTooLarge(let id, let bytes, let limit):
      "article \(id): \(bytes) bytes of text are more than the \(limit) that one article may have"
    case .writerFailed(let directory):
      "\(directory): writing failed before and nothing since the last commit was kept"
    case .commitUnsynced(let directory, let error):
      "\(directory): the commit is made and can be searched, but whether it would outlast a loss of "
        + "power is not known: \(error.message)"
    case .mergeFailed(let directory, let error):
      "\(directory): everything is committed, but segments could not be merged: \(error.message)"
    case .reorderingNeedsMemory(let directory, let bytes, let budget):
      "\(directory): to reorder its articles takes \(Self.megabytes(bytes)) MB of memory at least, and "
        + "\(Self.megabytes(budget)) MB are allowed; all else is done"
    case .indexThere(let directory):
      "\(directory): an index is here already"
    case .storage(let error):
      error.message
    }
  }

  /// What a person can do about it.
  public var remedy: String {
    switch self {
    case .noIndex(let directory):
      "make one with: suoyin index --index \(directory) PATH…, or name another folder with --index"
    case .manifestLost(let directory):
      "keep what can be read with: suoyin check --repair --index \(directory), or build the index "
        + "anew: "
        + Self.wayToANewIndex(in: directory)
    case .otherAnalyzer(let directory, _, _):
      "search it with the version that made it, or build it anew with this one, which keeps the "
        + "analyzer's options: " + Self.wayToANewIndex(in: directory)
    case .analyzer(let directory, _):
      "search it with the version that made it, or build it anew with this one: "
        + Self.wayToANewIndex(in: directory)
        + " (with the analyzer and the files of words that it is to have)"
    case .analyzerDiffers(let directory, _):
      "leave the analyzer and its options away to go by the index's, or run the same command with "
        + "--index \(directory)-2 to build another index by them"
    case .otherSimilarity(let directory, _, _):
      "leave --k1 and --b away, or build the index anew: " + Self.wayToANewIndex(in: directory)
    case .otherField(let directory, _, _, _):
      "leave it out of the schema, or build the index anew: " + Self.wayToANewIndex(in: directory)
    case .invalidSimilarity:
      "choose k1 of 0 or more and b between 0 and 1"
    case .articleTooLarge:
      "split it"
    case .writerFailed:
      "see to that error and run again"
    case .commitUnsynced:
      "see to the disk and run the same again; what is in the index already is left alone"
    case .mergeFailed(let directory, let error):
      switch error.problem {
      case .noSpace:
        "free space on that file system; suoyin optimize --index \(directory) merges then, and the "
          + "index is whole without"
      default: error.remedy
      }
    case .reorderingNeedsMemory:
      "allow more with --memory"
    case .indexThere:
      "name a folder that is empty or not there yet"
    case .storage(let error):
      switch error.problem {
      case .damaged:
        "keep what can be read with: suoyin check --repair --index \(error.folder), or bring back a "
          + "copy with: suoyin restore --index \(error.folder) DIR, or build the index anew: "
          + Self.wayToANewIndex(in: error.folder)
      case .tooOld, .tooNew:
        error.remedy + ": " + Self.wayToANewIndex(in: error.folder)
      default: error.remedy
      }
    }
  }

  public var description: String { "\(message); \(remedy)" }

  private static func wayToANewIndex(in directory: String) -> String {
    "suoyin rebuild --index \(directory) PATH…"
  }

  /// Megabytes, rounded up.
  private static func megabytes(_ bytes: Int) -> Int { (bytes + 1 << 20 - 1) >> 20 }

  /// `ICU (index: 71.1, here: 72.1)`
  private static func list(
    _ differences: [AnalyzerDifference], _ index: String, _ other: String
  ) -> String {
    differences.map { "\($0.part) (\(index): \($0.value); \(other): \($0.other))" }
      .joined(separator: ", ")
  }
}

/// Runs work on files and gives its errors as errors of the index.
func indexing<Result>(
  _ body: () throws(StorageError) -> Result
) throws(IndexError) -> Result {
  do { return try body() } catch { throw .storage(error) }
}
