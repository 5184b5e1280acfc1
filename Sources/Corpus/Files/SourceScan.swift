/// One thing that the paths of a corpus lead to.
enum Source: Sendable {
  /// A file of articles; `idStart` is where in its path, in UTF-8 bytes, the name below the folder
  /// given begins, `size` its bytes, `modified` as in ``FileStatus``.
  case file(path: String, idStart: Int, size: Int, modified: Int64?, format: ArticleFormat)
  case skipped(path: String)
  indirect case failure(CorpusFailure)
}

/// Finds all files that the given paths lead to, in an order that does not depend on the system.
///
/// Paths come in the order given; below a folder, files come in the order of their paths' bytes.
/// Every folder is entered once, however many links or paths lead to it, and the first way counts;
/// links to files are followed each for itself. Names that begin with a full stop are passed over
/// in folders, as shells do.
struct SourceScan {
  private(set) var sources: [Source] = []
  /// Bytes of all files of articles.
  private(set) var bytes = 0
  private var entered: Set<FileStatus.Identity> = []
  private var named: Set<NamedFile> = []

  /// A file that a path given names itself, by the bytes of its name: strings of different bytes
  /// can be equal.
  private struct NamedFile: Hashable {
    var folder: FileStatus.Identity
    var name: [UInt8]
  }

  init(paths: [String]) {
    for path in paths { take(path) }
    failSharedIDs()
  }

  private mutating func take(_ path: String) {
    guard !path.isEmpty else {
      fail("“”", "is an empty path", "name a file of articles or a folder that holds some")
      return
    }
    do throws(FileError) {
      // As it was typed: a file's name with a slash behind it names nothing.
      let status = try FileStatus(ofPath: path)
      let path = LexicalPath.normalized(path)
      switch status.kind {
      case .folder:
        let prefix = path == "." ? "" : path == "/" ? path : path + "/"
        enter(prefix, identity: status.identity, idStart: prefix.utf8.count)
      case .file: try takeFile(path, status)
      case .other(let kind):
        // Opening a pipe waits for its writer, without end where there is none. And what comes out
        // of one has no name to tell its format or give its article an id.
        fail(
          path, "is \(kind), and only files and folders are read",
          "write what comes out of it to a file, and name that")
      }
    } catch {
      sources.append(.failure(error.failure(at: path)))
    }
  }

  /// A file that was named itself.
  private mutating func takeFile(_ path: String, _ status: FileStatus) throws(FileError) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let nameStart = slash.map { path.utf8.index(after: $0) } ?? path.startIndex
    let name = path[nameStart...]
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let isPlainName = ArticleFormat.fileExtension(of: name) == nil
    guard let format = ArticleFormat(ofName: name) ?? (isPlainName ? .text : nil) else {
      fail(
        path, "is of a kind that is not read",
        "\(ArticleFormat.known); rename it if that is what it is")
      return
    }
    let key = NamedFile(folder: try FileStatus(ofPath: folder).identity, name: Array(name.utf8))
    let wasReadWithFolder =
      entered.contains(key.folder) && !isPlainName && name.utf8.first != UInt8(ascii: ".")
    guard !wasReadWithFolder, named.insert(key).inserted else { return }
    bytes += status.size
    let idStart = path.utf8.distance(from: path.startIndex, to: nameStart)
    sources.append(
      .file(
        path: path, idStart: idStart, size: status.size, modified: status.modified, format: format))
  }

  /// Takes what is in a folder; `prefix` is its path with a slash at the end, and empty for `.`.
  private mutating func enter(_ prefix: String, identity: FileStatus.Identity, idStart: Int) {
    guard entered.insert(identity).inserted else { return }
    let folder = prefix.isEmpty ? "." : prefix
    var names: [[UInt8]]
    do throws(FileError) {
      names = try FolderListing.names(in: folder)
    } catch {
      sources.append(.failure(error.failure(at: folder)))
      return
    }
    var entries: [Entry] = []
    entries.reserveCapacity(names.count)
    for name in names {
      guard let text = String(validating: name, as: UTF8.self) else {
        entries.append(Entry(order: name, name: nil, status: nil))
        continue
      }
      do throws(FileError) {
        let status = try FileStatus(ofPath: prefix + text)
        // A folder sorts as its path does, with the slash that follows it.
        let order = status.kind == .folder ? name + [UInt8(ascii: "/")] : name
        entries.append(Entry(order: order, name: text, status: status))
      } catch {
        entries.append(Entry(order: name, name: text, status: nil, error: error))
      }
    }
    names = []
    entries.sort { $0.order.lexicographicallyPrecedes($1.order) }
    for entry in entries {
      take(
        entry, in: prefix, identity: identity, idStart: idStart)
    }
  }

  private struct Entry {
    /// The bytes to sort by.
    var order: [UInt8]
    /// Nil for a name that is not UTF-8.
    var name: String?
    var status: FileStatus?
    var error: FileError?
  }

  private mutating func take(
    _ entry: Entry, in prefix: String, identity: FileStatus.Identity, idStart: Int
  ) {
    guard let name = entry.name else {
      fail(
        prefix + escaped(entry.order), "has a name that is not UTF-8",
        "rename it (the bytes that are not UTF-8 are shown as \\xHH)")
      return
    }
    let path = prefix + name
    let format = ArticleFormat(ofName: name[...])
    guard name.utf8.first != UInt8(ascii: ".") else {
      sources.append(.skipped(path: path))
      return
    }
    guard let status = entry.status else {
      if format == nil {
        sources.append(.skipped(path: path))
      } else {
        sources.append(.failure((entry.error ?? .missing).failure(at: path)))
      }
      return
    }
    switch status.kind {
    case .folder: enter(path + "/", identity: status.identity, idStart: idStart)
    case .file:
      guard let format else {
        sources.append(.skipped(path: path))
        return
      }
      guard !named.contains(NamedFile(folder: identity, name: Array(name.utf8))) else { return }
      bytes += status.size
      sources.append(
        .file(
          path: path, idStart: idStart, size: status.size, modified: status.modified, format: format
        ))
    case .other: sources.append(.skipped(path: path))
    }
  }

  private mutating func fail(_ path: String, _ problem: String, _ remedy: String) {
    sources.append(
      .failure(CorpusFailure(place: Place(path: path), problem: problem, remedy: remedy)))
  }

  private func escaped(_ name: [UInt8]) -> String {
    var text = ""
    for byte in name {
      if byte >= 0x20 && byte < 0x7F {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "\\x" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }

  // MARK: Ids

  /// Files that would share an id fail, each naming the other.
  /// - Complexity: O(n log n); 16 bytes a file beside the list itself, so that millions are fine.
  private mutating func failSharedIDs() {
    var hashes: [(hash: Int, index: Int)] = []
    for index in sources.indices {
      if let id = sources[index].idBytes { hashes.append((id.hashValue, index)) }
    }
    hashes.sort { $0 < $1 }
    var start = 0
    while start < hashes.count {
      var end = start + 1
      while end < hashes.count && hashes[end].hash == hashes[start].hash { end += 1 }
      if end - start > 1 { failShared(among: hashes[start..<end].map(\.index)) }
      start = end
    }
  }

  /// Fails those of the files that share an id; equal hashes alone do not make equal ids.
  private mutating func failShared(among indices: [Int]) {
    for (bytes, sharing) in Dictionary(grouping: indices, by: { sources[$0].idBytes ?? [] })
    where sharing.count > 1 {
      let id = String(decoding: bytes, as: UTF8.self)
      let paths = sharing.map { sources[$0].path }
      for (position, index) in sharing.enumerated() {
        let other = paths[position == 0 ? 1 : 0]
        let more = sharing.count > 2 ? " and \(sharing.count - 2) more" : ""
        sources[index] = .failure(
          CorpusFailure(
            place: Place(path: paths[position]),
            problem: "would have the id “\(id)”, and so would \(other)\(more)",
            remedy: "rename one of them, or index the folder above both"))
      }
    }
  }
}

extension Source {
  var path: String {
    switch self {
    case .file(let path, _, _, _, _), .skipped(let path): path
    case .failure(let failure): failure.place.path
    }
  }

  /// The id of a file that is one article: its path below the folder given, without extension.
  var id: String? {
    guard case .file(let path, let idStart, _, _, .text) = self else { return nil }
    let below = path.utf8.dropFirst(idStart)
    let name = Substring(below)
    guard let fileExtension = ArticleFormat.fileExtension(of: name),
      ArticleFormat(ofName: name) != nil
    else { return String(name) }
    return String(Substring(below.dropLast(fileExtension.utf8.count + 1)))
  }

  /// The id as the index tells ids apart: strings of different bytes can be equal.
  var idBytes: [UInt8]? { id.map { Array($0.utf8) } }
}
