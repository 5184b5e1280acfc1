import SuoyinStorage

// How readers need no lock. A commit replaces the manifest by one rename, so whoever opens it has the
// old one or the new one, whole. The files that it names never change once they have their names; the
// system keeps what is open or mapped when a name goes. What is left is the moment between reading a
// manifest and opening what it names: a commit that comes just then may take files away. The reader
// finds that the manifest is another one by now, and begins anew with that.
extension IndexFolder {
  /// Opens something of the commit in force.
  ///
  /// - Parameter open: is run once more whenever it failed and another commit has taken the place of
  ///   the one that it was given. So an error is one of an index that stood still.
  /// - Throws: `noIndex`, or what `open` throws, with a file that is named but missing as damage.
  /// - Complexity: ends, because each further run takes a commit by somebody else.
  func reading<Result>(
    _ open: (Manifest, _ size: Int) throws(IndexError) -> Result
  ) throws(IndexError) -> Result {
    var (manifest, size) = try readManifest()
    while true {
      do throws(IndexError) { return try open(manifest, size) } catch {
        let (newer, newerSize) = try readManifest()
        guard newer != manifest else { throw error.withMissingFileNamed }
        (manifest, size) = (newer, newerSize)
      }
    }
  }

  /// The manifest in force, with a missing one told apart from other trouble.
  func readManifest() throws(IndexError) -> (Manifest, size: Int) {
    do throws(StorageError) { return try Manifest.read(in: self) } catch {
      guard error.problem == .missing else { throw .storage(error) }
      throw .noIndex(directory: path)
    }
  }
}

extension IndexError {
  /// A file of an index that is not there is damage, and not a wrong path.
  var withMissingFileNamed: IndexError {
    guard case .storage(let error) = self, error.problem == .missing else { return self }
    return .storage(.missingSegmentFile(error.file))
  }
}

extension StorageError {
  /// A file that belongs to the index is gone.
  static func missingSegmentFile(_ file: String) -> StorageError {
    StorageError(.damaged, file: file, what: "named by the manifest, but not there")
  }
}
