/// Paths as they are written.
enum LexicalPath {
  /// The shortest spelling of a path that leads to the same place: without doubled slashes, slashes
  /// at the end and `.`, and without `x/..` where x is a folder and no symbolic link; `.` where
  /// nothing is left.
  ///
  /// An article that comes again by another spelling of its path is then the same article. A folder
  /// that a link leads to lies elsewhere than the link, so that `link/..` has to stay; and so has
  /// `..` behind what is not there, for the path leads nowhere.
  ///
  /// - Complexity: O(length), and a look at the disk for each `..`.
  static func normalized(_ path: String) -> String {
    guard !path.isEmpty else { return path }
    let root = path.utf8.first == UInt8(ascii: "/") ? "/" : ""
    var parts: [Substring] = []
    for part in path.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init) where part != "."
    {
      if part == "..", parts.isEmpty, !root.isEmpty { continue }
      if part == "..", let last = parts.last, last != "..", isFolder(root + joined(parts)) {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return parts.isEmpty && root.isEmpty ? "." : root + joined(parts)
  }

  private static func joined(_ parts: [Substring]) -> String {
    parts.joined(separator: "/")
  }

  /// Whether a folder itself is there, and no link to one. Of what cannot be looked at nothing is
  /// known; whoever opens it reports that.
  private static func isFolder(_ path: String) -> Bool {
    do throws(FileError) {
      return try FileStatus(ofPath: path, followingLinks: false).kind == .folder
    } catch {
      return false
    }
  }
}
