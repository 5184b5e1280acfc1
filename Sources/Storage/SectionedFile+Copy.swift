extension SectionedFile {
  /// Copies the file section by section and syncs the copy, still under its temporary name.
  ///
  /// Its checksums are made of the bytes that are copied, and end in the checksum that the original
  /// has, or something is damaged: so a copy is known to be sound.
  ///
  /// - Parameters:
  ///   - kind: what the file was opened as.
  ///   - path: where the copy will be.
  /// - Throws: `damaged` with the section that is, too.
  /// - Complexity: O(size).
  public func copy(
    _ kind: Envelope.Kind, to path: String
  ) throws(StorageError) -> (FileWriter, FileWriter.Summary) {
    let file = try FileWriter(path: path, kind: kind, version: version)
    for section in sections {
      try file.begin(section.name ?? "")
      try file.append(unsafe section.bytes.bytes)
    }
    let summary = try file.finish()
    guard summary == FileWriter.Summary(size: size, checksum: checksum) else {
      for section in sections { try section.verify() }
      try verifyPadding()
      throw StorageError(.damaged, file: self.path, what: "the file is not laid out as files are")
    }
    return (file, summary)
  }
}
