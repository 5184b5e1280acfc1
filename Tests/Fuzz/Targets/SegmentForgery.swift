public import SuoyinStorage

/// Makes a segment file with changed bytes whose checksums fit them, so that readers meet nonsense that
/// no checksum keeps from them: FORMAT.md, "Segment".
public enum SegmentForgery {
  /// Copies a segment, section by section.
  ///
  /// - Parameters:
  ///   - change: is given each section's name and bytes, in the order of the file.
  /// - Returns: size and checksum of the file.
  @discardableResult
  public static func forge(
    _ original: SectionedFile, at path: String, _ change: (String, inout [UInt8]) -> Void
  ) throws -> FileWriter.Summary {
    let file = try FileWriter(path: path, kind: .init("SEGM"), version: original.version)
    var articles: [UInt8] = []
    for section in original.sections {
      var reader = section.reader()
      var bytes = try reader.readBytes(section.count)
      let name = section.name ?? ""
      change(name, &bytes)
      if name.hasSuffix(".terms") {
        try fit(terms: &bytes, by: original.section(name.dropLast() + "index"))
      }
      if name == "articles" { articles = bytes }
      if name == "articles.index" { fit(articleIndex: &bytes, to: articles) }
      try file.begin(name)
      try file.append(bytes)
    }
    let summary = try file.finish()
    try file.publish()
    return summary
  }

  /// Makes the checksums of dictionary blocks fit, as far as they lie where they did.
  private static func fit(terms bytes: inout [UInt8], by index: Section) throws {
    let count = index.count / 16
    let offsets = try index.array(of: UInt64.self, at: count * 8, count: count)
    for block in 0..<count {
      let start = Int(offsets[block])
      let end = block + 1 < count ? Int(offsets[block + 1]) : bytes.count
      guard start + 4 <= end, end <= bytes.count else { continue }
      let body = Array(bytes[(start + 4)..<end])
      var checksum = ByteWriter()
      checksum.append(
        fixed: UInt32(truncatingIfNeeded: Checksum.of(body, seed: UInt64(block))))
      bytes.replaceSubrange(start..<(start + 4), with: checksum.bytes)
    }
  }

  /// Makes the checksums of article blocks fit, as far as their places lie in the section.
  private static func fit(articleIndex index: inout [UInt8], to articles: [UInt8]) {
    func number(at start: Int, size: Int) -> UInt64 {
      (0..<size).reduce(0) { $0 | UInt64(index[start + $1]) << UInt64($1 * 8) }
    }
    let size = 24
    for start in stride(from: 0, through: index.count - size, by: size) {
      let isLast = start + 2 * size > index.count
      let offset = number(at: start, size: 8)
      let end = isLast ? UInt64(articles.count) : number(at: start + size, size: 8)
      guard offset <= end, end <= UInt64(articles.count) else { continue }
      let seed = number(at: start + 8, size: 4) << 32 | number(at: start + 12, size: 4)
      var checksum = ByteWriter()
      checksum.append(fixed: Checksum.of(Array(articles[Int(offset)..<Int(end)]), seed: seed))
      index.replaceSubrange((start + 16)..<(start + 24), with: checksum.bytes)
    }
  }
}
