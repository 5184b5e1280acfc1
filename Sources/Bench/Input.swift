import Foundation

/// The lines of a file as texts, without an empty last one.
func readLines(_ path: String) throws -> [String] {
  let data: Data
  do { data = try Data(contentsOf: URL(fileURLWithPath: path)) } catch {
    throw InputError("\(path) cannot be read: \(error.localizedDescription)")
  }
  var lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  if lines.last == "" { lines.removeLast() }
  guard !lines.isEmpty else { throw InputError("\(path) is empty; give a file with lines") }
  return lines
}

/// A line of a file of queries: the kind before the first tab, and what is asked behind it.
struct QueryLine {
  let kind: String
  let text: Substring

  /// - Parameter kind: the kind of lines without a tab; nil where each must have one.
  static func read(_ path: String, kind: String? = nil) throws -> [QueryLine] {
    try readLines(path).enumerated().map { number, line in
      if let tab = line.firstIndex(of: "\t") {
        return QueryLine(kind: String(line[..<tab]), text: line[line.index(after: tab)...])
      }
      guard let kind else {
        throw InputError("\(path), line \(number + 1): no tab between kind and words")
      }
      return QueryLine(kind: kind, text: line[...])
    }
  }
}

/// Removes an index that an earlier run left in a folder; other files there stay.
func removeIndex(in folder: String) throws {
  let files = FileManager.default
  guard files.fileExists(atPath: folder) else { return }
  let names = try files.contentsOfDirectory(atPath: folder)
  let others = names.filter {
    $0 != "manifest" && !$0.hasSuffix(".suoyin") && !$0.hasSuffix("lock")
  }
  guard others.isEmpty else {
    throw InputError("\(folder) holds \(others.sorted()[0]) beside an index; name another folder")
  }
  // The manifest last: without it, segments are a lost index, which no writer touches.
  for name in names.sorted(by: >) where name.hasSuffix(".suoyin") || name == "manifest" {
    try files.removeItem(atPath: "\(folder)/\(name)")
  }
}
